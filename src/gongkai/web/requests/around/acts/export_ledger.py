"""Act: take the ledger away as xlsx; who asks is masked in it, and the taking is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from gongkai.core.handling.ledger import columns, line_of
from gongkai.web import sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, record
from gongkai.web.policies import Actor

from ...models import DisclosureRequest
from ..lines import entries_of

TITLE = "依申请公开台账"


@transaction.atomic
def export_ledger(
    actor: Actor, agencies: list[Agency], first: date | None, last: date | None
) -> bytes:
    """The requests of these agencies received between two days (None: from the beginning, to now).

    It can be imported again as it is.
    """
    whos = [actor.require("request.export", agency) for agency in agencies]
    found = chosen(agencies, first, last)
    data = sheets.xlsx_of(TITLE, [column.label for column in columns()], _lines(found))
    subject = Subject("ledger", "requests", TITLE)
    after = {
        "agencies": [agency.short_name for agency in agencies],
        "first": first,
        "last": last,
        "entries": found.count(),
    }
    record("request.export", subject, whos[0], after=after)
    return data


def chosen(
    agencies: list[Agency], first: date | None, last: date | None
) -> QuerySet[DisclosureRequest]:
    """What is received between two days; what is not confirmed yet goes by its arrival."""
    found = DisclosureRequest.objects.filter(agency__in=agencies).order_by("agency", "arrived_on")
    if first:
        found = found.filter(Q(received_on__gte=first) | Q(received_on=None, arrived_on__gte=first))
    if last:
        found = found.filter(Q(received_on__lte=last) | Q(received_on=None, arrived_on__lte=last))
    return found


def _lines(found: QuerySet[DisclosureRequest]) -> Iterator[list[str | date | None]]:
    for _, entry in entries_of(found):
        yield list(line_of(entry).values())
