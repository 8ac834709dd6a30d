"""Our own JSON, read back.  Unlike every other format it needs no binding: it says what it is.

It may have been made or changed by another program, so a figure counts only
where it is the one printed, and what is missing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..errors import UnreadableDocument
from ..finding import Finding
from ..forms import Form
from ..report import AnnualReport, form_of
from ..report.interchange import from_json, loads
from ..rules import find
from .numerals import parse_cell


def read_report(data: bytes) -> tuple[AnnualReport, tuple[Finding, ...]]:
    """The report in ``data`` and its doubts; UnreadableDocument where damaged or not ours."""
    try:
        told = loads(data)
    except (ValueError, RecursionError):
        raise UnreadableDocument("input.damaged", kind="json") from None
    report = from_json(told)
    form = form_of(report)
    if form is None:
        return report, ()
    missing = tuple(_about_missing(report.unread, form))
    doubtful = [a for a in report.cells if not _is_as_printed(report, form, a)]
    if not doubtful:
        return report, missing
    contradictory = tuple(
        find("cell.not_a_number", a, cell=form.cells[a].label, printed=_both(report, a))
        for a in doubtful
    )
    cells = {a: cell for a, cell in report.cells.items() if a not in doubtful}
    report = replace(report, cells=cells, unread=(*report.unread, *doubtful))
    return report, (*missing, *contradictory)


def _is_as_printed(report: AnnualReport, form: Form, address: str) -> bool:
    cell = report.cells[address]
    read = parse_cell(cell.text, form.cells[address].kind)
    return read is not None and (read.value, read.unit) == (cell.value, cell.unit)


def _both(report: AnnualReport, address: str) -> str:
    """The figure and the words that contradict each other."""
    cell = report.cells[address]
    return f"{'null' if cell.value is None else cell.value} ≠ {cell.text}"


def _about_missing(unread: tuple[str, ...], form: Form) -> Iterator[Finding]:
    """What is unread: whole rows by their labels, other cells one by one."""
    whole: dict[str, list[str]] = {}
    loose = list(unread)
    for specs in form.rows.values():
        row = [spec.address for spec in specs]
        if set(row) <= set(unread):
            whole.setdefault(specs[0].row_label, []).extend(row)
            loose = [address for address in loose if address not in row]
    if whole:
        addresses = [address for row in whole.values() for address in row]
        yield find("row.not_found", *addresses, rows=list(whole))
    if loose:
        yield find("cell.not_found", *loose, labels=[form.cells[a].label for a in loose])
