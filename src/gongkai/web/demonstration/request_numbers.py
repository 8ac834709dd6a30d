"""Numbers of the region's letters, given in the order of signing before anything is written.

An agency has one series for a year, and a letter may name one of another case: so the days
of signing are read from the data first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from gongkai.web.agencies.models import Agency
from gongkai.web.requests.numbers import next_letter_number

from .days_told import Days
from .region import Facts
from .request_letter_steps import is_signed

# Agency, day of signing, and the name by which the letter is found again.
Signed = tuple[str, date, str]


def letter_numbers(signed: Iterable[Signed], agencies: Mapping[str, Agency]) -> dict[str, str]:
    """A number for each, of one day in the order told."""
    in_order = sorted(signed, key=lambda one: one[1])
    return {name: next_letter_number(agencies[slug], day) for slug, day, name in in_order}


def signings_of(case: Facts, days: Days) -> Iterator[Signed]:
    """Each signed letter of a case, by the case and the place of its step."""
    if "line" in case:
        yield case["agency"], days.day(case["line"]["on"]), f"{case['key']}/line"
    for place, step in enumerate(case["step"]):
        if is_signed(step):
            yield case["agency"], days.day(step["on"]), f"{case['key']}/{place}"


def replies(cases: Iterable[Facts], numbers: Mapping[str, str]) -> dict[str, str]:
    """The number of the first reply of each case, by ``reply:`` and the case."""
    found: dict[str, str] = {}
    for case in cases:
        for place, step in enumerate(case["step"]):
            if step["act"] == "reply" and is_signed(step):
                found.setdefault(f"reply:{case['key']}", numbers[f"{case['key']}/{place}"])
    return found
