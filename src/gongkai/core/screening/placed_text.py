"""The body of an item as text whose every character knows where it stands.

The checks look at plain text; the reviewer looks at the page.  ``PlacedText``
holds both together: the text (cells of a table parted by tabs, rows and blocks
by line ends, a picture as one character), the node of the page that each stretch
came from, and the place as a person would say it: 第 2 段, 表格第 3 行“备注”.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from .tables import Cell, Table

PICTURE = "\ufffc"
# Where a sentence ends, and how far from a word anybody looks for that end.
_STOPS = "。！？；\n"
_NEAR = 120
# The row of a caption, which stands before the first.
CAPTION = -1


class Run(NamedTuple):
    """A stretch of the text and the node it came from: an element's text, its tail, a picture."""

    start: int
    end: int
    node: etree._Element
    slot: Literal["text", "tail", "picture"]


@dataclass(frozen=True)
class PlacedText:
    """The text of a body, the nodes it came from, its tables.

    ``elements`` are links, pictures and other elements with an address, in the
    order of the page, each with its stretch of the text.
    """

    root: etree._Element
    text: str
    runs: tuple[Run, ...]
    tables: tuple[Table, ...]
    elements: tuple[tuple[etree._Element, int, int], ...]
    _lines: tuple[int, ...] = field(repr=False)
    _cells: tuple[tuple[int, Cell], ...] = field(repr=False)

    def cell_at(self, start: int) -> tuple[int, Cell] | None:
        """The number of the table, from 0, and the innermost cell that ``start`` stands in."""
        at = bisect_right(self._cells, start, key=lambda cell: cell[1].start) - 1
        while at >= 0:
            table, cell = self._cells[at]
            if start <= cell.end:
                return table, cell
            # Before a line outside every table no cell reaches as far as this.
            line = bisect_right(self._lines, start)
            if line and self._lines[line - 1] > cell.start:
                return None
            at -= 1
        return None

    def place(self, start: int) -> str:
        """Where ``start`` stands, in words that follow 正文."""
        found = self.cell_at(start)
        if found is None:
            return f"第 {bisect_right(self._lines, start) or 1} 段"
        number, cell = found
        table, named = self.tables[number], self._named(number)
        if cell.row < table.heads:
            return f"{named}标题" if cell.row == CAPTION else f"{named}表头"
        row = f"第 {cell.row - table.heads + 1} 行"
        heading = table.heading(cell.column)
        return f"{named}{row}" + (f"“{heading}”" if heading else f"第 {cell.column + 1} 列")

    def column(self, number: int, column: int) -> str:
        """A column of a table, in words that follow 正文."""
        heading = self.tables[number].heading(column)
        return self._named(number) + (f"“{heading}”列" if heading else f"第 {column + 1} 列")

    def _named(self, number: int) -> str:
        return f"第 {number + 1} 个表格" if len(self.tables) > 1 else "表格"

    def sentence(self, start: int, end: int) -> str:
        """The cell or the sentence around a stretch: what an answer to a finding looked at."""
        found = self.cell_at(start)
        left = max(self.text.rfind(stop, max(0, start - _NEAR), start) for stop in _STOPS) + 1
        rights = [at for stop in _STOPS if (at := self.text.find(stop, end, end + _NEAR)) >= 0]
        left = left or max(0, start - _NEAR)
        sentence = self.text[left : min(rights, default=end + _NEAR)].strip()
        if found is None:
            return sentence
        number, cell = found
        heading = self.tables[number].heading(cell.column)
        return f"{heading}\t{cell.text if len(cell.text) <= _NEAR else sentence}"
