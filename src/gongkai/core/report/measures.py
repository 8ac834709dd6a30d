"""Numbers taken from a report across editions, and the shares and rates between them.

The definitions are data (``measures.toml``).  A number is exact or it is not given: a cell that
was not read, that the edition does not have, or that is blank is told as such and never
becomes 0, and a share of nothing is none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ..forms import Form
from .cell import Cell, Number

# The cell of a report by its address; None where it was not read.
Cells = Callable[[str], Cell | None]
_TOTAL = "/total"


class Missing(StrEnum):
    """Why there is no number."""

    NO_FORM = "no_form"
    NO_CELL = "no_cell"
    UNREAD = "unread"
    BLANK = "blank"
    UNITS = "units"
    NOTHING = "nothing"
    MORE = "more"

    @property
    def label(self) -> str:
        return _WORDS[self]


_WORDS = {
    Missing.NO_FORM: "没有读出表格",
    Missing.NO_CELL: "这一版格式没有",
    Missing.UNREAD: "未读",
    Missing.BLANK: "空白",
    Missing.UNITS: "单位不一",
    Missing.NOTHING: "分母为 0",
    Missing.MORE: "分子大于分母",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A number out of a report.

    ``cells`` are those it is made of, ``unread`` and ``blank`` which of them were not read or
    hold no number.  ``value`` is None where ``missing`` says why; a sum is of all its cells or
    not given, and a blank beside numbers adds nothing, which ``blank`` tells.
    """

    value: Number | None
    text: str = ""
    missing: Missing | None = None
    cells: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    # Where it is not that of the form.
    unit: str | None = None


@dataclass(frozen=True)
class Measure:
    """A number that reports tell: one cell, or the sum of some."""

    id: str
    label: str
    unit: str
    patterns: tuple[str, ...]

    def cells(self, form: Form) -> tuple[str, ...]:
        """Its cells in ``form``; none where the form lacks one of them."""
        return _cells(self.patterns, form)

    def of(self, column: str) -> Measure:
        """The same of one kind of applicant."""
        patterns = (p.replace(_TOTAL, f"/{column}") for p in self.patterns)
        return replace(self, patterns=tuple(patterns))


@dataclass(frozen=True)
class Rate:
    """One number in relation to another; ``defined_in`` is empty where the way is our own."""

    id: str
    label: str
    definition: str
    numerator: Measure
    denominator: Measure
    basis: str
    defined_in: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """One number in relation to another, of one report or of a sum: exact, with both."""

    numerator: Taken
    denominator: Taken
    value: Fraction | None
    missing: Missing | None = None

    @property
    def percent(self) -> str:
        """``46.7%``, half rounded up; what is missing in words."""
        if self.value is None:
            return self.missing.label if self.missing else ""
        thousand = Decimal(self.value.numerator * 100) / Decimal(self.value.denominator)
        return f"{thousand.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


@lru_cache(maxsize=1)
def measures() -> Mapping[str, Measure]:
    """Every measure by its id, in the order of the data."""
    return {
        one["id"]: Measure(one["id"], one["label"], one["unit"], tuple(one["cells"]))
        for one in _data()["measure"]
    }


@lru_cache(maxsize=1)
def rates() -> Mapping[str, Rate]:
    """Every rate by its id, in the order of the data."""
    return {
        one["id"]: Rate(
            one["id"],
            one["label"],
            one["definition"],
            measures()[one["numerator"]],
            measures()[one["denominator"]],
            one["basis"],
            one.get("defined_in", ""),
        )
        for one in _data()["rate"]
    }


def take(measure: Measure, form: Form | None, cells: Cells) -> Taken:
    """What a report that fills ``form`` says of ``measure``."""
    if form is None:
        return Taken(None, missing=Missing.NO_FORM)
    own = measure.cells(form)
    if not own:
        return Taken(None, missing=Missing.NO_CELL)
    found = {address: cells(address) for address in own}
    unread = tuple(a for a, cell in found.items() if cell is None)
    blank = tuple(a for a, cell in found.items() if cell is not None and cell.value is None)
    if unread:
        return Taken(None, missing=Missing.UNREAD, cells=own, unread=unread, blank=blank)
    told = [cell for cell in found.values() if cell is not None]
    if len(blank) == len(own):
        text = told[0].text if len(told) == 1 else ""
        return Taken(None, text, Missing.BLANK, own, blank=blank)
    units = {_unit(cell, form, a) for a, cell in found.items() if cell is not None and cell.value}
    if len(units) > 1:
        return Taken(None, missing=Missing.UNITS, cells=own, blank=blank)
    value: Number = sum((cell.value for cell in told if cell.value is not None), 0)
    text = told[0].text if len(told) == 1 else _printed(value)
    return Taken(value, text, cells=own, blank=blank, unit=next(iter(units), None))


def add(parts: Sequence[Taken]) -> Taken:
    """The sum of what is known of ``parts``; whoever asks says which of them are missing."""
    known = [part for part in parts if part.value is not None]
    if not known:
        return Taken(None, missing=Missing.BLANK)
    units = {part.unit for part in known if part.value}
    if len(units) > 1:
        return Taken(None, missing=Missing.UNITS)
    value: Number = sum((part.value for part in known if part.value is not None), 0)
    return Taken(value, _printed(value), unit=next(iter(units), None))


def compute(rate: Rate, form: Form | None, cells: Cells) -> Share:
    """``rate`` of one report."""
    return share(take(rate.numerator, form, cells), take(rate.denominator, form, cells))


def share(numerator: Taken, denominator: Taken) -> Share:
    """The share of two numbers; none where one is missing or they make no share."""
    missing = denominator.missing or numerator.missing
    if missing is None:
        whole, part = Fraction(denominator.value or 0), Fraction(numerator.value or 0)
        if whole == 0:
            missing = Missing.NOTHING
        elif part > whole:
            missing = Missing.MORE
        else:
            return Share(numerator, denominator, part / whole)
    return Share(numerator, denominator, None, missing)


@lru_cache(maxsize=512)
def _cells(patterns: tuple[str, ...], form: Form) -> tuple[str, ...]:
    found: list[str] = []
    for pattern in patterns:
        row, _, column = pattern.rpartition("/")
        rows = (name for name in form.rows if name == row or name.startswith(f"{row}."))
        own = [a for name in rows if (a := f"{name}/{column}") in form.cells]
        if not own:
            return ()
        found += own
    return tuple(found)


def _unit(cell: Cell, form: Form, address: str) -> str | None:
    """The unit printed in a cell; None where it is that of the form."""
    return None if cell.unit == form.cells[address].unit else cell.unit


def _printed(value: Number) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _data() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "measures.toml").read_text(encoding="utf-8"))
