"""Copied text (雷同): section five of two years, and the wording of two agencies.

The share is that of characters which stand in a run of at least eight that the
other text has too.  Years, digits and punctuation do not count, so a text with
only its year changed is still a copy; short boilerplate is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..finding import Finding
from ..report import AnnualReport
from ..rules import find

_RUN = 8
_LEAST = 80
_COPIED_FROM_LAST_YEAR = 60
_COPIED_FROM_OTHERS = 70
_COMPARED = ("overview", "problems_and_improvements")
_NOT_WORDS = re.compile(r"[\W\d_]+")


def similarity(
    report: AnnualReport, previous: AnnualReport | None, others: Sequence[AnnualReport]
) -> Iterator[Finding]:
    """Findings on text shared with last year's report and with reports of other agencies."""
    if previous is not None:
        here = _words(report.section("problems_and_improvements"))
        there = _words(previous.section("problems_and_improvements"))
        share = _share(here, there)
        if share >= _COPIED_FROM_LAST_YEAR:
            year = previous.year if previous.year is not None else "上"
            yield find("similarity.last_year", length=len(here), share=share, year=year)
    for other in others:
        if other is report or (report.agency and other.agency == report.agency):
            continue
        for section in report.sections:
            if section.key not in _COMPARED:
                continue
            here, there = _words(section.text), _words(other.section(section.key))
            share = _share(here, there)
            if share >= _COPIED_FROM_OTHERS:
                yield find(
                    "similarity.other_agency",
                    section=section.title,
                    length=len(here),
                    share=share,
                    agency=other.agency or "另一单位",
                )


def _words(text: str) -> str:
    return _NOT_WORDS.sub("", text)


def _share(here: str, there: str) -> int:
    """Percent of ``here`` that stands in runs which ``there`` has too; 0 for short texts."""
    if len(here) < _LEAST or len(there) < _RUN:
        return 0
    runs = {there[i : i + _RUN] for i in range(len(there) - _RUN + 1)}
    shared = counted = 0
    for i in range(len(here) - _RUN + 1):
        if here[i : i + _RUN] in runs:
            shared += i + _RUN - max(i, counted)
            counted = i + _RUN
    return shared * 100 // len(here)
