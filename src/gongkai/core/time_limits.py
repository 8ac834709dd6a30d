"""Each limit (期限) by name: how long, in which days, from when, on what basis.

The limits are data (``time_limits.toml``).  Article 26 gives 20 working days
from the day the information was made or changed, unless a law or regulation
says otherwise: then the caller passes that limit instead.

It doesn't stop, restart or extend a limit; it only says where one ends that
runs undisturbed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from .days import DueDay, WorkingDays


class Unit(StrEnum):
    """工作日 or 自然日."""

    WORKING_DAYS = "working_days"
    DAYS = "days"

    @property
    def label(self) -> str:
        return "个工作日" if self is Unit.WORKING_DAYS else "日"


@dataclass(frozen=True)
class TimeLimit:
    """One limit.  ``basis`` is a citation; ``starts`` says from which day it runs."""

    id: str
    label: str
    length: int
    unit: Unit
    basis: str
    starts: str

    def __str__(self) -> str:
        return f"{self.length}{self.unit.label}"


@lru_cache(maxsize=1)
def time_limits() -> Mapping[str, TimeLimit]:
    """Every limit by id."""
    text = (files("gongkai.core") / "time_limits.toml").read_text(encoding="utf-8")
    return {
        name: TimeLimit(
            id=name,
            label=data["label"],
            length=data["length"],
            unit=Unit(data["unit"]),
            basis=data["basis"],
            starts=data["starts"],
        )
        for name, data in tomllib.loads(text).items()
    }


def due_day(limit: TimeLimit, start: date, working_days: WorkingDays) -> DueDay:
    """The last day of ``limit`` that runs from ``start``, which itself is not counted."""
    if limit.unit is Unit.WORKING_DAYS:
        return working_days.nth_after(start, limit.length)
    return DueDay(start + timedelta(days=limit.length))


def publication_due(
    made_on: date, working_days: WorkingDays, limit: TimeLimit | None = None
) -> DueDay:
    """By when information made (or changed) on ``made_on`` must be public (art. 26).

    ``limit`` is another law's, where one says otherwise.
    """
    return due_day(limit or time_limits()["publish"], made_on, working_days)
