"""What the tables say of a measure."""

from __future__ import annotations

from ...forms import Form, split
from ...report import AnnualReport, Number
from ..terms import cell_name, figure, plus, row_name
from .measures import Cells, Measure


def readings(report: AnnualReport, form: Form, measure: Measure) -> list[tuple[Cells, Number]]:
    """The readings that can be worked out, with their figures; an unread cell ends one."""
    return [
        (cells, sum(figure(report, form, c) for c in cells))
        for cells in measure.readings
        if all(c in report.cells for c in cells)
    ]


def unread_cells(report: AnnualReport, measure: Measure) -> list[str]:
    """The cells of ``measure`` that were not read."""
    return [c for cells in measure.readings for c in cells if c not in report.cells]


def printed(report: AnnualReport, form: Form, cells: Cells) -> str:
    """A reading in words: ``本年新收 74 + 上年结转 1 = 75``."""
    terms = [(_name(form, c), figure(report, form, c)) for c in cells]
    if len(terms) > 2 and not any(value for _, value in terms):
        return f"{terms[0][0].partition('·')[0]} 0"
    return plus(terms)


def _name(form: Form, cell: str) -> str:
    table, _, column = split(cell)
    in_total = table == "requests" and column == "total"
    return row_name(form, cell) if in_total else cell_name(form, cell)
