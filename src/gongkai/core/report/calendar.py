"""The year's calendar of annual reports: who owes what by which day (art. 49, the form art. 2).

The days are data (``calendar.toml``).  Where the texts do not name somebody in as many words the
day is unsettled: it is shown as followed by analogy, and nobody is called late by it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any


class Who(StrEnum):
    """Who owes it."""

    AGENCY = "agency"
    DEPARTMENT = "department"
    OFFICE = "office"
    LOWER = "lower"
    GOVERNMENT = "government"

    @property
    def label(self) -> str:
        return _WHO[self]


_WHO = {
    Who.AGENCY: "各机关",
    Who.DEPARTMENT: "政府部门",
    Who.OFFICE: "政府办公厅（室）",
    Who.LOWER: "乡镇、街道、派出机构",
    Who.GOVERNMENT: "政府",
}


class Level(StrEnum):
    """On which level a government stands; the form gives each another day."""

    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"

    @property
    def label(self) -> str:
        return {"county": "县级", "city": "地市级", "province": "省级"}[self.value]


@dataclass(frozen=True)
class YearlyDay:
    """One day of the calendar; ``basis`` is a citation."""

    id: str
    who: Who
    label: str
    after: int
    month: int
    day: int
    basis: str
    first_year: int
    last_year: int | None = None
    level: Level | None = None
    settled: bool = True
    note: str = ""
    lapses: tuple[int, int] | None = None

    def on(self, year: int) -> date:
        """The last day, for the report of ``year``."""
        return date(year + self.after, self.month, self.day)

    def lapsed_after(self, year: int) -> date:
        """After which day a report of ``year`` is missing beyond doubt."""
        return date(year + self.after, *self.lapses) if self.lapses else self.on(year)


def yearly_days(year: int) -> tuple[YearlyDay, ...]:
    """The days that hold for the report of ``year``."""
    return tuple(
        one
        for one in _every()
        if one.first_year <= year and (one.last_year is None or year <= one.last_year)
    )


def own_day(who: Who, year: int) -> YearlyDay:
    """The day by which the report of ``year`` is public; the first known one for years before."""
    found = [one for one in _every() if one.who is who and one.level is None]
    ruling = [one for one in found if one.first_year <= year <= (one.last_year or year)]
    return (ruling or found)[0]


def gathering_day(level: Level | None, year: int) -> YearlyDay | None:
    """The day by which a government's department sends the region's report upward.

    None where its level is not known, or nothing is known of that year.
    """
    return next((one for one in yearly_days(year) if level and one.level is level), None)


@lru_cache(maxsize=1)
def _every() -> tuple[YearlyDay, ...]:
    text = (files("gongkai.core.report") / "calendar.toml").read_text(encoding="utf-8")
    return tuple(_day(data) for data in tomllib.loads(text)["day"])


def _day(data: Mapping[str, Any]) -> YearlyDay:
    facts = dict(data)
    lapses = facts.pop("lapses", None)
    level = facts.pop("level", None)
    return YearlyDay(
        **{**facts, "who": Who(facts["who"])},
        level=Level(level) if level else None,
        lapses=(lapses["month"], lapses["day"]) if lapses else None,
    )
