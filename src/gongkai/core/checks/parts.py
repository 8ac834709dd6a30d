"""An aggregate against the reports it adds up: every cell is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..finding import Finding
from ..forms import Form, Kind
from ..report import AnnualReport, Number
from ..rules import find
from .terms import cell_name, listed, plain

# Worth in yuan of the units that amounts are printed in.
_WORTH = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


def sums_of_parts(
    report: AnnualReport, parts: Sequence[AnnualReport], form: Form
) -> Iterator[Finding]:
    """A-1, cell by cell.  A cell unread or absent anywhere leaves its sum undecided."""
    strangers = [p for p in parts if report.year and p.year and p.year != report.year]
    if strangers:
        agencies = listed(_agency(p, parts) for p in strangers)
        yield find("parts.other_year", year=report.year, agencies=agencies)
    undecided: dict[str, list[str]] = {}
    for name, spec in form.cells.items():
        money = spec.kind is Kind.AMOUNT
        whole = _figure(report, name, spec.unit, money)
        figures = [_figure(part, name, spec.unit, money) for part in parts]
        known = [f for f in figures if f is not None]
        if whole is None or len(known) < len(figures):
            undecided[name] = [
                _agency(part, parts)
                for part, figure in zip(parts, figures, strict=True)
                if figure is None
            ] or ["汇总报告"]
            continue
        expected: Number = sum(known)
        gap = whole - expected
        if gap:
            yield find(
                "parts.not_the_sum",
                name,
                place=cell_name(form, name),
                found=plain(whole),
                expected=plain(expected),
                count=len(parts),
                difference=plain(gap if gap > 0 else -gap),
            )
    if undecided:
        yield find(
            "parts.undecidable",
            *undecided,
            count=len(undecided),
            places=listed(cell_name(form, name) for name in undecided),
            agencies=listed(a for agencies in undecided.values() for a in agencies),
        )


def _figure(report: AnnualReport, name: str, unit: str | None, money: bool) -> Number | None:
    """The figure of a cell; money in the form's unit, or in yuan where the form has none."""
    cell = report.cells.get(name)
    if cell is None:
        return None
    if not money or not cell.value:
        return cell.value or 0
    printed = cell.unit or unit
    if printed == unit and unit is not None:
        return cell.value
    if printed not in _WORTH:
        return None
    return Decimal(cell.value) * _WORTH[printed] / _WORTH[unit or "元"]


def _agency(report: AnnualReport, parts: Sequence[AnnualReport]) -> str:
    if report.agency:
        return report.agency
    return f"第 {next(i for i, p in enumerate(parts, 1) if p is report)} 份"
