"""What a page does not show: elements hidden by attribute, style or style sheet.

Enough of CSS for what agency pages do with it: simple selectors (tag, class, id,
descendants) whose rules set ``display`` or ``visibility``.  The page is read as
on a screen; what is shown in print only stays hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import _Element

_HIDES = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*(?P<display>[\w-]+)|"
    r"visibility\s*:\s*(?P<visibility>\w+)|mso-hide\s*:\s*(?P<word>\w+))\s*(?P<weight>!\s*important)?",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_COMPOUND = re.compile(r"(?:[A-Za-z][\w-]*|\*)?(?:[.#][\w-]+)*")
_NAME = re.compile(r"([.#]?)([\w-]+)")
_SCREEN = re.compile(r"^\s*(?:only\s+)?(?:screen|all)?\s*(?:(?:and\s*)?\(min-width:[^)]*\))?\s*$")


class _Compound(NamedTuple):
    tag: str
    id: str
    classes: frozenset[str]

    def matches(self, element: _Element) -> bool:
        return (
            (not self.tag or element.tag == self.tag)
            and (not self.id or element.get("id") == self.id)
            and (not self.classes or self.classes <= set((element.get("class") or "").split()))
        )


class _Rule(NamedTuple):
    path: tuple[_Compound, ...]
    hides: bool
    weight: tuple[int, ...]

    def matches(self, element: _Element) -> bool:
        """The last compound on ``element``, the others somewhere above it, in order."""
        if not self.path[-1].matches(element):
            return False
        above = list(self.path[:-1])
        ancestor = element.getparent()
        while above and ancestor is not None:
            if above[-1].matches(ancestor):
                above.pop()
            ancestor = ancestor.getparent()
        return not above


class _Sheet(NamedTuple):
    """The rules of a page; ``subjects`` are the names (``.x``, ``#x``, ``p``) they may hide."""

    rules: tuple[_Rule, ...] = ()
    subjects: frozenset[str] = frozenset()

    def may_hide(self, element: _Element) -> bool:
        subjects = self.subjects
        if element.tag in subjects or "*" in subjects:
            return True
        name, key = element.get("class"), element.get("id")
        return bool(
            (name and any(f".{n}" in subjects for n in name.split()))
            or (key and f"#{key}" in subjects)
        )


def hidden(root: _Element) -> list[_Element]:
    """The outermost elements under ``root`` that a screen does not show."""
    styles = [s.text for s in root.iter("style") if s.text and _SCREEN.match(s.get("media") or "")]
    sheet = _sheet("\n".join(styles)) if styles else _Sheet()
    found = [
        e
        for e in root.iter("*")
        if (
            ((style := e.get("style")) and _declared(style))
            or e.get("hidden") is not None
            or (sheet.subjects and sheet.may_hide(e))
        )
        and _is_hidden(e, sheet.rules)
    ]
    chosen = set(found)
    return [e for e in found if not any(a in chosen for a in e.iterancestors())]


def _is_hidden(element: _Element, rules: tuple[_Rule, ...]) -> bool:
    style = element.get("style")
    own = _declared(style) if style else None
    if own and own[1]:
        return own[0]
    winner: _Rule | None = None
    for rule in rules:
        if (winner is None or rule.weight >= winner.weight) and rule.matches(element):
            winner = rule
    if own and not (winner and winner.weight[0]):
        return own[0]
    if winner:
        return winner.hides
    return element.get("hidden") is not None


# Pages repeat the same few styles in every cell.
@lru_cache(maxsize=2048)
def _declared(style: str) -> tuple[bool, bool] | None:
    """Whether declarations hide, and whether with weight; None where they say nothing."""
    said: tuple[bool, bool] | None = None
    for found in _HIDES.finditer(style):
        hides = (
            (found["display"] or "").lower() == "none"
            or (found["visibility"] or "").lower() in {"hidden", "collapse"}
            or (found["word"] or "").lower() in {"all", "screen"}
        )
        # Any one of the properties is enough to hide.
        said = (hides or bool(said and said[0] and not found["display"]), bool(found["weight"]))
    return said


# A site's pages carry the same style: reading many of them, it is parsed once.
@lru_cache(maxsize=32)
def _sheet(text: str) -> _Sheet:
    rules: list[_Rule] = []
    for selectors, declarations in _blocks(_COMMENT.sub("", text)):
        said = _declared(declarations)
        if said is None:
            continue
        for selector in selectors.split(","):
            path = _path(selector)
            if path:
                rules.append(_Rule(path, said[0], _weight(path, said[1])))
    hiding = [rule.path[-1] for rule in rules if rule.hides]
    subjects = {
        f"#{c.id}" if c.id else f".{min(c.classes)}" if c.classes else c.tag or "*" for c in hiding
    }
    return _Sheet(tuple(rules) if subjects else (), frozenset(subjects))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of every rule that holds on a screen."""
    above: list[str] = []
    start = 0
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            above.append(text[start : brace.start()].rpartition(";")[2].strip())
        elif above:
            selectors = above.pop()
            if not selectors.startswith("@") and all(map(_on_screen, above)):
                yield selectors, text[start : brace.start()]
        start = brace.end()


def _on_screen(condition: str) -> bool:
    name, _, media = condition.partition(" ")
    return name.lower() == "@media" and _SCREEN.match(media) is not None


def _path(selector: str) -> tuple[_Compound, ...]:
    """A selector as compounds, ``()`` where it is more than we follow."""
    parts = selector.replace(">", " ").split()
    if not parts or not all(_COMPOUND.fullmatch(p) for p in parts):
        return ()
    path: list[_Compound] = []
    for part in parts:
        names = _NAME.findall(part)
        path.append(
            _Compound(
                tag=next((n.lower() for sign, n in names if not sign), ""),
                id=next((n for sign, n in names if sign == "#"), ""),
                classes=frozenset(n for sign, n in names if sign == "."),
            )
        )
    return tuple(path)


def _weight(path: tuple[_Compound, ...], important: bool) -> tuple[int, ...]:
    return (
        int(important),
        sum(bool(c.id) for c in path),
        sum(len(c.classes) for c in path),
        sum(bool(c.tag) for c in path),
    )
