"""One row of a grid, and what a row can turn out to be: a head, a row of a table, or neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ...forms.label import label_key
from ..document import Grid, GridCell, Paragraph
from ..numerals import join_wrapped


@dataclass(slots=True)
class Line:
    """One row of a grid with the keys of its words."""

    grid: Grid
    cells: list[GridCell]
    keys: list[str]

    @property
    def printed(self) -> list[GridCell]:
        return [c for c in self.cells if c.text.strip() or c.unread]


@dataclass(slots=True)
class Head:
    """The column heads above: each word's key and the columns it covers."""

    grid: Grid
    spots: list[tuple[str, int, int]] = field(default_factory=list)
    lines: int = 0

    def add(self, line: Line) -> None:
        self.lines += 1
        self.spots += [
            (key, cell.column, cell.column + cell.column_span)
            for cell, key in zip(line.cells, line.keys, strict=True)
            if key
        ]


@dataclass(eq=False, slots=True)
class Run:
    """The rows of one table as they were met, heads included.

    ``rows`` are the names of its rows (tables of 表二, rows of 表三, blocks of 表四);
    ``caption`` the words right above it.
    """

    table: str
    caption: str
    lines: list[Line] = field(default_factory=list)
    rows: set[str] = field(default_factory=set)
    last: str = ""


@dataclass(slots=True)
class DisclosureRow:
    run: Run
    table: str
    item: str
    head: Head | None
    line: Line
    cells: list[GridCell]


@dataclass(slots=True)
class RequestRow:
    run: Run
    row: str
    head: Head | None
    line: Line
    cells: list[GridCell]
    reworded: str = ""


@dataclass(slots=True)
class RemedyRow:
    run: Run
    head: Head
    line: Line
    cells: list[GridCell]


@dataclass(slots=True)
class Unplaced:
    """Rows of one grid that belong to no table of any edition, in order."""

    grid: Grid
    lines: list[Line]


@dataclass(slots=True)
class TableMark:
    """In the flow of prose: here a row of this table stood, or of its text without borders."""

    table: str
    run: Run | None = None


Flow = Paragraph | Unplaced | TableMark


@dataclass
class Sorted:
    """The document's rows by table, and the rest of it in reading order."""

    disclosure: list[DisclosureRow] = field(default_factory=list)
    requests: list[RequestRow] = field(default_factory=list)
    remedies: list[RemedyRow] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    flow: list[Flow] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)


def joined(first: Line, second: Line) -> Line | None:
    """Two halves of one row, cell by cell; None where their columns differ."""
    above, below = first.grid, second.grid
    if not below.aligned or above.columns != below.columns:
        return None
    halves = {c.column: c for c in second.cells}
    cells = [
        c._replace(row=second.cells[0].row, text=c.text + halves[c.column].text)
        if c.column in halves
        else c
        for c in first.cells
    ]
    return Line(below, cells, [label_key(c.text) if c.text else "" for c in cells])


def unwrapped(grid: Grid) -> Grid:
    """``grid`` of a PDF with the numbers whole that a narrow column broke over lines."""
    cells = [c._replace(text=join_wrapped(c.text)) if "\n" in c.text else c for c in grid.cells]
    return replace(grid, cells=cells)


def lines_of(grid: Grid) -> Iterator[Line]:
    """The rows of ``grid`` from the top, each with the cells that begin in it."""
    rows: list[list[GridCell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    for cells in rows:
        if cells:
            yield Line(grid, cells, [label_key(c.text) if c.text else "" for c in cells])
