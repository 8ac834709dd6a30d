"""The period the figures cover, and the dates of title and signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..finding import Finding
from ..report import AnnualReport
from ..report.calendar import Who, own_day
from ..rules import find

_YEAR = re.compile(r"(20\d\d)(?=\s*年)")

# The first sentence of section one if it opens with a year: 2022年，我局….
_OPENING = re.compile(r"\s*(?=(20\d\d)年度?[，,])([^。\n]+)")


def dates(report: AnnualReport) -> Iterator[Finding]:
    """Findings on period, title and signature.  Nothing is said where the year is not known."""
    if report.year is None or not date.min.year <= report.year < date.max.year:
        return
    year = report.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    period = report.period
    if period is not None and (period.start, period.end) != (first, last):
        yield find("dates.period", year=year, start=period.start, end=period.end)
    named = [int(y) for y in _YEAR.findall(report.title or "")]
    if named and year not in named:
        yield find("dates.title_year", title=report.title, found=named[0], year=year)
    opening = _OPENING.match(report.section("overview"))
    if opening and int(opening.group(1)) != year and f"{year}年" not in opening.group():
        found = int(opening.group(1))
        yield find("dates.overview_year", quote=opening.group(2)[:30], found=found, year=year)
    # The figures can be known only once the year they cover is over.
    over = period.end if period is not None and period.end.year == year else last
    if report.titled_on is not None and report.titled_on <= over:
        yield find("dates.titled_before_period_end", titled_on=report.titled_on, end=over)
    signed = report.signature.signed_on if report.signature is not None else None
    if signed is None:
        return
    if signed <= over:
        yield find("dates.signed_before_period_end", signed_on=signed, end=over)
    elif signed > (deadline := own_day(Who.GOVERNMENT, year).on(year)):
        yield find("dates.signed_late", signed_on=signed, deadline=deadline)
    if report.titled_on is not None and report.titled_on.year != signed.year:
        yield find("dates.title_and_signature", titled_on=report.titled_on, signed_on=signed)
