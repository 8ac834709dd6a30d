"""Feeds (RSS 2.0 and Atom) of what is new: in the region, an agency, a column, a search.

A feed stands beside the page whose list it follows.  Those of pages are baked like pages; that
of a search is made when it is asked for, from the same address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.views.decorators.http import require_safe

from gongkai.web.agencies.models import RESERVED_SLUGS, Agency
from gongkai.web.policies import public
from gongkai.web.publication.models import Change, Publication, SiteSettings, Validity
from gongkai.web.publication.search import Order, find

from . import documents, links
from .excerpts import plain
from .question import read_question
from .rendered import Rendered
from .responses import respond
from .shell import PLATFORM, column_name, has_columns, permalink
from .tree import tree_of
from .words import place_label, statutory_labels, theme_ids, theme_label

# As many as a reader that comes once a day could miss.
_NEWEST = 30
_SUMMARY = 200
# The columns with lists of their own, by their folder.
_COLUMNS = {"rules/": "rules", "annual/": "annual_report"}
_PLAIN = "text/plain; charset=utf-8"
_PATH = re.compile(r"(?P<folder>(?:[^/]+/)*)(?P<form>feed|atom)\.xml")
# What cannot be said in XML.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# The Regulation first came into force: nothing was published under it before.
_BEGINNING = datetime(2008, 5, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed follows: its name, the page it stands beside, which publications."""

    name: str
    page: str
    which: Q


class _Rss(Rss201rev2Feed):
    def latest_post_date(self) -> datetime:
        """Not now, where there is nothing: a feed changes only with what it tells."""
        return super().latest_post_date() if self.items else _BEGINNING


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """As above."""
        return super().latest_post_date() if self.items else _BEGINNING


_FORMS: dict[str, type[SyndicationFeed]] = {"feed": _Rss, "atom": _Atom}
_TYPES = {
    form: f"application/{name}+xml; charset=utf-8"
    for form, name in (("feed", "rss"), ("atom", "atom"))
}


def paths() -> Iterator[str]:
    """Every feed that there is now, but for those of searches."""
    folders = ["", *_COLUMNS]
    folders += [links.statutory_folder(code) for code in statutory_labels()]
    folders += [links.theme_folder(theme) for theme in theme_ids()]
    folders += [listing.folder for listing in documents.listings()]
    for agency in Agency.objects.all():
        folders += _folders_of(agency)
    for folder in folders:
        yield from _both(folder)


def render(path: str) -> Rendered | None:
    """The feed at ``path``; None where there is none."""
    found = _PATH.fullmatch(path)
    channel = channel_of(found["folder"]) if found else None
    if found is None or channel is None:
        return None
    items = (
        Publication.objects.filter(channel.which)
        .select_related("agency")
        .defer("text")
        .order_by("-order_key")[:_NEWEST]
    )
    return written(found["form"], channel.name, permalink(channel.page), permalink(path), items)


def touched(change: Change) -> set[str]:
    """Every feed that tells of the item, or names the agency."""
    if change.scope:
        told = ("name", "short_name", "slug")
        same = change.scope != "site" and all(
            change.before.get(fact) == change.after.get(fact) for fact in told
        )
        return set() if same else set(paths())
    folders: set[str] = set()
    for standing in (change.before, change.after):
        if not standing:
            continue
        slug = Agency.objects.values_list("slug", flat=True).get(pk=standing["agency"])
        folders |= {"", links.agency_folder(slug)}
        columns = [f for f, column in _COLUMNS.items() if column == standing["column"]]
        if standing["statutory"]:
            columns.append(links.statutory_folder(standing["statutory"]))
        for folder in columns:
            folders |= {folder, f"{slug}/{folder}"}
        if standing["theme"]:
            folders.add(links.theme_folder(standing["theme"]))
        if standing["kind"] == "normative_document":
            # Its validity may have changed, and the year may be gone with it.
            folders.update(listing.folder for listing in documents.listings())
            folders.add(links.documents_folder(str(standing["year"])))
    return {path for folder in folders for path in _both(folder)}


