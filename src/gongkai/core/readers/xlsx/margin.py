"""A column of bare numbers beside everything on a sheet: line numbers, sums somebody worked with.

It belongs to no table, though it stands in the rows of them all; left where it
is, it would tie headings, prose and tables into one.
"""

from __future__ import annotations

import re

from .cells import SheetCell, SheetRow

_NUMBER = re.compile(r"[-+]?\d[\d.,]*%?")
# More words than a label has, or a whole sentence: signs of prose.
_LONGEST_LABEL = 80
# Of the rows that say anything, the share that a margin stands beside.
_MOST = 0.8


def take_margins(rows: dict[int, SheetRow]) -> list[int]:
    """Take the outermost columns that are margins out of ``rows``; which columns they were."""
    taken = []
    for last in (True, False):
        columns = {c for row in rows.values() for c, cell in row.slots.items() if cell.says}
        if len(columns) < 2:
            break
        column = max(columns) if last else min(columns)
        beside = [row.slots[column] for row in rows.values() if column in row.slots]
        if _is_margin(rows, column, [cell for cell in beside if cell.says]):
            for row in rows.values():
                row.slots.pop(column, None)
            taken.append(column)
    return taken


def _is_margin(rows: dict[int, SheetRow], column: int, cells: list[SheetCell]) -> bool:
    alone = all(c.row_span == c.column_span == 1 and _NUMBER.fullmatch(c.text) for c in cells)
    told = [at for at, row in rows.items() if row.says]
    if not alone or len(cells) < _MOST * len(told):
        return False
    return any(_is_prose(rows[cell.row], cell.row, column) for cell in cells)


def _is_prose(row: SheetRow, at: int, column: int) -> bool:
    """Whether nothing but prose stands in the row besides the cell in ``column``."""
    others = [cell for cell in row.cells(at) if cell.column != column]
    return len(others) == 1 and (
        len(others[0].text) > _LONGEST_LABEL or others[0].text.endswith("。")
    )
