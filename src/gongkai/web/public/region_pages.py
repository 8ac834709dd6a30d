"""The pages of the region: its home, its columns over all agencies, themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count

from gongkai.core.catalogue import StatutoryItem, statutory_items
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.publication.models import Publication, SiteSettings
from gongkai.web.publication.reports import report_year

from . import links, shelf
from .listing import SHOWN, Listing
from .rendered import Rendered
from .shell import PLATFORM, About, column_name, compose
from .tree import region_rules, region_statutory, theme_listing
from .words import theme_ids, theme_label

_NEWEST = 10
_READ_FOR_KEYWORDS = 200
_KEYWORDS = 4
_GROUPS = (
    ("政府及部门", (Kind.GOVERNMENT, Kind.DEPARTMENT, Kind.DISPATCHED_BODY)),
    ("街道、镇", (Kind.STREET, Kind.TOWNSHIP)),
)
Crumbs = list[tuple[str, str | None]]


def home(path: str) -> Rendered:
    """The region's home: search, what is new, agencies, statutory items, reports."""
    region = SiteSettings.current().region_name
    newest = Publication.objects.select_related("agency").only(*SHOWN)[:_NEWEST]
    counts = dict(Publication.objects.order_by().values_list("agency").annotate(count=Count("*")))
    return compose(
        path,
        "home.html",
        title=f"政府信息公开平台首页_{region}" if region != PLATFORM else "政府信息公开平台首页",
        crumbs=[(PLATFORM, None)],
        about=About(
            column=PLATFORM,
            column_type=PLATFORM,
            description="各行政机关法定主动公开内容、指南、制度、年报和依申请公开",
            keywords=(PLATFORM, region),
        ),
        feed=links.FEED,
        newest=list(newest),
        total=sum(counts.values()),
        keywords=_usual_keywords(),
        groups=_groups(counts),
        statutory=_statutory_counts(),
        reports=_newest_reports(),
    )


def statutory(path: str) -> Rendered:
    """法定主动公开内容 of all agencies, by item."""
    name = column_name("statutory")
    return compose(
        path,
        "region_statutory.html",
        title=name,
        crumbs=[(name, None)],
        column="statutory",
        about=about_page(name, "各机关按《政府信息公开条例》第二十条、第二十一条主动公开的内容"),
        statutory=_statutory_counts(),
    )


def statutory_item_page(path: str, item: StatutoryItem, number: int | None) -> Rendered | None:
    """A statutory item over all agencies."""
    parent = column_name("statutory")
    return _list_page(
        path,
        region_statutory(item.code),
        number,
        heading=item.label,
        kicker=f"全部机关　{parent}　{item.place}",
        crumbs=[(parent, links.STATUTORY), (item.label, None)],
        column="statutory",
        about=About(
            column=item.label,
            column_type=parent,
            description=f"各机关主动公开的{item.text}",
            keywords=item.label.split("、"),
        ),
        would_be=item.text,
        search_in={"column": item.code},
    )


def rules(path: str, number: int | None) -> Rendered | None:
    """政府信息公开制度 of all agencies."""
    name = column_name("rules")
    return _list_page(
        path,
        region_rules(),
        number,
        heading=name,
        kicker="全部机关",
        crumbs=[(name, None)],
        column="rules",
        about=about_page(name, "各机关政府信息公开工作制度"),
        would_be="政府信息公开工作的制度",
        search_in={"column": "rules"},
    )


def theme(path: str, code: str, number: int | None) -> Rendered | None:
    """What was published under one theme."""
    if code not in theme_ids():
        return None
    label = theme_label(code)
    return _list_page(
        path,
        theme_listing(code),
        number,
        heading=label,
        kicker="主题分类",
        crumbs=[("主题分类", links.THEMES), (label, None)],
        column="",
        about=About(
            column=label,
            column_type="主题分类",
            description=f"主题为{label}的政府信息",
            keywords=label.split("、"),
        ),
        would_be=f"主题为“{label}”的政府信息",
        search_in={"theme": code},
    )


def themes(path: str) -> Rendered:
    """Every theme, with how much there is."""
    counts = dict(
        Publication.objects.exclude(theme="")
        .order_by()
        .values_list("theme")
        .annotate(count=Count("*"))
    )
    return compose(
        path,
        "themes.html",
        title="主题分类",
        crumbs=[("主题分类", None)],
        about=about_page("主题分类", "按主题查政府信息"),
        themes=[
            (theme_label(code), theme_listing(code).index, counts.get(code, 0))
            for code in theme_ids()
        ],
    )


def listings() -> Iterator[Listing]:
    """Every list over all agencies, but for the library of documents."""
    for item in statutory_items():
        yield region_statutory(item.code)
    yield region_rules()
    for code in theme_ids():
        yield theme_listing(code)


def _list_page(
    path: str,
    listing: Listing,
    number: int | None,
    *,
    would_be: str,
    search_in: dict[str, str],
    **content: Any,
) -> Rendered | None:
    shown = shelf.page_of(listing, number)
    if shown is None:
        return None
    content |= {
        "title": shelf.title(content["heading"], shown),
        "shelf": shown,
        "by_agency": True,
    }
    if number is not None:
        return compose(path, "archive.html", **content)
    return compose(
        path,
        "region_column.html",
        feed=links.feed_in(listing.folder),
        would_be=would_be,
        search_in=search_in,
        years=listing.years(),
        **content,
    )


def about_page(name: str, description: str) -> About:
    """What a page of the region's own tells of itself."""
    return About(column=name, column_type=PLATFORM, description=description, keywords=(name,))


def _statutory_counts() -> list[tuple[StatutoryItem, str, int]]:
    counts = dict(
        Publication.objects.filter(column="statutory")
        .order_by()
        .values_list("statutory")
        .annotate(count=Count("*"))
    )
    return [
        (item, region_statutory(item.code).index, counts.get(item.code, 0))
        for item in statutory_items()
    ]


def _groups(counts: dict[int, int]) -> list[tuple[str, list[tuple[Agency, str, int]]]]:
    active = list(Agency.objects.active())
    groups = []
    for name, kinds in _GROUPS:
        members = [
            (agency, links.agency_home(agency.slug), counts.get(agency.pk, 0))
            for agency in active
            if agency.kind in kinds
        ]
        if members:
            groups.append((name, members))
    return groups


def _usual_keywords() -> list[str]:
    """The words that recent items are most often filed under."""
    recent = Publication.objects.values_list("keywords", flat=True)[:_READ_FOR_KEYWORDS]
    found = Counter(word for words in recent for word in words)
    return [word for word, _ in found.most_common(_KEYWORDS)]


def _newest_reports() -> dict[str, Any]:
    """The report of the government, and of how many agencies there is one, for the last year."""
    reports = list(
        Publication.objects.filter(column="annual_report")
        .select_related("agency")
        .only(*SHOWN, "agency__kind")
    )
    years = [year for report in reports if (year := report_year(report))]
    if not years:
        return {}
    year = max(years)
    of_year = [report for report in reports if report_year(report) == year]
    return {
        "year": year,
        "government": next((r for r in of_year if r.agency.kind == Kind.GOVERNMENT), None),
        "agencies": len({report.agency_id for report in of_year}),
    }
