"""The version that may be written in: the one at hand, or a new one after it was handed in."""

from __future__ import annotations

from django.utils import timezone

from gongkai.web.audit.record import Who
from gongkai.web.disclosure.models import State
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Actor, Forbidden

from .models import AnnualReport, ReportVersion, Way


def locked(report: AnnualReport) -> AnnualReport:
    """The report as it stands now, held until the act's transaction ends."""
    return (
        AnnualReport.objects.select_for_update(of=("self",))
        .select_related("agency", "item", "current", "live")
        .get(pk=report.pk)
    )


def may_be_written(report: AnnualReport) -> bool:
    """Whether the report is with its author: never handed in, returned, or being corrected."""
    return report.item is None or report.item.state == State.DRAFT


def may_write(actor: Actor, report: AnnualReport) -> bool:
    """Whether this person may write in the report as it stands."""
    try:
        require_writer(actor, report)
    except Forbidden:
        return False
    return may_be_written(report)


def require_writer(actor: Actor, report: AnnualReport) -> Who:
    """Who writes: the agency's own people; the department in what it received or added up."""
    version = report.version
    collected = version.received_by_id is not None or version.way == Way.PARTS
    if collected and actor.may("report.collect", report.agency):
        return actor.require("report.collect", report.agency)
    return actor.require("report.compile", report.agency)


def state_of(report: AnnualReport) -> str:
    """Where the report stands, in the words of the review."""
    if report.item is None:
        return "收到的文件" if report.version.received_by_id else State.DRAFT.label
    return State(report.item.state).label


def writable(actor: Actor, report: AnnualReport, reason: str = "") -> ReportVersion:
    """The version to write in; what was handed in stays as it was, and a copy goes on.

    OutOfTurn while others have it before them.
    """
    if not may_be_written(report):
        raise OutOfTurn(f"“{report}”现在是“{state_of(report)}”，不能改；退回或者更正以后再改。")
    version = report.version
    if not version.sealed:
        return version
    copy = ReportVersion.objects.get(pk=version.pk)
    copy.pk, copy.number = None, version.number + 1
    copy._state.adding = True
    copy.sealed, copy.errors, copy.warnings, copy.error_reason = False, 0, 0, ""
    copy.item_version, copy.published_at = None, None
    if actor.may("report.compile", report.agency):
        copy.received_by = None
    copy.written_by = actor.person
    # The reason of a correction stays that of every draft until it is published.
    published = version.published_at is not None
    copy.change_reason = reason if published else version.change_reason
    copy.created_at = copy.saved_at = timezone.now()
    copy.save()
    report.current = copy
    report.save()
    return copy


def save(actor: Actor, version: ReportVersion) -> None:
    """Keep what was written; only acts call this, on a version from ``writable``."""
    if version.sealed:
        raise OutOfTurn("这一稿已经送审，不能再改。")
    version.written_by, version.saved_at = actor.person, timezone.now()
    version.save()
