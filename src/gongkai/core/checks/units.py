"""Amounts of money: the unit they are in and how exact they are."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..finding import Finding
from ..forms import Form, Kind
from ..report import AnnualReport
from ..rules import find
from .terms import cell_name, plain

_DECIMALS = 4


def units(report: AnnualReport, form: Form) -> Iterator[Finding]:
    """Findings on every amount of ``form`` that is printed and not zero."""
    for group in form.disclosure.groups:
        for column in group.columns:
            if column.kind is not Kind.AMOUNT:
                continue
            for row in group.rows:
                yield from _amount(report, form, f"{row.table}/{column.id}", column.unit)


def _amount(report: AnnualReport, form: Form, name: str, unit: str | None) -> Iterator[Finding]:
    cell = report.cells.get(name)
    if cell is None or not cell.value:
        return
    place, amount = cell_name(form, name), plain(cell.value)
    if unit is None and cell.unit is None:
        yield find("amount.unit_missing", name, place=place, amount=amount)
    elif unit is None:
        yield find("amount.unit_in_cell", name, place=place, amount=amount, unit=cell.unit)
    elif cell.unit is not None and cell.unit != unit:
        yield find(
            "amount.unit_differs", name, place=place, amount=amount, unit=cell.unit, form_unit=unit
        )
    if unit is not None and isinstance(cell.value, Decimal):
        exponent = cell.value.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > _DECIMALS:
            yield find("amount.many_decimals", name, place=place, amount=amount, decimals=-exponent)
