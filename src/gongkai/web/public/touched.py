"""Which pages a change touches: what the baker must write anew, and nothing else.

A change names where an item stood and stands.  Its own page, those it is tied to, the lists
that show it and the pages that count it differ afterwards; other items' pages do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from gongkai.core.catalogue import columns, statutory_items
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import Change, Publication, Withdrawal
from gongkai.web.registers.models import (
    PowerEntry,
    StandardCoverage,
    StandardEntry,
    YearlyCount,
)

from . import agency_pages, documents, links, region_pages, tree
from .figures import addresses as figures
from .listing import Listing
from .routes import agency_paths, paths
from .shell import column_path, has_columns

Standing = dict[str, Any]
# Facts of an agency that its items' pages show too.
_SHOWN_EVERYWHERE = ("name", "short_name", "slug", "kind", "ended_on")


def touched(change: Change) -> set[str]:
    """Every page that is different after ``change``, those that are gone included."""
    scope, _, number = change.scope.partition(":")
    if scope == "agency":
        return _of_agency(int(number), change)
    if scope == "report":
        return set(figures.touched(change))
    if scope:
        return set(paths())
    found: set[str] = set()
    for standing in (change.before, change.after):
        if standing:
            found.add(standing["path"])
            found.update(_counting(standing))
    for listing, order_key, stays in _lists(change):
        if stays and order_key is not None:
            found.add(listing.holding(order_key))
        else:
            found |= listing.moved(order_key, _pending())
    found.update(_partners(change))
    found.update(_standards(change))
    found.update(figures.touched(change))
    return found


def turning_on(day: date) -> set[str]:
    """The pages that say something else from ``day`` on though nothing was changed.

    A document comes into force or lapses, a report falls due, a catalogue entry goes stale, a
    power is taken away, a year is over.
    """
    found = {
        links.ANNUAL,
        *(links.annual_of(a.slug) for a in Agency.objects.all() if has_columns(a)),
    }
    stale = StandardEntry.objects.exclude(fresh_days=None).values_list("agency__slug", flat=True)
    found.update(links.standards_of(slug) for slug in stale.distinct())
    found.update(_powers_turning(day))
    documents_changed = False
    for item in Publication.objects.filter(kind="normative_document").defer("body_html", "text"):
        if day in _days_of(item):
            documents_changed = True
            found.add(item.path)
            found.update(
                listing.holding(item.order_key) for listing in _agency_lists(_standing_of(item))
            )
    if documents_changed:
        for listing in documents.listings():
            found.update(listing.pages())
    return found


def _powers_turning(day: date) -> Iterator[str]:
    """The lists of powers and duties in which an entry ends on ``day``, or a year did before."""
    ended = PowerEntry.objects.filter(ended_on=day)
    counted = YearlyCount.objects.filter(year=day.year - 1)
    slugs = set(ended.values_list("agency__slug", flat=True))
    if (day.month, day.day) == (1, 1):
        slugs.update(counted.values_list("agency__slug", flat=True))
    yield from map(links.powers_of, slugs)


def _days_of(item: Publication) -> Iterator[date]:
    """The days on which what a document's page says changes by itself."""
    if item.effective_on:
        yield item.effective_on
    if item.expires_on:
        yield item.expires_on
        yield date.fromordinal(item.expires_on.toordinal() + 1)
    for event in item.facts.get("life", []):
        yield date.fromisoformat(event["on"])
        if event.get("until"):
            yield date.fromordinal(date.fromisoformat(event["until"]).toordinal() + 1)


def _of_agency(number: int, change: Change) -> set[str]:
    """Pages that show an agency's own data: its contact, its officers, its registers.

    Where the change tells of another name or kind, every page that names the agency.
    """
    agency = Agency.objects.filter(pk=number).first()
    if agency is None:
        return set(paths())
    found = {links.HOME, links.GUIDES, links.REQUEST, links.ANNUAL, links.AGENCIES, links.SITEMAP}
    found.update(agency_pages.columned(agency))
    near = Agency.objects.filter(Q(pk=agency.parent_id) | Q(parent=agency) | Q(succeeded_by=agency))
    found |= {links.agency_home(other.slug) for other in near}
    # The competent department's address stands on the guides of all below it.
    if agency.competent_for is not None:
        for other in Agency.objects.under(agency.competent_for):
            if has_columns(other):
                found |= {links.guide_of(other.slug), links.request_of(other.slug)}
    found.update(figures.naming(agency, change))
    if _differs(change, *_SHOWN_EVERYWHERE):
        found.update(_naming(agency))
    if _differs(change, "parent", "competent_for"):
        # Who stands above whom is on their homes, who oversees whom on their guides.
        for other in Agency.objects.all():
            home, guide = links.agency_home(other.slug), links.guide_of(other.slug)
            found |= {home, guide, links.request_of(other.slug)}
    return found


