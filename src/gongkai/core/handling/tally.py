"""The ledger counted into table three of the annual report, each cell with its lines.

A line is new in the year of its day of receipt, concluded in the year of its day of
conclusion, and carried over in between; so what comes in equals what goes out by
construction, in every column.  What is not settled by the form is in
:mod:`.counting_basis`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from ..finding import Finding
from ..forms import Form, address, edition, edition_for
from ..rules import find
from .counting_basis import CountingBasis
from .ledger import LedgerEntry
from .ledger_reading import repeated_numbers
from .outcomes import outcome_of

T = TypeVar("T")

_TABLE = "requests"
_TOTAL = "total"


@dataclass(frozen=True)
class Tally(Generic[T]):
    """Cells by address, each with what was counted in it.

    Every cell of the table is there, those with nothing as 0.
    """

    year: int
    edition: str
    trace: Mapping[str, tuple[T, ...]]
    findings: tuple[Finding, ...] = ()

    @property
    def cells(self) -> Mapping[str, int]:
        return {cell: len(counted) for cell, counted in self.trace.items()}


def tally_requests(
    entries: Iterable[LedgerEntry],
    year: int,
    edition_id: str = "",
    basis: CountingBasis | None = None,
) -> Tally[LedgerEntry]:
    """Table three of ``year``; in the edition that governs it, or in ``edition_id``."""
    form = form_of(year, edition_id)
    settled = basis or CountingBasis()
    lines = tuple(entries)
    trace: dict[str, list[LedgerEntry]] = {
        address(_TABLE, column.id, row.id): []
        for row in form.requests.rows
        for column in form.requests.columns
    }
    findings = list(repeated_numbers(lines))
    for line in lines:
        for row in rows_of(line, year, form.id, settled):
            for column in (line.requester_kind.value, _TOTAL):
                trace[address(_TABLE, column, row)].append(line)
        findings += left_out(line, year)
    counted = {cell: tuple(of) for cell, of in trace.items()}
    return Tally(year, form.id, MappingProxyType(counted), tuple(findings))


def rows_of(line: LedgerEntry, year: int, edition_id: str, basis: CountingBasis) -> tuple[str, ...]:
    """The rows of table three in which ``line`` counts in ``year``; none where it does not."""
    if line.received_on is None or line.received_on.year > year:
        return ()
    if line.concluded_on is not None and line.concluded_on.year < year:
        return ()
    came = "received_this_year" if line.received_on.year == year else "carried_from_last_year"
    if line.concluded_on is None or line.outcome is None or line.concluded_on.year > year:
        return (came, "carried_to_next_year")
    outcome = line.outcome
    if (
        basis.redo_replaces_within_year
        and line.redone_on is not None
        and line.redone_outcome is not None
        and line.redone_on.year == year
    ):
        outcome = line.redone_outcome
    return (came, outcome_of(outcome).row(edition_id), "concluded_total")


def form_of(year: int, edition_id: str) -> Form:
    """The edition called ``edition_id``, or the one that governs ``year``."""
    return edition(edition_id) if edition_id else edition_for(year)


def left_out(line: LedgerEntry, year: int) -> Iterator[Finding]:
    """What somebody who counts by hand would ask about."""
    if line.received_on is None:
        if line.arrived_on is None or line.arrived_on.year <= year:
            yield find("ledger.not_yet_received", number=line.number, year=year)
    elif (
        line.redone_on is not None
        and line.concluded_on is not None
        and line.redone_on.year == year > line.concluded_on.year
    ):
        first = line.concluded_on.year
        yield find("ledger.redone_in_later_year", number=line.number, first=first, year=year)
