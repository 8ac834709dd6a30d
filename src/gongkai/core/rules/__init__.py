"""Every rule a finding can name: how grave, what it says, what to do, on what basis.

The rules are data (``*.toml``, one file a family); readers and checks only name
them and give the facts.  ``find`` makes a finding, ``say`` turns it into the
sentence a person reads, ``rule`` and ``rules`` let ``gongkai explain`` and the
reference pages tell them all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ..errors import UnknownRule
from ..finding import Finding, Severity
from ..law import cite


@dataclass(frozen=True)
class Words:
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class Choice:
    """One answer that a reviewer may give to a finding: its slug, and its words.

    To let something stand as it is wants a reason in writing.
    """

    id: str
    words: Words
    needs_reason: bool = False

    @property
    def returns(self) -> bool:
        """Whether the item goes back to its author: it cannot pass with this answer."""
        return self.id == "return_to_author"


@dataclass(frozen=True)
class Rule:
    """One rule.

    ``message`` says what is wrong, ``why`` what harm comes of it and ``cure``
    what to do, as templates whose ``{names}`` are a finding's values.  ``basis``
    are citations ``instrument#place``; the instrument ``report-form`` stands for
    the edition the report follows.  ``ref`` is the short code of the reference
    tables.  ``answers`` are those offered where a finding must be answered.
    """

    id: str
    family: str
    severity: Severity
    title: Words
    message: Words
    cure: Words
    example: Words
    basis: tuple[str, ...] = ()
    ref: str = ""
    why: Words = Words("", "")
    answers: tuple[Choice, ...] = ()


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule by id, family by family in the order of the files."""
    found: dict[str, Rule] = {}
    folder = files("gongkai.core.rules")
    for item in sorted(folder.iterdir(), key=lambda i: i.name):
        if not item.name.endswith(".toml"):
            continue
        for family, members in tomllib.loads(item.read_text(encoding="utf-8")).items():
            for name, data in members.items():
                found[f"{family}.{name}"] = _rule(f"{family}.{name}", family, data)
    return found


def rule(rule_id: str) -> Rule:
    """The rule called ``rule_id``; UnknownRule where there is none."""
    try:
        return rules()[rule_id]
    except KeyError:
        raise UnknownRule(rule_id) from None


def find(rule_id: str, *cells: str, **values: object) -> Finding:
    """A finding of ``rule_id`` on ``cells``, with the facts its sentence needs."""
    return Finding(rule_id, rule(rule_id).severity, cells, values)


def say(finding: Finding, language: str = "zh") -> str:
    """What is wrong and what to do, as one paragraph."""
    told = rule(finding.rule)
    parts = [filled(words, finding, language) for words in (told.message, told.cure)]
    return (" " if language == "en" else "").join(p for p in parts if p)


def filled(words: Words, finding: Finding, language: str = "zh") -> str:
    """Words of a rule with the facts of a finding in their places."""
    facts = {name: _printed(value, language) for name, value in finding.values.items()}
    return words.in_language(language).format_map(facts)


def basis(finding: Finding, edition: str | None = None, language: str = "zh") -> str:
    """The legal basis of a finding, written out; ``""`` where a rule rests on none."""
    cited = [cite(ref, edition, language) for ref in rule(finding.rule).basis]
    return ("; " if language == "en" else "；").join(c for c in cited if c)


def _printed(value: object, language: str) -> str:
    if value is None:
        return "blank" if language == "en" else "空白"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list | tuple):
        return (", " if language == "en" else "、").join(_printed(v, language) for v in value)
    return str(value)


def _rule(rule_id: str, family: str, data: Mapping[str, Any]) -> Rule:
    def words(name: str) -> Words:
        given = data.get(name, {})
        return Words(given.get("zh", ""), given.get("en", ""))

    return Rule(
        id=rule_id,
        family=family,
        severity=Severity(data["severity"]),
        title=words("title"),
        message=words("message"),
        cure=words("cure"),
        example=words("example"),
        basis=tuple(data.get("basis", ())),
        ref=data.get("ref", ""),
        why=words("why"),
        answers=tuple(
            Choice(given["id"], Words(given["zh"], given["en"]), given.get("needs_reason", False))
            for given in data.get("answers", ())
        ),
    )