def channel_of(folder: str) -> Channel | None:
    """What the feed in a folder follows; None where no such list is kept."""
    first, _, rest = folder.partition("/")
    if not folder:
        return Channel(f"{PLATFORM}：最新", links.HOME, Q())
    page = links.index_of(folder)
    if first == "themes":
        theme = rest.removesuffix("/")
        named = theme in theme_ids()
        return Channel(theme_label(theme), page, Q(theme=theme)) if named else None
    if first == "documents":
        known = folder in {listing.folder for listing in documents.listings()}
        return _library(rest.removesuffix("/"), page) if known else None
    if first in RESERVED_SLUGS:
        return _column(folder, page)
    agency = Agency.objects.filter(slug=first).first()
    if agency is None or folder not in _folders_of(agency):
        return None
    if not rest:
        return Channel(f"{agency.name}：最新", page, Q(agency=agency))
    within = _column(rest, page)
    return (
        Channel(f"{agency.name}：{within.name}", page, Q(agency=agency) & within.which)
        if within
        else None
    )


def written(
    form: str, name: str, page: str, address: str, items: Iterable[Publication]
) -> Rendered:
    """A feed of ``items`` in a form (``feed`` or ``atom``), which stands at ``address``."""
    site = SiteSettings.current()
    owner = site.site_name or site.region_name
    feed = _FORMS[form](
        title=_sayable(f"{name}_{owner}"),
        link=page,
        description=_sayable(f"{name}，新的在前"),
        language="zh-CN",
        feed_url=address,
        author_name=owner,
        feed_guid=address,
    )
    for item in items:
        link = permalink(item.path)
        labels = (place_label(item.column, item.statutory), theme_label(item.theme))
        feed.add_item(
            title=_sayable(item.title),
            link=link,
            unique_id=link,
            unique_id_is_permalink=True,
            description=_sayable(_summary(item)),
            author_name=_sayable(item.issuer or item.agency.name),
            pubdate=timezone.localtime(item.published_at),
            updateddate=timezone.localtime(item.updated_at or item.published_at),
            categories=tuple(filter(None, labels)),
        )
    body = feed.writeString("utf-8")
    return Rendered(body.encode(), _TYPES[form], modified=feed.latest_post_date())


@public
@require_safe
def feed(request: HttpRequest, path: str) -> HttpResponseBase:
    """A feed of a page, from the application."""
    made = render(path)
    return respond(request, made or Rendered("没有这个订阅。".encode(), _PLAIN, status=404))


@public
@require_safe
def search_feed(request: HttpRequest, form: str) -> HttpResponseBase:
    """The newest hits of a search."""
    agencies = list(Agency.objects.all())
    question = read_question(request.GET, agencies)
    troubles = [*filter(None, [question.refusal]), *question.problems]
    if troubles:
        return respond(request, Rendered("\n".join(troubles).encode(), _PLAIN, status=400))
    filters = question.filters(agencies)
    hits = find(question.words, filters, Order.NEWEST, size=_NEWEST)
    asked = question.address(order="")
    name = f"查找：{question.query}" if question.query else "查找"
    return respond(
        request,
        written(
            form,
            name,
            f"{permalink(links.SEARCH)}?{asked}",
            f"{permalink(f'{links.SEARCH}/{form}.xml')}?{asked}",
            hits.rows,
        ),
    )


def _both(folder: str) -> tuple[str, str]:
    return links.feed_in(folder), f"{folder}atom.xml"


def _folders_of(agency: Agency) -> list[str]:
    """The folders of an agency that a page stands in with a feed."""
    slug = agency.slug
    folders = [links.agency_folder(slug)]
    if has_columns(agency):
        folders += [f"{slug}/{folder}" for folder in _COLUMNS]
    leaves = [leaf for branch in tree_of(agency).branches for leaf in branch.below]
    return folders + [leaf.path.removesuffix("index.html") for leaf in leaves]


def _column(folder: str, page: str) -> Channel | None:
    """A column over all agencies, or within one."""
    column = _COLUMNS.get(folder)
    if column:
        return Channel(column_name(column), page, Q(column=column))
    first, _, code = folder.removesuffix("/").partition("/")
    label = statutory_labels().get(code) if first == "statutory" else None
    return Channel(label, page, Q(column="statutory", statutory=code)) if label else None


def _library(part: str, page: str) -> Channel:
    """The library of normative documents: all, of a year, or of a validity as last declared."""
    documents_alone = Q(kind="normative_document")
    name = documents.NAME
    if not part:
        return Channel(name, page, documents_alone)
    if part.isdigit():
        return Channel(f"{name}：{part}年发布", page, documents_alone & Q(year=int(part)))
    label = Validity(part).label
    return Channel(f"{name}：{label}", page, documents_alone & Q(validity=part))


def _summary(item: Publication) -> str:
    said = " ".join(item.summary.split()) or plain(item.body_html)
    return said if len(said) <= _SUMMARY else f"{said[: _SUMMARY - 1]}…"


def _sayable(text: str) -> str:
    return _UNSAYABLE.sub("", text)
