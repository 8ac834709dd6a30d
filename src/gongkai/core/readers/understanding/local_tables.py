"""Tables that are in the report but in no edition: kept whole, with labels and figures."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ...forms import Form, Kind
from ...forms.label import label_key, tidy
from ...forms.model import LocalTable as KnownTable
from ...report import Cell, LocalTable
from ..numerals import is_value, parse_cell
from .lines import Line, Unplaced


def keep_table(part: Unplaced, number: int, form: Form | None) -> LocalTable:
    """The rows of ``part`` as a table to keep.

    ``number`` counts the local tables of the report from 1 and names those
    that are not known from elsewhere.
    """
    lines = part.lines
    title = ""
    if len(lines) > 1 and len(lines[0].printed) == 1 and not _figures(lines[0]):
        title = tidy(lines[0].printed[0].text.replace("\n", ""))
        lines = lines[1:]
    rows = tuple(tuple(tidy(c.text) for c in line.cells) for line in part.lines)
    known = _known(title, lines, form)
    table_id = known.id if known else str(number)
    cells = _known_cells(known, lines) if known else {}
    if not cells:
        table_id = str(number)
        cells = _cells(table_id, lines)
    return LocalTable(table_id, title, rows, cells, part.grid.place(part.lines[0].cells[0]))


def is_table(part: Unplaced) -> bool:
    """Whether ``part`` is a table to keep rather than prose that stood in boxes."""
    lines = part.lines
    if len(lines) < 2:
        return len(lines[0].printed) > 2 and _figures(lines[0])
    return max(len(line.printed) for line in lines) > 1


def _figures(line: Line) -> bool:
    return any(is_value(c.text) for c in line.printed)


def _known(title: str, lines: Sequence[Line], form: Form | None) -> KnownTable | None:
    if form is None:
        return None
    keys = {k for line in lines for k in line.keys if k}
    for table in form.local_tables:
        wanted = {label_key(c.label) for c in table.columns}
        if wanted <= keys and (not title or label_key(title) == label_key(table.label)):
            return table
    return None


def _known_cells(known: KnownTable, lines: Sequence[Line]) -> dict[str, Cell]:
    """The figures of a known table: the row below its heads, in the heads' order."""
    names = {label_key(c.label): c.id for c in known.columns}
    for head, line in itertools.pairwise(lines):
        order = [names[k] for k in head.keys if k in names]
        if len(order) == len(names) == len(line.cells):
            cells = {}
            for column, cell in zip(order, line.cells, strict=True):
                read = parse_cell(cell.text, Kind.COUNT, line.grid.place(cell))
                if read is not None:
                    cells[f"local.{known.id}/{column}"] = read
            return cells
    return {}


def _cells(table_id: str, lines: Sequence[Line]) -> dict[str, Cell]:
    """The figures of an unknown table by position: ``local.<n>.<row>/<column>`` from 1."""
    cells = {}
    for at, line in enumerate(lines, start=1):
        for cell in line.printed:
            read = parse_cell(cell.text, Kind.AMOUNT, line.grid.place(cell))
            if read is not None and read.text:
                cells[f"local.{table_id}.{at}/{cell.column + 1}"] = read
    return cells
