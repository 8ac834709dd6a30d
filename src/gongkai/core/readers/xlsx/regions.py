"""A sheet cut into what stands on it: prose in lone cells, and tables.

A sheet has one endless grid; a report on it is headings and paragraphs in wide
merged cells with tables between.  Lines drawn round cells tell most; where a
sheet has none, the shape of the rows does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...report import Where
from ..document import Grid, GridCell, Paragraph
from .cells import SheetCell, SheetRow

# The ordinal of a chapter, and more words than a label has: signs of prose.
_CHAPTER = re.compile(r"\s*[一二三四五六七八九十]{1,3}、")
_LONGEST_LABEL = 80


def regions(
    rows: dict[int, SheetRow], sheet: str, spend: Callable[[int], None]
) -> Iterator[Paragraph | Grid]:
    """What stands on the sheet, from top to bottom, and left to right where side by side.

    ``spend`` is told how many cells a grid will have before it is made, and may refuse.
    """
    lined = any(cell.ruled for row in rows.values() for cell in row.slots.values())
    block: list[int] = []
    ruled_block = False
    for at in sorted(rows):
        row = rows[at]
        ruled = row.ruled_cells() > 0
        follows = bool(block) and at == block[-1] + 1 and (not lined or ruled == ruled_block)
        blank_line = not row.says
        # An empty ruled row belongs to the table above it: its cells are blank, not missing.
        if blank_line and not (follows and ruled and row.ruled_cells() > 1):
            continue
        if block and not follows:
            yield from _block(rows, block, sheet, ruled_block, spend)
            block = []
        ruled_block = ruled
        block.append(at)
    if block:
        yield from _block(rows, block, sheet, ruled_block, spend)


def _block(
    rows: dict[int, SheetRow],
    block: list[int],
    sheet: str,
    ruled: bool,
    spend: Callable[[int], None],
) -> Iterator[Paragraph | Grid]:
    """Rows without a gap: cut at the rows that are prose."""
    table: list[int] = []
    for at in block:
        if _is_prose(rows[at], at, ruled) and not _reaches_over(rows, at):
            yield from _table(rows, table, sheet, ruled, spend)
            table = []
            yield from _paragraphs(rows[at].cells(at), sheet)
        else:
            table.append(at)
    yield from _table(rows, table, sheet, ruled, spend)


def _is_prose(row: SheetRow, at: int, ruled: bool) -> bool:
    cells = row.cells(at)
    if len(cells) != 1 or cells[0].unread:
        return False
    if ruled and row.ruled_cells() > 1:
        return False
    text = cells[0].text
    return bool(_CHAPTER.match(text)) or len(text) > _LONGEST_LABEL


def _reaches_over(rows: dict[int, SheetRow], at: int) -> bool:
    """Whether a merged cell ties this row to one with other words."""
    for cell in {id(c): c for c in rows[at].slots.values()}.values():
        for other in range(cell.row, cell.row + cell.row_span):
            beside = rows[other].cells(other) if other in rows and other != at else []
            if any(c is not cell for c in beside):
                return True
    return False


def _table(
    rows: dict[int, SheetRow],
    table: list[int],
    sheet: str,
    ruled: bool,
    spend: Callable[[int], None],
) -> Iterator[Paragraph | Grid]:
    """Rows of a table, the lone lines above and below it set apart as prose."""
    lone = [len(rows[at].cells(at)) == 1 and len(_edges(rows[at])) == 1 for at in table]
    first, last = 0, len(table)
    if not ruled:
        # Of lone lines on top only the nearest can be the table's own heading row.
        while first < last and lone[first] and (first + 1 == last or lone[first + 1]):
            first += 1
        while last > first and lone[last - 1]:
            last -= 1
    for at in table[:first]:
        yield from _paragraphs(rows[at].cells(at), sheet)
    if table[first:last]:
        yield from _side_by_side(rows, table[first:last], sheet, spend)
    for at in table[last:]:
        yield from _paragraphs(rows[at].cells(at), sheet)


def _edges(row: SheetRow) -> set[tuple[int, int]]:
    return {(cell.row, cell.column) for cell in row.slots.values() if cell.says}


def _side_by_side(
    rows: dict[int, SheetRow], table: list[int], sheet: str, spend: Callable[[int], None]
) -> Iterator[Paragraph | Grid]:
    """Tables parted by columns in which no cell was ever made."""
    made = {column for at in table for column in rows[at].slots}
    seen = sorted(
        {
            column
            for at in table
            for column, cell in rows[at].slots.items()
            if cell.says or cell.ruled
        }
    )
    start = 0
    for end in range(1, len(seen) + 1):
        gap = range(seen[end - 1] + 1, seen[end]) if end < len(seen) else ()
        if end == len(seen) or any(column not in made for column in gap):
            left, right = seen[start], seen[end - 1]
            spend(len(table) * (right - left + 1))
            yield from _region(rows, table, left, right, sheet)
            start = end


def _region(
    rows: dict[int, SheetRow], table: list[int], left: int, right: int, sheet: str
) -> Iterator[Paragraph | Grid]:
    top, bottom = table[0], table[-1]
    cells: list[GridCell] = []
    words: list[SheetCell] = []
    for at in table:
        slots = rows[at].slots
        for column in range(left, right + 1):
            cell = slots.get(column)
            if cell is None:
                cells.append(GridCell(at - top, column - left, ""))
            elif (cell.row, cell.column) == (at, column):
                cells.append(
                    GridCell(
                        at - top, column - left, cell.text,
                        min(cell.row_span, bottom - at + 1),
                        min(cell.column_span, right - column + 1),
                        cell.unread,
                    )
                )  # fmt: skip
                if cell.says:
                    words.append(cell)
    if len(words) == 1 and not words[0].unread and not words[0].ruled:
        yield from _paragraphs(words, sheet)
    elif words:
        where = Where(sheet=sheet)
        yield Grid(cells, bottom - top + 1, right - left + 1, True, where, None, top, left)


def _paragraphs(cells: list[SheetCell], sheet: str) -> Iterator[Paragraph]:
    for cell in cells:
        for line in cell.text.split("\n"):
            if line.strip():
                yield Paragraph(line.strip(), Where(sheet=sheet, row=cell.row, column=cell.column))
