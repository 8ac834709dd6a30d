"""Whether an entry of the standard catalogue is covered by something public, and fresh."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import Enum

from django.utils import timezone

from gongkai.web.publication.models import Publication

from .models import StandardCoverage, StandardEntry


class Standing(Enum):
    """How an entry stands, in the words of the screen."""

    BARE = "还没有公开"
    STALE = "超过更新周期"
    COVERED = "已公开"


def fresh_day(item: Publication) -> date:
    """The day on which an item was last brought up to date."""
    return timezone.localdate(item.updated_at or item.published_at)


def stale_since(entry: StandardEntry, newest: date | None, today: date) -> date | None:
    """The day from which what covers the entry is older than it allows; None while it is not."""
    if newest is None or entry.fresh_days is None:
        return None
    last = newest + timedelta(days=entry.fresh_days)
    return last + timedelta(days=1) if today > last else None


def standings(entries: Iterable[StandardEntry], today: date) -> Mapping[int, Standing]:
    """How each of ``entries`` stands today."""
    asked = {entry.pk: entry for entry in entries}
    pairs = list(
        StandardCoverage.objects.filter(entry__in=asked).values_list("entry", "item_number")
    )
    public = Publication.objects.only("published_at", "updated_at").in_bulk({n for _, n in pairs})
    newest: dict[int, date] = {}
    for entry, number in pairs:
        if number in public:
            day = fresh_day(public[number])
            newest[entry] = max(day, newest.get(entry, day))
    return {
        number: Standing.BARE
        if number not in newest
        else Standing.STALE
        if stale_since(entry, newest[number], today)
        else Standing.COVERED
        for number, entry in asked.items()
    }
