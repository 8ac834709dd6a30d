"""How the audit trail names a report."""

from __future__ import annotations

from gongkai.web.audit.record import Subject

from .models import AnnualReport


def subject_of(report: AnnualReport) -> Subject:
    """The report as a subject of the audit trail."""
    return Subject("annual_report", str(report.pk), str(report))
