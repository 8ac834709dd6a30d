"""Acts on the correction of one's own records (art. 41): enter, find, tell; or withdraw.

Who may correct the record corrects it and says so; who may not passes it on, or says whom to ask.
"""

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
from ..models import CorrectionResult, RecordCorrection
from ..models.corrections import NOT_COMPETENT

FIELDS = (
    "name", "document_number", "phone", "mailbox", "address", "is_natural_person", "channel",
    "received_on", "record_concerned", "claimed", "evidence", "handler", "internal_due_on",
)  # fmt: skip
_FOUND = ("result", "other_agency", "corrected_on")
_ACT = "record_correction.handle"


@dataclass(frozen=True)
class Finding:
    """What was found, and what follows."""

    result: str
    findings: str
    other_agency: str = ""
    corrected_on: date | None = None


def locked(correction: RecordCorrection) -> RecordCorrection:
    """The correction as it stands now, held until the act's transaction ends."""
    return RecordCorrection.objects.select_for_update(of=("self",)).get(pk=correction.pk)


@transaction.atomic
def register(actor: Actor, agency: Agency, facts: Mapping[str, Any]) -> RecordCorrection:
    """Enter an application."""
    who = actor.require(_ACT, agency)
    correction = RecordCorrection(agency=agency, recorded_by=actor.person)
    _put(correction, facts)
    correction.save()
    after = facts_of(correction, FIELDS)
    record("record_correction.register", subject_of(correction), who, after=after)
    return correction


@transaction.atomic
def edit(actor: Actor, correction: RecordCorrection, facts: Mapping[str, Any]) -> RecordCorrection:
    """Change what was entered."""
    correction = locked(correction)
    who = actor.require(_ACT, correction.agency)
    _require_open(correction)
    before = facts_of(correction, FIELDS)
    sealed = sealed_changed(correction, dict(facts))
    _put(correction, facts)
    correction.save()
    after = {**facts_of(correction, FIELDS), **({"sealed": sealed} if sealed else {})}
    record("record_correction.edit", subject_of(correction), who, before=before, after=after)
    return correction


@transaction.atomic
def find(actor: Actor, correction: RecordCorrection, found: Finding) -> RecordCorrection:
    """What was found of the record, and what is done about it."""
    correction = locked(correction)
    who = actor.require(_ACT, correction.agency)
    _require_open(correction)
    _check(correction, found)
    before = facts_of(correction, _FOUND)
    correction.result, correction.findings = found.result, found.findings.strip()
    correction.other_agency = found.other_agency.strip()
    correction.corrected_on = found.corrected_on
    if found.result == CorrectionResult.WITHDRAWN:
        correction.concluded_on = timezone.localdate()
    correction.save()
    after = facts_of(correction, _FOUND)
    record("record_correction.find", subject_of(correction), who, before=before, after=after)
    return correction


@transaction.atomic
def tell_result(actor: Actor, correction: RecordCorrection, on: date) -> RecordCorrection:
    """The applicant was told: it is done."""
    correction = locked(correction)
    who = actor.require(_ACT, correction.agency)
    _require_open(correction)
    if on > timezone.localdate():
        raise Forbidden(f"告知日期 {on} 还没有到。")
    if on < correction.received_on:
        raise Forbidden(f"告知日期早于收到日期（{correction.received_on}）。")
    if not correction.result:
        raise Forbidden("先记下核实情况和结果。")
    correction.concluded_on = on
    correction.save(update_fields=["concluded_on"])
    after = {"concluded_on": on.isoformat()}
    record("record_correction.tell", subject_of(correction), who, after=after)
    return correction


@transaction.atomic
def look(actor: Actor, correction: RecordCorrection, reason: str) -> RecordCorrection:
    """Who applies and what the record says of him, in full; the look is kept."""
    who = actor.require(_ACT, correction.agency)
    if not reason.strip():
        raise Forbidden("写明为什么要看。")
    subject = subject_of(correction)
    reason = discreet(correction, reason.strip())
    record("record_correction.view_identity", subject, who, reason=reason)
    return correction


def _put(correction: RecordCorrection, facts: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in facts:
            setattr(correction, name, facts[name])
    correction.masked_name = mask_name(correction.name)
    if not correction.name.strip():
        raise Forbidden("写明姓名或者名称。")
    if not correction.record_concerned.strip():
        raise Forbidden("写明要求更正哪一条记录。")
    if correction.received_on > timezone.localdate():
        raise Forbidden(f"收到日期 {correction.received_on} 还没有到。")


def _check(correction: RecordCorrection, found: Finding) -> None:
    if found.result not in CorrectionResult.values:
        raise Forbidden("选一个结果。")
    if found.result == CorrectionResult.WITHDRAWN:
        return
    if not found.findings.strip():
        raise Forbidden("写明核实了什么，记录原来怎样、现在怎样。")
    if found.result in NOT_COMPETENT and not found.other_agency.strip():
        raise Forbidden("写明有权更正的是哪个机关（第 41 条）。")
    if found.result == CorrectionResult.CORRECTED:
        if found.corrected_on is None:
            raise Forbidden("写明哪一天更正的。")
        if found.corrected_on > timezone.localdate():
            raise Forbidden(f"更正日期 {found.corrected_on} 还没有到。")
        if found.corrected_on < correction.received_on:
            raise Forbidden(f"更正日期早于收到日期（{correction.received_on}）。")
        if not correction.evidence.strip() and not correction.papers.exists():
            raise Forbidden("没有记下申请人的证据，不能更正（第 41 条）。先记下证据或者加材料。")


def _require_open(correction: RecordCorrection) -> None:
    if not correction.is_open:
        raise Forbidden(f"这件已于 {correction.concluded_on} 办结。")
