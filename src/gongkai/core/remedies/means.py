"""What a requester may do against a reply, by its outcome and the day it was made.

Since 2024-01-01 what is withheld under articles 14 to 16, wholly or in part, goes to
reconsideration first (Reconsideration Law art. 23), and the reply has to say so;
since 2025-06-01 the courts do not hear some replies at all (法释〔2025〕8号 art. 10).
Here stand the facts of a remedy notice; its words are in :mod:`gongkai.core.letters`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from ..errors import HandlingError
from ..handling.load import Data, entry, made, read_data
from ..handling.outcomes import Outcome, Remedy, outcome_of
from ..handling.requirements import circumstance
from ..law import cite, instruments
from .limits import RemedyLimit, remedy_limit

_FILE = "means.toml"


class Part(StrEnum):
    """Which part of a reply the means is against."""

    WHOLE = "whole"
    WITHHELD = "withheld_part"
    DISCLOSED = "disclosed_part"

    @property
    def label(self) -> str:
        return _PARTS[self]


_PARTS = {Part.WHOLE: "全部", Part.WITHHELD: "不公开的部分", Part.DISCLOSED: "公开的部分"}


@dataclass(frozen=True)
class Means:
    """What may be done against one part of a reply.

    ``reconsideration`` and ``direct_suit`` are the limits, None where that way is not
    open (without a reconsideration first).  ``confirm`` is what a lawyer of the
    agency has to confirm before the notice goes out; "" where it is settled.
    """

    part: Part
    remedy: Remedy
    reconsideration: RemedyLimit | None
    direct_suit: RemedyLimit | None
    basis: tuple[str, ...]
    note: str
    confirm: str

    @property
    def citations(self) -> tuple[str, ...]:
        return tuple(cite(reference) for reference in self.basis)


@dataclass(frozen=True)
class _Period:
    start: date
    end: date
    keeps: frozenset[Remedy]
    instead: Remedy
    reconsideration: str
    note: str
    instead_note: str


def means(
    outcome: Outcome | str, decided_on: date, circumstances: Iterable[str] = ()
) -> tuple[Means, ...]:
    """What may be done against ``outcome`` decided on a day; none where nothing is told.

    A partial disclosure has two, the withheld part first.  ``circumstances`` are
    slugs of ``handling/requirements.toml`` (``earlier_reply_not_disclosed``).
    """
    rule = outcome_of(outcome)
    period = _period(decided_on)
    remedy = rule.remedy
    for slug in circumstances:
        remedy = rule.remedy_when.get(circumstance(slug).id, remedy)
    kept = remedy if remedy in period.keeps else period.instead
    if kept is Remedy.BY_PART:
        return (
            _means(Part.WITHHELD, Remedy.RECONSIDERATION_FIRST, period, rule.remedy_basis),
            _means(Part.DISCLOSED, Remedy.CHOICE, period),
        )
    if kept is Remedy.NONE:
        return ()
    if kept is rule.remedy:
        # What the table says of the remedy is said of the one that it names.
        return (_means(Part.WHOLE, kept, period, rule.remedy_basis, rule.remedy_note),)
    return (_means(Part.WHOLE, kept, period, note="" if kept is remedy else period.instead_note),)


def _means(
    part: Part, remedy: Remedy, period: _Period, basis: tuple[str, ...] = (), note: str = ""
) -> Means:
    way = entry(_FILE, _ways(), remedy.value)
    reconsideration = remedy_limit(period.reconsideration) if way["reconsideration"] else None
    direct_suit = remedy_limit("sue_directly") if way["direct_suit"] else None
    told = [limit.basis for limit in (reconsideration, direct_suit) if limit is not None]
    confirm = [way.get("confirm", ""), note if "未核实" in note else ""]
    return Means(
        part=part,
        remedy=remedy,
        reconsideration=reconsideration,
        direct_suit=direct_suit,
        basis=tuple(dict.fromkeys([*told, *_in_force([*way["basis"], *basis], period)])),
        note=period.note + note,
        confirm="".join(confirm),
    )


def _in_force(basis: Iterable[str], period: _Period) -> tuple[str, ...]:
    """References to instruments that were in force during the period."""
    held = instruments()
    return tuple(
        reference
        for reference in basis
        if held[reference.partition("#")[0]].in_force_from <= period.start
    )


def _period(day: date) -> _Period:
    for period in _periods().values():
        if period.start <= day <= period.end:
            return period
    raise HandlingError(f"{_FILE}: no period holds {day}")


@lru_cache(maxsize=1)
def _ways() -> Mapping[str, Data]:
    """How each remedy is told, as the file has it."""
    return made(_FILE, read_data(_FILE, __package__)["remedy"], lambda _, data: data)


@lru_cache(maxsize=1)
def _periods() -> Mapping[str, _Period]:
    return made(_FILE, read_data(_FILE, __package__)["period"], _make_period)


def _make_period(_name: str, data: Data) -> _Period:
    return _Period(
        start=data.get("from", date.min),
        end=data.get("until", date.max),
        keeps=frozenset(Remedy(k) for k in data["keeps"]),
        instead=Remedy(data["instead"]),
        reconsideration=data["reconsideration"],
        note=data.get("note", ""),
        instead_note=data.get("instead_note", ""),
    )
