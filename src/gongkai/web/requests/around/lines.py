"""The ledger's lines of many requests at once, each read with everything it needs."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet

from gongkai.core.handling.ledger import LedgerEntry

from ..ledger import entry_of
from ..models import DisclosureRequest, Letter

_BATCH = 2000


def entries_of(
    found: QuerySet[DisclosureRequest],
) -> Iterator[tuple[DisclosureRequest, LedgerEntry]]:
    """Each request with its line."""
    letters = Letter.objects.only("pk", "request_id", "act", "state", "number", "decision_id")
    whole = found.select_related("agency", "requester", "split_from").prefetch_related(
        "events", "decisions", Prefetch("letters", letters)
    )
    for case in whole.iterator(chunk_size=_BATCH):
        yield case, entry_of(case)
