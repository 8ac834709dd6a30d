"""How often a column is brought up to date (更新承诺): what an agency promised, or what is usual.

Who promised nothing is looked at by the national inspection's limits where the column is of the
kind they speak of, and only warned.
"""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any


class RhythmKind(StrEnum):
    """The kinds of promises."""

    AS_IT_COMES = "as_it_comes"
    ON_CHANGE = "on_change"
    DYNAMIC = "dynamic"
    NOTICE = "notice"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    BY_MONTH = "by_month"
    WITHIN_DAYS = "within_days"

    @property
    def label(self) -> str:
        return str(_data()["rhythm"][self.value]["label"])

    @property
    def number(self) -> str:
        """What its number is called; "" where it has none."""
        return str(_data()["rhythm"][self.value].get("number", ""))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A promise: its kind, and the month or the days where it names them."""

    kind: RhythmKind
    number: int = 0

    def __post_init__(self) -> None:
        if self.kind is RhythmKind.BY_MONTH and not 1 <= self.number <= 12:
            raise ValueError(f"no month: {self.number}")
        if self.kind is RhythmKind.WITHIN_DAYS and self.number < 1:
            raise ValueError(f"no number of days: {self.number}")

    @property
    def label(self) -> str:
        """每季度, 每年 9 月以前, 60 天内 …"""
        if self.kind is RhythmKind.BY_MONTH:
            return f"每年 {self.number} 月以前"
        if self.kind is RhythmKind.WITHIN_DAYS:
            return f"{self.number} 天内"
        return self.kind.label

    def days(self, limits: Mapping[str, int]) -> int | None:
        """Within how many days something new comes; None where no number of days says it."""
        if self.kind is RhythmKind.WITHIN_DAYS:
            return self.number
        told = _data()["rhythm"][self.kind.value]
        return limits[told["limit"]] if "limit" in told else told.get("days")

    def due_after(self, last: date, limits: Mapping[str, int]) -> date | None:
        """The day by which something new must come after ``last``; None for no such day.

        A month that is named is kept once a year: what came out in the twelve months before its
        end is this year's.
        """
        if self.kind is RhythmKind.BY_MONTH:
            end = _end_of(last.year, self.number)
            this = end if last <= end else _end_of(last.year + 1, self.number)
            return _end_of(this.year + 1, self.number)
        days = self.days(limits)
        return None if days is None else last + timedelta(days=days)

    def first_due(self, since: date, limits: Mapping[str, int]) -> date | None:
        """By when the first must come of a column promised on ``since`` that holds nothing."""
        if self.kind is RhythmKind.BY_MONTH:
            end = _end_of(since.year, self.number)
            return end if since <= end else _end_of(since.year + 1, self.number)
        return self.due_after(since, limits)


def usual_rhythm(column: str, statutory: str = "") -> Rhythm:
    """What a column is looked at by where nothing was promised."""
    name = f"{column}/{statutory}" if statutory else column
    return Rhythm(RhythmKind(_data()["default"].get(name, RhythmKind.AS_IT_COMES)))


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "rhythms.toml").read_text(encoding="utf-8"))
