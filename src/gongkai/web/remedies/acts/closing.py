"""Acts that end a case: the decision that stands, and the order to reply again.

An order to redo opens a new clock on the request (法释〔2025〕8号 art. 11; 复议法 art. 64); it
runs from the day of the judgment in force, or from the day the decision came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongkai.core.remedies.cases import result, results
from gongkai.core.remedies.limits import remedy_limit
from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.requests.acts.redo import redo

from ..audited import discreet, facts_of, subject_of
from ..models import CaseEvent, CaseEventKind, RemedyCase
from .cases import keep_event, locked, require_open, require_past

_CLOSING = (
    "result", "closed_on", "decision_number", "decision_received_on", "redo_days", "redo_until",
)  # fmt: skip


@dataclass(frozen=True)
class Ending:
    """How a case ended; ``redo_days`` or ``redo_until`` where the decision gives its own limit."""

    result: str
    closed_on: date
    decision_number: str = ""
    decision_received_on: date | None = None
    redo_days: int | None = None
    redo_until: date | None = None


@transaction.atomic
def close_case(actor: Actor, case: RemedyCase, ending: Ending) -> RemedyCase:
    """The decision or the judgment in force; where it orders a new reply, its clock begins."""
    case = locked(case)
    who = actor.require("remedy.record", case.agency)
    require_open(case)
    _check(case, ending)
    for name in _CLOSING:
        setattr(case, name, getattr(ending, name))
    case.save()
    keep_event(case, CaseEventKind.CLOSED, ending.closed_on, actor, result(ending.result).label)
    record("remedy.close", subject_of(case), who, after=facts_of(case, _CLOSING))
    if orders_redo(case) and case.request is not None:
        _begin_redo(actor, case)
    return case


@transaction.atomic
def reopen_case(actor: Actor, case: RemedyCase, reason: str) -> RemedyCase:
    """The ending was entered by mistake, or a judgment was appealed: it is open again.

    An order to redo that began a clock stays on the request: it is undone there.
    """
    case = locked(case)
    who = actor.require("remedy.record", case.agency)
    if case.is_open:
        raise Forbidden("这件还没有审结。")
    if not reason.strip():
        raise Forbidden("写明为什么改回未审结。")
    if case.followed_by.exists():
        raise Forbidden("已经登记了不服这件复议的诉讼，不能改回未审结。")
    before = facts_of(case, _CLOSING)
    case.result = case.decision_number = ""
    case.closed_on = case.decision_received_on = case.redo_until = None
    case.redo_days = None
    case.save()
    keep_event(case, CaseEventKind.REOPENED, before_day(before), actor, reason)
    after = facts_of(case, _CLOSING)
    reason = discreet(case, reason)
    record("remedy.reopen", subject_of(case), who, reason=reason, before=before, after=after)
    return case


def before_day(before: dict[str, object]) -> date:
    """The day of the ending that is taken back."""
    return date.fromisoformat(str(before["closed_on"]))


def orders_redo(case: RemedyCase) -> bool:
    """Whether the decision that stands orders a new reply."""
    return bool(case.result) and bool(result(case.result).redo)


def redo_from(case: RemedyCase) -> date | None:
    """The day from which the new limit runs, itself not counted; None while it is not known."""
    if case.remedy_kind.litigation:
        return case.closed_on
    return case.decision_received_on


def redo_limit_note(case: RemedyCase) -> str:
    """What is not settled about the limit of the new reply."""
    return remedy_limit(result(case.result).redo).note if orders_redo(case) else ""


def _begin_redo(actor: Actor, case: RemedyCase) -> None:
    start = redo_from(case)
    assert start is not None, "_check asked for it"
    assert case.request is not None
    order = f"{case.body} {case.decision_number}".strip()
    redo(actor, case.request, start, order=order, days=case.redo_days, until=case.redo_until)
    CaseEvent.objects.create(
        case=case,
        kind=CaseEventKind.REDO_ORDERED,
        on=start,
        note=f"{case.request.number} 重新起算答复期限",
        person=actor.person,
    )


def _check(case: RemedyCase, ending: Ending) -> None:
    chosen = next((one for one in results(case.kind) if one.id == ending.result), None)
    if chosen is None:
        raise Forbidden("选一个结果。")
    require_past(ending.closed_on, "决定、裁判生效日期")
    if ending.closed_on < case.opened_on:
        raise Forbidden(f"决定、裁判生效日期早于受理、立案日期（{case.opened_on}）。")
    came = ending.decision_received_on
    if came is not None:
        require_past(came, "收到之日")
    if not case.remedy_kind.litigation and came is not None and came < ending.closed_on:
        raise Forbidden("收到复议决定书之日早于决定之日。")
    if not chosen.redo:
        if ending.redo_days or ending.redo_until:
            raise Forbidden("这个结果没有责令重新答复，不填重新答复的期限。")
        return
    if ending.redo_days and ending.redo_until:
        raise Forbidden("重新答复的期限，工作日数和最后一日只填一个。")
    if not case.remedy_kind.litigation and came is None:
        raise Forbidden("责令重新答复的，要填收到复议决定书之日：新的期限从那天起算。")
    start = ending.closed_on if case.remedy_kind.litigation else came
    if ending.redo_until and start and ending.redo_until <= start:
        raise Forbidden("重新答复的最后一日，要在起算之日以后。")
