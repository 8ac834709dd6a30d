"""Keep the figures of published reports: entered with a release, gone with a withdrawal.

A report that brings its own data (the JSON that the platform publishes with each) is read at
once; of any other the text and the files wait to be read in the background
(``report_reading``).  Nothing is guessed: what is unread stays unread.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers.json import read_report
from gongkai.core.report import AnnualReport
from gongkai.web import filestore

from .models import Came, Publication, PublishedFile, PublishedReport, ReadingState
from .report_figures import anchors_in, keep_in

COLUMN = "annual_report"
_YEAR = re.compile(r"(20\d\d)年")
_MOST_BYTES = 4 * 2**20


def report_year(report: Publication) -> int | None:
    """The year a report is about: as its facts say, else as its title does; never guessed."""
    told = report.facts.get("report_year") or report.facts.get("fiscal_year")
    if told:
        return int(told)
    printed = _YEAR.search(report.title)
    return int(printed[1]) if printed else None


def keep(publication: Publication, files: Iterable[PublishedFile]) -> None:
    """What a publication just released says, where it is a report; what it said before is gone.

    Where neither text nor files are others than before, the reading stands; one that failed is
    tried again.
    """
    before = PublishedReport.objects.filter(pk=publication.pk).first()
    if publication.column != COLUMN:
        if before:
            remove(publication)
        return
    row = _row_of(publication, list(files), before)
    row.save(force_insert=before is None, force_update=before is not None)
    if before and (before.agency_id, before.year) != (row.agency_id, row.year):
        settle(before.agency_id, before.year)
    settle(row.agency_id, row.year)


def keep_new(publications: Iterable[tuple[Publication, list[PublishedFile]]]) -> None:
    """The same for many that were never public here."""
    rows = [
        _row_of(publication, files, None)
        for publication, files in publications
        if publication.column == COLUMN
    ]
    PublishedReport.objects.bulk_create(rows)
    for agency, year in {(row.agency_id, row.year) for row in rows}:
        settle(agency, year)


def remove(publication: Publication) -> None:
    """The publication is no report any more, or is taken back."""
    for row in PublishedReport.objects.filter(pk=publication.pk):
        row.delete()
        settle(row.agency_id, row.year)


def year_told(publication: Publication) -> int | None:
    """The year of a report whose figures are kept; None for any other item."""
    if publication.column != COLUMN:
        return None
    rows = PublishedReport.objects.filter(pk=publication.pk)
    return rows.values_list("year", flat=True).first()


def settle(agency: int, year: int | None) -> None:
    """Of the reports of one agency and year, the last that fills the form holds."""
    if year is None:
        return
    rows = PublishedReport.objects.filter(agency=agency, year=year)
    found = sorted(
        rows.values_list("edition", "publication__order_key", "pk", "holds"),
        key=lambda one: (one[0] != "", one[1]),
    )
    if not found:
        return
    *_, holder, already = found[-1]
    if not already:
        rows.filter(holds=True).update(holds=False)
        rows.filter(pk=holder).update(holds=True)


def enter(row: PublishedReport, report: AnnualReport, came: Came, file_name: str = "") -> None:
    """What was read, in the row; it is not saved.

    Where the item and its text name different years nothing is entered: whose figures they are
    is not ours to choose.
    """
    if row.year and report.year and row.year != report.year:
        refuse(row, f"标题写的是 {row.year} 年度，里面写的是 {report.year} 年度，数字没有收。")
        return
    keep_in(row, report)
    row.state = ReadingState.READ if row.cells else ReadingState.NO_FORM
    row.came, row.file_name, row.failure = came, file_name, ""
    row.year = row.year or report.year


def refuse(row: PublishedReport, why: str) -> None:
    """Nothing could be read, and why; the row is not saved."""
    row.state, row.failure = ReadingState.FAILED, why[:500]


def _row_of(
    publication: Publication, files: list[PublishedFile], before: PublishedReport | None
) -> PublishedReport:
    mark = _mark(publication, files)
    told = report_year(publication)
    if before and before.mark == mark and before.state != ReadingState.FAILED:
        before.agency, before.holds = publication.agency, False
        before.year = told or before.year
        return before
    row = PublishedReport(
        publication=publication,
        agency=publication.agency,
        year=told,
        state=ReadingState.WAITING,
        mark=mark,
        anchors=anchors_in(publication.body_html),
    )
    own = _own_data(files)
    if own is not None:
        enter(row, *own)
    return row


def _own_data(files: list[PublishedFile]) -> tuple[AnnualReport, Came, str] | None:
    """The report in the data that were published with it."""
    for file in files:
        if file.media_type != "application/json" or file.size > _MOST_BYTES:
            continue
        try:
            report, _ = read_report(filestore.read(file.digest))
        except (UnreadableDocument, FileNotFoundError):
            continue
        return report, Came.DATA, file.name
    return None


def _mark(publication: Publication, files: list[PublishedFile]) -> str:
    digest = hashlib.sha256(publication.title.encode() + b"\0" + publication.body_html.encode())
    for file in files:
        digest.update(f"\0{file.name}\0{file.digest}".encode())
    return digest.hexdigest()
