"""Kinds of agencies, and the columns that each must have, in their order.

The first four columns have names and an order that nobody may change (国办公开办函
〔2019〕61号); the entry for requests follows.  Which statutory items an agency has
is decided by articles 20 and 21.  A community is no administrative organ: it has
no column of its own and what it holds is published by its street or township
(arts. 2, 10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from .load import Data, by_name, entry, made, read_data
from .statutory import StatutoryItem, statutory_items

_FILE = "agency_kinds.toml"


class AgencyKind(StrEnum):
    """What an agency is, for articles 10, 20 and 21."""

    GOVERNMENT = "government"
    DEPARTMENT = "department"
    STREET = "street"
    TOWNSHIP = "township"
    DISPATCHED_BODY = "dispatched_body"
    COMMUNITY = "community"

    @property
    def label(self) -> str:
        return duty_of(self).label


@dataclass(frozen=True)
class Column:
    """One column (栏目).

    ``fixed``: name and place may not be changed.  ``verified`` is false where
    the instrument that fixes them was not read in full.  ``items`` are the
    statutory items of the column ``statutory``, for one kind of agency.
    """

    id: str
    name: str
    short: str
    fixed: bool
    verified: bool
    basis: tuple[str, ...]
    items: tuple[StatutoryItem, ...] = ()


@dataclass(frozen=True)
class Duty:
    """What the Regulation asks of a kind of agency.

    ``note`` says how the articles were read, ``verified`` whether they say so in
    as many words.
    """

    kind: AgencyKind
    label: str
    articles: tuple[str, ...]
    basis: tuple[str, ...]
    verified: bool
    note: str

    @property
    def items(self) -> tuple[StatutoryItem, ...]:
        """Its statutory items, in the Regulation's order."""
        return tuple(
            item
            for item in statutory_items()
            if item.code in self.articles or str(item.article) in self.articles
        )

    @property
    def own_columns(self) -> bool:
        """Whether it publishes in columns of its own, or through the body above it."""
        return bool(self.articles)


def columns() -> tuple[Column, ...]:
    """Every column there is by rule, in its order, without statutory items."""
    return tuple(_columns().values())


def columns_for(kind: AgencyKind | str) -> tuple[Column, ...]:
    """The columns of an agency of ``kind``, in their order; none for a community."""
    duty = duty_of(kind)
    if not duty.own_columns:
        return ()
    return tuple(
        replace(column, items=duty.items) if column.id == "statutory" else column
        for column in columns()
    )


def duty_of(kind: AgencyKind | str) -> Duty:
    """What the Regulation asks of an agency of ``kind``; CatalogueError for no kind of ours."""
    return entry(_FILE, _duties(), str(kind))


@lru_cache(maxsize=1)
def _columns() -> Mapping[str, Column]:
    return by_name(_FILE, made(_FILE, read_data(_FILE)["column"], _column), lambda c: c.id)


@lru_cache(maxsize=1)
def _duties() -> Mapping[str, Duty]:
    return by_name(_FILE, made(_FILE, read_data(_FILE)["kind"], _duty), lambda d: d.kind)


def _column(data: Data) -> Column:
    return Column(
        id=data["id"],
        name=data["name"],
        short=data["short"],
        fixed=data["fixed"],
        verified=data["verified"],
        basis=tuple(data["basis"]),
    )


def _duty(data: Data) -> Duty:
    return Duty(
        kind=AgencyKind(data["id"]),
        label=data["label"],
        articles=tuple(data["articles"]),
        basis=tuple(data["basis"]),
        verified=data["verified"],
        note=data["note"],
    )
