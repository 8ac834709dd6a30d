"""Act: within that which makes the item public, publish the version it carries and send it upward."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from gongkai.web.audit.record import Who, record
from gongkai.web.disclosure.models import InformationItem
from gongkai.web.people.models import Person
from gongkai.web.policies import Forbidden

from ..audited import subject_of
from ..models import AnnualReport, Submission, SubmissionState
from ..superior import superior_of


def address_of(item: InformationItem) -> str:
    """Where an item that carries a report is written; empty for any other."""
    report = AnnualReport.objects.filter(item=item).only("pk").first()
    return reverse("reports:report", args=[report.pk]) if report else ""


def publish(item: InformationItem, person: Person, who: Who, **_: Any) -> None:
    """Within the act that publishes ``item``: the version it carries is published and submitted."""
    report = (
        AnnualReport.objects.select_for_update(of=("self",))
        .select_related("agency", "current")
        .filter(item=item)
        .first()
    )
    if report is None:
        return
    version = report.version
    if version.item_version_id != item.version.pk:
        raise Forbidden("年度报告改过，还没有重新送审；请退回起草人，在“年度报告”里送审。")
    redacted = item.version.attachments.filter(redacted__isnull=False).exists()
    if item.version.redacted_body or redacted:
        raise Forbidden(
            "年度报告有网页、文件、数据几种，不能只给其中一种打码；退回起草人在报告里改。"
        )
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    report.live = version
    report.save(update_fields=["live"])
    to = superior_of(report.agency)
    if to is not None:
        Submission.objects.create(
            version=version, to=to, state=SubmissionState.SUBMITTED, submitted_by=person
        )
    record(
        "report.publish",
        subject_of(report),
        who,
        reason=version.error_reason,
        after={
            "version": version.number,
            "errors": version.errors,
            "warnings": version.warnings,
            "submitted_to": to.code if to else None,
        },
    )
