"""The official look of the three tables: which words and which cells stand where.

Writers and the blank form draw from here and nowhere else, so that a docx, a
page, a sheet and a PDF of one report cannot disagree.  The grids are those of
the official form (2021: 14×4, 28×10, 4×15).
"""

from __future__ import annotations

from dataclasses import dataclass

from .address import address
from .model import Disclosure, Form, Remedies, Requests


@dataclass(frozen=True)
class LayoutCell:
    """A cell of an official table: words (``text``) or a figure (``address``).

    ``scope`` is the reach of a heading as HTML names it: ``col``, ``colgroup``,
    ``row``, ``rowgroup``; ``""`` for a figure.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str = ""
    address: str = ""
    scope: str = ""


@dataclass(frozen=True)
class Layout:
    """One official table as a grid of ``rows`` by ``columns``."""

    section: str
    caption: str
    rows: int
    columns: int
    cells: tuple[LayoutCell, ...]
    head_rows: int


def layouts(form: Form) -> tuple[Layout, ...]:
    """The three tables of ``form`` in printed order."""
    return (
        _disclosure(form.disclosure),
        _requests(form.requests),
        _remedies(form.remedies),
    )


def _disclosure(table: Disclosure) -> Layout:
    cells: list[LayoutCell] = []
    at = 0
    for group in table.groups:
        cells.append(LayoutCell(at, 0, 1, table.grid_columns, text=group.heading, scope="rowgroup"))
        starts = [sum(group.spans[:i]) for i in range(len(group.spans))]
        heads = [table.head, *(c.label for c in group.columns)]
        for start, span, words in zip(starts, group.spans, heads, strict=True):
            cells.append(LayoutCell(at + 1, start, 1, span, text=words, scope="col"))
        for below, row in enumerate(group.rows, start=2):
            cells.append(LayoutCell(at + below, 0, 1, group.spans[0], text=row.label, scope="row"))
            for start, span, column in zip(starts[1:], group.spans[1:], group.columns, strict=True):
                place = address(row.table, column.id)
                cells.append(LayoutCell(at + below, start, 1, span, address=place))
        at += 2 + len(group.rows)
    return Layout(table.section, table.caption, at, table.grid_columns, tuple(cells), 0)


def _requests(table: Requests) -> Layout:
    inner = [i for i, c in enumerate(table.columns) if c.organisation]
    width = len(table.columns)
    cells = [
        LayoutCell(0, 0, 3, 3, text=table.corner, scope="col"),
        LayoutCell(0, 3, 1, width, text=table.head, scope="colgroup"),
    ]
    for i, column in enumerate(table.columns):
        if i == inner[0]:
            cells.append(
                LayoutCell(1, 3 + i, 1, len(inner), text=table.organisations, scope="colgroup")
            )
        if i not in inner:
            cells.append(LayoutCell(1, 3 + i, 2, 1, text=column.label, scope="col"))
    cells += [LayoutCell(2, 3 + i, 1, 1, text=table.columns[i].label, scope="col") for i in inner]
    within = [r for r in table.rows if r.result or r.total]
    groups = {g.id: g.label for g in table.row_groups}
    opened: set[str] = set()
    for at, row in enumerate(table.rows, start=3):
        first = 0
        if row in within:
            first = 1
            if row is within[0]:
                cells.append(
                    LayoutCell(at, 0, len(within), 1, text=table.results, scope="rowgroup")
                )
        if row.group:
            first = 2
            if row.group not in opened:
                opened.add(row.group)
                span = sum(r.group == row.group for r in table.rows)
                cells.append(LayoutCell(at, 1, span, 1, text=groups[row.group], scope="rowgroup"))
        cells.append(LayoutCell(at, first, 1, 3 - first, text=row.label, scope="row"))
        cells += [
            LayoutCell(at, 3 + i, 1, 1, address=address("requests", c.id, row.id))
            for i, c in enumerate(table.columns)
        ]
    return Layout(table.section, table.caption, 3 + len(table.rows), 3 + width, tuple(cells), 3)


def _remedies(table: Remedies) -> Layout:
    width = len(table.columns)
    suits = [i for i, b in enumerate(table.blocks) if b.litigation]
    cells: list[LayoutCell] = []
    for i, block in enumerate(table.blocks):
        start = i * width
        if block.litigation:
            if i == suits[0]:
                cells.append(
                    LayoutCell(
                        0, start, 1, width * len(suits), text=table.litigation, scope="colgroup"
                    )
                )
            cells.append(LayoutCell(1, start, 1, width, text=block.label, scope="colgroup"))
        else:
            cells.append(
                LayoutCell(0, start, 1, width, text=table.reconsideration, scope="colgroup")
            )
        top, span = (2, 1) if block.litigation else (1, 2)
        for j, column in enumerate(table.columns):
            cells.append(LayoutCell(top, start + j, span, 1, text=column.label, scope="col"))
            place = address(block.table, column.id)
            cells.append(LayoutCell(3, start + j, 1, 1, address=place))
    cells.sort(key=lambda c: (c.row, c.column))
    return Layout(table.section, table.caption, 4, width * len(table.blocks), tuple(cells), 3)
