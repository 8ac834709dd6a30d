"""A report of the core as a row keeps it, and back: exact, and no cell invented."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gongkai.core.bodies import headings
from gongkai.core.forms import CellSpec, Form, Kind, edition, editions
from gongkai.core.forms.label import label_key
from gongkai.core.readers.numerals import parse_cell
from gongkai.core.report import AnnualReport, Cell, Number, SectionText, form_of

from .models import PublishedReport


def keep_in(row: PublishedReport, report: AnnualReport) -> None:
    """Enter what ``report`` says; the row is not saved.

    Of a report without a single figure the form is not known, whatever its year asks for.
    """
    form = form_of(report) if report.cells else None
    row.edition = form.id if form else ""
    order = form.cells if form else {}
    row.cells = {a: _kept(report.cells[a], spec) for a, spec in order.items() if a in report.cells}
    row.unread = [address for address in order if address not in report.cells]
    row.unread_count = len(row.unread)
    row.sections = [[s.key, s.title, s.text] for s in report.sections]


def cell_of(row: PublishedReport, address: str) -> Cell | None:
    """One cell; None where it is unread or the form of the report has none there."""
    kept = row.cells.get(address)
    return None if kept is None else _cell(kept, _kind(row.edition, address))


def report_of(row: PublishedReport) -> AnnualReport:
    """The report as the core compares and adds it."""
    return AnnualReport(
        edition=row.edition or None,
        year=row.year,
        agency=row.agency.name,
        title=row.publication.title,
        sections=tuple(SectionText(*section) for section in row.sections),
        cells={a: _cell(kept, _kind(row.edition, a)) for a, kept in row.cells.items()},
        unread=tuple(row.unread),
    )


def form_in(row: PublishedReport) -> Form | None:
    """The form that the report fills, with another edition's rows where it mixes them in."""
    if not row.edition:
        return None
    form = edition(row.edition)
    told = {*row.cells, *row.unread}
    return next((one for one in (form, *form.mixtures) if told == set(one.cells)), form)


def anchors_in(body: str) -> dict[str, str]:
    """The heading with which each section of the form begins on the page of ``body``."""
    *_, newest = editions()
    named = {
        label_key(title): section.key
        for section in edition(newest).sections
        for title in (section.title, *section.variants)
    }
    found: dict[str, str] = {}
    for heading in headings(body):
        key = named.get(label_key(heading.words))
        if key:
            found.setdefault(key, heading.anchor)
    return found


def _kept(cell: Cell, spec: CellSpec) -> Any:
    """The text alone where it says all; a value is never kept as a binary fraction."""
    said = parse_cell(cell.text, spec.kind)
    if said is not None and (said.value, said.text, said.unit) == (
        cell.value,
        cell.text,
        cell.unit,
    ):
        return cell.text
    return [cell.text, None if cell.value is None else f"{cell.value:f}", cell.unit]


def _cell(kept: Any, kind: Kind) -> Cell:
    if isinstance(kept, str):
        said = parse_cell(kept, kind)
        if said is None:
            raise ValueError(f"not the text of a cell: {kept!r}")
        return said
    text, value, unit = kept
    return Cell(None if value is None else _number(value, kind), text, unit)


def _number(digits: str, kind: Kind) -> Number:
    number = Decimal(digits)
    whole = kind is not Kind.AMOUNT and number == number.to_integral_value()
    return int(number) if whole else number


def _kind(form: str, address: str) -> Kind:
    """What a cell counts; the rows that another edition lends to a mixed form are requests."""
    spec = edition(form).cells.get(address)
    return spec.kind if spec else Kind.COUNT
