"""Acts of who sets a task: order it, extend it, withdraw it, find that it is no fault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Who
from gongkai.web.oversight.watching.acts.judge import may_decide, set_aside
from gongkai.web.oversight.watching.models import Standing, WatchFinding
from gongkai.web.people.models import Person
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.registers.days import working_days

from ..models import OPEN, RectificationTask, Source, TaskEventKind, TaskState
from ..settled import settings_for
from .moving import happened, held, require_orders, require_staff, require_words
from .notices import issue_order


@dataclass(frozen=True)
class Order:
    """What is to be put right; without ``due_on`` the usual number of working days."""

    agency: Agency
    title: str
    problem: str
    demand: str
    source: Source
    basis: str = ""
    due_on: date | None = None
    responsible: Person | None = None
    findings: tuple[WatchFinding, ...] = ()


@transaction.atomic
def order(actor: Actor, told: Order, *, notice: bool = False) -> RectificationTask:
    """Set the task; ``notice``: with the 督办单 that goes to another agency.

    The competent department's waits to be signed for; the office's own is begun at once.
    """
    who, name = _in_whose_name(actor, told.agency)
    today = timezone.localdate()
    if told.agency.ended_on is not None:
        raise Forbidden(
            f"{told.agency.short_name}已于 {told.agency.ended_on} 撤销，由接办的机关改。"
        )
    for words, what in ((told.title, "事项"), (told.problem, "问题"), (told.demand, "怎样改")):
        require_words(words, what)
    due_on = told.due_on or usual_due(told.agency, today)
    if due_on < today:
        raise Forbidden(f"期限 {due_on} 已经过了。")
    if told.responsible is not None:
        require_staff(told.agency, told.responsible, today)
    findings = _taken_up(told)
    task = RectificationTask(
        agency=told.agency,
        ordering_agency=name,
        title=told.title.strip(),
        problem=told.problem.strip(),
        demand=told.demand.strip(),
        basis=told.basis.strip(),
        source=told.source,
        previous=mended_before(findings),
        responsible=told.responsible,
        due_on=due_on,
        ordered_by=actor.person,
    )
    task.state = TaskState.ORDERED if task.from_above else TaskState.RECEIVED
    task.save()
    task.findings.set(findings)
    happened(
        task, TaskEventKind.ORDERED, actor, who, "order", agency=told.agency.name, due_on=due_on
    )
    if notice and task.from_above:
        issue_order(actor, task)
    return task


@transaction.atomic
def extend(actor: Actor, task: RectificationTask, until: date, reason: str) -> RectificationTask:
    """A later day, with the reason."""
    task = held(task, *OPEN)
    who = require_orders(actor, task)
    reason = require_words(reason, "延长的原因")
    if until <= task.due_on or until < timezone.localdate():
        raise Forbidden(f"新的期限要晚于 {task.due_on}，也不能是过去的日子。")
    before, task.due_on = task.due_on, until
    return happened(task, TaskEventKind.EXTENDED, actor, who, "extend", reason, due_before=before)


@transaction.atomic
def withdraw(actor: Actor, task: RectificationTask, reason: str) -> RectificationTask:
    """It need not be done after all."""
    task = held(task, *OPEN)
    who = require_orders(actor, task)
    reason = require_words(reason, "撤回的原因")
    _close(task, actor, TaskState.WITHDRAWN)
    return happened(task, TaskEventKind.WITHDRAWN, actor, who, "withdraw", reason)


@transaction.atomic
def no_fault(actor: Actor, task: RectificationTask, reason: str) -> RectificationTask:
    """What was found is no fault: the findings are set aside, and the task ends, in one.

    Where one is not the actor's to judge, it is proposed, and the task stays until it is judged.
    """
    task = held(task, *OPEN)
    who = require_orders(actor, task)
    reason = require_words(reason, "不是问题的理由")
    left = False
    for found in task.findings.filter(state=Standing.OPEN).order_by("pk"):
        if found.proposed_by_id is None or may_decide(actor, found):
            found = set_aside(actor, found, reason)
        left = left or found.state == Standing.OPEN
    if left:
        return task
    _close(task, actor, TaskState.NO_FAULT)
    return happened(task, TaskEventKind.NO_FAULT, actor, who, "no_fault", reason)


def usual_due(agency: Agency, today: date) -> date:
    """The day that stands where nobody names another."""
    return working_days().nth_after(today, settings_for(agency).days).day


def mended_before(findings: tuple[WatchFinding, ...]) -> RectificationTask | None:
    """The last task in which the same fault was confirmed as mended."""
    for found in findings:
        earlier = RectificationTask.objects.filter(
            state=TaskState.CONFIRMED, findings__rule=found.rule, findings__key=found.key
        ).exclude(findings=found)
        if (last := earlier.order_by("-pk").first()) is not None:
            return last
    return None


def _in_whose_name(actor: Actor, agency: Agency) -> tuple[Who, Agency]:
    above = actor.appointment_for("oversight.order", agency)
    if above is not None:
        return actor.require("oversight.order", agency), above.agency
    return actor.require("oversight.task", agency), agency


def _taken_up(told: Order) -> tuple[WatchFinding, ...]:
    """The findings, held, so that none becomes two tasks."""
    keys = [one.pk for one in told.findings]
    held_ones = list(WatchFinding.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    for found in held_ones:
        if found.agency_id != told.agency.pk:
            raise Forbidden(f"“{found.place}”不是{told.agency.short_name}的。")
        if found.state != Standing.OPEN:
            raise Forbidden(f"“{found.place}”现在是“{found.get_state_display()}”，不用整改。")
        taken = found.tasks.filter(state__in=OPEN).first()
        if taken is not None:
            raise Forbidden(f"“{found.place}”已经列了整改，期限 {taken.due_on}。")
    return tuple(held_ones)


def _close(task: RectificationTask, actor: Actor, state: TaskState) -> None:
    task.state, task.closed_by, task.closed_at = state, actor.person, timezone.now()
