"""From an address to its page, and every address there is.

Whatever a page shows comes from the tables of ``publication``, the agencies and their
registers: nothing of a draft is within reach from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import Publication, Withdrawal
from gongkai.web.registers.models import PowerEntry, StandardEntry

from . import (
    agency_pages,
    annual,
    directories,
    documents,
    guide,
    items,
    links,
    powers,
    region_pages,
    standards,
)
from .figures import addresses as figures
from .rendered import Rendered
from .shell import compose
from .tree import branch_paths, tree_of

_ITEM = re.compile(r"item/(\d{4})/([1-9]\d{0,17})\.html")
_LIST = re.compile(r"(?P<folder>.*/)(?:index|list-(?P<number>[1-9]\d{0,8}))\.html")

_REGION: dict[str, Callable[[str], Rendered]] = {
    links.HOME: region_pages.home,
    links.STATUTORY: region_pages.statutory,
    links.THEMES: region_pages.themes,
    links.ANNUAL: annual.matrix,
    links.AGENCIES: directories.agencies,
    links.SITEMAP: directories.sitemap,
    links.ACCESSIBILITY: directories.accessibility,
    links.GUIDES: lambda path: directories.collection(path, "guide"),
    links.REQUEST: lambda path: directories.collection(path, "request"),
}
_AGENCY: dict[str, Callable[[str, Agency], Rendered | None]] = {
    "index.html": agency_pages.home,
    "guide.html": guide.guide,
    "request.html": guide.request,
    "standards.html": standards.standards,
    "powers.html": powers.powers,
    "annual/index.html": annual.of_agency,
    "statutory/index.html": agency_pages.statutory,
}


def render(path: str) -> Rendered | None:
    """The page at ``path`` below the mount; None where there is no such page."""
    item = _ITEM.fullmatch(path)
    if item:
        return items.item_page(path, int(item[1]), int(item[2]))
    if path in _REGION:
        return _REGION[path](path)
    first, _, rest = path.partition("/")
    if first in links.RESERVED:
        return figures.region_page(path) or _region_list(path)
    agency = Agency.objects.select_related("parent", "succeeded_by").filter(slug=first).first()
    if agency is None:
        return None
    if rest in _AGENCY:
        return _AGENCY[rest](path, agency)
    return figures.agency_page(path, rest, agency) or _agency_list(path, rest, agency)


def missing(path: str) -> Rendered:
    """What is sent for an address that leads to nothing."""
    return compose(
        path, "missing.html", title="没有这一页", crumbs=[("没有这一页", None)], status=404
    )


def paths() -> Iterator[str]:
    """The path of every page, one by one; the addresses of withdrawn items too."""
    yield from _REGION
    yield from figures.region_paths()
    for listing in (*region_pages.listings(), *documents.listings()):
        yield from listing.pages()
    for agency in Agency.objects.all():
        yield from agency_paths(agency)
    yield from item_paths()


def agency_paths(agency: Agency) -> Iterator[str]:
    """Every page of one agency but those of its items."""
    listed: set[str] = set()
    for listing in agency_pages.listings(agency):
        for path in listing.pages():
            listed.add(path)
            yield path
    yield links.agency_home(agency.slug)
    yield from (path for path in branch_paths(tree_of(agency)) if path not in listed)
    if StandardEntry.objects.filter(agency=agency).exists():
        yield links.standards_of(agency.slug)
    if PowerEntry.objects.filter(agency=agency).exists():
        yield links.powers_of(agency.slug)
    yield from figures.agency_paths(agency)


def item_paths() -> Iterator[str]:
    """The page of every item, and of every withdrawn one."""
    for model in (Publication, Withdrawal):
        found = model.objects.order_by("pk").values_list("year", "pk")
        for year, number in found.iterator(chunk_size=5000):
            yield f"item/{year}/{number}.html"


def _region_list(path: str) -> Rendered | None:
    """A page of a list over all agencies."""
    found = _LIST.fullmatch(path)
    if not found:
        return None
    number = int(found["number"]) if found["number"] else None
    kind, _, part = found["folder"].rstrip("/").partition("/")
    if kind == "rules" and not part:
        return region_pages.rules(path, number)
    if kind == "documents":
        return documents.part_of_library(path, part, number)
    if kind == "themes":
        return region_pages.theme(path, part, number)
    item = agency_pages.known_item(part) if kind == "statutory" else None
    return region_pages.statutory_item_page(path, item, number) if item else None


def _agency_list(path: str, rest: str, agency: Agency) -> Rendered | None:
    """A page of a list of one agency."""
    found = _LIST.fullmatch(rest)
    if not found:
        return None
    number = int(found["number"]) if found["number"] else None
    kind, _, part = found["folder"].rstrip("/").partition("/")
    if kind == "rules" and not part:
        return agency_pages.rules(path, agency, number)
    item = agency_pages.known_item(part) if kind == "statutory" else None
    return agency_pages.statutory_item_page(path, agency, item, number) if item else None
