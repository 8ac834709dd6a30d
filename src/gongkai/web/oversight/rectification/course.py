"""The course of a task as its page tells it: found, ordered, signed for, mended, confirmed.

What people did stands beside what the system saw: that the fault is gone, that the task was
overdue and went up the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from gongkai.core.days import WorkingDays
from gongkai.web.oversight.watching.models import Standing

from .columns import moment_of
from .due_days import Ladder, ladder
from .models import RectificationTask, TaskEventKind, TaskState
from .settled import settings_for

_WAITS = {
    TaskState.ORDERED: ("等签收", ("等改好",)),
    TaskState.RECEIVED: ("等改好", ()),
    TaskState.RETURNED: ("等再改", ()),
}
_CONFIRM = "另一人确认"


@dataclass(frozen=True)
class Step:
    """One line of the course; ``style`` is that of gk-time."""

    what: str
    at: datetime | None = None
    who: str = ""
    words: str = ""
    style: str = ""
    link: tuple[str, str] | None = None


def course_of(task: RectificationTask, today: date, days: WorkingDays) -> list[Step]:
    """What happened in its order, what is now, what comes."""
    past = sorted(_past(task, today, days), key=lambda step: step.at or timezone.now())
    return [*past, *_ahead(task)]


def rungs_of(task: RectificationTask, days: WorkingDays) -> Ladder:
    """When the task, overdue, goes to the office and to those above."""
    return ladder(task.due_on, settings_for(task.agency), days)


def _past(task: RectificationTask, today: date, days: WorkingDays) -> Iterator[Step]:
    findings = list(task.findings.select_related("set_aside_by"))
    if findings:
        yield Step("检查发现", min(one.found_at for one in findings))
    for event in task.events.select_related("person"):
        what, words = event.get_kind_display(), event.words
        if event.kind == TaskEventKind.RECEIVED:
            what = f"{task.agency.short_name}签收"
            words = words and f"答复：{words}"
        elif event.kind == TaskEventKind.ORDERED and not task.from_above:
            what = "列入整改"
        elif event.kind == TaskEventKind.EXTENDED:
            words = f"{event.due_before} 改为 {event.due_after}：{words}"
        yield Step(what, event.at, event.person.name, words)
    for notice in task.notices.select_related("issued_by"):
        address = reverse("rectification:notice", args=[notice.pk])
        yield Step(
            "发督办单", notice.issued_at, notice.issued_by.name, link=(notice.number, address)
        )
    gone = [one.mended_at for one in findings if one.state == Standing.MENDED and one.mended_at]
    if gone and not any(one.state == Standing.OPEN for one in findings):
        yield Step("系统复查：已不再出现", max(gone))
    judged = [one for one in findings if one.state == Standing.SET_ASIDE and one.set_aside_at]
    for one in judged:
        who = one.set_aside_by.name if one.set_aside_by else ""
        yield Step("巡检发现判定不是问题", one.set_aside_at, who, one.reason)
    yield from _climbed(task, today, days)


def _climbed(task: RectificationTask, today: date, days: WorkingDays) -> Iterator[Step]:
    """How far up the tree it has gone, as long as it is not mended."""
    if task.state not in _WAITS:
        return
    rungs = rungs_of(task, days)
    if task.responsible_id and task.due_on < today and rungs.office_from <= today:
        yield Step("超期，告知公开工作机构", moment_of(rungs.office_from))
    if task.due_on < today and rungs.above_from <= today:
        yield Step("超期，告知主管部门", moment_of(rungs.above_from))


def _ahead(task: RectificationTask) -> Iterator[Step]:
    if task.state == TaskState.DONE:
        yield Step(f"等{_CONFIRM}", words="不能由改的人自己确认", style="is-now")
    elif waits := _WAITS.get(TaskState(task.state)):
        now, after = waits
        yield Step(now, style="is-now")
        for what in after:
            yield Step(what, style="is-next")
        yield Step(_CONFIRM, words="不能由改的人自己确认", style="is-next")
