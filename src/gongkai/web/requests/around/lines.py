"""The ledger's lines of many requests at once, each read with everything it needs and no more."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet

from gongkai.core.handling.ledger import LedgerEntry

from ..ledger import entry_of
from ..models import Decision, DisclosureRequest, Event, Letter

_BATCH = 2000
# Who asks is not unsealed for a line: it shows the masked name.
_SEALED = (
    "imported_aside", "requester__name", "requester__document_number", "requester__contact",
    "requester__representative", "requester__agent", "requester__phone", "requester__mailbox",
    "requester__address",
)  # fmt: skip


def entries_of(
    found: QuerySet[DisclosureRequest],
) -> Iterator[tuple[DisclosureRequest, LedgerEntry]]:
    """Each request with its line."""
    letters = Letter.objects.only("pk", "request_id", "act", "state", "number", "decision_id")
    events = Event.objects.only("pk", "request_id", "act", "on", "facts", "undone_at")
    decisions = Decision.objects.only("pk", "request_id", "outcome", "withheld")
    whole = (
        found.select_related("agency", "requester", "split_from")
        .defer(*_SEALED)
        .prefetch_related(
            Prefetch("events", events),
            Prefetch("decisions", decisions),
            Prefetch("letters", letters),
        )
    )
    for case in whole.iterator(chunk_size=_BATCH):
        yield case, entry_of(case)
