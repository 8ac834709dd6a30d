"""Published reports as rows: one a report, and one a cell of it.

Four states of a cell are told apart: a number, a blank, a dash, and unread.  Figures are given
only of the report that holds where an agency published several of one year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import QuerySet

from gongkai.core.forms import Form
from gongkai.core.report import Cell, Number
from gongkai.web.publication.models import PublishedReport
from gongkai.web.publication.report_figures import cell_of, form_in

from ...shell import permalink
from .cells import Entry, addresses, entries, under

STATES = {
    "number": "数字",
    "blank": "空白",
    "dash": "横线（“—”“/”“无”一类，不是零）",
    "unread": "没有读出（不是零，也不是空白）",
}
_CHUNK = 200


class Figure(NamedTuple):
    """One cell of one published report; the names are those of the open data."""

    number: int
    agency: str
    agency_code: str
    agency_name: str
    agency_kind: str
    year: int
    edition: str
    section: str
    cell: str
    row_label: str
    column_label: str
    unit: str | None
    value: Number | None
    text: str | None
    state: str
    address: str
    published_at: datetime
    version: int


class Wanted(NamedTuple):
    """Which figures of a report are asked for; empty asks nothing."""

    cells: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()


ALL = Wanted()


def reports() -> QuerySet[PublishedReport]:
    """All published reports, with what their rows need and no more."""
    rows = PublishedReport.objects.select_related("publication", "agency")
    return rows.defer(
        "publication__text",
        "publication__body_html",
        "publication__facts",
        "publication__keywords",
        "agency__functions",
        "sections",
    ).order_by("pk")


def in_pieces(numbers: Sequence[int]) -> Iterator[PublishedReport]:
    """The reports of these numbers in that order, few in memory at a time; gone ones are left out."""
    for start in range(0, len(numbers), _CHUNK):
        piece = numbers[start : start + _CHUNK]
        found = reports().in_bulk(piece)
        yield from (found[number] for number in piece if number in found)


def figures_of(report: PublishedReport, wanted: Wanted = ALL) -> Iterator[Figure]:
    """The figures of a report in the order of its form; none of one that does not hold."""
    return (figure for _, figure in numbered_figures_of(report, wanted))


def numbered_figures_of(
    report: PublishedReport, wanted: Wanted = ALL
) -> Iterator[tuple[int, Figure]]:
    """The same, each with its place in the whole form."""
    form = form_in(report) if report.holds else None
    if form is None or report.year is None:
        return
    agency, publication = report.agency, report.publication
    before = (
        report.pk,
        agency.slug,
        agency.code,
        agency.name,
        agency.kind,
        report.year,
        report.edition,
    )
    after = (permalink(publication.path), publication.published_at, publication.version)
    for place, (section, spec) in _chosen(form, wanted):
        cell = cell_of(report, spec.address)
        state = state_of(cell)
        if wanted.states and state not in wanted.states:
            continue
        yield (
            place,
            Figure(
                *before,
                section,
                spec.address,
                spec.row_label,
                spec.column_label,
                cell.unit if cell else None,
                cell.value if cell else None,
                cell.text if cell else None,
                state,
                *after,
            ),
        )


def state_of(cell: Cell | None) -> str:
    """What a cell holds: a key of ``STATES``."""
    if cell is None:
        return "unread"
    if cell.value is not None:
        return "number"
    return "dash" if cell.is_dash else "blank"


def addresses_in(report: PublishedReport, state: str) -> list[str]:
    """The cells of a report that are in ``state``, in the order of its form."""
    form = form_in(report)
    found = form.cells if form else ()
    return [address for address in found if state_of(cell_of(report, address)) == state]


def units_in(report: PublishedReport) -> list[str]:
    """The units that a report prints: ``address=unit``."""
    cells = ((address, cell_of(report, address)) for address in report.cells)
    return [f"{address}={cell.unit}" for address, cell in cells if cell and cell.unit]


def values_of(report: PublishedReport) -> Iterator[Number | None]:
    """The value of every address there is, in the order of ``cells.addresses``."""
    for address in addresses():
        cell = cell_of(report, address)
        yield cell.value if cell else None


@lru_cache(maxsize=256)
def _chosen(form: Form, wanted: Wanted) -> tuple[tuple[int, Entry], ...]:
    return tuple(
        (place, entry)
        for place, entry in enumerate(entries(form))
        if (not wanted.sections or entry.section in wanted.sections)
        and (not wanted.cells or _any_over(entry.cell, wanted.cells))
    )


def _any_over(cell: str, names: Iterable[str]) -> bool:
    return any(under(cell, name) for name in names)
