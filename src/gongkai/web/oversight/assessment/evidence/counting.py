"""What a measure is, and how its lines become a number: nothing is counted in two ways.

A measure reads the records and gives lines: one for each thing counted, with the day on which
it counts and whether it is as it should be.  The number, the list it opens to, the table over
months and the score of an assessment are all made of the same lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from gongkai.web.agencies.models import Agency

from .spans import Span


class Sort(StrEnum):
    """What the number is."""

    SHARE = "share"
    COUNT = "count"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing counted: a record by its key, or (key 0) only words, such as what is missing."""

    agency: int
    key: int
    on: date
    good: bool = True
    amount: Decimal = Decimal(1)
    note: str = ""

    def kept(self) -> list[Any]:
        """As a snapshot keeps it."""
        return [self.key, self.on.isoformat(), self.good, str(self.amount), self.note]


def line_kept(agency: int, kept: Sequence[Any]) -> Line:
    """The line of a snapshot."""
    key, on, good, amount, note = kept
    return Line(agency, key, date.fromisoformat(on), good, Decimal(amount), note)


Lines = Callable[[Sequence[Agency], Span], Iterable[Line]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that can be told of an agency and a span of days.

    ``kind`` is a kind of record (``records.kinds``); ``good`` and ``bad`` name the two sorts of
    lines; ``known`` says of whom a zero is a zero: of the others nothing is known.
    """

    slug: str
    label: str
    sort: Sort
    unit: str
    about: str
    kind: str
    lines: Lines
    silent: str
    good: str = ""
    bad: str = ""
    known: Callable[[Sequence[Agency], Span], set[int]] | None = None
    basis: str = ""

    @property
    def unit_of_value(self) -> str:
        """The unit of the number itself: per cent for a share."""
        return "%" if self.sort is Sort.SHARE else self.unit


@dataclass(frozen=True, slots=True)
class Counted:
    """What a measure says: the number, or None and why; and the lines behind it."""

    measure: Measure
    lines: tuple[Line, ...]
    known: bool

    @property
    def good(self) -> tuple[Line, ...]:
        """The lines that are as they should be."""
        return tuple(line for line in self.lines if line.good)

    @property
    def value(self) -> Decimal | None:
        """The number; None where nothing is known."""
        if self.measure.sort is Sort.SHARE:
            return share(len(self.good), len(self.lines)) if self.lines else None
        if not self.lines and not self.known:
            return None
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def text(self) -> str:
        """As it is printed, a share with what it is of."""
        value = self.value
        if value is None:
            return "没有数据"
        if self.measure.sort is Sort.SHARE:
            return f"{value}%（{len(self.good)}/{len(self.lines)} {self.measure.unit}）"
        return f"{plain(value)} {self.measure.unit}"


def share(good: int, all_: int) -> Decimal:
    """Per cent to one place; never 100.0 while one is wanting."""
    value = (Decimal(100 * good) / all_).quantize(Decimal("0.1"))
    return Decimal("99.9") if value == 100 and good < all_ else value


def plain(value: Decimal) -> str:
    """A number without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def count(measure: Measure, agencies: Sequence[Agency], span: Span) -> dict[int, Counted]:
    """What the measure says of each agency."""
    told = over(measure, agencies, [span])
    return {agency.pk: told[agency.pk, span] for agency in agencies}


def over(
    measure: Measure, agencies: Sequence[Agency], spans: Sequence[Span]
) -> Mapping[tuple[int, Span], Counted]:
    """The same for several spans, the records read once."""
    whole = Span(min(s.since for s in spans), max(s.until for s in spans))
    found: dict[tuple[int, Span], list[Line]] = defaultdict(list)
    for line in measure.lines(agencies, whole):
        for span in spans:
            if span.since <= line.on <= span.until:
                found[line.agency, span].append(line)
    known = {span: measure.known(agencies, span) if measure.known else set() for span in spans}
    return {
        (agency.pk, span): Counted(
            measure,
            tuple(sorted(found[agency.pk, span], key=lambda line: (line.on, line.key))),
            agency.pk in known[span],
        )
        for agency in agencies
        for span in spans
    }
