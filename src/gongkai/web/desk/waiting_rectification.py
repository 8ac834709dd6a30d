"""What waits of rectification: to sign for, to mend, to confirm; overdue it climbs the tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.core.days import WorkingDays
from gongkai.web.disclosure.clock import Clock
from gongkai.web.oversight.rectification.acts.confirm import doers
from gongkai.web.oversight.rectification.clock import clock_of
from gongkai.web.oversight.rectification.due_days import IN_HAND, ladder
from gongkai.web.oversight.rectification.models import (
    CheckState,
    NoticeCopy,
    NoticeKind,
    RectificationTask,
    SelfCheck,
    TaskState,
)
from gongkai.web.oversight.rectification.months import Month, asked_for, not_done, page_of
from gongkai.web.oversight.rectification.settled import settings_of
from gongkai.web.people.models import Role
from gongkai.web.policies import Actor

from .entries import Waiting

MOST = 30


def rectification_for(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    """What this person has to do."""
    yield from _tasks(actor, today, days)
    yield from _to_confirm(actor, today, days)
    yield from _circulars(actor, today)
    yield from _self_checks(actor, today, days)


def _tasks(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    """Whose it is; the office, where it is nobody's or long overdue; then those above."""
    found = _listed(
        RectificationTask.objects.filter(
            Q(agency__in=actor.agencies("oversight.rectify"))
            | Q(agency__in=actor.agencies("oversight.order")),
            state__in=IN_HAND,
        )
    )
    settled = settings_of({task.agency for task in found})
    told = 0
    for task in found:
        rungs = ladder(task.due_on, settled[task.agency_id], days)
        above = task.due_on < today and rungs.above_from <= today
        mine = task.responsible_id == actor.person.pk
        office = _holds(actor, Role.DISCLOSURE_OFFICE, task) and (
            task.responsible_id is None
            or task.state == TaskState.ORDERED
            or (task.due_on < today and rungs.office_from <= today)
        )
        if mine or office:
            what = "签收督办" if task.state == TaskState.ORDERED else "整改"
        elif above and actor.may("oversight.order", task.agency):
            what = "过问超期的整改"
        else:
            continue
        yield _of_task(task, what, today, days)
        told += 1
        if told == MOST:
            return


def _to_confirm(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    """What others reported done: the department's by the department, one's own by the office."""
    at = {appointment.agency_id for appointment in actor.appointments}
    own = [one for one in actor.agencies("oversight.confirm") if one.pk in at]
    waiting = RectificationTask.objects.filter(
        Q(agency__in=actor.agencies("oversight.order"), ordering_agency__in=at)
        | Q(agency__in=own, ordering_agency__in=own),
        state=TaskState.DONE,
    )
    for task in _listed(waiting)[:MOST]:
        if actor.person.pk not in doers(task):
            yield _of_task(task, "确认整改", today, days)


def _circulars(actor: Actor, today: date) -> Iterator[Waiting]:
    """Circulars that nobody at the agency has read; a 督办单 stands with its task."""
    agencies = [
        one
        for one in actor.agencies("oversight.rectify")
        if any(
            a.agency_id == one.pk and a.role == Role.DISCLOSURE_OFFICE for a in actor.appointments
        )
    ]
    unread = NoticeCopy.objects.filter(
        agency__in=agencies, read_at=None, notice__kind=NoticeKind.CIRCULAR
    ).select_related("notice__agency", "agency")
    for copy in unread[:MOST]:
        yield Waiting(
            Clock("", "没有看过", f"{copy.notice.dated} 印发"),
            today,
            "看通报",
            copy.notice.number,
            copy.notice.agency.short_name,
            reverse("rectification:notice", args=[copy.notice_id]),
            "去看",
        )


def _self_checks(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    own = actor.agencies("oversight.self_check")
    for one in not_done(own, asked_for(today)) if own else ():
        if one.check is None or one.check.state != CheckState.HANDED_IN:
            returned = one.check is not None and one.check.state == CheckState.RETURNED
            yield _of_check(one, "重填退回的自查" if returned else "栏目自查", today, days)
    to_sign = SelfCheck.objects.filter(
        agency__in=actor.agencies("oversight.sign_self_check"), state=CheckState.HANDED_IN
    ).exclude(prepared_by=actor.person)
    for check in to_sign.select_related("agency", "prepared_by").defer("snapshot")[:MOST]:
        yield Waiting(
            Clock("", "等签字", f"自查 {check.prepared_by.name if check.prepared_by else ''}"),
            today,
            "签自查",
            str(check),
            check.agency.short_name,
            page_of(check.agency, check.month),
            "去签",
        )
    below = [one for one in actor.agencies("oversight.order") if one not in own]
    late = [one for one in not_done(below, asked_for(today)) if one.due_on < today] if below else []
    if late:
        month = late[0].month
        yield Waiting(
            Clock("late", "超期", "主管范围"),
            today,
            "看没有自查的机关",
            f"{month.month}月有 {len(late)} 个机关没有签字",
            "",
            reverse("rectification:self_checks") + "?state=missing",
            "去看",
        )


def _of_task(task: RectificationTask, what: str, today: date, days: WorkingDays) -> Waiting:
    address = reverse("rectification:task", args=[task.pk])
    due_on = today if task.state == TaskState.DONE else task.due_on
    return Waiting(
        clock_of(task, today, days), due_on, what, task.title, task.agency.short_name, address,
        "打开",
    )  # fmt: skip


def _of_check(one: Month, what: str, today: date, days: WorkingDays) -> Waiting:
    text = f"{one.due_on.month}月{one.due_on.day}日前签字"
    if one.due_on < today:
        late = days.count_between(one.due_on, today).days
        clock = Clock("late", f"超期 {late} 个工作日", text)
    elif one.due_on == today:
        clock = Clock("late", "今天到期", text)
    else:
        clock = Clock("", f"还剩 {days.count_between(today, one.due_on).days} 个工作日", text)
    about = f"{one.month.year}年{one.month.month}月"
    return Waiting(clock, one.due_on, what, about, one.agency.short_name, one.address, "去填")


def _holds(actor: Actor, role: Role, task: RectificationTask) -> bool:
    responsible = task.agency.responsible()
    return any(a.role == role and a.agency_id in responsible for a in actor.appointments)


def _listed(found: QuerySet[RectificationTask]) -> QuerySet[RectificationTask]:
    return found.select_related("agency").order_by("due_on", "pk")
