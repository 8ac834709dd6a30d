"""The sitemap for search engines: an index, one part for the columns, parts for the items.

An item stands in the part its number says, so that a release changes one part and no other.
The page for people (网站地图) is ``sitemap.html``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.core.catalogue import columns, statutory_items
from gongkai.web.agencies.models import Agency
from gongkai.web.policies import public
from gongkai.web.publication.models import Change, Publication

from . import links
from .rendered import Rendered
from .responses import respond
from .shell import column_path, has_columns, permalink
from .words import theme_ids

INDEX = "sitemap.xml"
_COLUMNS = "sitemap-columns.xml"
_ITEMS = re.compile(r"sitemap-items-(\d{1,12})\.xml")
# Of the 50,000 that the protocol allows: a part is written anew with every release in it.
ITEMS_A_PART = 5000
_XML = "application/xml; charset=utf-8"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def paths() -> Iterator[str]:
    """The index and its parts."""
    yield INDEX
    yield from _parts()


def render(path: str) -> Rendered | None:
    """The index or a part; None for anything else."""
    if path == INDEX:
        return _written("sitemapindex", "sitemap", ((part, None) for part in _parts()))
    if path == _COLUMNS:
        return _written("urlset", "url", ((page, None) for page in _pages()))
    found = _ITEMS.fullmatch(path)
    items = list(_items(int(found[1]))) if found else []
    return _written("urlset", "url", items) if items else None


def touched(change: Change) -> set[str]:
    """The index and the part of the item; the columns where an agency changed."""
    if change.scope:
        return set(paths()) if change.scope == "site" else {_COLUMNS}
    return {INDEX, _part_of(change.number or 0)}


@public
@require_safe
def sitemap(request: HttpRequest, path: str) -> HttpResponseBase:
    """The sitemap from the application."""
    made = render(path)
    nothing = Rendered("没有这一份。".encode(), "text/plain; charset=utf-8", status=404)
    return respond(request, made or nothing)


def _parts() -> Iterator[str]:
    yield _COLUMNS
    parts = Publication.objects.order_by().annotate(part=F("number") / ITEMS_A_PART)
    for part in sorted(parts.values_list("part", flat=True).distinct()):
        yield f"sitemap-items-{part}.xml"


def _part_of(number: int) -> str:
    return f"sitemap-items-{number // ITEMS_A_PART}.xml"


def _pages() -> Iterator[str]:
    """The pages of columns: those of the region and of each agency."""
    yield from (links.HOME, links.STATUTORY, links.THEMES, links.ANNUAL, links.FIGURES)
    yield from (links.GUIDES, links.AGENCIES)
    yield from (links.index_of(links.RULES), links.index_of(links.DOCUMENTS))
    for item in statutory_items():
        yield links.index_of(links.statutory_folder(item.code))
    for theme in theme_ids():
        yield links.index_of(links.theme_folder(theme))
    for agency in Agency.objects.all():
        yield links.agency_home(agency.slug)
        if has_columns(agency):
            yield from (column_path(column.id, agency.slug) for column in columns())


def _items(part: int) -> Iterator[tuple[str, datetime]]:
    first = part * ITEMS_A_PART
    found = Publication.objects.filter(pk__gte=first, pk__lt=first + ITEMS_A_PART).order_by("pk")
    for number, year, published, updated in found.values_list(
        "pk", "year", "published_at", "updated_at"
    ):
        yield f"item/{year}/{number}.html", updated or published


def _written(root: str, entry: str, pages: Iterable[tuple[str, datetime | None]]) -> Rendered:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="{_NAMESPACE}">']
    for path, changed in pages:
        when = f"<lastmod>{timezone.localtime(changed):%Y-%m-%d}</lastmod>" if changed else ""
        lines.append(f"<{entry}><loc>{escape(permalink(path))}</loc>{when}</{entry}>")
    lines.append(f"</{root}>\n")
    return Rendered("\n".join(lines).encode(), _XML)
