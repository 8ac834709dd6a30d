"""Spans of days that are told together: a month, a quarter, a year; and their names."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone


class Length(StrEnum):
    """How long a span is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def label(self) -> str:
        return {"month": "月", "quarter": "季度", "year": "年"}[self.value]

    @property
    def months(self) -> int:
        return {"month": 1, "quarter": 3, "year": 12}[self.value]


_SLUG = re.compile(r"(\d{4})(?:-(?:(\d{2})|q([1-4])))?")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From a day to a day, both counted."""

    since: date
    until: date

    @property
    def length(self) -> Length:
        """What it is called after."""
        months = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month + 1
        return {1: Length.MONTH, 3: Length.QUARTER}.get(months, Length.YEAR)

    @property
    def slug(self) -> str:
        """As it stands in an address: 2026, 2026-q3, 2026-09."""
        year = self.since.year
        if self.length is Length.MONTH:
            return f"{year}-{self.since.month:02}"
        if self.length is Length.QUARTER:
            return f"{year}-q{(self.since.month + 2) // 3}"
        return str(year)

    @property
    def label(self) -> str:
        """As it is printed."""
        year = self.since.year
        if self.length is Length.MONTH:
            return f"{year}年{self.since.month}月"
        if self.length is Length.QUARTER:
            return f"{year}年第{'一二三四'[(self.since.month - 1) // 3]}季度"
        return f"{year}年"

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Its first moment, and the first after it."""
        zone = timezone.get_current_timezone()
        return (
            datetime.combine(self.since, time(), zone),
            datetime.combine(self.until + timedelta(days=1), time(), zone),
        )

    def before(self) -> Span:
        """The one before, of the same length."""
        return span_of(self.since - timedelta(days=1), self.length)


def span_of(day: date, length: Length) -> Span:
    """The month, quarter or year that ``day`` is in."""
    first = (day.month - 1) // length.months * length.months + 1
    last = first + length.months - 1
    end = calendar.monthrange(day.year, last)[1]
    return Span(date(day.year, first, 1), date(day.year, last, end))


def span_called(slug: str) -> Span | None:
    """The span that an address names."""
    named = _SLUG.fullmatch(slug)
    if named is None or not 1949 <= int(named[1]) <= 2100:
        return None
    year, month, quarter = int(named[1]), named[2], named[3]
    if month:
        return span_of(date(year, int(month), 1), Length.MONTH) if 1 <= int(month) <= 12 else None
    if quarter:
        return span_of(date(year, int(quarter) * 3, 1), Length.QUARTER)
    return span_of(date(year, 1, 1), Length.YEAR)


def last_spans(day: date, length: Length, number: int) -> list[Span]:
    """The last ``number`` spans up to that of ``day``, the oldest first."""
    spans = [span_of(day, length)]
    while len(spans) < number:
        spans.append(spans[-1].before())
    return spans[::-1]


def day_of(moment: datetime | date | None) -> date:
    """The day of a moment, here; for columns that the query asked to be filled."""
    assert moment is not None, "the query asked for a day"
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
