"""The disclosure class (公开属性) of a piece of information, and the grounds for it.

Disclosure is the rule (art. 5): a class other than 主动公开 needs a ground and a
reason, and what is withheld is looked at again (art. 18).  The ground is the
article; the reasons are the officer's own words.

Whether a case falls under a ground is for people to judge, not for this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ..law import cite
from .load import Data, by_name, entry, made, read_data

_FILE = "disclosure_class.toml"


class DisclosureClass(StrEnum):
    """主动公开, 依申请公开, 不予公开."""

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"

    @property
    def label(self) -> str:
        return _classes()[self].label

    @property
    def reason_needed(self) -> bool:
        """Whether a reason must be given beside the ground."""
        return _classes()[self].reason_needed

    @property
    def reassessed(self) -> bool:
        """Whether it must be looked at again from time to time (art. 18)."""
        return self is DisclosureClass.WITHHELD


class Strength(StrEnum):
    """How firmly a ground withholds.

    ABSOLUTE: must be withheld (art. 14).  BALANCED: unless the third party agrees
    or the public interest weighs more (art. 15).  DISCRETIONARY: may be (art. 16).
    """

    ABSOLUTE = "absolute"
    BALANCED = "balanced"
    DISCRETIONARY = "discretionary"


@dataclass(frozen=True)
class Ground:
    """One legal ground for one class: its short text, its article, what its reason must say."""

    id: str
    disclosure_class: DisclosureClass
    label: str
    text: str
    basis: str
    ask: str = ""
    strength: Strength | None = None

    @property
    def citation(self) -> str:
        return cite(self.basis)


@dataclass(frozen=True)
class _Class:
    id: DisclosureClass
    label: str
    reason_needed: bool
    basis: str


def grounds_for(disclosure_class: DisclosureClass | str) -> tuple[Ground, ...]:
    """The grounds that may be chosen for a class, the usual ones first."""
    wanted = DisclosureClass(disclosure_class)
    return tuple(g for g in _grounds().values() if g.disclosure_class is wanted)


def ground(wanted: str) -> Ground:
    """The ground called ``wanted``; CatalogueError where there is none."""
    return entry(_FILE, _grounds(), wanted)


@lru_cache(maxsize=1)
def _classes() -> Mapping[str, _Class]:
    return by_name(_FILE, made(_FILE, read_data(_FILE)["class"], _class), lambda c: c.id)


@lru_cache(maxsize=1)
def _grounds() -> Mapping[str, Ground]:
    return by_name(_FILE, made(_FILE, read_data(_FILE)["ground"], _ground), lambda g: g.id)


def _class(data: Data) -> _Class:
    return _Class(DisclosureClass(data["id"]), data["label"], data["reason_needed"], data["basis"])


def _ground(data: Data) -> Ground:
    strength = data.get("strength")
    return Ground(
        id=data["id"],
        disclosure_class=DisclosureClass(data["class"]),
        label=data["label"],
        text=data["text"],
        basis=data["basis"],
        ask=data.get("ask", ""),
        strength=Strength(strength) if strength else None,
    )
