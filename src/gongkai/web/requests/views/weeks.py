"""日历账: the account of a request by weeks and weekdays, each day with what it is.

Nothing is reckoned here: what a day is comes from the core's account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.core.handling.clock import Account
from gongkai.core.handling.day_lines import DayLine
from gongkai.core.handling.transitions import ActKind

_A_DAY, _A_WEEK = timedelta(days=1), timedelta(days=7)
_SATURDAY = 5
# More weeks than fit a page; the rest stand in the account day by day.
MOST_WEEKS = 16

_BEGINS = {
    None: "收到",
    ActKind.CORRECTED: "收到补正",
    ActKind.FEE_PAID: "缴清",
    ActKind.ORDERED_REDO: "责令重答",
}


@dataclass(frozen=True)
class Day:
    """One day of the calendar: its name, what it is, how it is drawn."""

    day: date
    name: str
    words: str
    style: str
    today: bool
    why: str


@dataclass(frozen=True)
class Week:
    """One row; ``monday`` names it."""

    monday: date
    days: tuple[Day, ...]


def weeks_of(told: Account) -> tuple[list[Week], bool]:
    """The weeks from the day it came to the due day, and whether earlier ones were left out."""
    lines = {line.day: line for line in told.days}
    first, last = min(lines), max(lines)
    monday = first - _A_DAY * first.weekday()
    weeks = []
    while monday <= last:
        days = [_day(told, lines, monday + _A_DAY * at) for at in range(7)]
        weeks.append(Week(monday, tuple(days)))
        monday += _A_WEEK
    return weeks[-MOST_WEEKS:], len(weeks) > MOST_WEEKS


def _day(told: Account, lines: dict[date, DayLine], day: date) -> Day:
    works = told.working_days.is_working_day(day)
    mark = ""
    if works and day.weekday() >= _SATURDAY:
        mark = " 班"
    elif not works and told.working_days.name_of(day):
        mark = " 休"
    first = day.day == 1 or day == min(lines)
    name = f"{day.month}/{day.day}{mark}" if first else f"{day.day}{mark}"
    line = lines.get(day)
    words, style = ("", "" if works else "is-off") if line is None else _what(told, line, works)
    return Day(day, name, words, style, day == told.today, line.why if line else "")


def _what(told: Account, line: DayLine, works: bool) -> tuple[str, str]:
    numbered = f"第{line.number}日" if line.number else ""
    if line.day == told.due_on and not told.concluded_on:
        return f"{numbered}到期" if numbered else "到期", "is-due"
    if told.concluded_on and line.day > told.concluded_on:
        return ("到期", "") if line.day == told.due_on else ("", "" if works else "is-off")
    if line.day == told.concluded_on:
        return ("送达" if told.course.served else "终止"), "is-on"
    if line.number:
        return numbered, "is-on"
    limit = told.course.round
    if limit is not None and line.day == limit.started_on:
        return _BEGINS.get(limit.cause, "起算"), ""
    if line.day == told.course.arrived_on:
        return "到达", ""
    if not works:
        return "不计", "is-off"
    if limit is None or line.day < limit.started_on:
        return ("等待" if limit is None or limit.cause is None else "不算"), "is-stop"
    return ("等待" if told.course.waits_on else "停计"), "is-stop"
