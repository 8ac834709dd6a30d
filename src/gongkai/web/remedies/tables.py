"""Tables three and four of an agency's year, counted from the ledger as it stands now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.core.handling.ledger import LedgerEntry, RequesterKind
from gongkai.core.handling.outcomes import Outcome
from gongkai.core.handling.transitions import State
from gongkai.core.remedies.cases import RemedyCase as CountedCase
from gongkai.core.remedies.tally import YearTally, tally_year
from gongkai.web.agencies.models import Agency
from gongkai.web.requests.around.lines import entries_of
from gongkai.web.requests.models import DisclosureRequest, Event

from .models import RemedyCase

_BATCH = 2000
_COLUMNS = (
    "pk", "agency__name", "requester__kind", "arrived_on", "received_on", "concluded_on",
    "outcome", "state",
)  # fmt: skip
# How a request ended that no reply ended.
_ENDS = {
    State.ABANDONED_CORRECTION.value: Outcome.CORRECTION_LAPSED,
    State.ABANDONED_FEE.value: Outcome.FEE_LAPSED,
    State.WITHDRAWN.value: Outcome.WITHDRAWN,
}
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
    """The columns tell what is counted; only what was redone is read event by event."""
    redo = Event.objects.filter(request=OuterRef("pk"), act="ordered_redo", undone_at=None)
    found = requests_of(agencies, year).annotate(redone=Exists(redo))
    told = Q(concluded_on=None) | ~Q(outcome="") | Q(state__in=_ENDS)
    plain = found.filter(told, redone=False)
    for row in plain.values_list(*_COLUMNS).iterator(chunk_size=_BATCH):
        yield _entry(*row)
    for case, entry in entries_of(found.exclude(pk__in=plain.values("pk"))):
        yield replace(entry, number=str(case.pk))


def _entry(
    pk: int,
    agency: str,
    kind: str,
    arrived_on: date,
    received_on: date | None,
    concluded_on: date | None,
    outcome: str,
    state: str,
) -> LedgerEntry:
    ended = None
    if concluded_on is not None:
        ended = _ENDS.get(state) or Outcome(outcome)
    return LedgerEntry(
        number=str(pk),
        agency=agency,
        requester_kind=RequesterKind(kind),
        received_on=received_on,
        arrived_on=arrived_on,
        concluded_on=concluded_on,
        outcome=ended,
    )


def _cases(agencies: list[Agency], year: int) -> Iterator[CountedCase]:
    found = RemedyCase.objects.filter(
        Q(closed_on=None) | Q(closed_on__year__gte=year),
        agency__in=agencies,
        opened_on__lte=date(year, 12, 31),
    )
    return map(counted, found.select_related("request"))
