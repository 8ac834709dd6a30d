"""How every act on a task begins and ends: the row held, the state asked, the event written."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Who, record
from gongkai.web.people.models import Appointment, Person
from gongkai.web.policies import RULES, Actor, Forbidden

from ..audited import subject_of
from ..models import RectificationTask, TaskEvent, TaskEventKind, TaskState


def held(task: RectificationTask, *states: TaskState) -> RectificationTask:
    """The task, its row held; Forbidden where it stands in none of ``states``."""
    task = (
        RectificationTask.objects.select_for_update(of=("self",))
        .select_related("agency", "ordering_agency", "done_by", "responsible")
        .get(pk=task.pk)
    )
    if task.state not in states:
        raise Forbidden(f"这件整改现在是“{task.get_state_display()}”，可能别人刚刚办过。")
    return task


def orders(actor: Actor, task: RectificationTask) -> bool:
    """Whether the actor may answer for who ordered the task."""
    return actor.may("oversight.order" if task.from_above else "oversight.task", task.agency)


def require_orders(actor: Actor, task: RectificationTask) -> Who:
    """Who ordered it: the competent department for its own, the office for its own."""
    return actor.require("oversight.order" if task.from_above else "oversight.task", task.agency)


def require_words(words: str, what: str) -> str:
    """The words without blanks around; Forbidden where there are none."""
    if not words.strip():
        raise Forbidden(f"写明{what}。")
    return words.strip()


def require_staff(agency: Agency, person: Person, today: date) -> None:
    """Who is made responsible works at the agency, in a role that may rectify."""
    there = Appointment.objects.on(today).filter(
        person=person, agency__in=agency.responsible(), role__in=RULES["oversight.rectify"]
    )
    if not person.is_active or not there.exists():
        raise Forbidden(f"{person.name}不是{agency.short_name}办理公开工作的人。")


def happened(
    task: RectificationTask,
    kind: TaskEventKind,
    actor: Actor,
    who: Who,
    act: str,
    words: str = "",
    *,
    due_before: date | None = None,
    **after: Any,
) -> RectificationTask:
    """Keep the task as it stands now, its event, and the entry of the trail."""
    task.save()
    TaskEvent.objects.create(
        task=task, kind=kind, person=actor.person, words=words,
        due_before=due_before, due_after=task.due_on if due_before else None,
    )  # fmt: skip
    before = {"due_on": due_before} if due_before else {}
    now = {"state": task.state, **({"due_on": task.due_on} if due_before else {}), **after}
    record(f"rectification.{act}", subject_of(task), who, reason=words, before=before, after=now)
    return task
