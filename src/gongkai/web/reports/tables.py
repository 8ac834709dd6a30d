"""The official tables as the compile screen shows them: headings, inputs, totals, marks.

Drawn from ``core.forms.layouts`` like every paper, so that screen and paper cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.core.forms import CellSpec, Layout, LayoutCell, layouts

from .checking import Found
from .figures import DOCUMENT, PARTS, same
from .filling import Filled
from .models import Way

_LOOKS = ("bad", "warn", "note")


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a finding in a cell, and how it looks."""

    number: int
    look: str


@dataclass(slots=True)
class Square:
    """One place of a table: a heading, a figure to type, or a total that is reckoned."""

    place: LayoutCell
    style: str = ""
    spec: CellSpec | None = None
    value: str = ""
    typed: bool = False
    total: bool = False
    beside: str = ""
    look: str = ""
    marks: list[Mark] = field(default_factory=list)
    wrong: str = ""
    unread: bool = False

    @property
    def zero(self) -> bool:
        return self.value == "0"

    @property
    def words(self) -> tuple[str, str]:
        """A heading in two parts between which it may break, as on the papers: 结果 维持."""
        text = self.place.text
        half = len(text) // 2 if len(text) == 4 and self.place.scope == "col" else len(text)
        return text[:half], text[half:]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row; ``head`` are the rows of its heading."""

    layout: Layout
    head: list[list[Square]]
    body: list[list[Square]]

    @property
    def slim(self) -> bool:
        return self.layout.columns <= 5

    @property
    def even(self) -> bool:
        return not self.slim and self.layout.head_rows == self.layout.rows - 1


def marks_of(found: Sequence[Found]) -> dict[str, list[Mark]]:
    """By cell, the findings that name it; those set aside leave no mark."""
    marks: dict[str, list[Mark]] = {}
    for one in found:
        if one.open:
            for cell in one.cells:
                marks.setdefault(cell, []).append(Mark(one.number, one.look))
    return marks


def look_of(marks: Sequence[Mark]) -> str:
    """How a cell with these marks looks: as its gravest."""
    return next((look for look in _LOOKS if any(m.look == look for m in marks)), "")


def table_of(
    section: str,
    filled: Filled,
    found: Sequence[Found],
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> Table | None:
    """The table of a section; None where it has none.

    ``typed`` is what stands in the fields after a refusal, ``wrong`` what is said of it.
    """
    layout = next((one for one in layouts(filled.form) if one.section == section), None)
    if layout is None:
        return None
    marks = marks_of(found)
    rows: dict[int, list[Square]] = {}
    for place in sorted(layout.cells, key=lambda c: (c.row, c.column)):
        square = Square(place, _style(place, layout))
        if place.address:
            _fill(square, filled, marks.get(place.address, []), typed or {}, wrong or {})
        rows.setdefault(place.row, []).append(square)
    lines = [rows[number] for number in sorted(rows)]
    return Table(layout, lines[: layout.head_rows], lines[layout.head_rows :])


def _fill(
    square: Square,
    filled: Filled,
    marks: list[Mark],
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
) -> None:
    address = square.place.address
    figure = filled.figures[address]
    square.spec = filled.form.cells[address]
    square.marks, square.look = marks[:3], look_of(marks)
    square.unread = filled.printed[address] is None
    square.value = filled.printed[address] or ""
    square.wrong = wrong.get(address, "")
    square.total = address in filled.totals
    # Totals follow from a ledger; where a person fills in a form or mends a reading, what is
    # printed is typed too, and the sum stands beside it.
    square.typed = not square.total or filled.version.way != Way.LEDGERS or figure.typed is not None
    if square.total:
        beside = filled.sum_beside(address)
        own = figure.typed is not None or figure.source in (DOCUMENT, PARTS)
        if square.typed and not own:
            square.value = ""
        differs = own and not same(beside or "", square.value, square.spec.kind)
        square.beside = (beside or "") if differs or (square.typed and not own) else ""
    if address in typed:
        square.value = typed[address]


def _style(place: LayoutCell, layout: Layout) -> str:
    if place.scope in {"row", "rowgroup"} and layout.columns == 10:
        narrow = {(0, 1): "gk-c1", (1, 1): "gk-c2", (2, 1): "gk-c3"}
        return narrow.get((place.column, place.column_span), "")
    return ""
