"""Tables three and four of an agency's year, counted from the ledger as it stands now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from gongkai.core.handling.ledger import LedgerEntry
from gongkai.core.remedies.cases import RemedyCase as CountedCase
from gongkai.core.remedies.tally import YearTally, tally_year
from gongkai.web.agencies.models import Agency
from gongkai.web.requests.ledger import entry_of
from gongkai.web.requests.models import Decision, DisclosureRequest, Event, Letter

from .models import RemedyCase

_BATCH = 2000
_COUNTED = (
    "number", "channel", "misaddressed", "arrived_on", "received_on", "due_on", "title",
    "description", "imported_line", "agency__name", "requester__kind", "requester__masked_name",
    "split_from__number",
)  # fmt: skip


def tally_of(agencies: list[Agency], year: int, edition_id: str = "") -> YearTally:
    """The year of these agencies together.

    The numbers of requests and cases in it are our keys, since two agencies may use one number.
    """
    return tally_year(_entries(agencies, year), _cases(agencies, year), year, edition_id)


def requests_of(agencies: list[Agency], year: int) -> QuerySet[DisclosureRequest]:
    """The requests that may count in a year, or of which somebody would ask."""
    end = date(year, 12, 31)
    return DisclosureRequest.objects.filter(
        Q(received_on__lte=end) | Q(received_on=None, arrived_on__lte=end),
        Q(concluded_on=None) | Q(concluded_on__year__gte=year),
        agency__in=agencies,
    )


def counted(case: RemedyCase) -> CountedCase:
    """A case as the core counts it."""
    return CountedCase(
        number=str(case.pk),
        kind=case.remedy_kind,
        opened_on=case.opened_on,
        request_number=case.request.number if case.request else "",
        body=case.body,
        closed_on=case.closed_on,
        result=case.result,
        original_agency=case.original_agency,
    )


def _entries(agencies: list[Agency], year: int) -> Iterator[LedgerEntry]:
    # Only what is counted: nobody is unsealed for a number.
    letters = Letter.objects.only("pk", "request_id", "act", "state", "number", "decision_id")
    events = Event.objects.only("pk", "request_id", "act", "on", "facts", "undone_at")
    decisions = Decision.objects.only("pk", "request_id", "outcome", "withheld")
    found = (
        requests_of(agencies, year)
        .select_related("agency", "requester", "split_from")
        .only(*_COUNTED)
        .prefetch_related(
            Prefetch("events", events),
            Prefetch("decisions", decisions),
            Prefetch("letters", letters),
        )
    )
    for case in found.iterator(chunk_size=_BATCH):
        yield replace(entry_of(case), number=str(case.pk))


def _cases(agencies: list[Agency], year: int) -> Iterator[CountedCase]:
    found = RemedyCase.objects.filter(
        Q(closed_on=None) | Q(closed_on__year__gte=year),
        agency__in=agencies,
        opened_on__lte=date(year, 12, 31),
    )
    return map(counted, found.select_related("request"))
