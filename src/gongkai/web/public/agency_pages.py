"""The pages of one agency: its home, its columns, its statutory items with their lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from gongkai.core.catalogue import StatutoryItem, duty_of, statutory_items
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import Publication
from gongkai.web.registers.models import PowerEntry, StandardEntry

from . import links, shelf
from .listing import SHOWN, Listing
from .rendered import Rendered
from .shell import About, column_name, compose, has_columns
from .tree import (
    Tree,
    branch_paths,
    rules_listing,
    statutory_listing,
    statutory_of_agency,
    tree_of,
)

_NEWEST = 8


@dataclass(frozen=True)
class AgencySite:
    """One agency with what all its pages need, asked for once."""

    agency: Agency

    @cached_property
    def tree(self) -> Tree:
        """Its columns."""
        return tree_of(self.agency)

    @cached_property
    def registers(self) -> dict[str, Any]:
        """Which of the registers that have a page it keeps."""
        kept = Agency.objects.filter(pk=self.agency.pk).values_list(
            Exists(StandardEntry.objects.filter(agency=OuterRef("pk"))),
            Exists(PowerEntry.objects.filter(agency=OuterRef("pk"))),
        )
        return dict(zip(("has_standards", "has_powers"), kept.get(), strict=True))

    def page(self, path: str, template: str, **content: Any) -> Rendered:
        """A page of this agency with its columns beside it."""
        heir = self.agency.succeeded_by if self.agency.ended_on else None
        return compose(
            path,
            template,
            agency=self.agency,
            tree=self.tree,
            **self.registers,
            heir=heir,
            heir_path=links.agency_home(heir.slug) if heir else "",
            here=path,
            **content,
        )


def home(path: str, agency: Agency) -> Rendered:
    """What the agency is, what is new, its columns, the bodies below it."""
    site = AgencySite(agency)
    newest = (
        Publication.objects.filter(agency=agency).only(*SHOWN).select_related("agency")[:_NEWEST]
    )
    above = _above(agency)
    below = Agency.objects.active().filter(parent=agency)
    return site.page(
        path,
        "agency.html",
        title=agency.name,
        crumbs=[(agency.short_name, None)],
        about=About(
            column=agency.name,
            column_type="政府信息公开",
            description=f"{agency.name}政府信息公开：指南、制度、法定主动公开内容、年报和依申请公开",
            keywords=(agency.short_name, "政府信息公开"),
        ),
        feed=links.feed_in(links.agency_folder(agency.slug)),
        newest=list(newest),
        officers=list(agency.officers.all()),
        past_names=list(agency.past_names.all()),
        below=[(a, links.agency_home(a.slug)) for a in below],
        above=above,
        above_path=links.agency_home(above.slug) if above else "",
    )


def statutory(path: str, agency: Agency) -> Rendered | None:
    """法定主动公开内容: every item of the agency, with how much it holds and since when."""
    site = AgencySite(agency)
    if not site.tree.branches:
        return None
    return site.page(
        path,
        "agency_statutory.html",
        title=f"法定主动公开内容_{agency.name}",
        crumbs=_crumbs(agency, column_name("statutory")),
        column="statutory",
        about=_about(agency, "statutory"),
        leaves=[leaf for branch in site.tree.branches for leaf in branch.below],
    )


def statutory_item_page(
    path: str, agency: Agency, item: StatutoryItem, number: int | None
) -> Rendered | None:
    """A statutory item of the agency: its first page, or an older one."""
    site = AgencySite(agency)
    leaf = site.tree.item(item.code)
    if leaf is None:
        return None
    listing = statutory_listing(agency, item.code)
    shown = shelf.page_of(listing, number)
    if shown is None:
        return None
    name = f"{item.label}_{agency.name}"
    about = About(
        column=item.label,
        column_type=column_name("statutory"),
        description=f"{agency.name}主动公开的{item.text}",
        keywords=item.label.split("、"),
    )
    common: dict[str, Any] = {
        "title": shelf.title(name, shown),
        "crumbs": _crumbs(agency, item.label),
        "column": "statutory",
        "about": about,
        "shelf": shown,
        "item": item,
        "heading": item.label,
        "kicker": f"{agency.short_name}　法定主动公开内容　{item.place}",
        "would_be": item.text,
    }
    if number is not None:
        return compose(path, "archive.html", agency=agency, **common)
    return site.page(
        path,
        "agency_column.html",
        feed=links.feed_in(listing.folder),
        newest_on=leaf.newest,
        officers=list(agency.officers.all()) if item.code == "20-2" else [],
        search_in={"agency": agency.slug, "column": item.code},
        years=listing.years(),
        **common,
    )


def rules(path: str, agency: Agency, number: int | None) -> Rendered | None:
    """政府信息公开制度 of the agency."""
    listing = rules_listing(agency)
    shown = shelf.page_of(listing, number)
    if shown is None or not has_columns(agency):
        return None
    name = column_name("rules")
    common: dict[str, Any] = {
        "title": shelf.title(f"{name}_{agency.name}", shown),
        "crumbs": _crumbs(agency, name),
        "column": "rules",
        "about": _about(agency, "rules"),
        "shelf": shown,
        "heading": name,
        "kicker": agency.short_name,
        "would_be": "政府信息公开工作的制度",
    }
    if number is not None:
        return compose(path, "archive.html", agency=agency, **common)
    site = AgencySite(agency)
    return site.page(
        path,
        "agency_column.html",
        feed=links.feed_in(listing.folder),
        newest_on=next((b.newest for b in site.tree.branches if b.path == path), None),
        search_in={"agency": agency.slug, "column": "rules"},
        years=listing.years(),
        **common,
    )


def columned(agency: Agency) -> Iterator[str]:
    """The pages of an agency that show its columns: they change with each of its items."""
    yield links.agency_home(agency.slug)
    yield from branch_paths(tree_of(agency))
    yield links.standards_of(agency.slug)
    yield links.powers_of(agency.slug)


def listings(agency: Agency) -> Iterator[Listing]:
    """Every list of an agency."""
    held = set(
        Publication.objects.filter(agency=agency, column="statutory")
        .order_by()
        .values_list("statutory", flat=True)
        .distinct()
    )
    for item in statutory_of_agency(agency, held):
        yield statutory_listing(agency, item.code)
    if has_columns(agency):
        yield rules_listing(agency)


def known_item(code: str) -> StatutoryItem | None:
    """The statutory item with this code; None where the Regulation has none."""
    return next((item for item in statutory_items() if item.code == code), None)


def column_files(agency: Agency, column: str) -> list[Publication]:
    """What an agency published in a column that is a page of its own (指南, 依申请公开)."""
    found = Publication.objects.filter(Q(agency=agency, column=column))
    return list(found.only(*SHOWN).select_related("agency")[:50])


def _above(agency: Agency) -> Agency | None:
    """Who publishes for a body that has no columns of its own."""
    return None if duty_of(agency.kind).own_columns else agency.parent


def _crumbs(agency: Agency, name: str) -> list[tuple[str, str | None]]:
    return [(agency.short_name, links.agency_home(agency.slug)), (name, None)]


def _about(agency: Agency, column: str) -> About:
    name = column_name(column)
    return About(
        column=name,
        column_type=name,
        description=f"{agency.name}{name}",
        keywords=(name, agency.short_name),
    )
