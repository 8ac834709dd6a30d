"""The families of rules, in the order of the tabs: what each looks at, and its rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .columns import watch_columns
from .terms import Looked, Reach, Terms


@dataclass(frozen=True)
class Family:
    """Rules that are judged together.

    ``of_items``: what they find belongs to an item, and an incremental watch looks again only at
    the items that changed; otherwise at the agencies where something changed.
    """

    name: str
    label: str
    find: Callable[[Reach, Terms], Looked]
    rules: tuple[str, ...]
    of_items: bool = False


FAMILIES = (
    Family(
        "columns",
        "栏目更新",
        watch_columns,
        (
            "watch.column_stale",
            "watch.column_stale_by_default",
            "watch.column_due",
            "watch.column_blank",
            "watch.column_blank_promised",
            "watch.columns_stale_together",
            "watch.columns_stale_for_long",
            "watch.columns_blank_together",
        ),
    ),
)


@lru_cache(maxsize=1)
def family_of() -> dict[str, Family]:
    """The family of each rule."""
    return {rule: family for family in FAMILIES for rule in family.rules}
