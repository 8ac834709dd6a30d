"""The text of a letter with places for its facts, which an agency may change and test.

A template is plain text.  ``{收到日}`` or ``{received_on}`` is a place for a fact;
``{?补正收到日}…{/补正收到日}`` stands only where that fact is given, ``{!…}…{/…}``
only where it is not, ``{?opinion=disagree|partly_agree}…{/opinion}`` only for these
choices.  Each line is a paragraph; blank lines mean nothing.  A line that begins with

    ``# ``   the title; each further one a heading
    ``> ``   flush left: the salutation
    ``|``    a row of a table, its cells between bars
    ``---``  alone: a new page, for a slip to be sent back

A list, a table or the notice of remedies alone on its line becomes paragraphs or a
table.  What a fact says is only ever text: nothing in it can act as a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from .fact_kinds import fact_kinds, names_by_label
from .kinds import SIGNED, LetterKind, Signatory, letter_kind
from .phrases import COVERED, PHRASES

_PLACE = re.compile(r"\{(?P<sign>[?!/]?)(?P<name>[^{}=?!/\s]+)(?:=(?P<values>[^{}]*))?\}")
_BRACE = re.compile(r"[{}]")
# What the law gives no remedy against must not promise one (法释〔2025〕8号 art. 10).
_REMEDY_WORDS = re.compile(r"行政复议|行政诉讼|提起诉讼|起诉")


@dataclass(frozen=True)
class Hole:
    """A place for a fact or a phrase."""

    name: str


@dataclass(frozen=True)
class Section:
    """What stands only where a fact is given (``wanted``) or is not, or has one of ``values``."""

    name: str
    wanted: bool
    values: tuple[str, ...]
    parts: tuple[Part, ...]


Part = str | Hole | Section


@dataclass(frozen=True)
class TemplateFinding:
    """Something wrong with a template: on which line, and what."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"第{self.line}行：{self.sentence}" if self.line else self.sentence


@lru_cache(maxsize=64)
def default_template(kind_id: str) -> str:
    """The text that comes along for this kind."""
    place = files(__package__) / "templates" / f"{letter_kind(kind_id).id}.txt"
    return place.read_text(encoding="utf-8")


def check_template(kind: LetterKind | str, text: str) -> tuple[TemplateFinding, ...]:
    """What keeps ``text`` from being a template of this kind; empty where nothing does."""
    wanted = kind if isinstance(kind, LetterKind) else letter_kind(kind)
    parts, findings = parse_template(text)
    found = list(findings)
    for match in _PLACE.finditer(text):
        name = resolve(match["name"])
        line = _line(text, match.start())
        if name not in PHRASES and not wanted.holds(name):
            said = "没有这个名称" if name not in fact_kinds() else "这种文书没有这一项"
            found.append(TemplateFinding(line, f"“{match['name']}”：{said}。"))
        elif match["values"] and name in fact_kinds():
            choices = fact_kinds()[name].choices
            wrong = [v for v in match["values"].split("|") if v not in choices]
            found += [TemplateFinding(line, f"“{match['name']}”没有“{v}”这一项。") for v in wrong]
    used = {name for part in parts for name in _names(part)}
    for name in printed(wanted):
        if name not in used and not (COVERED.get(name, set()) & used):
            label = fact_kinds()[name].label
            found.append(TemplateFinding(0, f"没有写必备的“{label}”，加上 {{{label}}}。"))
    if wanted.tells_of_remedies and "remedy" not in used:
        found.append(TemplateFinding(0, "没有写行政复议、行政诉讼的权利和期限，加上 {救济告知}。"))
    if not wanted.tells_of_remedies and wanted.signed_by is Signatory.AGENCY:
        found += _remedies_promised(wanted, text)
    return tuple(sorted(found, key=lambda finding: finding.line))


def printed(kind: LetterKind) -> tuple[str, ...]:
    """The required facts that the template itself must print; number, name and day are set by us."""
    set_by_us = {"document_number", "reconsideration_bodies", "attachments"}
    if kind.signed_by is not Signatory.NOBODY:
        set_by_us |= set(SIGNED[kind.signed_by])
    return tuple(name for name in kind.required if name not in set_by_us)


def parse_template(text: str) -> tuple[tuple[Part, ...], tuple[TemplateFinding, ...]]:
    """The parts of a template, and what is wrong with its braces."""
    findings: list[TemplateFinding] = []
    # A stack of open sections; the first level is the whole text.
    opened: list[tuple[Section | None, int, list[Part]]] = [(None, 1, [])]
    at = 0
    for match in _PLACE.finditer(text):
        findings += _literal(text, at, match.start(), opened[-1][2])
        at, line = match.end(), _line(text, match.start())
        name = resolve(match["name"])
        if match["sign"] in ("?", "!"):
            values = tuple((match["values"] or "").split("|")) if match["values"] else ()
            opened.append((Section(name, match["sign"] == "?", values, ()), line, []))
        elif match["sign"] == "/":
            section = opened[-1][0]
            if section is None or section.name != name:
                findings.append(TemplateFinding(line, f"“{match.group()}”前面没有对应的开头。"))
                continue
            _, _, parts = opened.pop()
            whole = Section(section.name, section.wanted, section.values, tuple(parts))
            opened[-1][2].append(whole)
        else:
            opened[-1][2].append(Hole(name))
    findings += _literal(text, at, len(text), opened[-1][2])
    while len(opened) > 1:
        section, line, parts = opened.pop()
        name = _called(section.name) if section else ""
        findings.append(TemplateFinding(line, f"“{name}”这一段没有结尾 {{/{name}}}。"))
        opened[-1][2].extend(parts)
    return tuple(opened[0][2]), tuple(findings)


def resolve(name: str) -> str:
    """A fact or phrase by its name, where the template has its label."""
    for phrase in PHRASES.values():
        if name == phrase.label:
            return phrase.id
    return names_by_label().get(name, name)


def _literal(text: str, start: int, end: int, parts: list[Part]) -> Iterator[TemplateFinding]:
    words = text[start:end]
    if words:
        parts.append(words)
    for brace in _BRACE.finditer(words):
        line = _line(text, start + brace.start())
        yield TemplateFinding(line, "花括号不成对，或者里面写得不对，应如 {收到日}。")


def _names(part: Part) -> Iterator[str]:
    """What a part prints; a choice is printed where the words follow from it."""
    match part:
        case Hole(name):
            yield name
        case Section(parts=parts):
            if part.values:
                yield part.name
            for inner in parts:
                yield from _names(inner)


def _remedies_promised(kind: LetterKind, text: str) -> Iterator[TemplateFinding]:
    if kind.id in ("reconsideration_answer", "litigation_answer"):
        return
    for match in _REMEDY_WORDS.finditer(text):
        said = f"程序性文书不写“{match.group()}”。"
        yield TemplateFinding(_line(text, match.start()), said)


def _called(name: str) -> str:
    return fact_kinds()[name].label if name in fact_kinds() else name


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
