"""Acts: the competent department chases an overdue request (arts. 46, 47), the agency answers."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.policies import Actor, Forbidden

from ...discretion import discreet
from ...keeping import locked, tell
from ...models import Chase, DisclosureRequest


@transaction.atomic
def chase(actor: Actor, case: DisclosureRequest, text: str, answer_by: date | None = None) -> Chase:
    """Ask the agency why, and by when it will be done."""
    case = locked(case)
    who = actor.require("request.chase", case.agency)
    today = timezone.localdate()
    if case.concluded_on is not None:
        raise Forbidden(f"这件已于 {case.concluded_on} 办结。")
    if case.due_on is None or case.due_on >= today:
        raise Forbidden("这件没有超期，不用催办。")
    if not text.strip():
        raise Forbidden("写明催办什么。")
    if answer_by is not None and answer_by < today:
        raise Forbidden(f"要求回复日期 {answer_by} 已经过了。")
    made = Chase.objects.create(
        request=case,
        text=discreet(case, text.strip()),
        answer_by=answer_by,
        person=actor.person,
    )
    tell("request.chase", case, who, reason=made.text, after={"answer_by": answer_by})
    return made


@transaction.atomic
def answer_chase(actor: Actor, one: Chase, answer: str) -> Chase:
    """What the agency says to it."""
    one = Chase.objects.select_for_update(of=("self",)).get(pk=one.pk)
    case = one.request
    who = actor.require("request.handle", case.agency)
    if one.answered_at is not None:
        raise Forbidden("已经回复过了。")
    if not answer.strip():
        raise Forbidden("写明回复。")
    one.answer = discreet(case, answer.strip())
    one.answered_by, one.answered_at = actor.person, timezone.now()
    one.save()
    tell("request.answer_chase", case, who, reason=one.answer)
    return one
