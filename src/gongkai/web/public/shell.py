"""What every public page has round its own content: head, marks, columns, place, foot.

The names and the order of the columns are those of 国办公开办函〔2019〕61号; the meta tags
those of 国办发〔2017〕47号, each spelled as there and only where there is something to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import loader
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from gongkai.core.catalogue import columns, duty_of
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import SiteSettings

from . import links
from .host import host_site
from .rendered import Rendered

PLATFORM = "政府信息公开"
# A place in the line 当前位置: what it is called and its address; None for the page itself.
Crumb = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the columns in the head of a page."""

    label: str
    path: str
    current: str


@dataclass(frozen=True, slots=True)
class About:
    """What a page tells of itself in its meta tags, by the groups of the guideline."""

    column: str = ""
    column_type: str = ""
    description: str = ""
    keywords: Sequence[str] = ()
    article: Sequence[tuple[str, str]] = ()

    def tags(self, site: SiteSettings) -> list[tuple[str, str]]:
        """(name, content) of every tag that has something to say."""
        return [
            (name, content)
            for name, content in (
                ("SiteName", site.site_name),
                ("SiteDomain", site.site_domain),
                ("SiteIDCode", site.site_id_code),
                ("ColumnName", self.column),
                ("ColumnDescription", self.description),
                ("ColumnKeywords", ",".join(self.keywords)),
                ("ColumnType", self.column_type),
                *self.article,
            )
            if content
        ]


def compose(
    path: str,
    template: str,
    *,
    title: str,
    crumbs: Sequence[Crumb] = (),
    agency: Agency | None = None,
    column: str = "",
    about: About | None = None,
    status: int = 200,
    modified: datetime | None = None,
    feed: str = "",
    **content: Any,
) -> Rendered:
    """The page at ``path``.

    ``agency``: whose platform the head names; ``column``: the id of the column it belongs to;
    ``feed``: the address of its feed.
    """
    around = surroundings(
        path, title=title, crumbs=crumbs, agency=agency, column=column, about=about, feed=feed
    )
    body = loader.get_template(f"public/{template}").render({**content, **around})
    return Rendered(body.encode(), status=status, modified=modified)


def surroundings(
    path: str,
    *,
    title: str,
    crumbs: Sequence[Crumb] = (),
    agency: Agency | None = None,
    column: str = "",
    about: About | None = None,
    feed: str = "",
) -> dict[str, Any]:
    """What ``public/base.html`` wants to know of the page at ``path``."""
    site = SiteSettings.current()
    owner = agency if agency is not None and has_columns(agency) else None
    return {
        "path": path,
        "site": site,
        "host": host_site(),
        "title": "_".join(filter(None, (title, PLATFORM, site.site_name))),
        "home": links.agency_home(agency.slug) if agency else links.HOME,
        "whose": agency.name if agency else site.region_name,
        "agency": agency,
        "agency_path": links.agency_home(agency.slug) if agency else links.HOME,
        "request_path": links.request_of(owner.slug) if owner else links.REQUEST,
        "standards_path": links.standards_of(agency.slug) if agency else "",
        "powers_path": links.powers_of(agency.slug) if agency else "",
        "tabs": tabs(path, owner.slug if owner else "", column),
        "crumbs": _crumbs(path, site, crumbs),
        "meta": _meta((about or About()).tags(site)),
        "feed": feed,
        "atom": feed.replace(links.FEED, links.ATOM),
        "permalink": permalink(path),
    }


def permalink(path: str) -> str:
    """The whole address of a page, as it can be sent to somebody."""
    return f"{settings.ORIGIN}{settings.MOUNT}{links.relative(links.HOME, path)}"


def has_columns(agency: Agency) -> bool:
    """Whether the Regulation asks columns of it; a community publishes through its street."""
    return duty_of(agency.kind).own_columns


def column_path(column: str, slug: str = "") -> str:
    """The page of a column of an agency, or of all agencies."""
    if not slug:
        return _REGION[column]
    return {
        "guide": links.guide_of(slug),
        "rules": links.index_of(links.rules_folder(slug)),
        "statutory": links.statutory_of(slug),
        "annual_report": links.annual_of(slug),
        "request": links.request_of(slug),
    }[column]


def column_name(column: str) -> str:
    """The name of a column; the platform's for what belongs to none."""
    return _names().get(column, PLATFORM)


def tabs(path: str, slug: str, current: str) -> list[Tab]:
    """The columns for the head of a page, the current one marked."""
    found = []
    for column in columns():
        target = column_path(column.id, slug)
        mark = "page" if target == path else "true" if column.id == current else ""
        found.append(Tab(column.name, target, mark))
    return found


_REGION = {
    "guide": links.GUIDES,
    "rules": links.index_of(links.RULES),
    "statutory": links.STATUTORY,
    "annual_report": links.ANNUAL,
    "request": links.REQUEST,
}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {column.id: column.name for column in columns()}


def _crumbs(path: str, site: SiteSettings, crumbs: Sequence[Crumb]) -> list[Crumb]:
    found: list[Crumb] = [("首页", site.host_home)] if site.host_home else []
    if path != links.HOME:
        found.append((PLATFORM, links.relative(path, links.HOME)))
    found += [(label, links.relative(path, to) if to else None) for label, to in crumbs]
    return found


def _meta(tags: list[tuple[str, str]]) -> SafeString:
    return format_html_join("\n", '<meta name="{}" content="{}">', tags)
