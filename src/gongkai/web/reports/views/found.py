"""The report of an address, for somebody who may see it; and what every screen of it shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from gongkai.web.disclosure.models import State
from gongkai.web.policies import StaffRequest

from ..due import due_of
from ..due_days import nearest
from ..filling import Filled
from ..models import AnnualReport
from ..versions import may_be_written, may_write, state_of

HERE = "reports:list"


def found(request: StaffRequest, number: int) -> AnnualReport:
    """The report; not found for those who may not read its agency's reports."""
    report = (
        AnnualReport.objects.select_related(
            "agency", "item", "current__compilation", "current__report__agency", "live"
        )
        .filter(pk=number)
        .first()
    )
    if report is None or not request.actor.may("report.read", report.agency):
        raise Http404
    return report


def context_of(
    request: StaffRequest, report: AnnualReport, filled: Filled, now: str = ""
) -> dict[str, Any]:
    """What the head of every screen of a report shows."""
    writable = may_be_written(report)
    sections = [
        {
            "key": section.key,
            "label": _SHORT.get(section.key, section.title),
            "heading": section.heading,
            "address": reverse("reports:section", args=[report.pk, section.key]),
            "now": section.key == now,
        }
        for section in filled.form.sections
    ]
    return {
        "here": HERE,
        "report": report,
        "version": filled.version,
        "form": filled.form,
        "sections": sections,
        "now": now,
        "writable": writable,
        "may_write": may_write(request.actor, report),
        "state": state_of(report),
        "look": "ok" if report.item and report.item.state == State.PUBLISHED else "half",
        "clock": clock_of(report),
    }


# The sections as the steps above a report call them.
_SHORT = {
    "overview": "总体情况",
    "proactive_disclosure": "主动公开",
    "disclosure_on_request": "申请情况",
    "remedies": "复议、诉讼",
    "problems_and_improvements": "问题及改进",
    "other_matters": "其他事项",
}


def clock_of(report: AnnualReport, today: date | None = None) -> dict[str, str]:
    """How long there is until the report must be public (art. 49); empty once it is."""
    if report.live_id is not None:
        return {}
    today = today or timezone.localdate()
    days = due_of(report.agency, report.year)
    due = nearest(days, today)
    left = (due - today).days
    by = f"{due.month}月{due.day}日前报送、公布（{days.basis}）"
    if left < 0:
        return {"look": "late", "words": f"过了 {-left} 天", "by": by}
    if left == 0:
        return {"look": "late", "words": "今天到期", "by": by}
    return {"look": "soon" if left <= 7 else "", "words": f"还有 {left} 天", "by": by}
