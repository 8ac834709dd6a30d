"""Tables three and four of an agency's year, counted from the ledger as it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db.models import Q

from gongkai.core.finding import Finding
from gongkai.core.handling.tally import Tally
from gongkai.core.remedies.cases import RemedyCase as CountedCase
from gongkai.core.remedies.tally import tally_remedies
from gongkai.web.agencies.models import Agency
from gongkai.web.requests.counting import tally_of_requests

from .models import RemedyCase


@dataclass(frozen=True)
class YearCount:
    """Both tables of one year, each cell with the keys of the records it counts."""

    requests: Tally[int]
    remedies: Tally[int]

    @property
    def cells(self) -> dict[str, int]:
        return {**self.requests.cells, **self.remedies.cells}

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.requests.findings, *self.remedies.findings)

    def counted(self, cell: str) -> tuple[int, ...]:
        """The keys of the requests or cases that make ``cell``; KeyError for no cell of ours."""
        table = self.requests if cell in self.requests.trace else self.remedies
        return table.trace[cell]


def tally_of(agencies: list[Agency], year: int, edition_id: str = "") -> YearCount:
    """The year of these agencies together."""
    return YearCount(
        tally_of_requests(agencies, year, edition_id),
        tally_of_remedies(agencies, year, edition_id),
    )


def tally_of_remedies(agencies: list[Agency], year: int, edition_id: str = "") -> Tally[int]:
    """Table four of these agencies together."""
    found = RemedyCase.objects.filter(
        Q(closed_on=None) | Q(closed_on__year__gte=year),
        agency__in=agencies,
        opened_on__lte=date(year, 12, 31),
    ).order_by("pk")
    told = tally_remedies(map(_counted, found), year, edition_id)
    trace = {cell: tuple(int(case.number) for case in of) for cell, of in told.trace.items()}
    return Tally(year, told.edition, MappingProxyType(trace), told.findings)


def _counted(case: RemedyCase) -> CountedCase:
    """A case as the core counts it; two agencies may use one number, so it goes by our key."""
    return CountedCase(
        number=str(case.pk),
        kind=case.remedy_kind,
        opened_on=case.opened_on,
        closed_on=case.closed_on,
        result=case.result,
        original_agency=case.original_agency,
    )
