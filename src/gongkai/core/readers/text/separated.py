"""Separated values: by commas, as AsciiDoc's cells, or a cell a line with ``|`` behind each."""

from __future__ import annotations

import csv
import re

from ..numerals import is_value
from .drawn import Drawn

_LONGEST = 4000
_FIELD = 120
# A quoted cell of more lines is a stray quotation mark in prose.
_MOST_LINES = 12
_FEWEST = 3
_MOST_ROWS = 1000
_COLUMNS = re.compile(r'\s*\[cols="([^"]*)"[^\]]*\]\s*$')
_BARS = re.compile(r"^\s*\|+\s*$")


def separated(lines: list[str], at: int) -> Drawn:
    """The rows of ``,`` or ``;`` separated values that begin at ``lines[at]``.

    Without rows: up to the end given no such values begin.
    """
    tried = [
        _rows(lines, at, mark) for mark in ",;" if mark in lines[at] or lines[at].startswith('"')
    ]
    found = next((table for table in tried if table.rows), None)
    return found or Drawn([], min((table.end for table in tried), default=at))


def _rows(lines: list[str], at: int, mark: str) -> Drawn:
    rows: list[list[tuple[str, int]]] = []
    end = at
    figures = 0
    while end < len(lines):
        taken = _row(lines, end, mark)
        if taken is None:
            break
        fields, after = taken
        figures = max(figures, sum(bool(f.strip()) and is_value(f) for f in fields))
        rows.append([(field.strip(), end + 1) for field in fields])
        end = after
    return Drawn(rows if len(rows) >= _FEWEST and figures >= _FEWEST else [], end)


def _row(lines: list[str], at: int, mark: str) -> tuple[list[str], int] | None:
    line = lines[at]
    quoted = line.lstrip().startswith('"')
    if (mark not in line and not quoted) or not line.strip():
        return None
    text, after = line, at + 1
    while text.count('"') % 2 and after < min(len(lines), at + _MOST_LINES):
        text += "\n" + lines[after]
        after += 1
    if text.count('"') % 2 or len(text) > _LONGEST:
        return None
    try:
        fields = next(csv.reader([text], delimiter=mark))
    except csv.Error:
        return None
    filled = [f for f in fields if f.strip()]
    # One long cell with nothing beside it is prose that a spreadsheet held.
    fits = len(filled) < 2 or all(len(f) <= _FIELD and "。" not in f for f in filled)
    return (fields, after) if fits and (len(fields) > 1 or quoted) else None


def asciidoc(lines: list[str], at: int) -> Drawn | None:
    """AsciiDoc's table: the cells in order, as many a row as ``[cols=…]`` says."""
    columns = _COLUMNS.match(lines[at])
    if not columns or at + 1 >= len(lines) or lines[at + 1].strip() != "|===":
        return None
    wide = columns[1].count(",") + 1
    cells: list[tuple[str, int]] = []
    for end in range(at + 2, min(len(lines), at + _MOST_ROWS)):
        line = lines[end].strip()
        if line == "|===":
            rows = [cells[n : n + wide] for n in range(0, len(cells), wide)]
            return Drawn(rows, end + 1) if rows and len(rows[-1]) == wide else None
        before, *parts = line.split("|")
        if before and cells:
            cells[-1] = (f"{cells[-1][0]}\n{before}".strip(), cells[-1][1])
        cells += [(part.strip(), end + 1) for part in parts]
    return None


def _is_cell(line: str) -> bool:
    """Whether ``line`` is one cell and the bar behind it."""
    return line.count("|") == 1 and line.rstrip().endswith("|") and len(line.strip()) > 1


def unbarred(lines: list[str]) -> list[str]:
    """``lines``; where each cell has a line of its own ended by ``|``, without the bars."""
    cells = sum(_is_cell(line) for line in lines)
    if cells < 20 or cells * 3 < sum(bool(line.strip()) for line in lines):
        return lines
    return [
        "" if _BARS.match(line) else line.rstrip()[:-1].rstrip() if _is_cell(line) else line
        for line in lines
    ]
