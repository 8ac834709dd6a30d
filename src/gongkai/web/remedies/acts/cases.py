"""Acts on a case of reconsideration or litigation: open, change, note what happened, answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.core.remedies.cases import RemedyKind
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.registers.days import working_days
from gongkai.web.requests.models import DisclosureRequest
from gongkai.web.requests.models.requesters import mask_name

from ..audited import discreet, facts_of, sealed_changed, subject_of
from ..limits import answer_due
from ..models import STEP_KINDS, CaseEvent, CaseEventKind, RemedyCase

# What may be given and changed by hand; everything else follows from an act.
FIELDS = (
    "request", "kind", "body", "number", "applicant_is", "applicant", "matter", "procedure",
    "original_agency", "opened_on", "follows", "handler",
)  # fmt: skip


def locked(case: RemedyCase) -> RemedyCase:
    """The case as it stands now, held until the act's transaction ends."""
    return RemedyCase.objects.select_for_update(of=("self",)).get(pk=case.pk)


@transaction.atomic
def open_case(
    actor: Actor, agency: Agency, facts: Mapping[str, Any], *, copy_received_on: date | None = None
) -> RemedyCase:
    """Enter a case; ``copy_received_on`` begins the clock of our answer at once."""
    who = actor.require("remedy.record", agency)
    case = RemedyCase(agency=agency, recorded_by=actor.person)
    _put(case, facts)
    case.save()
    keep_event(case, CaseEventKind.OPENED, case.opened_on, actor)
    record("remedy.open", subject_of(case), who, after=facts_of(case, FIELDS))
    if copy_received_on:
        receive_copy(actor, case, copy_received_on)
    case.refresh_from_db()
    return case


@transaction.atomic
def edit_case(actor: Actor, case: RemedyCase, facts: Mapping[str, Any]) -> RemedyCase:
    """Change what was entered; the day of the answer is reckoned anew."""
    case = locked(case)
    who = actor.require("remedy.record", case.agency)
    before = facts_of(case, FIELDS)
    sealed = sealed_changed(case, dict(facts))
    _put(case, facts)
    _reckon(case)
    case.save()
    after = {**facts_of(case, FIELDS), **({"sealed": sealed} if sealed else {})}
    record("remedy.edit", subject_of(case), who, before=before, after=after)
    return case


@transaction.atomic
def receive_copy(
    actor: Actor, case: RemedyCase, on: date, *, procedure: str | None = None
) -> RemedyCase:
    """The copy of the application or complaint has come: our answer is due from this day."""
    case = locked(case)
    who = actor.require("remedy.record", case.agency)
    require_open(case)
    require_past(on, "收到副本之日")
    if on < case.opened_on:
        raise Forbidden(f"收到副本之日早于受理、立案日期（{case.opened_on}）。")
    before = facts_of(case, ("copy_received_on", "answer_due_on", "procedure"))
    case.copy_received_on = on
    if procedure is not None and not case.remedy_kind.litigation:
        case.procedure = procedure
    _reckon(case)
    case.save()
    CaseEvent.objects.filter(case=case, kind=CaseEventKind.COPY_RECEIVED).delete()
    keep_event(case, CaseEventKind.COPY_RECEIVED, on, actor)
    after = facts_of(case, ("copy_received_on", "answer_due_on", "procedure"))
    record("remedy.receive_copy", subject_of(case), who, before=before, after=after)
    return case


@transaction.atomic
def record_answer(actor: Actor, case: RemedyCase, on: date) -> RemedyCase:
    """Our answer, with its evidence, was handed in on a day."""
    case = locked(case)
    who = actor.require("remedy.record", case.agency)
    require_past(on, "提出日期")
    if case.copy_received_on is None:
        raise Forbidden("先记下收到副本的日期，答复期限从那天起算。")
    if on < case.copy_received_on:
        raise Forbidden(f"提出日期早于收到副本之日（{case.copy_received_on}）。")
    before = facts_of(case, ("answered_on",))
    case.answered_on = on
    case.save(update_fields=["answered_on"])
    keep_event(case, CaseEventKind.ANSWERED, on, actor)
    after = facts_of(case, ("answered_on",))
    record("remedy.answer", subject_of(case), who, before=before, after=after)
    return case


