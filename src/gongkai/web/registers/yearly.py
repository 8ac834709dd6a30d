"""What one year's decisions and fees add up to (art. 20 (5)(6)(8)): a blank is no zero.

An agency enters each matter; of a matter that was not counted nothing is known, and no sum
hides that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .models import CountKind, YearlyCount

UNKNOWN = "没有统计"


@dataclass(frozen=True, slots=True)
class Counted:
    """A matter's number in a year; None where it was not counted."""

    matter: str
    value: int | Decimal | None
    text: str
    line: YearlyCount


@dataclass(frozen=True, slots=True)
class KindSum:
    """All matters of a kind in a year and their sum."""

    kind: CountKind
    matters: tuple[Counted, ...]

    @property
    def total(self) -> int | Decimal | None:
        """The sum of what was counted; None where nothing was."""
        known = [one.value for one in self.matters if one.value is not None]
        return sum(known) if known else None

    @property
    def unknown(self) -> int:
        """How many matters were not counted."""
        return sum(one.value is None for one in self.matters)

    @property
    def text(self) -> str:
        """The sum as it is printed."""
        return in_words(self.kind, self.total)

    @property
    def missing(self) -> str:
        """What the sum lacks, in words; empty where it lacks nothing."""
        if not self.unknown or self.total is None:
            return ""
        return f"另有 {self.unknown} 项没有统计"


def unit_of(kind: CountKind) -> str:
    """What a kind is counted in."""
    return "元" if kind is CountKind.FEE else "件"


def in_words(kind: CountKind, value: int | Decimal | None) -> str:
    """A number as it is printed: zero as 0, a blank in words."""
    if value is None:
        return UNKNOWN
    return f"{value:,.2f} 元" if kind is CountKind.FEE else f"{value:,} 件"


def sums(lines: Iterable[YearlyCount]) -> list[KindSum]:
    """The lines of one year by kind, in the order of the report's form."""
    found: dict[CountKind, list[Counted]] = {}
    for line in lines:
        kind = CountKind(line.kind)
        value = line.amount_yuan if kind is CountKind.FEE else line.count
        found.setdefault(kind, []).append(Counted(line.matter, value, in_words(kind, value), line))
    return [KindSum(kind, tuple(found[kind])) for kind in CountKind if kind in found]
