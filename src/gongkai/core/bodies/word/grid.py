"""A Word table laid out: the cells of the readers' grid with what they hold."""

from __future__ import annotations

from collections.abc import Sequence

from ...readers.docx.table import WordRow, lay_out
from ..content import Block, Cell, Row, Table


def table_of(
    rows: list[WordRow], widths: list[int | None], contents: Sequence[list[Block]], heads: int
) -> Table:
    """The table of ``rows``, whose cells' ``text`` is the place of their blocks in ``contents``.

    The first ``heads`` rows are those that Word repeats on every page.
    """
    grid = lay_out(rows, widths)
    lines: list[list[Cell]] = [[] for _ in range(grid.rows)]
    # For every column the first row that no cell from above reaches into.
    free = [0] * grid.columns
    ends = [0] * grid.rows
    for place in grid.cells:
        _fill(lines[place.row], free, ends, place.row, place.column)
        content = contents[int(place.text)] if place.text else []
        lines[place.row].append(Cell(content, place.row_span, place.column_span))
        end = place.column + place.column_span
        free[place.column : end] = [place.row + place.row_span] * place.column_span
        ends[place.row] = end
    for at, line in enumerate(lines):
        _fill(line, free, ends, at, grid.columns)
    made = [Row(line) for line in lines]
    _mark_heads(made, heads)
    return Table(made)


def _fill(line: list[Cell], free: list[int], ends: list[int], row: int, until: int) -> None:
    """Empty cells where a row leaves out columns before ``until`` that nothing else covers."""
    for column in range(ends[row], until):
        if free[column] <= row:
            line.append(Cell([]))
            free[column] = row + 1
    ends[row] = max(ends[row], until)


def _mark_heads(rows: list[Row], heads: int) -> None:
    """The head as Word has it, if a body follows and no cell reaches from one to the other."""
    if not 0 < heads < len(rows):
        return
    if any(at + cell.row_span > heads for at, row in enumerate(rows[:heads]) for cell in row.cells):
        return
    for row in rows[:heads]:
        row.part = "thead"
