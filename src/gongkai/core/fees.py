"""The handling fee (信息处理费): by item or by page, progressive by band, with its working.

Regulation art. 42 and the measures of 2020 (国办函〔2020〕109号).  By item: the k-th
request that one person made in a natural month has the price of its band.  By page:
the pages supplied for one request.  The agency chooses one of the two for each
request, never both, and may choose neither.

Money is Decimal yuan.  Whether to charge is not decided here, nor who is the same
requester; that is told by identity number, not by name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from .law import cite

_FILE = "fees.toml"
_NOTHING = Decimal(0)


class FeeMethod(StrEnum):
    """按件计收, 按量计收."""

    BY_ITEM = "by_item"
    BY_PAGE = "by_page"

    @property
    def label(self) -> str:
        return fee_schedule(self).label


@dataclass(frozen=True)
class FeeBand:
    """One band: from ``first`` to ``last`` (None: without end), ``yuan`` each.

    With ``step`` the price rises by ``rise`` every ``step`` pieces.
    """

    first: int
    last: int | None
    yuan: Decimal
    basis: str
    step: int = 0
    rise: Decimal = _NOTHING

    def price(self, k: int) -> Decimal:
        """What the ``k``\\ th costs, which must be of this band."""
        return self.yuan + self.rise * ((k - self.first) // self.step) if self.step else self.yuan

    def runs(self, first: int, last: int) -> Iterator[tuple[int, int, Decimal]]:
        """Stretches of one price among the pieces from ``first`` to ``last``."""
        start = max(first, self.first)
        end = last if self.last is None else min(last, self.last)
        while start <= end:
            stop = end
            if self.step:
                stop = min(end, start + self.step - 1 - (start - self.first) % self.step)
            yield start, stop, self.price(start)
            start = stop + 1


@dataclass(frozen=True)
class FeeSchedule:
    """One way to charge, with its bands; ``notes`` say what of it is not verified."""

    method: FeeMethod
    label: str
    counts: str
    base: str
    basis: str
    bands: tuple[FeeBand, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class FeeLine:
    """One line of the working: the pieces from ``first`` to ``last`` at one price."""

    first: int
    last: int
    price_yuan: Decimal
    basis: str
    counts: str

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def sum_yuan(self) -> Decimal:
        return self.price_yuan * self.count

    def __str__(self) -> str:
        """第 11—30 件：20 件 × 100 元 = 2000 元."""
        pieces = f"{self.first}" if self.count == 1 else f"{self.first}—{self.last}"
        if not self.price_yuan:
            return f"第 {pieces} {self.counts}：{self.count} {self.counts}，不收费"
        return (
            f"第 {pieces} {self.counts}：{self.count} {self.counts} × {self.price_yuan} 元"
            f" = {self.sum_yuan} 元"
        )


@dataclass(frozen=True)
class Fee:
    """A sum with its working.  ``already`` were counted in the month before these pieces."""

    schedule: FeeSchedule
    count: int
    already: int
    lines: tuple[FeeLine, ...]

    @property
    def sum_yuan(self) -> Decimal:
        return sum((line.sum_yuan for line in self.lines), _NOTHING)

    @property
    def working(self) -> tuple[str, ...]:
        """The working, line by line, with the basis of each line, and the sum last."""
        told = [f"{line}（{cite(line.basis)}）" for line in self.lines]
        return (*told, f"合计 {self.sum_yuan} 元")

    @property
    def notes(self) -> tuple[str, ...]:
        return self.schedule.notes


def fee_by_item(items: int, already: int = 0) -> Fee:
    """What ``items`` requests cost that follow ``already`` of the same person in the month."""
    return _fee(FeeMethod.BY_ITEM, items, already)


def fee_by_page(pages: int) -> Fee:
    """What ``pages`` supplied for one request cost."""
    return _fee(FeeMethod.BY_PAGE, pages, 0)


def already_in_month(earlier: Iterable[date], received_on: date) -> int:
    """How many of ``earlier`` count before a request received on a day.

    ``earlier`` are the days of receipt of the same person's requests that were
    registered before it; only those of the same natural month count.
    """
    month = (received_on.year, received_on.month)
    return sum((day.year, day.month) == month for day in earlier)


def fee_schedule(method: FeeMethod | str) -> FeeSchedule:
    """The bands and notes of one method."""
    return _schedules()[FeeMethod(method)]


def _fee(method: FeeMethod, count: int, already: int) -> Fee:
    if count < 0 or already < 0:
        raise ValueError("a fee is not reckoned for fewer than nothing")
    schedule = fee_schedule(method)
    lines = tuple(
        FeeLine(start, end, price, band.basis, schedule.counts)
        for band in schedule.bands
        for start, end, price in band.runs(already + 1, already + count)
    )
    return Fee(schedule, count, already, lines)


@lru_cache(maxsize=1)
def _schedules() -> Mapping[FeeMethod, FeeSchedule]:
    data = tomllib.loads((files("gongkai.core") / _FILE).read_text(encoding="utf-8"))
    return {
        method: FeeSchedule(
            method=method,
            label=data[method]["label"],
            counts=data[method]["counts"],
            base=data[method]["base"],
            basis=data[method]["basis"],
            bands=tuple(_bands(data[method]["bands"])),
            notes=tuple(n["text"] for n in data["note"] if n["method"] == method),
        )
        for method in FeeMethod
    }


def _bands(data: list[Mapping[str, Any]]) -> Iterator[FeeBand]:
    first = 1
    for band in data:
        last = band.get("up_to")
        yield FeeBand(
            first=first,
            last=last,
            yuan=Decimal(band["yuan"]),
            basis=band["basis"],
            step=band.get("step", 0),
            rise=Decimal(band.get("rise", 0)),
        )
        first = (last or 0) + 1
