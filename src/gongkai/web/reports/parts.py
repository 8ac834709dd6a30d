"""A sealed version as a part of a sum: what is printed in each of its cells, and no more.

A region adds up thousands of reports.  Beside each sealed version stands what it prints, small
enough to be read for all of them; prose, sources and places stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.core.forms import Kind, edition
from gongkai.core.report import AnnualReport as Report
from gongkai.core.report import Cell, LocalTable

from .figures import cell_of
from .filling import Filled
from .models import ReportVersion


@dataclass(frozen=True, slots=True)
class Part:
    """A version, whose it is, and its cells as a report of the core."""

    key: int
    owner: int
    number: int
    short_name: str
    report: Report


def printed_of(version: ReportVersion) -> dict[str, Any]:
    """What is kept: the texts in the order of the form, None for what was not read."""
    filled = Filled(version)
    report, form = filled.report, filled.form
    told: dict[str, Any] = {
        "cells": [report.cells[a].text if a in report.cells else None for a in form.cells]
    }
    units = {
        address: cell.unit
        for address, cell in report.cells.items()
        if (read := cell_of(cell.text, form.cells[address].kind)) is None or read.unit != cell.unit
    }
    if units:
        told["units"] = units
    if form is not edition(form.id):
        # Rows of another edition stand in it.
        told["addresses"] = list(form.cells)
    if report.local_tables:
        told["tables"] = [[table.id, table.title] for table in report.local_tables]
    return told


def parts(keys: Iterable[int]) -> list[Part]:
    """The versions with these numbers, in their order; all of them are sealed."""
    wanted = list(keys)
    found = {
        key: facts
        for key, *facts in ReportVersion.objects.filter(pk__in=wanted).values_list(
            "pk", "report", "number", "report__agency__short_name", "report__agency__name",
            "report__year", "report__edition", "printed",
        )
    }  # fmt: skip
    reader = _Reader()
    made = []
    for key in wanted:
        owner, number, short_name, name, year, edition_id, printed = found[key]
        told = reader.report(printed, edition_id, year, name)
        made.append(Part(key, owner, number, short_name, told))
    return made


def parts_of(version: ReportVersion) -> list[Part]:
    """What an aggregate adds up, in the order in which it did; none where it is no aggregate."""
    return parts(version.compilation.parts) if version.compilation else []


class _Cells(dict[str, Cell]):
    """Each text is read once: most cells of most reports say 0."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind

    def __missing__(self, text: str) -> Cell:
        cell = cell_of(text, self.kind)
        if cell is None:
            raise ValueError(f"no figure: {text!r}")
        self[text] = cell
        return cell


@dataclass(frozen=True, slots=True)
class _Places:
    """The cells in the order in which they are kept; nearly all are counts, ``other`` are not."""

    addresses: list[str]
    other: Sequence[tuple[int, Kind]]


class _Reader:
    """Makes the reports out of what is kept."""

    def __init__(self) -> None:
        self._known = {kind: _Cells(kind) for kind in Kind}
        self._forms: dict[str, _Places] = {}

    def report(self, printed: dict[str, Any], edition_id: str, year: int, agency: str) -> Report:
        """What one version prints."""
        places = self._places(edition_id, printed.get("addresses"))
        texts: list[str | None] = printed["cells"]
        counts = [text or "" for text in texts]
        for at, _ in places.other:
            counts[at] = ""
        read = map(self._known[Kind.COUNT].__getitem__, counts)
        cells = dict(zip(places.addresses, read, strict=True))
        for at, kind in places.other:
            cells[places.addresses[at]] = self._known[kind][texts[at] or ""]
        unread = (
            [a for a, text in zip(places.addresses, texts, strict=True) if text is None]
            if None in texts
            else []
        )
        for address in unread:
            del cells[address]
        for address, unit in printed.get("units", {}).items():
            cells[address] = cells[address]._replace(unit=unit)
        return Report(
            edition=edition_id,
            year=year,
            agency=agency,
            cells=cells,
            unread=tuple(unread),
            local_tables=tuple(LocalTable(i, t, ()) for i, t in printed.get("tables", ())),
        )

    def _places(self, edition_id: str, addresses: list[str] | None) -> _Places:
        name = f"{edition_id} {addresses or ''}"
        if name not in self._forms:
            own = edition(edition_id)
            forms = (own, *own.mixtures)
            form = next(f for f in forms if addresses is None or list(f.cells) == addresses)
            kinds = [spec.kind for spec in form.cells.values()]
            other = tuple((at, kind) for at, kind in enumerate(kinds) if kind is not Kind.COUNT)
            self._forms[name] = _Places(list(form.cells), other)
        return self._forms[name]
