"""Published reports as rows: one a report, and one a cell of it.

Four states of a cell are told apart: a number, a blank, a dash, and unread.  Figures are given
only of the report that holds where an agency published several of one year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
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


class Read:
    """A published report with its cells, each made of what is kept once and when asked for."""

    def __init__(self, row: PublishedReport) -> None:
        self.row = row

    @cached_property
    def form(self) -> Form | None:
        """The form it fills; None where it fills none."""
        return form_in(self.row)

    @cached_property
    def cells(self) -> dict[str, Cell | None]:
        """Every cell of its form; None where it is unread."""
        found = self.form.cells if self.form else ()
        return {address: cell_of(self.row, address) for address in found}

    @cached_property
    def states(self) -> dict[str, list[str]]:
        """The addresses in each state, in the order of the form."""
        found: dict[str, list[str]] = {state: [] for state in STATES}
        for address, cell in self.cells.items():
            found[state_of(cell)].append(address)
        return found

    @property
    def units(self) -> list[str]:
        """The units that it prints: ``address=unit``."""
        return [f"{a}={cell.unit}" for a, cell in self.cells.items() if cell and cell.unit]

    def values(self) -> Iterator[Number | None]:
        """The value of every address there is, in the order of ``cells.addresses``."""
        for address in addresses():
            cell = self.cells.get(address)
            yield cell.value if cell else None


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


def in_pieces(numbers: Sequence[int]) -> Iterator[Read]:
    """The reports of these numbers in that order, few in memory at a time; gone ones are left out."""
    for start in range(0, len(numbers), _CHUNK):
        piece = numbers[start : start + _CHUNK]
        found = reports().in_bulk(piece)
        yield from (Read(found[number]) for number in piece if number in found)


def figures_of(read: Read, wanted: Wanted = ALL) -> Iterator[Figure]:
    """The figures of a report in the order of its form; none of one that does not hold."""
    return (figure for _, figure in numbered_figures_of(read, wanted))


def numbered_figures_of(read: Read, wanted: Wanted = ALL) -> Iterator[tuple[int, Figure]]:
    """The same, each with its place in the whole form."""
    report, form = read.row, read.form
    if form is None or report.year is None or not report.holds:
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
    few = bool(wanted.cells or wanted.sections)
    for place, (section, spec) in _chosen(form, wanted):
        cell = cell_of(report, spec.address) if few else read.cells[spec.address]
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
