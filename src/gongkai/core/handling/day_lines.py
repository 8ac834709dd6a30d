"""Every day from arrival to the due day: whether it counts, and why, with the article.

What the account shows is the reckoning itself, day by day: nobody has to believe a date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..days import WorkingDays
from ..law import cite
from .course import Course, Round, numbered
from .receipt import Receipt
from .settings import ClockSettings
from .transitions import ActKind

_WEEK = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
_SATURDAY = 5
_CIVIL_CODE = "civil-code-2020#201"
_REPLY = "ogi-regulation-2019#33.1"
_PAUSE = "ogi-regulation-2019#33.3"
_CORRECTION = "ogi-regulation-2019#30"
_FEE = "handling-fee-2020#7"
_REDO = "court-interpretation-2025#11"
_DELAY = "ogi-regulation-2019#35"

# Of a round: what began it, and since when, for the days before it and for its first.
_BEGAN = {
    ActKind.CORRECTED: ("收到补正", "期限自收到补正之日（{on}）起重新计算，此前不算", _CORRECTION),
    ActKind.FEE_PAID: ("缴清信息处理费", "期限自缴清（{on}）次日起重新计算，此前不算", _FEE),
    ActKind.ORDERED_REDO: ("责令重新答复", "重新答复的期限自 {on} 起另计，此前不算", _REDO),
}
_WAITS = {
    ActKind.ASK_FOR_CORRECTION: ("等待补正，收到之日起重新计算", _CORRECTION),
    ActKind.CHARGE_FEE: ("等待缴费，缴清次日起重新计算", _FEE),
}


@dataclass(frozen=True)
class DayLine:
    """One day.  ``number``: the how-manieth that counts; None for one that doesn't."""

    day: date
    counted: bool
    number: int | None
    why: str
    article: str


def day_lines(
    course: Course,
    receipt: Receipt,
    due_on: date | None,
    until: date,
    days: WorkingDays,
    settings: ClockSettings,
) -> Iterator[DayLine]:
    """A line for every day from arrival up to ``until``."""
    numbers = _numbers(course, until, days, settings)
    for offset in range((until - course.arrived_on).days + 1):
        day = course.arrived_on + timedelta(days=offset)
        if day in numbers:
            why, article = _counted(course, day, numbers[day], days)
        else:
            why, article = _not_counted(course, receipt, day, days, settings)
        if day == due_on:
            why += "；" + _ends(course.round)
        yield DayLine(day, day in numbers, numbers.get(day), why, article)


def _numbers(
    course: Course, until: date, days: WorkingDays, settings: ClockSettings
) -> dict[date, int]:
    """The days that count in the round that runs, with their numbers."""
    if course.round is None:
        return {}
    last = min(until, course.waits_on.on) if course.waits_on else until
    found: dict[date, int] = {}
    for number, day in numbered(course.round, course.consultations, days, settings):
        if day > last:
            break
        found[day] = number
    return found


def _counted(course: Course, day: date, number: int, days: WorkingDays) -> tuple[str, str]:
    why = f"第{number}个工作日"
    limit = course.round
    if day.weekday() >= _SATURDAY:
        why += f"（{_WEEK[day.weekday()]}，{days.name_of(day)}调休上班）"
    if limit and not limit.until and limit.extension and number > limit.length:
        return f"{why}（延长）", cite("ogi-regulation-2019#33.2")
    if limit and limit.cause is ActKind.ORDERED_REDO:
        return why, cite(_REDO)
    return why, cite(_REPLY)


def _not_counted(
    course: Course, receipt: Receipt, day: date, days: WorkingDays, settings: ClockSettings
) -> tuple[str, str]:
    for limit in course.rounds:
        if day < limit.started_on:
            return _before(limit, receipt)
        if day == limit.started_on and limit is course.round:
            began = _BEGAN[limit.cause][0] if limit.cause else "收到申请"
            return f"{began}当日，不计入", cite(_CIVIL_CODE)
    if not course.rounds:
        return "等待双方确认，期限没有起算", cite(receipt.basis)
    if course.waits_on and day > course.waits_on.on:
        why, basis = _WAITS[course.waits_on.kind]
        return why, cite(basis)
    if not days.is_working_day(day):
        return _day_off(day, days)
    asked = [c for c in course.consultations if c.takes(day, settings)]
    names = [c.kind.label + (f"（{c.party}）" if c.party else "") for c in asked]
    return "、".join(dict.fromkeys(names)) + "，不计入", cite(_PAUSE)


def _before(limit: Round, receipt: Receipt) -> tuple[str, str]:
    """A day before a round that took the place of what was before it."""
    if limit.cause is None:
        return "等待双方确认，期限没有起算", cite(receipt.basis)
    _, why, basis = _BEGAN[limit.cause]
    return why.format(on=limit.started_on), cite(basis)


def _day_off(day: date, days: WorkingDays) -> tuple[str, str]:
    name = days.name_of(day)
    if not name:
        return _WEEK[day.weekday()], cite(_REPLY)
    # The New Year's break may be named by the notice of the year after.
    years = (days.years.get(day.year), days.years.get(day.year + 1))
    notice = next(y.notices[0] for y in years if y and day in y.days_off)
    return f"{name}放假", f"{notice.title}（{notice.number}）"


def _ends(limit: Round | None) -> str:
    if limit and limit.until and limit.cause is not ActKind.ORDERED_REDO:
        return "延迟答复的期限届满"
    return "答复期限届满"
