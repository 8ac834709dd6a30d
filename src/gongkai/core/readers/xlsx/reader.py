"""Spreadsheets (xlsx, xlsm): the visible sheets as prose and grids.

Read from the XML itself: libraries hand out binary floats and cannot tell a
formula never worked out from a blank.  Hidden sheets are not read (they hold
lists for drop-downs and other years); hidden rows and columns are, since a row
of the form hidden for looks still is a row of the form.  Both are said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ...errors import UnreadableDocument
from ...report.working_paper import NOT_THE_REPORT
from ...rules import find
from ..document import Budget, Document, Grid
from ..package import Package
from ..struck import struck_text
from .cells import SheetCell, SheetRow
from .margin import take_margins
from .regions import regions
from .values import S, Values

_MAIN = "xl/workbook.xml"
_WORKSHEET, _ROW, _C, _COL = S + "worksheet", S + "row", S + "c", S + "col"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_TRUE = frozenset(("1", "true", "on"))


def parse(data: bytes, budget: Budget) -> Document:
    """Read a spreadsheet from its bytes."""
    package = Package(data, budget, "xlsx")
    main = package.main_part(_MAIN)
    workbook = package.xml(main)
    if workbook is None or workbook.tag != S + "workbook":
        raise package.damaged()
    properties = workbook.find(S + "workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in _TRUE
    values = Values(package, main, from_1904)
    targets = {id_: target for id_, _, target in package.relations(main)}
    document = Document("xlsx", titles=package.titles())
    hidden: list[str] = []
    left = budget.limits.cells
    for sheet in workbook.iter(S + "sheet"):
        name = sheet.get("name", "")
        if sheet.get("state", "visible") != "visible":
            hidden.append(name)
            continue
        root = package.xml(targets.get(sheet.get(_RELATION_ID, ""), ""))
        if root is not None and root.tag == _WORKSHEET:
            left = _Sheet(name, root, values, budget, left).read(document)
    if values.struck:
        document.findings.append(struck_text(values.struck))
    if hidden:
        document.findings.append(find("sheet.hidden", sheets=hidden))
    grids = (block for block in document.blocks if isinstance(block, Grid))
    for table, grid in enumerate(grids, 1):
        grid.where = grid.where._replace(table=table)
    return document


class _Sheet:
    """One sheet; ``left`` is how many cells the whole file may still have."""

    def __init__(
        self, name: str, root: etree._Element, values: Values, budget: Budget, left: int
    ) -> None:
        self._name = name
        self._root = root
        self._values = values
        self._budget = budget
        self._left = left
        self._rows: dict[int, SheetRow] = {}
        self._hidden_rows: set[int] = set()

    def read(self, document: Document) -> int:
        """The sheet's blocks onto ``document``; how many cells are left to read."""
        self._read_rows()
        first = next((c.text for row in self._rows.values() for c in row.slots.values()), "")
        if first.startswith(NOT_THE_REPORT):
            return self._left
        self._merge()
        columns = [_letters(column) for column in take_margins(self._rows)]
        if columns:
            document.findings.append(find("sheet.margin", sheet=self._name, columns=columns))
        self._say_hidden(document)
        document.blocks.extend(regions(self._rows, self._name, self._spend))
        return self._left

    def _read_rows(self) -> None:
        at = 0
        for row in self._root.iter(_ROW):
            self._budget.check()
            given = row.get("r", "")
            at = int(given) if given.isdecimal() and len(given) < 8 else at + 1
            if not 0 < at <= _LAST_ROW:
                continue
            if row.get("hidden") in _TRUE:
                self._hidden_rows.add(at)
            slots = self._rows.setdefault(at, SheetRow()).slots
            column = 0
            for cell in row.iterchildren(_C):
                place = _place(cell.get("r", ""))
                column = place[1] if place else column + 1
                self._spend(1)
                text, unread = self._values.read(cell)
                ruled = self._values.ruled(cell)
                slots[column] = SheetCell(at, column, text.strip(), unread, ruled)

    def _merge(self) -> None:
        """Let every merged cell stand in all the slots it covers."""
        last_row = max(self._rows, default=0)
        last_column = max((c for r in self._rows.values() for c in r.slots), default=0)
        for merged in self._root.iter(S + "mergeCell"):
            ends = [_place(end) for end in merged.get("ref", "").split(":")]
            if len(ends) != 2 or ends[0] is None or ends[1] is None:
                continue
            (top, left), (bottom, right) = ends[0], ends[1]
            bottom, right = min(bottom, last_row), min(right, last_column)
            if bottom < top or right < left:
                continue
            self._spend((bottom - top + 1) * (right - left + 1))
            owner = self._rows.setdefault(top, SheetRow()).slots.get(left)
            owner = owner or SheetCell(top, left)
            owner.row_span, owner.column_span = bottom - top + 1, right - left + 1
            for row in range(top, bottom + 1):
                slots = self._rows.setdefault(row, SheetRow()).slots
                for column in range(left, right + 1):
                    under = slots.get(column)
                    owner.ruled = owner.ruled or (under is not None and under.ruled)
                    slots[column] = owner

    def _say_hidden(self, document: Document) -> None:
        rows = sum(bool(self._rows[at].cells(at)) for at in self._hidden_rows)
        ranges = list(self._hidden_columns())
        columns = {
            cell.column for row in self._rows.values() for cell in row.slots.values()
            if cell.says and any(first <= cell.column <= last for first, last in ranges)
        }  # fmt: skip
        if rows or columns:
            document.findings.append(
                find("sheet.hidden_lines", sheet=self._name, rows=rows, columns=len(columns))
            )

    def _hidden_columns(self) -> Iterator[tuple[int, int]]:
        for column in self._root.iter(_COL):
            first, last = column.get("min", ""), column.get("max", "")
            if column.get("hidden") in _TRUE and first.isdecimal() and last.isdecimal():
                yield int(first), int(last)

    def _spend(self, cells: int) -> None:
        self._budget.check()
        self._left -= cells
        if self._left < 0:
            raise UnreadableDocument("input.too_many_cells", limit=self._budget.limits.cells)


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as ``B12``; None where it is none."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    return (row, column) if 0 < row <= _LAST_ROW and column <= _LAST_COLUMN else None


def _letters(column: int) -> str:
    """A column as spreadsheets call it: 16 is P."""
    written = ""
    while column:
        column, letter = divmod(column - 1, 26)
        written = chr(ord("A") + letter) + written
    return written
