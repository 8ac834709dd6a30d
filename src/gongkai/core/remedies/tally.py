"""Cases of reconsideration and litigation counted into table four, and the whole year together.

Each block has four results and their total.  A case counts in the year in which it
was closed, and as 尚未审结 in every year it was open at the end of.  The agency counts
the cases of its own replies only, not those in which it stands as the
reconsideration body (report form, part four).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from ..finding import Finding
from ..forms import address
from ..handling.counting_basis import CountingBasis
from ..handling.ledger import LedgerEntry
from ..handling.tally import Tally, form_of, tally_requests
from ..rules import find
from .cases import RemedyCase, RemedyKind, result

_PENDING = "pending"
_TOTAL = "total"


@dataclass(frozen=True)
class YearTally:
    """Tables three and four of one year."""

    requests: Tally[LedgerEntry]
    remedies: Tally[RemedyCase]

    @property
    def cells(self) -> dict[str, int]:
        return {**self.requests.cells, **self.remedies.cells}

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.requests.findings, *self.remedies.findings)

    def counted(self, cell: str) -> tuple[str, ...]:
        """The numbers of the lines or cases that make ``cell``; KeyError for no cell of ours."""
        if cell in self.requests.trace:
            return tuple(line.number for line in self.requests.trace[cell])
        return tuple(case.number for case in self.remedies.trace[cell])


def tally_year(
    entries: Iterable[LedgerEntry],
    cases: Iterable[RemedyCase],
    year: int,
    edition_id: str = "",
    basis: CountingBasis | None = None,
) -> YearTally:
    """Tables three and four of ``year``; in the edition that governs it, or in ``edition_id``."""
    return YearTally(
        tally_requests(entries, year, edition_id, basis),
        tally_remedies(cases, year, edition_id, basis),
    )


def tally_remedies(
    cases: Iterable[RemedyCase],
    year: int,
    edition_id: str = "",
    basis: CountingBasis | None = None,
) -> Tally[RemedyCase]:
    """Table four of ``year``."""
    form = form_of(year, edition_id)
    settled = basis or CountingBasis()
    trace: dict[str, list[RemedyCase]] = {
        address(block.table, column.id): []
        for block in form.remedies.blocks
        for column in form.remedies.columns
    }
    numbers: Counter[tuple[RemedyKind, str]] = Counter()
    for case in cases:
        numbers[case.kind, case.number] += 1
        column = column_of(case, year, settled)
        if column:
            for place in (column, _TOTAL):
                trace[address(case.kind.value, place)].append(case)
    counted = {cell: tuple(of) for cell, of in trace.items()}
    twice = tuple(
        find("ledger.number_twice", number=number, count=count)
        for (_, number), count in numbers.items()
        if count > 1
    )
    return Tally(year, form.id, MappingProxyType(counted), twice)


def column_of(case: RemedyCase, year: int, basis: CountingBasis) -> str:
    """The column of table four in which ``case`` counts in ``year``; "" where it does not."""
    if not case.original_agency or case.opened_on.year > year:
        return ""
    if case.closed_on is not None and case.closed_on.year < year:
        return ""
    if case.opened_on.year < year and not basis.earlier_cases_counted:
        return ""
    if case.closed_on is None or case.closed_on.year > year:
        return _PENDING
    return result(case.result).column.value
