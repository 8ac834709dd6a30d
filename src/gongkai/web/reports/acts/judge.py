"""Acts: set a finding aside with a reason, take it up again."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden

from ..audited import subject_of
from ..checking import Checked
from ..filling import Filled
from ..models import AnnualReport, Dismissal
from ..versions import locked, may_be_written, require_writer


@transaction.atomic
def dismiss(actor: Actor, report: AnnualReport, fingerprint: str, reason: str) -> Dismissal:
    """Let a finding stand: somebody looked, and says why it is right as it is."""
    report = locked(report)
    who = require_writer(actor, report)
    if not may_be_written(report):
        raise Forbidden("报告已经送审，现在不能核销检查结果。")
    found = Checked(Filled(report.version), neighbours=True).found
    one = next((f for f in found if f.fingerprint == fingerprint), None)
    if one is None:
        raise Forbidden("这一项已经没有了，可能刚刚改好。")
    if one.must:
        raise Forbidden("这一项要改好，不能只写理由。")
    if not reason.strip():
        raise Forbidden("写明理由：核对过什么，为什么这样是对的。")
    made, _ = Dismissal.objects.update_or_create(
        report=report,
        fingerprint=fingerprint,
        defaults={"rule": one.rule, "reason": reason.strip()[:300], "person": actor.person},
    )
    record(
        "report.dismiss",
        subject_of(report),
        who,
        reason=reason,
        after={"rule": one.rule, "message": one.message},
    )
    return made


@transaction.atomic
def take_up(actor: Actor, dismissal: Dismissal) -> None:
    """The undo of ``dismiss``."""
    report = locked(dismissal.report)
    who = require_writer(actor, report)
    if not may_be_written(report):
        raise Forbidden("报告已经送审，现在不能改。")
    before = {"rule": dismissal.rule, "reason": dismissal.reason}
    dismissal.delete()
    record("report.take_up", subject_of(report), who, before=before)
