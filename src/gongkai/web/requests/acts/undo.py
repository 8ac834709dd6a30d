"""Act: undo the last act, with a reason, while nothing of it has left the house.

By whoever did it, or the disclosure office.  The event stays in the record, marked; the clock
is reckoned without it.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.core.handling.transitions import ActKind
from gongkai.web.policies import Actor, Forbidden

from .. import clock
from ..discretion import discreet
from ..keeping import tell
from ..models import (
    Consultation,
    DisclosureRequest,
    Event,
    Letter,
    LetterState,
    Message,
)
from ..papers import bytes_of
from ..steps import UNDER_WAY, held


@transaction.atomic
def undo(actor: Actor, case: DisclosureRequest, reason: str) -> Event:
    """Undo the last event of the case."""
    case, who = held(actor, case, "request.handle")
    event = last_event(case)
    refused = why_not_undone(actor, case, event)
    if refused or event is None:
        raise Forbidden(refused)
    if not reason.strip():
        raise Forbidden("撤销要写明原因。")
    event.undone_at, event.undone_by = timezone.now(), actor.person
    event.undone_reason = discreet(case, reason.strip())[:200]
    event.save()
    _take_back(case, event)
    clock.settle(case)
    tell(
        "request.undo", case, who, reason=event.undone_reason,
        before={"event": event.act, "on": event.on}, after={"state": case.state},
    )  # fmt: skip
    return event


def last_event(case: DisclosureRequest) -> Event | None:
    """The event recorded last of those that stand."""
    return case.events.filter(undone_at=None).order_by("-pk").first()


def why_not_undone(actor: Actor, case: DisclosureRequest, event: Event | None) -> str:
    """Why ``actor`` cannot undo ``event``, the last of the case; "" where he can."""
    if event is None:
        return "还没有可以撤销的事。"
    label = ActKind(event.act).label
    if event.letter_id is not None:
        return f"“{label}”的文书已经编号签发或者送出，不能撤销；没有送出的可以作废。"
    if event.act == "archived":
        return "已经归档，不能撤销；责令重新答复的，另记。"
    own = event.person_id == actor.person.pk
    if not own and not actor.may("request.assign", case.agency):
        by = event.person.name if event.person else "申请人"
        return f"“{label}”是{by}办的，由本人或者公开工作机构撤销。"
    return ""


def _take_back(case: DisclosureRequest, event: Event) -> None:
    """What the act changed beside the event."""
    if event.act == "decide":
        standing = case.decisions.filter(superseded_at=None)
        Letter.objects.filter(decision__in=standing, state__in=UNDER_WAY).update(
            state=LetterState.DISCARDED
        )
        standing.update(superseded_at=timezone.now())
        _restore_decision(case)
    elif event.act == "fee_paid":
        case.fees.exclude(paid_on=None).update(paid_on=None, proof=None)
    elif event.act == "ordered_redo":
        _restore_decision(case)
    elif "consultation" in event.facts:
        Consultation.objects.filter(pk=event.facts["consultation"]).update(
            answer="", answered_on=None, reasons="", paper=None
        )
    if "former_description" in event.facts:
        former = case.papers.get(pk=event.facts["former_description"])
        case.description = bytes_of(former).decode()
    if "message" in event.facts:
        Message.objects.filter(pk=event.facts["message"]).update(handled_at=None, handled_by=None)


def _restore_decision(case: DisclosureRequest) -> None:
    """Where a decision is in the record again, the decision stands again."""
    decided = case.events.filter(undone_at=None, act="decide").order_by("-pk").first()
    redone = case.events.filter(undone_at=None, act="ordered_redo").order_by("-pk").first()
    if decided is None or (redone is not None and redone.pk > decided.pk):
        return
    last = case.decisions.filter(outcome=decided.facts.get("outcome")).first()
    if last is not None:
        case.decisions.filter(pk=last.pk).update(superseded_at=None)
