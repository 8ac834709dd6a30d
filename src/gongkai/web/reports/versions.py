"""Who may write in a report, and when: while it is with its author."""

from __future__ import annotations

from gongkai.web.audit.record import Who
from gongkai.web.disclosure.models import State
from gongkai.web.policies import Actor, Forbidden

from .models import AnnualReport, Way


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
    return is_writer(actor, report) and may_be_written(report)


def is_writer(actor: Actor, report: AnnualReport) -> bool:
    """Whether this person writes the report, whenever that may be done."""
    try:
        require_writer(actor, report)
    except Forbidden:
        return False
    return True


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
