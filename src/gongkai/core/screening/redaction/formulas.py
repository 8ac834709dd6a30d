"""Which formulas may stay in a copy: those whose every cell is seen in it.

A formula that refers to what is hidden, removed or elsewhere would give another
result, or tell what is not to be told: it becomes the result last shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..hidden_data.cell_reference import Area, area_of

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^\s!'\"(),;:+\-*/^&=<>{}\[\]]+))!")
_REFERENCE = re.compile(
    r"\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7}"
)
_FUNCTION = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*\s*\(")
_WORD = re.compile(r"[^\W\d][\w.]*")
# They find cells by a text made up on the way.
_FINDERS = ("INDIRECT", "OFFSET", "CELL", "GETPIVOTDATA", "RTD", "CUBE", "WEBSERVICE", "HYPERLINK")
_CONSTANTS = frozenset(("TRUE", "FALSE", "E"))
_LONGEST = 8_192


@dataclass(slots=True)
class Unseen:
    """What of the workbook is not in the copy: cells by sheet; sheets that are in it, by name."""

    sheets: frozenset[str]
    _rows: dict[str, list[int]] = field(default_factory=dict)
    _columns: dict[str, list[int]] = field(default_factory=dict)

    def add(self, sheet: str, cells: Iterable[tuple[int, int]]) -> None:
        """These cells of ``sheet`` are not in the copy as they were."""
        told = set(cells)
        self._rows[sheet] = sorted({row for row, _ in told})
        self._columns[sheet] = sorted({column for _, column in told})

    def touches(self, sheet: str, area: Area) -> bool:
        """Whether ``area`` may hold one of them: rows and columns apart, so rather once too often."""
        return _any_within(self._rows.get(sheet, []), area.top, area.bottom) and _any_within(
            self._columns.get(sheet, []), area.left, area.right
        )


def _any_within(numbers: list[int], first: int, last: int) -> bool:
    at = bisect_left(numbers, first)
    return at < len(numbers) and numbers[at] <= last


def stays(formula: str, sheet: str, unseen: Unseen) -> bool:
    """Whether ``formula`` of a cell on ``sheet`` refers to nothing but what is seen."""
    if len(formula) > _LONGEST or "[" in formula or "#" in formula or "|" in formula:
        return False
    rest = _TEXT.sub('""', formula)
    if any(finder in rest.upper() for finder in _FINDERS):
        return False
    at, left_over = 0, []
    while at < len(rest):
        named = _SHEET.match(rest, at)
        where = sheet
        if named:
            where = (named[1] or named[2]).replace("''", "'")
            at = named.end()
            if where not in unseen.sheets:
                return False
        found = _REFERENCE.match(rest, at)
        if found and not _runs_on(rest, found.end()):
            area = area_of(found.group())
            if area is None or unseen.touches(where, area):
                return False
            at = found.end()
            continue
        if named:
            return False
        called = _FUNCTION.match(rest, at)
        word = None if called else _WORD.match(rest, at)
        if word:
            left_over.append(word.group().upper())
        at = called.end() if called else word.end() if word else at + 1
    return all(word in _CONSTANTS for word in left_over)


def _runs_on(text: str, at: int) -> bool:
    """Whether what looks like a reference is the beginning of a longer word or of a call."""
    return at < len(text) and (text[at].isalnum() or text[at] in "_.(!")
