"""Where everything is: all agencies, their guides and offices, the sitemap, 无障碍说明."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.core.catalogue import columns, statutory_items
from gongkai.web.agencies.models import Agency

from . import links
from .region_pages import about_page
from .rendered import Rendered
from .shell import column_name, column_path, compose, has_columns
from .tree import region_statutory, theme_listing
from .words import theme_ids, theme_label


def collection(path: str, column: str) -> Rendered:
    """The guides of all agencies, or whom to ask: one line for each agency."""
    name = column_name(column)
    agencies = [a for a in Agency.objects.active() if has_columns(a)]
    page = links.guide_of if column == "guide" else links.request_of
    return compose(
        path,
        f"region_{column}.html",
        title=name,
        crumbs=[(name, None)],
        column=column,
        about=about_page(name, f"各机关{name}"),
        agencies=[(agency, page(agency.slug)) for agency in agencies],
    )


def agencies(path: str) -> Rendered:
    """Every agency's platform, in the order of the tree; ended ones apart."""
    found = list(Agency.objects.select_related("succeeded_by"))
    return compose(
        path,
        "links.html",
        title="各机关政府信息公开平台",
        crumbs=[("各机关政府信息公开平台", None)],
        about=about_page("各机关政府信息公开平台", "各机关政府信息公开平台链接"),
        tree=_nested([a for a in found if a.ended_on is None]),
        ended=[(a, links.agency_home(a.slug)) for a in found if a.ended_on is not None],
    )


def sitemap(path: str) -> Rendered:
    """网站地图: every page that is not one of a list or one item."""
    return compose(
        path,
        "sitemap.html",
        title="网站地图",
        crumbs=[("网站地图", None)],
        about=about_page("网站地图", "政府信息公开平台全部栏目"),
        agencies=[
            (agency, links.agency_home(agency.slug), _columns(agency))
            for agency in Agency.objects.active()
        ],
        statutory=[(item.heading, region_statutory(item.code).index) for item in statutory_items()],
        themes=[(theme_label(code), theme_listing(code).index) for code in theme_ids()],
    )


def accessibility(path: str) -> Rendered:
    """无障碍说明."""
    return compose(
        path,
        "accessibility.html",
        title="无障碍说明",
        crumbs=[("无障碍说明", None)],
        about=about_page("无障碍说明", "本平台的无障碍功能"),
    )


def _nested(agencies: list[Agency]) -> list[tuple[Agency, str, int]]:
    """The agencies in the order of the tree, each with its depth."""
    by_parent: dict[int | None, list[Agency]] = {}
    known = {agency.pk for agency in agencies}
    for agency in agencies:
        parent = agency.parent_id if agency.parent_id in known else None
        by_parent.setdefault(parent, []).append(agency)

    def below(parent: int | None, depth: int) -> Iterator[tuple[Agency, str, int]]:
        for agency in by_parent.get(parent, []):
            yield agency, links.agency_home(agency.slug), depth
            yield from below(agency.pk, depth + 1)

    return list(below(None, 0))


def _columns(agency: Agency) -> list[tuple[str, str]]:
    if not has_columns(agency):
        return []
    return [(column.name, column_path(column.id, agency.slug)) for column in columns()]
