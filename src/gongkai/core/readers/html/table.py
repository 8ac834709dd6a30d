"""HTML tables as grids: rows, columns and spans as a browser would lay them out.

Spans beyond the table are clamped, ``rowspan=0`` reaches the end of its group;
missing end tags and content between rows lose nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from ..document import GridCell
from .text import cell_text, words

_GROUPS = frozenset({"tbody", "thead", "tfoot"})
# Wider spans are a mistake of the page, not a wide table.
_WIDEST = 100
_MOST_COLUMNS = 1000
# A cell with so much text is prose in a layout table, or the rest of a page
# swallowed because an end tag is missing.
_PROSE = 600
_FEW = 8


@dataclass(slots=True)
class Shape:
    """A table's own rows of ``td`` and ``th``; ``strays`` stood between them.

    ``ends`` is for every row the first row after its group; ``width`` the columns of
    the widest row, counted only where a span must be clamped to it.
    """

    rows: list[list[_Element]] = field(default_factory=list)
    strays: list[_Element] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    width: int = 0


def shape(table: _Element) -> Shape:
    """The rows that belong to ``table`` itself."""
    form = Shape()
    _rows_of(table, form)
    form.ends.extend([len(form.rows)] * (len(form.rows) - len(form.ends)))
    return form


def _rows_of(group: _Element, form: Shape) -> None:
    for child in group:
        tag = child.tag
        if tag == "tr":
            cells = [c for c in child if c.tag == "td" or c.tag == "th"]
            if len(cells) != len(child):
                form.strays += [c for c in child if c.tag != "td" and c.tag != "th"]
            if cells and not _is_spacer(child):
                form.rows.append(cells)
        elif tag in _GROUPS or (tag != "table" and child.find("tr") is not None):
            form.ends.extend([len(form.rows)] * (len(form.rows) - len(form.ends)))
            _rows_of(child, form)
            form.ends.extend([len(form.rows)] * (len(form.rows) - len(form.ends)))
        elif tag not in {"caption", "colgroup", "col"}:
            form.strays.append(child)


def _is_spacer(row: _Element) -> bool:
    """Word ends a table with a row of no height that only fixes the widths."""
    return row.get("height") == "0" and not words(row).strip()


def is_layout(table: _Element, form: Shape) -> bool:
    """Whether the table only places things: one cell, tables within, or prose in its cells."""
    own = sum(map(len, form.rows))
    if own <= 1:
        return True
    if table.find(".//table") is not None:
        inner = [_cells(t) for row in form.rows for c in row for t in c.iterdescendants("table")]
        if max(inner, default=0) > 1:
            return sum(inner) > own
    if own < _FEW:
        longest = max(_length(cell) for row in form.rows for cell in row)
        single = max(map(len, form.rows)) == 1
        return longest > (_PROSE // 3 if single else _PROSE)
    return False


def swallowed(form: Shape) -> _Element | None:
    """What the last cell took in because its end tag is missing, cut off from it."""
    if sum(map(len, form.rows)) < _FEW:
        return None
    cell = form.rows[-1][-1]
    if not len(cell) or (cell.find(".//table") is None and _length(cell) < _PROSE // 3):
        return None
    value = 0 if (cell.text or "").strip() else 1
    rest = etree.Element("div")
    for child in list(cell)[value:]:
        rest.append(child)
    return rest if len(rest) else None


def grid_of(form: Shape) -> tuple[list[GridCell], int]:
    """The cells of ``form`` in their places, and the number of columns."""
    cells: list[GridCell] = []
    # For every column the first row that no cell from above reaches into.
    free: list[int] = []
    columns = 0
    for at, row in enumerate(form.rows):
        column = 0
        for element in row:
            while column < len(free) and free[column] > at:
                column += 1  # taken by a cell from above
            width, height = element.get("colspan"), element.get("rowspan")
            across = _across(width, form, column) if width else 1
            down = _down(height, form.ends[at] - at) if height else 1
            end = column + across
            if down > 1:
                free.extend([0] * (end - len(free)))
                free[column:end] = [at + down] * across
            cells.append(GridCell(at, column, cell_text(element), down, across))
            column = end
        columns = max(columns, column)
    return cells, columns


def left_unread(form: Shape, cells: list[GridCell], why: dict[_Element, str]) -> list[GridCell]:
    """``cells`` with those whose element is in ``why`` unread, for the reason given there."""
    elements = (element for row in form.rows for element in row)
    return [
        cell._replace(text="", unread=why[element]) if element in why else cell
        for element, cell in zip(elements, cells, strict=True)
    ]


def _across(printed: str, form: Shape, column: int) -> int:
    span = _number(printed)
    if span > _WIDEST:
        form.width = form.width or max(1, *map(_sane_width, form.rows))
        span = max(1, form.width - column)
    return span if column + span <= _MOST_COLUMNS else 1


def _sane_width(row: list[_Element]) -> int:
    return sum(w for c in row if (w := _number(c.get("colspan") or "1")) <= _WIDEST)


def _down(printed: str, left: int) -> int:
    span = int(printed.strip()[:6]) if printed.strip().isdecimal() else 1
    return min(span, left) if span else left


def _number(printed: str) -> int:
    """A span as printed; what is no number counts as one."""
    digits = printed.strip()
    return max(1, int(digits[:6])) if digits.isdecimal() else 1


def _cells(table: _Element) -> int:
    return sum(1 for _ in table.iter("td", "th"))


def _length(element: _Element) -> int:
    return sum(len(t.strip()) for t in element.itertext())
