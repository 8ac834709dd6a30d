"""Tables of pasted html: their rows and cells as html says them, hidden columns left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml.etree import _Element

from ..readers.html.hiding import hides
from .content import Block, Cell, Row, Table
from .tables import PARTS, UNTOLD, placed

# Reads what a cell holds, given its row, since looks are handed down, and whether it is the only one.
ReadCell = Callable[[_Element, _Element, bool], list[Block]]

_MOST_SPANNED = 65_534


class GridOfHtml:
    """One table; what of it is no cell is put aside in ``captions`` and ``strays``."""

    def __init__(self, element: _Element, read_cell: ReadCell) -> None:
        self.captions: list[_Element] = []
        self.strays: list[_Element] = []
        self.hidden_columns = 0
        self._hidden: set[int] = set()
        columns = 0
        rows: list[Row] = []
        cells: dict[int, tuple[_Element, _Element]] = {}
        for child, part in self._members(element):
            if child.tag == "col":
                span = whole(child.get("span"), 1)
                if hides(child.get("style", "")):
                    self._hidden.update(range(columns, columns + min(span, 1000)))
                columns += span
                continue
            row = Row([], part)
            rows.append(row)
            for cell in child:
                if cell.tag in ("td", "th"):
                    made = _cell(cell)
                    cells[id(made)] = (cell, child)
                    row.cells.append(made)
                elif isinstance(cell.tag, str):
                    self.strays.append(cell)
        if self._hidden:
            self._leave_hidden(rows)
        alone = sum(len(row.cells) for row in rows) == 1
        for row in rows:
            for made in row.cells:
                made.content = read_cell(*cells[id(made)], alone)
        self.table = Table(rows)

    def _members(self, element: _Element) -> Iterator[tuple[_Element, str]]:
        """Columns and rows, each with the part of the table it stands in."""
        for child in element:
            if child.tag in PARTS:
                for row in child:
                    if row.tag == "tr":
                        yield row, child.tag
                    elif isinstance(row.tag, str):
                        self.strays.append(row)
            elif child.tag == "tr":
                yield child, "tbody"
            elif child.tag == "caption":
                self.captions.append(child)
            elif child.tag == "colgroup":
                columns = [c for c in child if c.tag == "col"]
                yield from ((c, "") for c in columns or [child])
            elif child.tag == "col":
                yield child, ""
            elif isinstance(child.tag, str):
                self.strays.append(child)

    def _leave_hidden(self, rows: list[Row]) -> None:
        """Take out the cells of hidden columns and narrow those that reach over them."""
        places = list(placed(rows))
        shown_any = False
        for row, line in zip(rows, places, strict=True):
            kept: list[Cell] = []
            for column, cell in line:
                covered = range(column, column + cell.column_span)
                shown = sum(at not in self._hidden for at in covered)
                if shown:
                    cell.column_span = shown
                    kept.append(cell)
            shown_any = shown_any or bool(kept)
            row.cells = kept
        if shown_any:
            self.hidden_columns = len(self._hidden)


def whole(printed: str | None, default: int) -> int:
    """A whole number as an attribute prints it; ``default`` where it is none."""
    bare = (printed or "").strip()
    digits = bare[1:] if bare.startswith("-") else bare
    return int(bare) if digits.isascii() and digits.isdigit() and len(digits) < 8 else default


def _cell(element: _Element) -> Cell:
    head = ""
    if element.tag == "th":
        head = (element.get("scope") or UNTOLD).lower()
    across = max(1, whole(element.get("colspan"), 1))
    down = max(0, whole(element.get("rowspan"), 1))
    return Cell([], min(down, _MOST_SPANNED), min(across, 1000), head)
