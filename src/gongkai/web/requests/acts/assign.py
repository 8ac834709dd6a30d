"""Act: give a case to somebody, with the day by which the house wants it done."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.people.models import Person
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.registers.days import working_days

from ..keeping import tell
from ..models import DisclosureRequest
from ..people import handlers_of
from ..steps import held
from ..venue import settings_of


@transaction.atomic
def assign(
    actor: Actor, case: DisclosureRequest, handler: Person, internal_due_on: date | None = None
) -> DisclosureRequest:
    """``handler`` has it; due within the agency's internal limit, never after the legal one."""
    case, who = held(actor, case, "request.assign")
    if case.concluded_on:
        raise Forbidden(f"这件申请 {case.concluded_on} 已经办结，不用再分办。")
    today = timezone.localdate()
    if handler not in handlers(case):
        raise Forbidden(f"{handler.name}不是{case.agency.short_name}的起草人，不能承办。")
    due_on = internal_due_on or _internal_due(case, today)
    if due_on < today:
        raise Forbidden(f"内部期限 {due_on} 早于今天。")
    if case.due_on and due_on > case.due_on >= today:
        raise Forbidden(f"内部期限 {due_on} 晚于答复到期日 {case.due_on}。")
    before = _state(case)
    case.handler, case.internal_due_on = handler, due_on
    case.save(update_fields=["handler", "internal_due_on"])
    tell("request.assign", case, who, before=before, after=_state(case))
    return case


def handlers(case: DisclosureRequest) -> list[Person]:
    """Those who may have the case today."""
    return handlers_of([case.agency], timezone.localdate())


def _internal_due(case: DisclosureRequest, today: date) -> date:
    days = settings_of(case.agency).internal_days
    due_on = working_days().nth_after(today, max(days, 1)).day
    return min(due_on, case.due_on) if case.due_on and case.due_on >= today else due_on


def _state(case: DisclosureRequest) -> dict[str, object]:
    return {
        "handler": case.handler.name if case.handler else "",
        "internal_due_on": case.internal_due_on,
    }
