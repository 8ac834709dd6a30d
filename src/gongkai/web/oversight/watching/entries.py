"""Entries of the standard catalogue that nothing public covers, or nothing fresh."""

from __future__ import annotations

from django.urls import reverse

from gongkai.core.rules import find
from gongkai.web.publication.models import Publication
from gongkai.web.registers.coverage import Standing, fresh_day, standings
from gongkai.web.registers.models import StandardCoverage, StandardEntry

from .items import place_of
from .terms import Found, Looked, Reach, Terms


def watch_entries(reach: Reach, terms: Terms) -> Looked:
    """Every entry of the agencies that are still there."""
    entries = list(
        StandardEntry.objects.filter(reach.of_agency(), agency__ended_on=None).only(
            "agency", "domain", "serial", "first_matter", "second_matter", "fresh_days"
        )
    )
    stood = standings(entries, terms.today)
    stale = [entry.pk for entry in entries if stood[entry.pk] is Standing.STALE]
    newest = _newest(stale)
    found: list[Found] = []
    for entry in entries:
        name = f"{entry.domain} {entry.serial}　{entry}"
        if stood[entry.pk] is Standing.BARE:
            told = find("watch.standard_bare", entry=name)
        elif stood[entry.pk] is Standing.STALE:
            told = find(
                "watch.standard_stale", entry=name, days=entry.fresh_days, newest=newest[entry.pk]
            )
        else:
            continue
        place = place_of(terms, entry.agency_id, f"标准目录　{name}")
        address = reverse("registers:standard", args=[entry.pk])
        found.append(Found(told, entry.agency_id, f"standard:{entry.pk}", place, address))
    return Looked(len(entries), found)


def _newest(entries: list[int]) -> dict[int, str]:
    """The day of the newest thing that covers each."""
    pairs = list(
        StandardCoverage.objects.filter(entry__in=entries).values_list("entry", "item_number")
    )
    public = Publication.objects.only("published_at", "updated_at").in_bulk({n for _, n in pairs})
    found: dict[int, str] = {}
    for entry, number in pairs:
        if number in public:
            day = fresh_day(public[number]).isoformat()
            found[entry] = max(day, found.get(entry, ""))
    return found
