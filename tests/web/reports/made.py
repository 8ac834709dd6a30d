"""One report with everything that an address can name, for the tests of every route."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.people.models import Role
from gongkai.web.reports.acts.begin import begin
from gongkai.web.reports.models import AnnualReport, Dismissal, Way
from gongkai.web.reports.papers import keep
from tests.web.conftest import Office


@dataclass(frozen=True)
class MadeReport:
    """A report that came from a document, with a finding set aside."""

    report: AnnualReport
    dismissal: Dismissal


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
    return MadeReport(report, dismissal)
