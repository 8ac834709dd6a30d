"""Copied text (雷同): section five of two years, and the wording of two agencies.

The measure is that of :mod:`gongkai.core.shared_runs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..finding import Finding
from ..report import AnnualReport
from ..rules import find
from ..shared_runs import bare, share

_COPIED_FROM_LAST_YEAR = 60
_COPIED_FROM_OTHERS = 70
_COMPARED = ("overview", "problems_and_improvements")


def similarity(
    report: AnnualReport, previous: AnnualReport | None, others: Sequence[AnnualReport]
) -> Iterator[Finding]:
    """Findings on text shared with last year's report and with reports of other agencies."""
    if previous is not None:
        here = bare(report.section("problems_and_improvements"))
        there = bare(previous.section("problems_and_improvements"))
        shared = share(here, there)
        if shared >= _COPIED_FROM_LAST_YEAR:
            year = previous.year if previous.year is not None else "上"
            yield find("similarity.last_year", length=len(here), share=shared, year=year)
    for other in others:
        if other is report or (report.agency and other.agency == report.agency):
            continue
        for section in report.sections:
            if section.key not in _COMPARED:
                continue
            here, there = bare(section.text), bare(other.section(section.key))
            shared = share(here, there)
            if shared >= _COPIED_FROM_OTHERS:
                yield find(
                    "similarity.other_agency",
                    section=section.title,
                    length=len(here),
                    share=shared,
                    agency=other.agency or "另一单位",
                )
