"""A report compiled from a year of ledgers, with a number typed over one of them."""

from __future__ import annotations

from gongkai.core.forms import edition
from gongkai.core.report.blank import blank_report
from gongkai.core.writers import render
from gongkai.web import filestore
from gongkai.web.people.models import Role
from gongkai.web.reports.acts.begin import begin
from gongkai.web.reports.acts.fill import type_in
from gongkai.web.reports.acts.receive import take_in
from gongkai.web.reports.file_reading import read_all
from gongkai.web.reports.models import AnnualReport, Batch, FileState, UploadedReport
from gongkai.web.reports.papers import keep
from tests.web.conftest import Office

from .year import YEAR, keep_year

NOT_HELD = "requests.unable_to_provide.not_held/natural_person"


def compiled(office: Office) -> AnnualReport:
    """The street's draft of 2025: not held counted twice, nobody said why."""
    keep_year(office)
    author = office.actor(Role.AUTHOR)
    report = begin(author, office.street, YEAR)
    type_in(author, report, {NOT_HELD: "2"})
    return AnnualReport.objects.get(pk=report.pk)


def received(office: Office) -> UploadedReport:
    """A batch of three files: one taken in as the neighbour's, one doubtful, one no report."""
    collector = office.actor(Role.COMPETENT_DEPARTMENT)
    batch = Batch.objects.create(to=office.district, year=YEAR, uploaded_by=collector.person)
    files = []
    for name in (office.neighbour.name, "某某局"):
        data = render(blank_report(edition("2021"), YEAR, name), ".docx")
        file = keep(data, "application/octet-stream")
        (read,) = read_all([(filestore.path_of(file.digest), "报告.docx")])
        files.append(
            UploadedReport.objects.create(
                batch=batch, name=f"{name}.docx", file=file,
                state=FileState.READ, reading=read.reading, edition=read.edition,
                told_agency=name, doubts=["名册里没有这个机关，选一个。"],
            )
        )  # fmt: skip
    UploadedReport.objects.create(
        batch=batch, name="通知.txt", file=keep(b"x", "text/plain"), state=FileState.FAILED,
        failure="不是年度报告。",
    )  # fmt: skip
    take_in(collector, files[0], office.neighbour)
    files[0].refresh_from_db()
    return files[0]
