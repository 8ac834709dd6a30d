"""Act: the requester withdraws; the file holds his writing or a record that he confirmed.

The Regulation says nothing of it; this is usual practice (未核实).
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.web.policies import Actor, Forbidden

from ..discretion import discreet
from ..keeping import add_event, tell
from ..models import DisclosureRequest, Event, Letter, LetterState, Message, Paper
from ..steps import UNDER_WAY, held


@transaction.atomic
def withdraw(
    actor: Actor,
    case: DisclosureRequest,
    on: date,
    how: str,
    *,
    paper: Paper | None = None,
    message: Message | None = None,
) -> Event:
    """End the request on ``on``; letters that have not gone out are dropped."""
    case, who = held(actor, case, "request.handle")
    if not how.strip():
        raise Forbidden("写明怎样撤回的，如 书面、网上、当面确认。")
    if paper is not None and paper.request_id != case.pk:
        raise Forbidden("撤回的材料不是这件申请的。")
    facts = {"message": message.pk} if message else {}
    if paper is not None:
        facts["paper"] = paper.pk
    event = add_event(case, "withdrawn", on, actor, facts=facts, note=discreet(case, how.strip()))
    waiting = [state for state in UNDER_WAY if state != LetterState.SIGNED]
    Letter.objects.filter(request=case, state__in=waiting).update(state=LetterState.DISCARDED)
    tell("request.withdraw", case, who, after={"on": on, "state": case.state})
    return event
