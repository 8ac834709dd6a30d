"""The limits of reconsideration and litigation, and the day on which one ends.

Reconsideration Law arts. 20, 34, 48, 54, 62, 88; Administrative Litigation Law
arts. 45, 46, 67.  The first day is not counted.  A limit of natural days, months or
years whose last day is a day off ends on the next working day; one of working
days never does.  Periods that are suspended (a case stayed, a delay by force
majeure) are not reckoned here.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from ..days import DueDay, WorkingDays
from ..handling.load import Data, entry, made, read_data
from ..law import cite

_FILE = "limits.toml"


class Unit(StrEnum):
    """In what a limit is counted."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {Unit.WORKING_DAYS: "个工作日", Unit.DAYS: "日", Unit.MONTHS: "个月", Unit.YEARS: "年"}


@dataclass(frozen=True)
class RemedyLimit:
    """One limit.  ``starts`` says from which day; ``verified`` is false where its source was
    not read, ``note`` says what of it is open."""

    id: str
    label: str
    length: int
    unit: Unit
    basis: str
    starts: str
    verified: bool
    note: str

    def __str__(self) -> str:
        return f"{self.length}{self.unit.label}"

    @property
    def citation(self) -> str:
        return cite(self.basis)


@lru_cache(maxsize=1)
def remedy_limits() -> Mapping[str, RemedyLimit]:
    """Every limit by id."""
    return made(_FILE, read_data(_FILE, __package__), _limit)


def remedy_limit(wanted: str) -> RemedyLimit:
    """The limit called ``wanted``; HandlingError where there is none."""
    return entry(_FILE, remedy_limits(), wanted)


def remedy_due(limit: RemedyLimit | str, start: date, working_days: WorkingDays) -> DueDay:
    """The last day of ``limit`` that runs from ``start``, which itself is not counted."""
    rule = remedy_limit(limit) if isinstance(limit, str) else limit
    if rule.unit is Unit.WORKING_DAYS:
        return working_days.nth_after(start, rule.length)
    last = _plain_end(rule, start)
    end = last
    while not working_days.is_working_day(end):
        end += timedelta(days=1)
    # Whether the last day is a day off is all that the arrangement of a year decides.
    why = working_days.doubt(last - timedelta(days=1), end)
    return DueDay(end, bool(why), why)


def _plain_end(rule: RemedyLimit, start: date) -> date:
    if rule.unit is Unit.DAYS:
        return start + timedelta(days=rule.length)
    months = rule.length * (12 if rule.unit is Unit.YEARS else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    # A month without that day ends the limit on its last day.
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _limit(name: str, data: Data) -> RemedyLimit:
    return RemedyLimit(
        id=name,
        label=data["label"],
        length=data["length"],
        unit=Unit(data["unit"]),
        basis=data["basis"],
        starts=data["starts"],
        verified=data.get("verified", True),
        note=data.get("note", ""),
    )