@transaction.atomic
def note_event(actor: Actor, case: RemedyCase, kind: str, on: date, note: str) -> CaseEvent:
    """Something happened that no other act writes: a hearing, a stay, a first judgment."""
    case = locked(case)
    who = actor.require("remedy.record", case.agency)
    if kind not in STEP_KINDS:
        raise Forbidden("选一个事项。")
    require_past(on, "日期")
    if kind == CaseEventKind.OTHER and not note.strip():
        raise Forbidden("写明是什么事。")
    event = keep_event(case, CaseEventKind(kind), on, actor, note)
    after = {"kind": event.get_kind_display(), "on": on.isoformat()}
    record("remedy.note", subject_of(case), who, reason=discreet(case, note), after=after)
    return event


@transaction.atomic
def remove_event(actor: Actor, event: CaseEvent) -> RemedyCase:
    """Take back what was noted by mistake: the undo of ``note_event``."""
    case = locked(event.case)
    who = actor.require("remedy.record", case.agency)
    if event.kind not in STEP_KINDS:
        raise Forbidden("这一条是办理时记下的，不能单独删去。")
    before = {"kind": event.get_kind_display(), "on": event.on.isoformat()}
    event.delete()
    record("remedy.note", subject_of(case), who, before=before)
    return case


@transaction.atomic
def look_at_applicant(actor: Actor, case: RemedyCase, reason: str) -> str:
    """Who applies or sues, in full; the look is kept."""
    who = actor.require("remedy.record", case.agency)
    if not reason.strip():
        raise Forbidden("写明为什么要看。")
    record("remedy.view_identity", subject_of(case), who, reason=discreet(case, reason.strip()))
    return case.applicant


def _put(case: RemedyCase, facts: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in facts:
            setattr(case, name, facts[name])
    case.masked_applicant = mask_name(case.applicant)
    require_past(case.opened_on, "受理、立案日期")
    if not case.body.strip():
        raise Forbidden("写明复议机关或者法院。")
    if not case.matter.strip():
        raise Forbidden("写明请求事项。")
    _require_own(case, case.request)
    _require_follows(case)


def _require_own(case: RemedyCase, request: DisclosureRequest | None) -> None:
    if request is None:
        return
    if case.agency_id not in request.agency.responsible():
        raise Forbidden(f"{request.number}不是{case.agency.short_name}的申请。")
    if request.received_on and case.opened_on < request.received_on:
        raise Forbidden(f"受理、立案日期早于收到申请之日（{request.received_on}）。")


def _require_follows(case: RemedyCase) -> None:
    follows = case.follows
    if case.remedy_kind is not RemedyKind.SUIT_AFTER_RECONSIDERATION:
        if follows is not None:
            raise Forbidden("只有复议后起诉的案件，才选起诉以前的复议。")
        return
    if follows is None:
        return
    if follows.kind != RemedyKind.RECONSIDERATION or follows.agency_id != case.agency_id:
        raise Forbidden("起诉以前的复议，要选本机关的一件复议。")
    if case.opened_on < follows.opened_on:
        raise Forbidden(f"立案日期早于复议受理日期（{follows.opened_on}）。")


def require_open(case: RemedyCase) -> None:
    """Raise Forbidden where the case has ended."""
    if not case.is_open:
        raise Forbidden(f"这件已于 {case.closed_on} 审结。要改的，先改回未审结。")


def require_past(day: date, what: str) -> None:
    """Raise Forbidden where a day that is recorded has not come yet."""
    if day > timezone.localdate():
        raise Forbidden(f"{what} {day} 还没有到。")


def _reckon(case: RemedyCase) -> None:
    due = answer_due(case, working_days())
    case.answer_due_on = due.day if due else None


def keep_event(
    case: RemedyCase, kind: CaseEventKind, on: date, actor: Actor, note: str = ""
) -> CaseEvent:
    """Add a line to what happened; called by acts."""
    return CaseEvent.objects.create(
        case=case, kind=kind, on=on, note=note.strip(), person=actor.person
    )
