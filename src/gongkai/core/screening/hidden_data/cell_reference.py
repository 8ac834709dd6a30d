"""Where a cell stands in a spreadsheet: ``B12`` to row and column and back, ranges, both from 1."""

from __future__ import annotations

import re
from typing import NamedTuple

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?(\d{1,7}):\$?(\d{1,7})")


class Area(NamedTuple):
    """A rectangle of cells, its ends included."""

    top: int
    left: int
    bottom: int
    right: int


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as ``B12``; None where it is none."""
    found = _CELL.fullmatch(reference)
    if found is None:
        return None
    row, column = int(found[2]), column_of(found[1])
    return (row, column) if 0 < row <= LAST_ROW and column <= LAST_COLUMN else None


def column_of(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def letters_of(column: int) -> str:
    """A column as spreadsheets call it: 16 is P."""
    written = ""
    while column:
        column, letter = divmod(column - 1, 26)
        written = chr(ord("A") + letter) + written
    return written


def area_of(reference: str) -> Area | None:
    """The rectangle of ``A1:B2``, ``A:C``, ``1:4`` or one cell; None where it is none."""
    columns, rows = _COLUMNS.fullmatch(reference), _ROWS.fullmatch(reference)
    if columns:
        left, right = sorted((column_of(columns[1]), column_of(columns[2])))
        return Area(1, left, LAST_ROW, right)
    if rows:
        top, bottom = sorted((int(rows[1]), int(rows[2])))
        return Area(top, 1, bottom, LAST_COLUMN)
    first, _, last = reference.partition(":")
    one, two = place_of(first), place_of(last or first)
    if one is None or two is None:
        return None
    (top, bottom), (left, right) = sorted((one[0], two[0])), sorted((one[1], two[1]))
    return Area(top, left, bottom, right)
