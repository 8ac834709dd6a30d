"""When tasks and self-checks are due, and how they go up the tree once they are late.

Whose it is first, then the agency's disclosure office, then the competent department, each so
many working days after the day, as settled (``RectificationSettings``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.core.days import WorkingDays
from gongkai.web.agencies.models import Agency
from gongkai.web.requests.around.due_days import DueDay

from .models import RectificationSettings, RectificationTask, TaskState
from .months import Month, asked_for, not_done
from .settled import settings_of

# What somebody still has to work at; what is reported done waits for another.
IN_HAND = (TaskState.ORDERED, TaskState.RECEIVED, TaskState.RETURNED)
_REMINDED = (3, 0)


@dataclass(frozen=True)
class Ladder:
    """The days from which an overdue thing is told to the office, and to those above."""

    office_from: date
    above_from: date


def ladder(due_on: date, settled: RectificationSettings, days: WorkingDays) -> Ladder:
    """The ladder of what is due on ``due_on``."""

    def late_by(number: int) -> date:
        return days.nth_after(due_on, number).day if number else due_on

    return Ladder(late_by(settled.office_after), late_by(settled.above_after))


def of_rectification(
    agencies: Sequence[Agency] | None, today: date, days: WorkingDays
) -> Iterator[DueDay]:
    """The days of every open task, and of last month's self-check."""
    tasks = RectificationTask.objects.filter(state__in=IN_HAND).select_related("agency")
    if agencies is not None:
        tasks = tasks.filter(agency__in=agencies)
    settled = settings_of({task.agency for task in tasks})
    for task in tasks:
        steps = ladder(task.due_on, settled[task.agency_id], days)
        yield DueDay(
            about=f"rectification_task:{task.pk}:due",
            number=task.title[:40],
            what="整改",
            due_on=task.due_on,
            agency=task.agency,
            handler=task.responsible_id,
            address=reverse("rectification:task", args=[task.pk]),
            before=_REMINDED,
            duty_from=steps.office_from,
            above_from=steps.above_from,
        )
    for asked in _self_checks(agencies, today):
        due = asked.due_on
        yield DueDay(
            about=f"self_check:{asked.agency.pk}:{asked.month:%Y-%m}",
            number=f"{asked.month.month}月",
            what="栏目自查",
            due_on=due,
            agency=asked.agency,
            handler=None,
            address=asked.address,
            before=_REMINDED,
            above_from=ladder(due, asked.settled, days).above_from,
        )


def _self_checks(agencies: Sequence[Agency] | None, today: date) -> Iterable[Month]:
    among = Agency.objects.active() if agencies is None else agencies
    return not_done(list(among), asked_for(today))
