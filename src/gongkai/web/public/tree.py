"""The columns of one agency, with how much each holds and since when.

All of them are there, the empty ones too: an agency that has nothing under an item says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from gongkai.core.catalogue import StatutoryItem, duty_of, statutory_items
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import Publication

from . import links
from .listing import Listing
from .shell import column_name, column_path, has_columns

_A_DAY = 10**9  # an order key is the day's ordinal times this, and the item's number


@dataclass(frozen=True, slots=True)
class Branch:
    """A column or a statutory item: its page, how many items, the day of the newest."""

    name: str
    path: str
    count: int | None = None
    newest: date | None = None
    item: StatutoryItem | None = None
    below: tuple[Branch, ...] = ()

    @property
    def shown_count(self) -> str:
        """The count as the tree prints it: 无 for nothing, no text where nothing is counted."""
        return "" if self.count is None else str(self.count) if self.count else "无"


@dataclass(frozen=True, slots=True)
class Tree:
    """The columns of an agency and the number of all its publications."""

    branches: tuple[Branch, ...]
    total: int
    newest: date | None

    def item(self, code: str) -> Branch | None:
        """The branch of a statutory item."""
        for branch in self.branches:
            for leaf in branch.below:
                if leaf.item is not None and leaf.item.code == code:
                    return leaf
        return None


def tree_of(agency: Agency) -> Tree:
    """The columns of ``agency`` as they stand now."""
    found = (
        Publication.objects.filter(agency=agency)
        .order_by()
        .values_list("column", "statutory")
        .annotate(count=Count("*"), newest=Max("order_key"))
    )
    held = {(column, code): (count, newest) for column, code, count, newest in found}
    slug = agency.slug
    items = statutory_of_agency(agency, {code for column, code in held if column == "statutory"})
    leaves = tuple(
        Branch(
            item.heading,
            links.index_of(links.statutory_folder(item.code, slug)),
            *_standing(held.get(("statutory", item.code))),
            item=item,
        )
        for item in items
    )
    statutory = Branch(
        column_name("statutory"),
        links.statutory_of(slug),
        sum(leaf.count or 0 for leaf in leaves),
        max((leaf.newest for leaf in leaves if leaf.newest), default=None),
        below=leaves,
    )
    total = sum(count for count, _ in held.values())
    newest = _standing((total, max((key for _, key in held.values()), default=0)))[1]
    if not has_columns(agency):
        return Tree((statutory,) if leaves else (), total, newest)
    branches = (
        Branch(column_name("guide"), links.guide_of(slug)),
        Branch(column_name("rules"), column_path("rules", slug), *_column(held, "rules")),
        statutory,
        Branch(
            column_name("annual_report"), links.annual_of(slug), *_column(held, "annual_report")
        ),
        Branch(column_name("request"), links.request_of(slug)),
    )
    return Tree(branches, total, newest)


def statutory_of_agency(agency: Agency, held: set[str]) -> tuple[StatutoryItem, ...]:
    """The statutory items the law asks of it, and any other under which it has published."""
    asked = {item.code for item in duty_of(agency.kind).items}
    return tuple(item for item in statutory_items() if item.code in asked | held)


def statutory_listing(agency: Agency, code: str) -> Listing:
    """What an agency published under a statutory item."""
    return Listing(
        links.statutory_folder(code, agency.slug),
        Q(agency=agency, column="statutory", statutory=code),
    )


def rules_listing(agency: Agency) -> Listing:
    """The rules (制度) of an agency."""
    return Listing(links.rules_folder(agency.slug), Q(agency=agency, column="rules"))


def region_statutory(code: str) -> Listing:
    """What all agencies published under a statutory item."""
    return Listing(links.statutory_folder(code), Q(column="statutory", statutory=code))


def region_rules() -> Listing:
    """The rules (制度) of all agencies."""
    return Listing(links.RULES, Q(column="rules"))


def theme_listing(theme: str) -> Listing:
    """What was published under a theme."""
    return Listing(links.theme_folder(theme), Q(theme=theme))


def day_of(order_key: int) -> date | None:
    """The day of release that an order key holds."""
    return date.fromordinal(order_key // _A_DAY) if order_key else None


def branch_paths(tree: Tree) -> Iterator[str]:
    """The page of every branch."""
    for branch in tree.branches:
        yield branch.path
        yield from (leaf.path for leaf in branch.below)


def _standing(found: tuple[int, int] | None) -> tuple[int, date | None]:
    return (found[0], day_of(found[1])) if found else (0, None)


def _column(held: dict[tuple[str, str], tuple[int, int]], column: str) -> tuple[int, date | None]:
    counts = [found for (name, _), found in held.items() if name == column]
    return _standing((sum(c for c, _ in counts), max(k for _, k in counts)) if counts else None)
