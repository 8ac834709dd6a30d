"""Walking through a history: the course so far, and a place to say what is wrong with an act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..days import WorkingDays
from ..rules import find
from ..time_limits import time_limits
from .course import ActFinding, Course, due_day
from .history import Act, History
from .receipt import Receipt
from .settings import ClockSettings


@dataclass
class Walk:
    """Where the walk is.  ``place`` is the number of the act in the record."""

    history: History
    days: WorkingDays
    settings: ClockSettings
    receipt: Receipt
    course: Course
    place: int = 0

    def refuse(self, rule: str, act: Act, **facts: object) -> bool:
        """Say why ``act`` is left out; False, for the condition to return."""
        self._found(rule, act, True, facts)
        return False

    def remark(self, rule: str, act: Act, **facts: object) -> None:
        """Say something of ``act``, which counts all the same."""
        self._found(rule, act, False, facts)

    def _found(self, rule: str, act: Act, ignored: bool, facts: dict[str, object]) -> None:
        found = find(f"clock.{rule}", act=act.kind.label, on=act.on, **facts)
        self.course.findings.append(ActFinding(found, self.place, ignored))

    def overdue(self, day: date) -> date | None:
        """The due day where it lies before ``day``; None where the limit still runs or waits."""
        due = due_day(self.course, self.days, self.settings)
        return due if due and day > due else None

    def limit_end(self, limit: str, start: date) -> date:
        """The last day of a limit of time_limits.toml that runs from ``start``."""
        return limit_end(limit, start, self.days, self.settings)

    def after_sending(self, act: Act) -> date:
        """The day the other side received the letter of ``act``, else the day it was sent."""
        if act.received_on and act.received_on < act.on:
            self.remark("received_before_sent", act, received_on=act.received_on)
            return act.on
        return act.received_on or act.on


def length(limit: str) -> int:
    """How many working days a limit has."""
    return time_limits()[limit].length


def limit_end(limit: str, start: date, days: WorkingDays, settings: ClockSettings) -> date:
    """The last day of ``limit``; the fee's runs from the next day in so many words."""
    counted = settings.count_first_day and limit != "fee_payment"
    first = start - timedelta(days=1) if counted else start
    return days.nth_after(first, length(limit)).day
