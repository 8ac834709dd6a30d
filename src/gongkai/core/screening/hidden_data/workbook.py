"""A workbook as its sheets and cells, and which of them the eye does not see.

A cell is unseen where its row or column is hidden (or has no height or width),
unless it is the corner of a merged area that reaches into the open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from ...errors import UnreadableDocument
from ...readers.document import Budget
from ...readers.xlsx.values import S, Values
from .cell_reference import LAST_COLUMN, LAST_ROW, Area, area_of, place_of
from .office_file import OfficeFile

ROW, CELL, COLUMN, MERGED = S + "row", S + "c", S + "col", S + "mergeCell"
FORMULA, VALUE, INLINE = S + "f", S + "v", S + "is"
TEXT, RICH = S + "t", S + "r"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TRUE = frozenset(("1", "true", "on"))


class PlacedCell(NamedTuple):
    """A cell element and where it stands, from 1."""

    row: int
    column: int
    element: etree._Element


class Sheet:
    """One sheet: its name, ``visible``, ``hidden`` or ``veryHidden``, its part and its root."""

    def __init__(self, name: str, state: str, kind: str, part: str, root: etree._Element) -> None:
        self.name, self.state, self.kind, self.part, self.root = name, state, kind, part, root
        self._cells: list[PlacedCell] | None = None

    @property
    def is_visible(self) -> bool:
        return self.state not in ("hidden", "veryHidden")

    @property
    def place(self) -> str:
        return f"工作表“{self.name}”"

    def cells(self, budget: Budget) -> list[PlacedCell]:
        """Every cell with its place; found once, since every check walks them."""
        if self._cells is None:
            self._cells = list(self._placed(budget))
        return self._cells

    def _placed(self, budget: Budget) -> Iterator[PlacedCell]:
        """Also where the file leaves the places to be counted."""
        for at, row in self.rows():
            budget.check()
            column = 0
            for cell in row.iterchildren(CELL):
                place = place_of(cell.get("r", ""))
                column = place[1] if place else column + 1
                yield PlacedCell(at, column, cell)

    def rows(self) -> Iterator[tuple[int, etree._Element]]:
        """Every row with its number, also where the file leaves it to be counted."""
        at = 0
        for row in self.root.iter(ROW):
            given = row.get("r", "")
            at = int(given) if given.isdecimal() and len(given) < 8 else at + 1
            if 0 < at <= LAST_ROW:
                yield at, row

    @cached_property
    def hidden_rows(self) -> frozenset[int]:
        return frozenset(at for at, row in self.rows() if _is_shut(row, "ht"))

    @cached_property
    def hidden_columns(self) -> list[tuple[int, int]]:
        """The hidden columns as ranges, in order, none touching another."""
        found = []
        for column in self.root.iter(COLUMN):
            first, last = column.get("min", ""), column.get("max", "")
            if _is_shut(column, "width") and first.isdecimal() and last.isdecimal():
                found.append((int(first), min(int(last), LAST_COLUMN)))
        joined: list[tuple[int, int]] = []
        for first_column, last_column in sorted(found):
            if joined and first_column <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(joined[-1][1], last_column))
            else:
                joined.append((first_column, last_column))
        return joined

    @cached_property
    def merged(self) -> list[Area]:
        areas = (area_of(merged.get("ref", "")) for merged in self.root.iter(MERGED))
        return [area for area in areas if area is not None]

    @cached_property
    def _corners(self) -> dict[tuple[int, int], Area]:
        return {(area.top, area.left): area for area in self.merged}

    def column_is_hidden(self, column: int) -> bool:
        at = bisect_right(self.hidden_columns, (column, LAST_COLUMN + 1))
        return at > 0 and column <= self.hidden_columns[at - 1][1]

    def is_unseen(self, row: int, column: int) -> bool:
        """Whether the cell at that place cannot be seen."""
        if row not in self.hidden_rows and not self.column_is_hidden(column):
            return False
        area = self._corners.get((row, column))
        if area is None:
            return True
        rows_shut = area.bottom - area.top < len(self.hidden_rows) and all(
            at in self.hidden_rows for at in range(area.top, area.bottom + 1)
        )
        return rows_shut or all(
            self.column_is_hidden(at) for at in range(area.left, area.right + 1)
        )

    @cached_property
    def filtered(self) -> bool:
        """Whether rows are hidden by a filter that is switched on."""
        return any(True for _ in self.root.iter(S + "filterColumn"))


class Workbook:
    """A workbook read for what it holds; ``values`` tells what a cell says."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.file = OfficeFile(data, "xlsx", budget)
        self.budget = budget
        root = self.file.root(self.file.main)
        if root is None or root.tag != S + "workbook":
            raise self.file.package.damaged()
        self.root = root
        properties = root.find(S + "workbookPr")
        from_1904 = properties is not None and properties.get("date1904") in _TRUE
        self.values = Values(self.file.package, self.file.main, from_1904)

    @cached_property
    def sheets(self) -> list[Sheet]:
        relations = {r.id: r for r in self.file.relations(self.file.main)}
        found = []
        for sheet in self.root.iter(S + "sheet"):
            relation = relations.get(sheet.get(RELATION_ID, ""))
            root = None if relation is None else self.file.root(relation.target)
            if relation is None or root is None:
                raise UnreadableDocument("input.damaged", kind="xlsx")
            state = sheet.get("state", "visible")
            found.append(Sheet(sheet.get("name", ""), state, relation.kind, relation.target, root))
        return found

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings, struck-out pieces included."""
        parts = self.file.related(self.file.main, "/sharedStrings")
        root = self.file.root(parts[0]) if parts else None
        return [] if root is None else [string_of(item) for item in root.iterchildren(S + "si")]

    def says(self, cell: etree._Element) -> str:
        """What a cell says, as it is shown."""
        kind = cell.get("t", "n")
        if kind == "s":
            index = cell.findtext(VALUE) or ""
            at = int(index) if index.isdecimal() and len(index) < 10 else len(self.strings)
            return self.strings[at] if at < len(self.strings) else ""
        if kind == "inlineStr":
            inline = cell.find(INLINE)
            return "" if inline is None else string_of(inline)
        return self.values.read(cell)[0] or cell.findtext(VALUE) or ""


def string_of(item: etree._Element) -> str:
    """The text of a string in pieces; readings over the characters (rPh) are left out."""
    parts = []
    for child in item:
        if child.tag == TEXT:
            parts.append(child.text or "")
        elif child.tag == RICH:
            parts += [t.text or "" for t in child.iterchildren(TEXT)]
    return "".join(parts)


def _is_shut(element: etree._Element, measure: str) -> bool:
    if element.get("hidden") in _TRUE:
        return True
    try:
        return float(element.get(measure, "1")) <= 0
    except ValueError:
        return False
