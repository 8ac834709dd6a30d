"""One report with everything that an address can name, for the tests of every route."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.web.people.models import Role
from gongkai.web.reports.acts.begin import begin
from gongkai.web.reports.models import (
    AnnualReport,
    Batch,
    Dismissal,
    ReportLimit,
    Submission,
    UploadedReport,
    Way,
)
from gongkai.web.reports.papers import keep
from tests.web.conftest import Office


@dataclass(frozen=True)
class MadeReport:
    """A report that came from a document, with a finding set aside; what was received of it."""

    report: AnnualReport
    dismissal: Dismissal
    submission: Submission
    uploaded: UploadedReport
    limit: ReportLimit


def make_report(office: Office) -> MadeReport:
    """The street's report of 2024."""
    actor = office.actor(Role.AUTHOR)
    report = begin(actor, office.street, 2024, Way.FORM)
    version = report.version
    version.document, version.document_name = keep(b"{}", "application/json"), "2024.json"
    version.save()
    dismissal = Dismissal.objects.create(
        report=report, fingerprint="f", rule="overview.too_long", reason="核对过",
        person=actor.person,
    )  # fmt: skip
    collector = office.people[Role.COMPETENT_DEPARTMENT]
    submission = Submission.objects.create(
        version=version, to=office.district, state="submitted", submitted_by=collector
    )
    batch = Batch.objects.create(to=office.district, year=2024, uploaded_by=collector)
    uploaded = UploadedReport.objects.create(
        batch=batch, name="某局.txt", file=version.document, state="failed", failure="不是报告。"
    )
    limit = ReportLimit.objects.create(
        to=office.district, year=2024, submit_by=date(2025, 1, 20), set_by=collector
    )
    return MadeReport(report, dismissal, submission, uploaded, limit)
