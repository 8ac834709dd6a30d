"""What may be done next, and what it would make of the due day.

Each act that the table allows is tried on the history: what the clock would say is what is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..days import WorkingDays
from .course import Course, due_day
from .history import LAST_DAY, Act, History
from .settings import ClockSettings
from .steps import follow
from .transitions import ActKind, Effect, Move, acts_from, move_from
from .walk import length

# How far a delay is tried: only whether one is possible matters, the day is the agency's.
_DELAY = timedelta(days=30)


@dataclass(frozen=True)
class Change:
    """One act that may come next, done ``on`` a day: its line of the table, and the due day then.

    ``due_on`` None: no limit runs after it.  ``matters``: whether the due day would be another.
    """

    move: Move
    on: date
    due_on: date | None
    matters: bool

    @property
    def act(self) -> ActKind:
        return self.move.act

    @property
    def says(self) -> str:
        """What would become of the limit, as a sentence."""
        if self.move.effect in (Effect.STOP, Effect.END) or self.due_on is None:
            return self.move.says
        if self.move.effect is Effect.SET:
            return self.move.says
        most = "，延长 20 个工作日" if self.move.effect is Effect.EXTEND else ""
        return f"{self.move.says}{self.on} {self.act.label}{most}的，答复最迟 {self.due_on}。"


def next_changes(
    history: History, course: Course, days: WorkingDays, settings: ClockSettings, today: date
) -> Iterator[Change]:
    """Every act that may come next, today or on the day of the last act if that is later."""
    on = min(max([today, course.arrived_on, *(act.on for act in history.acts)]), LAST_DAY)
    states = course.states_on(on)
    before = due_day(course, days, settings)
    for kind in dict.fromkeys(kind for state in states for kind in acts_from(state)):
        move = move_from(states, kind)
        after = follow(history.with_act(_trial(kind, on, before)), days, settings)
        if move is None or not after.accepted or after.accepted[-1][0] != len(history.acts):
            continue
        due_on = due_day(after, days, settings)
        ended = move.effect in (Effect.NONE, Effect.END)
        yield Change(move, on, due_on, due_on != before and not ended)


def _trial(kind: ActKind, on: date, due_on: date | None) -> Act:
    if kind is ActKind.EXTEND:
        return Act(kind, on, days=length("extension"))
    if kind is ActKind.DELAY:
        return Act(kind, on, until=min(max(on, due_on or on) + _DELAY, LAST_DAY))
    return Act(kind, on)