def _differs(change: Change, *facts: str) -> bool:
    return any(change.before.get(fact) != change.after.get(fact) for fact in facts)


def _naming(agency: Agency) -> Iterator[str]:
    """Every page that may name ``agency``, and those an agency of its kind no longer has."""
    yield from agency_paths(agency)
    yield from (column_path(column.id, agency.slug) for column in columns())
    for item in statutory_items():
        yield links.index_of(links.statutory_folder(item.code, agency.slug))
    for model in (Publication, Withdrawal):
        own = model.objects.filter(agency=agency).values_list("year", "pk")
        for year, number in own.iterator(chunk_size=5000):
            yield f"item/{year}/{number}.html"
    for listing in (*region_pages.listings(), *documents.listings()):
        yield from listing.pages()
    for heir in Agency.objects.filter(succeeded_by=agency):
        yield from (links.guide_of(heir.slug), links.request_of(heir.slug))


def _counting(standing: Standing) -> Iterator[str]:
    """Pages that count the items of a column or show the newest."""
    yield links.HOME
    yield links.STATUTORY
    yield links.THEMES
    agency = Agency.objects.filter(pk=standing["agency"]).first()
    if agency is not None:
        yield from agency_pages.columned(agency)
        # Where the law asks for no such column, it is gone with its last item.
        yield links.statutory_of(agency.slug)


def _lists(change: Change) -> Iterator[tuple[Listing, int | None, bool]]:
    """The lists that show the item: where in them, and whether it stood there before and after."""
    before, after = (_lists_of(standing) for standing in (change.before, change.after))
    for folder in before.keys() | after.keys():
        listing = after.get(folder) or before[folder]
        stays = folder in before and folder in after
        order_key = (change.after or change.before).get("order_key")
        moved = stays and change.before.get("order_key") != change.after.get("order_key")
        yield listing, order_key, stays and not moved
    # Where validity changed, the parts of the library change with it.
    if _is_document(change.before) or _is_document(change.after):
        order_key = (change.after or change.before).get("order_key")
        # Its year may be gone with it.
        years = {s["year"] for s in (change.before, change.after) if _is_document(s)}
        for listing in (*documents.listings(), *map(documents.of_year, years)):
            yield listing, order_key, False


def _lists_of(standing: Standing) -> dict[str, Listing]:
    return {listing.folder: listing for listing in _agency_lists(standing)} if standing else {}


def _agency_lists(standing: Standing) -> Iterator[Listing]:
    agency = Agency.objects.filter(pk=standing["agency"]).first()
    column, code = standing["column"], standing["statutory"]
    if column == "statutory" and code:
        yield tree.region_statutory(code)
        if agency is not None:
            yield tree.statutory_listing(agency, code)
    if column == "rules":
        yield tree.region_rules()
        if agency is not None:
            yield tree.rules_listing(agency)
    if standing["theme"]:
        yield tree.theme_listing(standing["theme"])


def _is_document(standing: Standing) -> bool:
    return bool(standing) and standing["kind"] == "normative_document"


def _standing_of(item: Publication) -> Standing:
    return {
        "agency": item.agency_id,
        "column": item.column,
        "statutory": item.statutory,
        "theme": item.theme,
    }


def _partners(change: Change) -> Iterator[str]:
    """The pages of the items it was or is tied to."""
    numbers = {*change.before.get("tied", ()), *change.after.get("tied", ())}
    for model in (Publication, Withdrawal):
        for year, number in model.objects.filter(pk__in=numbers).values_list("year", "pk"):
            yield f"item/{year}/{number}.html"


def _standards(change: Change) -> Iterator[str]:
    """The standard catalogues that the item covers something of."""
    if change.number is not None:
        covered = StandardCoverage.objects.filter(item_number=change.number)
        for slug in covered.values_list("entry__agency__slug", flat=True).distinct():
            yield links.standards_of(slug)


def _pending() -> int:
    """How many items a list may have lost since its pages were written, at the most."""
    return Change.objects.count()
