"""The rows of a Word table laid on one grid.

Word keeps for each row its own cells, with spans over a list of column widths
that may be stale, missing or finer than the eye sees (LibreOffice adds a
column where two rows' edges differ by a hair).  Here every cell gets its place
on the edges that rows really share.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from ..document import Grid, GridCell
from .names import TC_W, width_of

# Edges nearer than this (twentieths of a point; 1.76 mm) are one edge: no figure fits between.
_HAIR = 100
# The width taken for a column of unknown width.
_USUAL_WIDTH = 1000


@dataclass(slots=True)
class WordCell:
    """A cell as its row tells it.

    ``merge`` is "" (not merged downward), "restart" or "continue"; ``properties``
    hold its width, measured only where spans contradict each other.  ``unread``
    as in :class:`GridCell`.
    """

    text: str = ""
    span: int = 1
    properties: etree._Element | None = None
    merge: str = ""
    unread: str = ""
    # Set while laying out: the cell's first and last edge.
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class WordRow:
    """A row: its cells, and the grid columns left out before and after them."""

    cells: list[WordCell] = field(default_factory=list)
    before: int = 0
    after: int = 0
    width_before: int | None = None


def lay_out(rows: list[WordRow], widths: list[int | None]) -> Grid:
    """The grid of ``rows``; ``widths`` are those of the table's columns in twips."""
    places = _place(rows, widths)
    columns = _columns(rows, places)
    laid: list[list[GridCell]] = []
    # Cells still open downward, by first column: the row and index where they were put.
    opened: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(rows):
        line: list[GridCell] = []
        still: dict[int, tuple[int, int]] = {}
        laid.append(line)
        for cell in row.cells:
            column = columns[cell.start]
            span = max(1, columns[cell.end] - column)
            if cell.merge == "continue" and column in opened:
                above, index = opened[column]
                upper = laid[above][index]
                if upper.column_span == span:
                    laid[above][index] = upper._replace(row_span=upper.row_span + 1)
                    still[column] = (above, index)
                    continue
            if cell.merge:
                still[column] = (at, len(line))
            line.append(GridCell(at, column, cell.text, 1, span, cell.unread))
        opened = still
    cells = [cell for line in laid for cell in line]
    width = max((cell.column + cell.column_span for cell in cells), default=0)
    return Grid(cells, len(rows), width)


def _place(rows: list[WordRow], widths: list[int | None]) -> dict[int, int]:
    """Give every cell its edges; return where each edge stands in twips."""
    totals: set[int] = set()
    for row in rows:
        at = row.before
        for cell in row.cells:
            cell.start, at = at, at + cell.span
            cell.end = at
        totals.add(at + row.after)
    if len(totals) > 1 and _place_by_width(rows):
        return {edge: edge for row in rows for c in row.cells for edge in (c.start, c.end)}
    known = any(widths)
    places, edge = {0: 0}, 0
    for index in range(max(totals, default=0)):
        width = widths[index] if known and index < len(widths) else None
        edge += _USUAL_WIDTH if width is None else max(0, width)
        places[index + 1] = edge
    return places


def _place_by_width(rows: list[WordRow]) -> bool:
    """Where spans contradict each other, let widths speak, if they agree among the rows."""
    edges: list[list[int]] = []
    for row in rows:
        at = row.width_before or 0
        line = [at]
        for cell in row.cells:
            told = cell.properties
            width = None if told is None else width_of(told.find(TC_W))
            if not width or width < 0 or (row.before and row.width_before is None):
                return False
            at += width
            line.append(at)
        edges.append(line)
    ends = [line[-1] for line in edges]
    if max(ends) - min(ends) >= _HAIR:
        return False
    for row, line in zip(rows, edges, strict=True):
        for cell, start, end in zip(row.cells, line, line[1:], strict=False):
            cell.start, cell.end = start, end
    return True


def _columns(rows: list[WordRow], places: dict[int, int]) -> dict[int, int]:
    """The column of every edge in use; edges a hair apart share one.

    A cell that itself is narrower than a hair keeps both its edges.
    """
    extents = {(cell.start, cell.end) for row in rows for cell in row.cells}
    kept = {end for start, end in extents if places[end] - places[start] < _HAIR}
    columns: dict[int, int] = {}
    column, begins = -1, 0
    for edge in sorted({edge for extent in extents for edge in extent}):
        if column < 0 or edge in kept or places[edge] - begins >= _HAIR:
            column, begins = column + 1, places[edge]
        columns[edge] = column
    return columns
