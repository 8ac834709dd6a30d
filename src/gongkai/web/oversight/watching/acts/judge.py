"""Acts: judge that a finding is no fault, and take it up again.

A warning is for its office to judge.  An error is not: the office says why it is none, and the
competent department decides, always another person than who proposed it.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.record import Subject, record
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Actor, Forbidden

from ..models import Standing, WatchFinding

LONGEST = 300


def subject_of(finding: WatchFinding) -> Subject:
    """The finding as a subject of the audit trail."""
    return Subject("watch_finding", str(finding.pk), str(finding))


def may_decide(actor: Actor, finding: WatchFinding) -> bool:
    """Whether this person may set the finding aside now, and not only propose it."""
    if finding.severity != "error":
        return actor.may("oversight.set_aside", finding.agency)
    appointment = actor.appointment_for("oversight.judge", finding.agency)
    if appointment is None:
        return False
    if finding.proposed_by_id is not None:
        return finding.proposed_by_id != actor.person.pk
    return appointment.agency_id != finding.agency_id


@transaction.atomic
def set_aside(actor: Actor, finding: WatchFinding, reason: str) -> WatchFinding:
    """It is no fault, for this reason; or the proposal that it is none."""
    finding = _locked(finding)
    who = actor.require("oversight.set_aside", finding.agency)
    _require_open(finding)
    reason = _given(reason)
    if may_decide(actor, finding):
        _aside(actor, finding, reason)
        record("oversight.set_aside", subject_of(finding), who, reason=reason)
    elif finding.proposed_by_id is not None:
        raise OutOfTurn("已经有人提出不是问题，等主管部门判断。")
    else:
        finding.proposed_by, finding.proposed_at = actor.person, timezone.now()
        finding.proposal = reason
        finding.save(update_fields=["proposed_by", "proposed_at", "proposal"])
        record("oversight.propose_aside", subject_of(finding), who, reason=reason)
    return finding


@transaction.atomic
def decide(actor: Actor, finding: WatchFinding, agreed: bool, reason: str = "") -> WatchFinding:
    """What somebody else says of a proposal; who says no says why."""
    finding = _locked(finding)
    who = actor.require("oversight.judge", finding.agency)
    _require_open(finding)
    if finding.proposed_by_id is None:
        raise OutOfTurn("没有人提出不是问题，或者已经判断过。")
    if not may_decide(actor, finding):
        raise Forbidden("提出的人不能自己判断。")
    if agreed:
        _aside(actor, finding, reason.strip()[:LONGEST] or finding.proposal)
    else:
        reason = _given(reason)
        finding.proposed_by, finding.proposed_at, finding.proposal = None, None, ""
        finding.save(update_fields=["proposed_by", "proposed_at", "proposal"])
    record("oversight.judge", subject_of(finding), who, reason=reason, after={"agreed": agreed})
    return finding


@transaction.atomic
def take_up_again(actor: Actor, finding: WatchFinding) -> WatchFinding:
    """A finding set aside is a fault after all; who may set it aside may take it up."""
    finding = _locked(finding)
    who = actor.require("oversight.set_aside", finding.agency)
    if finding.state != Standing.SET_ASIDE:
        raise OutOfTurn("这一条没有判定为不是问题。")
    same = WatchFinding.objects.filter(rule=finding.rule, key=finding.key, state=Standing.OPEN)
    if same.exists():
        raise OutOfTurn("同一件事另有一条没有改好，看那一条。")
    finding.state = Standing.OPEN
    finding.proposed_by = finding.proposed_at = None
    finding.set_aside_by = finding.set_aside_at = None
    finding.proposal = finding.reason = ""
    finding.save()
    record("oversight.take_up", subject_of(finding), who)
    return finding


def _aside(actor: Actor, finding: WatchFinding, reason: str) -> None:
    finding.state, finding.reason = Standing.SET_ASIDE, reason
    finding.set_aside_by, finding.set_aside_at = actor.person, timezone.now()
    finding.save(update_fields=["state", "reason", "set_aside_by", "set_aside_at"])


def _require_open(finding: WatchFinding) -> None:
    if finding.state != Standing.OPEN:
        raise OutOfTurn(f"这一条现在是“{finding.get_state_display()}”。")


def _given(reason: str) -> str:
    if not reason.strip():
        raise Forbidden("写明理由。")
    return reason.strip()[:LONGEST]


def _locked(finding: WatchFinding) -> WatchFinding:
    return WatchFinding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
