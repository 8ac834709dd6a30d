"""Figures that no count can be: below zero, or a fraction of a piece."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding
from ..forms import Form, Kind
from ..report import AnnualReport
from ..rules import find
from .terms import cell_name, plain


def cells(report: AnnualReport, form: Form) -> Iterator[Finding]:
    """Findings on single figures, in the order of the report's cells."""
    specs = form.cells
    for name, cell in report.cells.items():
        value = cell.value
        if not value or name not in specs:
            continue
        kind = specs[name].kind
        if value < 0 and kind is not Kind.CHANGE:
            yield find("cell.negative", name, place=cell_name(form, name), value=plain(value))
        if kind is not Kind.AMOUNT and value != int(value):
            yield find("cell.fraction", name, place=cell_name(form, name), value=plain(value))
