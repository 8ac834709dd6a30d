"""Acts on complaints and reports: enter, find and answer; the agency complained about learns
nothing of who complained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.requests.models.requesters import mask_name

from ..audited import discreet, facts_of, sealed_changed, subject_of
from ..models import Complaint, ComplaintResult

FIELDS = (
    "about", "request", "kind", "channel", "received_on", "name", "contact", "matter", "handler",
    "internal_due_on",
)  # fmt: skip
_ANSWERED = ("findings", "result", "measures", "answered_on")
_ACT = "complaint.handle"


@dataclass(frozen=True)
class Answer:
    """What was found, what is done, and when it was answered (None: not yet)."""

    findings: str
    result: str = ""
    measures: str = ""
    answered_on: date | None = None


def locked(complaint: Complaint) -> Complaint:
    """The complaint as it stands now, held until the act's transaction ends."""
    return Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)


@transaction.atomic
def register(actor: Actor, agency: Agency, facts: Mapping[str, Any]) -> Complaint:
    """Enter a complaint or report that ``agency`` received."""
    who = actor.require(_ACT, agency)
    complaint = Complaint(agency=agency, recorded_by=actor.person)
    _put(complaint, facts)
    complaint.save()
    record("complaint.register", subject_of(complaint), who, after=facts_of(complaint, FIELDS))
    return complaint


@transaction.atomic
def edit(actor: Actor, complaint: Complaint, facts: Mapping[str, Any]) -> Complaint:
    """Change what was entered."""
    complaint = locked(complaint)
    who = actor.require(_ACT, complaint.agency)
    _require_open(complaint)
    before = facts_of(complaint, FIELDS)
    sealed = sealed_changed(complaint, dict(facts))
    _put(complaint, facts)
    complaint.save()
    after = {**facts_of(complaint, FIELDS), **({"sealed": sealed} if sealed else {})}
    record("complaint.edit", subject_of(complaint), who, before=before, after=after)
    return complaint


@transaction.atomic
def handle(actor: Actor, complaint: Complaint, answer: Answer) -> Complaint:
    """What was found and done; with ``answered_on`` it is concluded."""
    complaint = locked(complaint)
    who = actor.require(_ACT, complaint.agency)
    _require_open(complaint)
    if not answer.findings.strip():
        raise Forbidden("写明核实了什么。")
    if answer.answered_on is not None:
        _check_answer(complaint, answer)
    before = facts_of(complaint, _ANSWERED)
    complaint.findings, complaint.measures = answer.findings.strip(), answer.measures.strip()
    complaint.result, complaint.answered_on = answer.result, answer.answered_on
    complaint.save()
    after = facts_of(complaint, _ANSWERED)
    record("complaint.handle", subject_of(complaint), who, before=before, after=after)
    return complaint


@transaction.atomic
def reopen(actor: Actor, complaint: Complaint) -> Complaint:
    """The undo of a conclusion."""
    complaint = locked(complaint)
    who = actor.require(_ACT, complaint.agency)
    if complaint.is_open:
        raise Forbidden("这件还没有答复。")
    before = facts_of(complaint, ("answered_on",))
    complaint.answered_on = None
    complaint.save(update_fields=["answered_on"])
    record("complaint.reopen", subject_of(complaint), who, before=before)
    return complaint


@transaction.atomic
def look(actor: Actor, complaint: Complaint, reason: str) -> Complaint:
    """Who complained, in full; the look is kept."""
    who = actor.require(_ACT, complaint.agency)
    if not reason.strip():
        raise Forbidden("写明为什么要看。")
    reason = discreet(complaint, reason.strip())
    record("complaint.view_identity", subject_of(complaint), who, reason=reason)
    return complaint


def _put(complaint: Complaint, facts: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in facts:
            setattr(complaint, name, facts[name])
    complaint.masked_name = mask_name(complaint.name)
    if not complaint.matter.strip():
        raise Forbidden("写明投诉举报的事项。")
    if complaint.received_on > timezone.localdate():
        raise Forbidden(f"收到日期 {complaint.received_on} 还没有到。")
    if complaint.request is not None and complaint.request.agency_id != complaint.about_id:
        raise Forbidden(f"{complaint.request.number}不是{complaint.about.short_name}的申请。")


def _check_answer(complaint: Complaint, answer: Answer) -> None:
    assert answer.answered_on is not None
    if answer.answered_on > timezone.localdate():
        raise Forbidden(f"答复日期 {answer.answered_on} 还没有到。")
    if answer.answered_on < complaint.received_on:
        raise Forbidden(f"答复日期早于收到日期（{complaint.received_on}）。")
    if answer.result not in ComplaintResult.values:
        raise Forbidden("选一个结果。")
    upheld = (ComplaintResult.UPHELD, ComplaintResult.PARTLY_UPHELD, ComplaintResult.PASSED_ON)
    if answer.result in upheld and not answer.measures.strip():
        raise Forbidden("属实的写明怎样处理（督促整改、通报批评、处理建议）；转办的写明转给谁。")


def _require_open(complaint: Complaint) -> None:
    if not complaint.is_open:
        raise Forbidden(f"这件已于 {complaint.answered_on} 答复。")
