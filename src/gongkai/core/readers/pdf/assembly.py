"""Pages made one document: paragraphs joined, split tables given one set of columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...errors import UnreadableDocument
from ...report import Where
from ..document import Budget, Document, Grid, GridCell, Paragraph
from .continuation import continues, share_columns
from .page import Page, Piece
from .prose import Margins, ProseLine, is_one_heading, join, margins, runs_on


def assemble(document: Document, pages: list[Page], budget: Budget) -> None:
    """Append the blocks of all ``pages`` to ``document``."""
    prose = [block for page in pages for block in page.blocks if isinstance(block, ProseLine)]
    made = _Assembly(document, margins(prose))
    for number, page in enumerate(pages, start=1):
        budget.check()
        made.page(number, page.blocks)
        if made.size > budget.limits.cells:
            raise UnreadableDocument("input.too_many_cells", limit=budget.limits.cells)
    made.finish()


@dataclass(slots=True)
class _Assembly:
    document: Document
    margins: Margins
    last: ProseLine | None = None
    split: list[Piece] = field(default_factory=list)
    tables: list[tuple[Piece, Grid]] = field(default_factory=list)
    size: int = 0

    def page(self, number: int, blocks: list[Piece | ProseLine]) -> None:
        for index, block in enumerate(blocks):
            if isinstance(block, Piece):
                self._table(number, block, first=index == 0)
            else:
                self._line(number, block)

    def finish(self) -> None:
        """Fill the grids, now that every piece has its columns."""
        share_columns(self.split)
        for piece, grid in self.tables:
            grid.columns = _width(piece)
            grid.cells = [
                GridCell(slots.row, slots.column, text, slots.row_span, slots.column_span, unread)
                for slots, text, unread in piece.cells
            ]

    def _line(self, number: int, line: ProseLine) -> None:
        blocks = self.document.blocks
        before = blocks[-1] if blocks else None
        if (
            isinstance(before, Paragraph)
            and self.last is not None
            and (
                runs_on(self.last, line, self.margins)
                or is_one_heading(self.last, line, self.margins)
            )
        ):
            before.text = join(before.text, line.text)
        else:
            blocks.append(Paragraph(line.text, Where(page=number)))
            self.size += 1
        self.last = line

    def _table(self, number: int, piece: Piece, first: bool) -> None:
        blocks = self.document.blocks
        after_table = bool(blocks) and isinstance(blocks[-1], Grid)
        if not (first and after_table and continues(self.split[-1], piece)):
            share_columns(self.split)
            self.split = []
        self.split.append(piece)
        where = Where(page=number, table=len(self.tables) + 1)
        grid = Grid([], piece.rows, _width(piece), aligned=piece.aligned, where=where)
        self.tables.append((piece, grid))
        blocks.append(grid)
        self.size += len(piece.cells)


def _width(piece: Piece) -> int:
    if piece.aligned:
        return len(piece.xs) - 1
    return max(cell.slots.column + 1 for cell in piece.cells)
