"""What every format is turned into before anything is understood: prose and grids.

A reader of one format knows nothing of the annual report; it returns a
:class:`Document`, blocks in reading order.  What the blocks mean is told from
their words alone, in one place for all formats.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import NamedTuple

from ..errors import UnreadableDocument
from ..finding import Finding
from ..report import Where
from ..report.working_paper import UNREAD

NOWHERE = Where()


class GridCell(NamedTuple):
    """A cell of a table: its first row and column (from 0), its spans, its words.

    ``text`` keeps line breaks as ``\\n``.  ``unread`` says why a cell's words
    could not be had; then ``text`` is empty: ``formula`` or ``error`` (no stored
    result), ``unplaced`` (not certainly on this row), ``struck`` (struck-out
    figures), ``white`` (white ones), ``marked`` (the file itself says so).
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    unread: str = ""


@dataclass(slots=True)
class Grid:
    """A table.  Cells in reading order; slots covered by a span hold no cell of their own.

    ``aligned`` says whether columns are true places on the page (a ruled or
    marked-up table) or only the order within each line (text with separators,
    where merged cells have lost their width).  ``where`` gives page, sheet and
    the table's number; ``lines`` the line of each row in a text file.
    """

    cells: list[GridCell]
    rows: int
    columns: int
    aligned: bool = True
    where: Where = NOWHERE
    lines: list[int] | None = None
    first_row: int = 1
    first_column: int = 1

    def place(self, cell: GridCell) -> Where:
        """Where ``cell`` stood in the document."""
        at = self.where
        return Where(
            at.page,
            at.sheet,
            at.table,
            cell.row + self.first_row,
            cell.column + self.first_column,
            self.lines[cell.row] if self.lines else None,
        )


@dataclass(slots=True)
class Paragraph:
    """A piece of prose: one paragraph, or one printed line where paragraphs are unknown.

    ``heading`` is True where the document itself marks it as a heading.
    """

    text: str
    where: Where = NOWHERE
    heading: bool = False


@dataclass(slots=True)
class Document:
    """A document in reading order.

    ``titles`` are names the document gives itself outside the text (a page's
    title, its metadata), most trusted first; they are only a last resort.
    """

    format: str
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def mark_unread(document: Document) -> None:
    """Let cells that we ourselves wrote as unread be unread, not words."""
    for block in document.blocks:
        if isinstance(block, Grid) and any(cell.text == UNREAD for cell in block.cells):
            block.cells = [
                cell._replace(text="", unread="marked") if cell.text == UNREAD else cell
                for cell in block.cells
            ]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a document may ask of the machine before it is refused.

    ``file_bytes`` and ``unpacked_bytes`` bound what is read and what a
    compressed file may grow to; ``pages`` bounds a PDF, ``cells`` the table
    cells and paragraphs together; ``seconds`` the time one file may take.
    """

    file_bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    pages: int = 500
    cells: int = 400_000
    seconds: float = 30.0


class Budget:
    """The time one file still has.  Readers call ``check`` in every long loop."""

    __slots__ = ("_ends", "limits")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._ends = time.monotonic() + limits.seconds

    def check(self) -> None:
        """Refuse to go on once the time is spent."""
        if time.monotonic() > self._ends:
            raise UnreadableDocument("input.too_slow", seconds=f"{self.limits.seconds:g}")

    @property
    def seconds_left(self) -> float:
        return max(0.0, self._ends - time.monotonic())
