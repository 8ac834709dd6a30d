"""What the screening has to show the reviewer, one finding for what is answered as one.

A ``Sighting`` is one stretch of text that a check stopped at.  A ``Spotted`` is
what is shown and answered: the same word wherever it stands, a column of
identity numbers, or just one number.  Each keeps a fingerprint of its rule and
of what was looked at, so that an answer given once stays good while the text
elsewhere changes, and ends when the sentence or the cell itself is changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ..finding import Finding, Severity
from ..rules import rule
from .placed_text import PlacedText

# As many of one kind in one column of a table are shown apart; more, as one.
_APART = 5
_PLACES_NAMED = 3


class Part(StrEnum):
    """Which part of an item: 标题, 正文, or the item as a whole."""

    TITLE = "title"
    BODY = "body"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One stretch of the text that a rule stops at.

    ``quote`` may be shown (numbers masked), ``looked_at`` is the thing itself,
    ``instead`` what may stand there in its place.  ``together`` where a column of
    a table is one matter, however few its cells.
    """

    rule: str
    start: int
    end: int
    quote: str
    looked_at: str
    instead: str = ""
    together: bool = False
    values: Mapping[str, object] = field(default_factory=dict)


class Span(NamedTuple):
    """A stretch of the text of its part, and what may stand there instead (``""``: nothing)."""

    start: int
    end: int
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Spotted:
    """One finding to be answered before the item goes on.

    The spans are offsets in the text of :func:`text_with_places` (of the body) or
    in the title; a finding on the item as a whole has none.  ``quote`` may be
    shown: numbers of persons are masked.  ``answers`` are the slugs of those the
    rule offers.  ``values`` hold ``place``, ``quote``, ``count``, ``part`` and
    ``spans`` besides the facts of the rule, so that they can be kept as they are.
    """

    rule: str
    severity: Severity
    part: Part
    place: str
    spans: tuple[Span, ...]
    quote: str
    values: Mapping[str, object]
    fingerprint: str
    answers: tuple[str, ...]

    @property
    def start(self) -> int | None:
        """Where in the body the first stretch begins; None for what is not in the body."""
        return self.spans[0].start if self.spans and self.part is Part.BODY else None

    @property
    def end(self) -> int | None:
        """Where in the body the first stretch ends."""
        return self.spans[0].end if self.spans and self.part is Part.BODY else None

    @property
    def finding(self) -> Finding:
        """As a finding, for :func:`gongkai.core.rules.say` and ``basis``."""
        return Finding(self.rule, self.severity, (), self.values)


def spot(
    rule_id: str,
    part: Part,
    place: str,
    quote: str,
    looked_at: Iterable[str],
    spans: tuple[Span, ...] = (),
    values: Mapping[str, object] | None = None,
) -> Spotted:
    """A finding to be answered; ``looked_at`` is all that its answer depends on."""
    told = rule(rule_id)
    seen = "\x1f".join((rule_id, part, *sorted(set(looked_at))))
    facts = {
        **(values or {}),
        "place": place,
        "quote": quote,
        "count": max(len(spans), 1),
        "part": part.value,
        "spans": tuple(tuple(span) for span in spans),
    }
    return Spotted(
        rule=rule_id,
        severity=told.severity,
        part=part,
        place=place,
        spans=spans,
        quote=quote,
        values=facts,
        fingerprint=hashlib.sha256(seen.encode("utf-8", "replace")).hexdigest()[:32],
        answers=tuple(choice.id for choice in told.answers),
    )


def gathered(placed: PlacedText, part: Part, sightings: Iterable[Sighting]) -> tuple[Spotted, ...]:
    """Sightings as findings, in the order of the text: what is one matter, once."""
    same: dict[tuple[str, str], list[Sighting]] = {}
    for seen in sorted(sightings, key=lambda s: (s.start, s.end)):
        same.setdefault((seen.rule, seen.looked_at), []).append(seen)
    columns: dict[tuple[str, int, int], list[list[Sighting]]] = {}
    apart: list[list[Sighting]] = []
    for group in same.values():
        cell = placed.cell_at(group[0].start) if len(group) == 1 else None
        if cell is None:
            apart.append(group)
        else:
            columns.setdefault((group[0].rule, cell[0], cell[1].column), []).append(group)
    for groups in columns.values():
        if len(groups) > _APART or (len(groups) > 1 and groups[0][0].together):
            apart.append([seen for group in groups for seen in group])
        else:
            apart.extend(groups)
    return tuple(_one(placed, part, group) for group in sorted(apart, key=lambda g: g[0].start))


def _one(placed: PlacedText, part: Part, group: list[Sighting]) -> Spotted:
    first = group[0]
    differ = len({seen.looked_at for seen in group}) > 1
    return spot(
        first.rule,
        part,
        _places(placed, part, group),
        f"{first.quote} 等" if differ else first.quote,
        (f"{s.looked_at}\x1e{placed.sentence(s.start, s.end)}" for s in group),
        tuple(Span(seen.start, seen.end, seen.instead) for seen in group),
        first.values,
    )


def _places(placed: PlacedText, part: Part, group: list[Sighting]) -> str:
    if part is Part.TITLE:
        return "标题"
    named = list(dict.fromkeys(placed.place(seen.start) for seen in group))
    if len(named) <= _PLACES_NAMED:
        return f"正文{'、'.join(named)}"
    cells = [placed.cell_at(seen.start) for seen in group]
    columns = {(found[0], found[1].column) for found in cells if found}
    if len(columns) == 1 and all(cells):
        return f"正文{placed.column(*columns.pop())} {len(group)} 处"
    return f"正文{'、'.join(named[:_PLACES_NAMED])}等 {len(group)} 处"
