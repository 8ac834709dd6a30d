"""One thing that an attachment holds and the eye does not see, or should not.

A value, like every finding: the rule (``core/rules/screening_attachments.toml``)
says why it matters and which answers the reviewer may give.  A quote never
shows a personal number whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...finding import Finding, Severity
from ...personal_numbers import personal_numbers
from ...rules import rule

_SPACE = re.compile(r"\s+")
_LONGEST_QUOTE = 80
# So many of the things found are listed one by one; the count tells of the rest.
_MOST_LISTED = 30
_MOST_NAMED = 3
# What is quoted is a small part: no need to search a whole novel for numbers.
_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class Hidden:
    """What was found.

    ``place`` says where, in Chinese; ``quote`` a short sample and
    ``values["listed"]`` the things one by one, personal numbers masked;
    ``fingerprint`` stays the same as long as what is hidden stays the same, so
    that an answer once given still holds; ``answers`` are the slugs
    of those the rule offers.
    """

    rule: str
    severity: Severity
    place: str
    quote: str
    count: int = 1
    values: Mapping[str, object] = field(default_factory=dict)
    fingerprint: str = ""
    answers: tuple[str, ...] = ()

    @property
    def finding(self) -> Finding:
        """As a finding, for :func:`gongkai.core.rules.say` and ``basis``."""
        return Finding(self.rule, self.severity, (), self.values)


class Piece(NamedTuple):
    """One hidden thing: where it is and what it says."""

    place: str
    text: str


def found(
    rule_id: str,
    place: str,
    content: str,
    quote: str = "",
    count: int = 1,
    listed: Sequence[str] = (),
    **facts: object,
) -> Hidden:
    """A finding of ``rule_id``; ``content`` is what the fingerprint is taken of."""
    told = rule(rule_id)
    sample = quoted(quote)
    values = {
        "place": place,
        "count": count,
        "quote": sample,
        "listed": tuple(quoted(line) for line in listed[:_MOST_LISTED]),
        **facts,
    }
    mark = hashlib.sha256(f"{rule_id}\n{content}".encode("utf-8", "replace")).hexdigest()[:32]
    answers = tuple(choice.id for choice in told.answers)
    return Hidden(rule_id, told.severity, place, sample, count, values, mark, answers)


def gathered(rule_id: str, pieces: Iterable[Piece], **facts: object) -> tuple[Hidden, ...]:
    """One finding for all ``pieces`` of one kind; none where there are none."""
    kept = [piece for piece in dict.fromkeys(pieces) if piece.text.strip()]
    if not kept:
        return ()
    place = places_told(piece.place for piece in kept)
    lines = [f"{piece.place}：{piece.text}" for piece in kept[:_MOST_LISTED]]
    content = "\n".join(f"{piece.place}\t{piece.text}" for piece in kept)
    return (found(rule_id, place, content, kept[0].text, len(kept), lines, **facts),)


def places_told(places: Iterable[str]) -> str:
    """Up to three places by name; of more, how many there are."""
    named = list(dict.fromkeys(places))
    told = "、".join(named[:_MOST_NAMED])
    return told if len(named) <= _MOST_NAMED else f"{told}等 {len(named)} 处"


def quoted(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """The beginning of ``text`` on one line, personal numbers masked."""
    line = _SPACE.sub(" ", text[:_LOOKED_AT]).strip()
    for number in reversed(personal_numbers(line)):
        line = line[: number.start] + number.masked + line[number.end :]
    return line if len(line) <= longest else line[: longest - 1] + "…"
