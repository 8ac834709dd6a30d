"""Acts: hand the report in for review, take it back, begin a correction.

What is handed in is an item in the column of annual reports with the papers of the report; it
goes the way of every item, and is published and sent upward in one act at its end.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.web.audit.record import record
from gongkai.web.disclosure.acts import change, draft
from gongkai.web.disclosure.acts.submit import submit
from gongkai.web.disclosure.models import Attachment, InformationItem, ItemKind, State
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Actor, Forbidden

from ..audited import subject_of
from ..checking import Checked
from ..filling import Filled
from ..models import AnnualReport, ReportVersion
from ..papers import body_of, drawn, name_of
from ..versions import locked, may_be_written
from .versioning import seal, writable

COLUMN = "annual_report"


@transaction.atomic
def hand_in(actor: Actor, report: AnnualReport, reason: str = "") -> AnnualReport:
    """To the first step of review; with errors left only for ``reason``, which stays with it."""
    report = locked(report)
    who = actor.require("report.submit", report.agency)
    version = writable(actor, report)
    checked = Checked(Filled(version), neighbours=True)
    if checked.must_mend:
        raise Forbidden(f"还有 {len(checked.must_mend)} 项要先改好：{checked.must_mend[0].message}")
    errors, warnings = len(checked.errors), len(checked.warnings)
    if errors and not reason.strip():
        raise Forbidden(
            f"还有 {errors} 处差错。改好，逐项写理由，或者在这里写明为什么带着差错报送。"
        )
    if version.signed_on is None:
        version.signed_on = timezone.localdate()
    version.errors, version.warnings = errors, warnings
    version.error_reason = reason.strip()[:500] if errors else ""
    item = _item(actor, report, version)
    version.item_version = item.version
    seal(version)
    version.save()
    item = submit(actor, item, _told(version))
    report.item = item
    report.save()
    record(
        "report.hand_in",
        subject_of(report),
        who,
        reason=version.error_reason,
        after={"version": version.number, "errors": errors, "warnings": warnings},
    )
    return report


@transaction.atomic
def correct(actor: Actor, report: AnnualReport, reason: str) -> AnnualReport:
    """Begin a new version of a published report, for a reason; the old one stays readable."""
    report = locked(report)
    who = actor.require("report.correct", report.agency)
    if report.item is None or report.item.state not in (State.PUBLISHED, State.WITHDRAWN):
        raise OutOfTurn(f"“{report}”还没有公布，直接改就行，不用更正。")
    if not reason.strip():
        raise Forbidden("更正要写明原因，公开以后会显示。")
    change.correct(actor, report.item, reason)
    report = locked(report)
    version = writable(actor, report, reason.strip()[:300])
    version.signed_on = timezone.localdate()
    version.save()
    record("report.correct", subject_of(report), who, reason=reason,
           after={"version": version.number})  # fmt: skip
    return report


def _item(actor: Actor, report: AnnualReport, version: ReportVersion) -> InformationItem:
    """The item that carries the version, with its papers, as a draft."""
    told = Filled(version).report
    written: dict[str, Any] = {
        "title": report.title,
        "body_html": body_of(told),
        "made_on": version.signed_on,
        "column": COLUMN,
        "statutory": "",
        "details": {"report_year": report.year},
    }
    if report.item is None:
        item = draft.start(actor, report.agency, ItemKind.ANNUAL_REPORT, **written)
    elif may_be_written(report):
        item = draft.save(actor, report.item, **written)
    else:
        raise OutOfTurn(f"“{report}”已经送审。")
    item.version.attachments.all().delete()
    last = Attachment.objects.filter(version__item=item).aggregate(last=Max("reference"))["last"]
    for place, (form, stored, scanned) in enumerate(drawn(told), start=1):
        Attachment.objects.create(
            version=item.version,
            reference=(last or 0) + place,
            original=stored,
            name=name_of(told, form),
            alternative_text=form.about,
            virus_scan=scanned,
            position=place,
        )
    return item


def _told(version: ReportVersion) -> str:
    """What reviewers read beside the report: what is left, and why."""
    if version.errors:
        return f"还有 {version.errors} 处差错。理由：{version.error_reason}"
    return f"还有 {version.warnings} 处提示没有核对。" if version.warnings else ""
