"""The annual report of one agency for one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from ..forms import Form, address, edition
from .cell import Cell, Number, Where


@dataclass(frozen=True)
class SectionText:
    """The prose of one section.  ``key`` is the form's, or ``""`` for a heading of no edition."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Period:
    """The days the figures cover, both included."""

    start: date
    end: date


@dataclass(frozen=True)
class Signature:
    """The lines a report ends with: whose it is, and the day (None where not legible)."""

    text: str
    signed_on: date | None = None


@dataclass(frozen=True)
class LocalTable:
    """A table of no edition, kept whole.

    ``rows`` are its words as printed; ``cells`` its figures, named
    ``local.<id>/<column>`` for a known table and ``local.<n>.<row>/<column>`` by
    position otherwise.
    """

    id: str
    title: str
    rows: tuple[tuple[str, ...], ...]
    cells: Mapping[str, Cell] = field(default_factory=dict)
    where: Where | None = None


@dataclass(frozen=True)
class AnnualReport:
    """What a report says, cell by cell and section by section.

    ``edition`` is None for the free-form reports before 2019.  Every address of
    the form is either in ``cells`` or in ``unread``, never in both.
    """

    edition: str | None
    year: int | None = None
    agency: str | None = None
    title: str | None = None
    titled_on: date | None = None
    period: Period | None = None
    lead: str = ""
    sections: tuple[SectionText, ...] = ()
    cells: Mapping[str, Cell] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    local_tables: tuple[LocalTable, ...] = ()
    contact: str | None = None
    signature: Signature | None = None

    def number(self, cell: str) -> Number:
        """The figure of ``cell``, blank and dash as 0.  KeyError where it is unread."""
        return self.cells[cell].value or 0

    def section(self, key: str) -> str:
        """The prose of one section, ``""`` where the report has none."""
        return next((s.text for s in self.sections if s.key == key), "")


def form_of(report: AnnualReport) -> Form | None:
    """The form ``report`` follows, with another edition's rows where it mixes them in."""
    if report.edition is None:
        return None
    form = edition(report.edition)
    for mixture in form.mixtures:
        (alternative,) = mixture.requests.alternatives
        if any(_has_row(report, form, row) for row in alternative.instead_of):
            continue
        if all(_has_row(report, form, row.id) for row in alternative.rows):
            return mixture
    return form


def _has_row(report: AnnualReport, form: Form, row: str) -> bool:
    names = _row(tuple(column.id for column in form.requests.columns), row)
    return any(n in report.cells for n in names) or any(n in report.unread for n in names)


@lru_cache(maxsize=256)
def _row(columns: tuple[str, ...], row: str) -> tuple[str, ...]:
    return tuple(address("requests", column, row) for column in columns)
