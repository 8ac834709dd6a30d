"""Table three of a year out of the ledger's columns, however long it is: no case is opened.

The core says where a line counts; it asks of each day only whether it lies in the year, before
it or after it.  So the database sorts the requests by that, and the core is asked once for
each sort of line.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from gongkai.core.finding import Finding
from gongkai.core.forms import address
from gongkai.core.handling.counting_basis import CountingBasis
from gongkai.core.handling.ledger import LedgerEntry, RequesterKind
from gongkai.core.handling.outcomes import Outcome
from gongkai.core.handling.tally import Tally, form_of, left_out, rows_of
from gongkai.web.agencies.models import Agency

from .models import DisclosureRequest

_TABLE, _TOTAL = "requests", "total"
_AT_ONCE = 5_000
# Where a day lies; added to the year it is the year of a day that lies so.
_BEFORE, _WITHIN, _AFTER = -1, 0, 1


def tally_of_requests(agencies: list[Agency], year: int, edition_id: str = "") -> Tally[int]:
    """Table three of these agencies together, each cell with the keys of what it counts.

    No number stands twice in the ledger of an agency: the database sees to that.
    """
    form = form_of(year, edition_id)
    cells: dict[str, list[int]] = {
        address(_TABLE, column.id, row.id): []
        for row in form.requests.rows
        for column in form.requests.columns
    }
    for line, keys in _sorted(agencies, year):
        for row in rows_of(line, year, form.id, CountingBasis()):
            for column in (line.requester_kind.value, _TOTAL):
                cells[address(_TABLE, column, row)] += keys
    trace = {cell: tuple(sorted(keys)) for cell, keys in cells.items()}
    return Tally(year, form.id, MappingProxyType(trace), _left_out(agencies, year))


def _sorted(agencies: list[Agency], year: int) -> Iterator[tuple[LedgerEntry, list[int]]]:
    """Each sort of line, as one of its kind would stand in the ledger, with the keys of all."""
    lines = (
        _ledger(agencies, year)
        .exclude(first_concluded_on__lt=date(year, 1, 1))
        .values_list(
            "requester__kind",
            "first_outcome",
            "redone_outcome",
            _lies("received_on", year),
            _lies("first_concluded_on", year),
            _lies("redone_on", year),
            "pk",
        )
    )
    sorts: dict[tuple[str | int | None, ...], list[int]] = {}
    for *sort, key in lines.iterator(chunk_size=_AT_ONCE):
        sorts.setdefault(tuple(sort), []).append(key)
    for (kind, outcome, again, *days), keys in sorts.items():
        received, concluded, redone = (d if d is None else date(year + int(d), 7, 1) for d in days)
        line = LedgerEntry(
            number=str(keys[0]),
            agency="",
            requester_kind=RequesterKind(str(kind)),
            received_on=received,
            concluded_on=concluded,
            outcome=Outcome(str(outcome)) if outcome else None,
            redone_on=redone,
            redone_outcome=Outcome(str(again)) if again else None,
        )
        yield line, keys


def _left_out(agencies: list[Agency], year: int) -> tuple[Finding, ...]:
    """What somebody who counts by hand would ask about, under the requests' own numbers."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    open_ = Q(received_on=None) & (Q(concluded_on=None) | Q(concluded_on__gte=first))
    later = Q(redone_on__range=(first, last), first_concluded_on__lt=first)
    asked = _ledger(agencies, year).filter(open_ | later).select_related("requester")
    return tuple(
        finding
        for case in asked.only(
            "number", "requester__kind", "arrived_on", "received_on", "first_concluded_on",
            "first_outcome", "redone_on", "redone_outcome",
        ).order_by("pk")
        for finding in left_out(_line(case), year)
    )  # fmt: skip


def _line(case: DisclosureRequest) -> LedgerEntry:
    """What of a line its columns tell."""
    return LedgerEntry(
        number=case.number,
        agency="",
        requester_kind=RequesterKind(case.requester.kind),
        received_on=case.received_on,
        arrived_on=case.arrived_on,
        concluded_on=case.first_concluded_on,
        outcome=Outcome(case.first_outcome) if case.first_outcome else None,
        redone_on=case.redone_on,
        redone_outcome=Outcome(case.redone_outcome) if case.redone_outcome else None,
    )


def _ledger(agencies: list[Agency], year: int) -> QuerySet[DisclosureRequest]:
    """The requests that had come by the end of the year."""
    end = date(year, 12, 31)
    return DisclosureRequest.objects.filter(
        Q(received_on__lte=end) | Q(received_on=None, arrived_on__lte=end), agency__in=agencies
    )


def _lies(day: str, year: int) -> Case:
    """Where a day lies, seen from the year; None where there is no such day."""
    return Case(
        When(**{f"{day}__lt": date(year, 1, 1)}, then=Value(_BEFORE)),
        When(**{f"{day}__lte": date(year, 12, 31)}, then=Value(_WITHIN)),
        When(**{f"{day}__isnull": False}, then=Value(_AFTER)),
        output_field=IntegerField(),
    )
