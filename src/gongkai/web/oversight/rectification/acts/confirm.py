"""Acts of who looks again: confirm that a fault is mended, or return the task with words.

Nobody confirms what he himself mended or proved; what the competent department ordered, it
confirms.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.record import Who
from gongkai.web.oversight.watching.models import Standing
from gongkai.web.policies import Actor, Forbidden

from ..models import RectificationTask, TaskEventKind, TaskState
from .moving import happened, held, require_words


@transaction.atomic
def confirm(actor: Actor, task: RectificationTask, words: str = "") -> RectificationTask:
    """It is mended; where the watch still finds it, the reason must be said."""
    task = held(task, TaskState.DONE)
    who = _require(actor, task)
    if not words.strip() and task.findings.filter(state=Standing.OPEN).exists():
        raise Forbidden("系统最近一次检查时问题还在。确认改好要写明依据，或者先再查一次。")
    task.state = TaskState.CONFIRMED
    task.closed_by, task.closed_at = actor.person, timezone.now()
    return happened(task, TaskEventKind.CONFIRMED, actor, who, "confirm", words.strip())


@transaction.atomic
def give_back(actor: Actor, task: RectificationTask, words: str) -> RectificationTask:
    """It is not mended yet: what is still wanting."""
    task = held(task, TaskState.DONE)
    who = _require(actor, task)
    words = require_words(words, "还差什么")
    task.state = TaskState.RETURNED
    return happened(task, TaskEventKind.RETURNED, actor, who, "give_back", words)


def may_confirm(actor: Actor, task: RectificationTask) -> bool:
    """Whether the actor may look again at this task, and did not do it himself."""
    return actor.may(policy_of(task), task.agency) and actor.person.pk not in doers(task)


def policy_of(task: RectificationTask) -> str:
    """The act that confirming asks for."""
    return "oversight.order" if task.from_above else "oversight.confirm"


def doers(task: RectificationTask) -> set[int]:
    """Who reported it done or brought a proof."""
    found = set(task.proofs.values_list("added_by", flat=True))
    return found | ({task.done_by_id} if task.done_by_id else set())


def _require(actor: Actor, task: RectificationTask) -> Who:
    who = actor.require(policy_of(task), task.agency)
    if actor.person.pk in doers(task):
        raise Forbidden("这件是你改的，要由另一个人确认。")
    return who
