"""Reminders: so many working days before each limit, once by each way, to whom it concerns.

A day on which the platform stood still is made up for: what is nearer than the set days and was
not told is told.  Once it is late, those above are told as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from gongkai.core.days import WorkingDays
from gongkai.web.people.models import Person
from gongkai.web.registers.days import working_days

from ..models import ReminderSent, RequestSettings
from .due_days import DueDay, every, people_of
from .sending import Note, NotSent, ways_for

DEFAULT_DAYS = (5, 2, 0)
# Instead of a number of days before: it is past.
LATE = -1


class NotReminded(Exception):
    """Some reminders did not go; they are tried again. The message says which and why."""


def send_due() -> int:
    """Send what is to be sent today; how many reminders went."""
    today, days = timezone.localdate(), working_days()
    if not days.is_working_day(today):
        return 0
    return send(every(None, today, days), today, days)


def send(dues: Iterable[DueDay], today: date, days: WorkingDays) -> int:
    """Send the reminders of these; a way that fails keeps no other back."""
    chosen = {one.agency_id: one.reminder_days for one in RequestSettings.objects.all()}
    wanted: dict[Person, list[tuple[DueDay, int]]] = defaultdict(list)
    for due in dues:
        before = due.before or chosen.get(due.agency.pk) or DEFAULT_DAYS
        step = step_of(due, today, days, before)
        if step is not None:
            for person in people_of(due, today, late=step == LATE):
                wanted[person].append((due, step))
    sent, failures = 0, []
    for person, steps in wanted.items():
        for name, way in ways_for(person).items():
            fresh = [(due, step) for due, step in steps if not _told(person, due, step, name)]
            if not fresh:
                continue
            notes = [Note(due, says(due, today, days)) for due, _ in fresh]
            try:
                way(person, notes)
            except NotSent as failure:
                failures.append(f"{person.name}：{failure}")
                continue
            ReminderSent.objects.bulk_create(
                [_sent(person, due, step, name) for due, step in fresh], ignore_conflicts=True
            )
            sent += len(fresh)
    if failures:
        raise NotReminded("；".join(failures[:5]))
    return sent


def step_of(due: DueDay, today: date, days: WorkingDays, before: Sequence[int]) -> int | None:
    """Which reminder is due today: the nearest set number of days that is reached; LATE past it."""
    if due.due_on < today:
        return LATE
    left = days.count_between(today, due.due_on).days
    reached = [number for number in before if left <= number]
    return min(reached) if reached else None


def says(due: DueDay, today: date, days: WorkingDays) -> str:
    """还剩 2 个工作日，10月28日前."""
    on = f"{due.due_on.month}月{due.due_on.day}日"
    about = "（暂定）" if due.provisional else ""
    if due.due_on < today:
        return f"已超期 {days.count_between(due.due_on, today).days} 个工作日，{on}到期{about}"
    left = days.count_between(today, due.due_on).days
    if left == 0:
        return f"今天到期{about}"
    return f"还剩 {left} 个工作日，{on}前{about}"


def _told(person: Person, due: DueDay, step: int, way: str) -> bool:
    return ReminderSent.objects.filter(
        person=person, about=due.about, due_on=due.due_on, days_before=step, way=way
    ).exists()


def _sent(person: Person, due: DueDay, step: int, way: str) -> ReminderSent:
    return ReminderSent(
        person=person, about=due.about, due_on=due.due_on, days_before=step, way=way
    )
