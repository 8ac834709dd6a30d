"""What a page does not show: elements hidden by attribute, style or style sheet.

Enough of CSS for what agency pages do with it: simple selectors (tag, class, id,
descendants) whose rules hide in one of the ways of :mod:`hiding`.  The page is
read as on a screen; what is shown in print only stays hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import _Element

from .hiding import Said, declared, hides, is_inline, sets_size, sets_size_in

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_COMPOUND = re.compile(r"(?:[A-Za-z][\w-]*|\*)?(?:[.#][\w-]+)*")
_NAME = re.compile(r"([.#]?)([\w-]+)")
_SCREEN = re.compile(r"^\s*(?:only\s+)?(?:screen|all)?\s*(?:(?:and\s*)?\(min-width:[^)]*\))?\s*$")
# Cells are never smaller than their words; a body faded in by a script is shown.
_SHOWN = frozenset({"html", "body"})
_CELLS = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot", "table", "caption"})


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
    said: tuple[Said, ...]
    place: tuple[int, ...]
    sizes: bool

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


def hidden(root: _Element) -> list[_Element]:
    """The outermost elements under ``root`` that a screen does not show."""
    styles = [s.text for s in root.iter("style") if s.text and _SCREEN.match(s.get("media") or "")]
    sheet = _sheet("\n".join(styles)) if styles else _Sheet()
    found = [e for e in _suspects(root, sheet) if _is_hidden(e, sheet.rules)]
    chosen = set(found)
    return [e for e in found if not any(a in chosen for a in e.iterancestors())]


def _suspects(root: _Element, sheet: _Sheet) -> Iterator[_Element]:
    """Elements that a style of their own, an attribute or a rule may hide."""
    subjects = sheet.subjects
    any_element = "*" in subjects
    # A page has few classes: each is looked up once.
    known: dict[str, bool] = {}
    for element in root.iter("*"):
        get = element.get
        style = get("style")
        if (style and hides(style)) or get("hidden") is not None:
            yield element
        elif subjects:
            name, key = get("class"), get("id")
            if name and name not in known:
                known[name] = any(f".{n}" in subjects for n in name.split())
            if (
                any_element
                or (name and known[name])
                or element.tag in subjects
                or (key and f"#{key}" in subjects)
            ):
                yield element


def _is_hidden(element: _Element, rules: tuple[_Rule, ...]) -> bool:
    """Whether, way by way, the declaration that wins hides."""
    style = element.get("style")
    winners: dict[str, tuple[tuple[int, ...], Said]] = {}
    if element.get("hidden") is not None:
        winners["display"] = ((), Said("display", True))
    for rule in rules:
        if rule.matches(element):
            for said in rule.said:
                _win(winners, said, (int(said.important), 0, *rule.place))
    for said in declared(style) if style else ():
        _win(winners, said, (int(said.important), 1))
    return any(said.hides and _applies(element, said, rules) for _, said in winners.values())


def _win(
    winners: dict[str, tuple[tuple[int, ...], Said]], said: Said, weight: tuple[int, ...]
) -> None:
    before = winners.get(said.way)
    if before is None or weight >= before[0]:
        winners[said.way] = (weight, said)


def _applies(element: _Element, said: Said, rules: tuple[_Rule, ...]) -> bool:
    """Whether a way of hiding works on this element."""
    tag = element.tag
    if said.way in ("display", "visibility", "word"):
        return True
    if tag in _SHOWN:
        return False
    if said.way == "size":
        return tag not in _CELLS and (said.boxed or not is_inline(tag))
    if said.way == "font":
        # No size of its own for the gaps between parts that set theirs is a usual trick.
        return not any(
            sets_size(part) or any(r.sizes and r.matches(part) for r in rules)
            for part in element.iterdescendants("*")
        )
    return True


# A site's pages carry the same style: reading many of them, it is parsed once.
@lru_cache(maxsize=32)
def _sheet(text: str) -> _Sheet:
    rules: list[_Rule] = []
    for selectors, declarations in _blocks(_COMMENT.sub("", text)):
        said = declared(declarations)
        sizes = sets_size_in(declarations)
        if not said and not sizes:
            continue
        for selector in selectors.split(","):
            path = _path(selector)
            if path:
                rules.append(_Rule(path, said, _weight(path), sizes))
    hiding = [rule.path[-1] for rule in rules if any(said.hides for said in rule.said)]
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


def _weight(path: tuple[_Compound, ...]) -> tuple[int, ...]:
    return (
        sum(bool(c.id) for c in path),
        sum(len(c.classes) for c in path),
        sum(bool(c.tag) for c in path),
    )
