"""A version as the form it fills: each cell with both numbers, totals beside, and the report.

A total nobody typed is the sum of what stands in its parts; a total printed in a document, or
typed, is kept as it is, with the sum beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from gongkai.core.forms import CellSpec, Form, edition
from gongkai.core.report import (
    AnnualReport,
    Cell,
    Number,
    Period,
    SectionText,
    Signature,
    form_of,
)
from gongkai.core.report.interchange import from_json, loads

from .figures import DOCUMENT, EMPTY, PARTS, Figure, cell_of, figure_of
from .models import ReportVersion


@lru_cache(maxsize=8)
def _totals(form: Form) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for equation in form.equations:
        if equation.test == "equal" and len(equation.left) == 1:
            found.setdefault(equation.left[0], equation.right)
    return found


class Filled:
    """A version, read."""

    def __init__(self, version: ReportVersion) -> None:
        self.version = version

    @cached_property
    def base(self) -> AnnualReport | None:
        """What the reader made of the document the version came from."""
        return from_json(loads(self.version.reading)) if self.version.reading else None

    @cached_property
    def form(self) -> Form:
        """The form: that of the document where rows of another edition stand in it."""
        own = edition(self.version.report.edition)
        read = form_of(self.base) if self.base else None
        return read if read is not None and read.id == own.id else own

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every cell of the form."""
        kept = self.version.figures
        return {a: figure_of(kept.get(a)) if a in kept else EMPTY for a in self.form.cells}

    @cached_property
    def totals(self) -> Mapping[str, tuple[str, ...]]:
        """The cells that are sums of others, with their parts."""
        return _totals(self.form)

    @cached_property
    def printed(self) -> dict[str, str | None]:
        """What is printed in each cell; None where it is unread."""
        found: dict[str, str | None] = {}
        for address in self.form.cells:
            self._print(address, found)
        return found

    def _print(self, address: str, found: dict[str, str | None]) -> str | None:
        if address in found:
            return found[address]
        figure = self.figures[address]
        given = figure.source in (DOCUMENT, PARTS)
        stands = figure.typed is not None or given or figure.unread
        if address in self.totals and not stands:
            found[address] = _text(self._sum(address, found))
        else:
            found[address] = figure.shown
        return found[address]

    def _sum(self, address: str, found: dict[str, str | None]) -> Number | str | None:
        """The sum of a total's parts: "" where all are blank, None where one is unread."""
        total: Number = 0
        any_number = False
        for part in self.totals[address]:
            text = self._print(part, found)
            cell = None if text is None else cell_of(text, self.form.cells[part].kind)
            if cell is None:
                return None
            if cell.value is not None:
                any_number = True
                total += cell.value
        return total if any_number else ""

    def sum_beside(self, address: str) -> str | None:
        """What a total's parts add up to; None for what is no total or cannot be told."""
        if address not in self.totals:
            return None
        return _text(self._sum(address, self.printed))

    @cached_property
    def report(self) -> AnnualReport:
        """The report as the core reads and writes it."""
        owner = self.version.report
        cells: dict[str, Cell] = {}
        unread: list[str] = []
        for address, spec in self.form.cells.items():
            cell = self._cell(address, spec)
            if cell is None:
                unread.append(address)
            else:
                cells[address] = cell
        made = AnnualReport(
            edition=self.form.id,
            year=owner.year,
            agency=owner.agency.name,
            title=owner.title,
            sections=tuple(
                SectionText(s.key, s.heading, self.version.sections.get(s.key, ""))
                for s in self.form.sections
            ),
            cells=cells,
            unread=tuple(unread),
            signature=Signature(owner.agency.name, self.version.signed_on),
            period=_year(owner.year),
        )
        if self.base is None:
            return made
        # A document's own tables and opening words stay; its name is that of the agency.
        return replace(made, lead=self.base.lead, local_tables=self.base.local_tables)

    def _cell(self, address: str, spec: CellSpec) -> Cell | None:
        text = self.printed[address]
        cell = None if text is None else cell_of(text, spec.kind)
        if cell is None or self.base is None or self.figures[address].typed is not None:
            return cell
        read = self.base.cells.get(address)
        return cell._replace(where=read.where, unit=read.unit) if read else cell

    def changed(self) -> Iterator[tuple[CellSpec, Figure]]:
        """Every cell in which a person wrote another number than the source gave."""
        for address, figure in self.figures.items():
            if figure.overruled:
                yield self.form.cells[address], figure


def _text(value: Number | str | None) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if value is None else str(value)


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))
