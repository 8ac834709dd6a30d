"""The days on which our own answers are due, and what the agency set itself, for reminders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from gongkai.core.days import WorkingDays
from gongkai.web.agencies.models import Agency
from gongkai.web.requests.around.due_days import DueDay

from .models import Complaint, RecordCorrection, RemedyCase


def of_remedies(
    agencies: Sequence[Agency] | None, today: date, days: WorkingDays
) -> Iterator[DueDay]:
    """Of cases, corrections and complaints that are open."""
    cases = RemedyCase.objects.filter(closed_on=None, answered_on=None).exclude(answer_due_on=None)
    corrections = RecordCorrection.objects.filter(concluded_on=None).exclude(internal_due_on=None)
    complaints = Complaint.objects.filter(answered_on=None).exclude(internal_due_on=None)
    if agencies is not None:
        cases = cases.filter(agency__in=agencies)
        corrections = corrections.filter(agency__in=agencies)
        complaints = complaints.filter(agency__in=agencies)
    for case in cases.select_related("agency"):
        assert case.answer_due_on is not None
        what = "提出答辩状和证据" if case.remedy_kind.litigation else "提出复议答复和证据"
        yield DueDay(
            f"remedy_case:{case.pk}:answer",
            case.name,
            what,
            case.answer_due_on,
            case.agency,
            case.handler_id,
            reverse("remedies:case", args=[case.pk]),
        )
    for kind, records in (("correction", corrections), ("complaint", complaints)):
        for one in records.select_related("agency"):
            assert one.internal_due_on is not None
            yield DueDay(
                f"{kind}:{one.pk}:internal",
                str(one),
                "内部期限",
                one.internal_due_on,
                one.agency,
                one.handler_id,
                reverse(f"remedies:{kind}", args=[one.pk]),
            )
