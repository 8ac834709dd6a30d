"""One page: its tables as pieces with their edges, its other lines, its oddities."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from ..document import Budget
from .bands import banded, unruled
from .columns import Band
from .glyphs import (
    UNKNOWN,
    Box,
    Glyph,
    RawGlyph,
    placing,
    raw_glyphs,
    reading_turn,
    righted,
    upright,
)
from .lattice import Lattice, PieceCell, crossed, lattice
from .lines import Line, cell_lines, cell_texts, chunks, lines_of
from .prose import ProseLine, prose_line
from .rows import is_figure
from .ruling import Drawing, drawing, turned
from .running import Place, edge_lines, without_heads, without_numbers

# More hidden than printed characters by this much: a recognised scan.
_HIDDEN_SHARE = 10
_PICTURE_SHARE = 0.5
_FEW = 20
# A cell over the whole width with this much in it is prose in a frame.
_PROSE = 80
# One row in so many with a label and a figure in one cell: a table without upright rules.
_RUN_ON = 4
# Times a line's height: the next line of a cell stands no further below.
_WRAPPED = 1.6


@dataclass(slots=True)
class Piece:
    """A table on one page: column edges ``xs``, its height on the page, its cells."""

    xs: list[float]
    top: float
    bottom: float
    rows: int
    cells: list[PieceCell]
    aligned: bool = True
    ruled: bool = True


@dataclass(slots=True)
class Page:
    """A page in reading order."""

    blocks: list[Piece | ProseLine] = field(default_factory=list)
    hidden_text: bool = False
    picture: bool = False
    unknown: bool = False


@dataclass(slots=True)
class Sheet:
    """A page as printed: upright characters and rules, not yet put to lines."""

    glyphs: list[Glyph]
    found: Drawing
    height: float
    edge_lines: set[Place]
    page: Page


def read_sheet(page: Any, budget: Budget) -> Sheet:
    """Take characters and rules from a PDFium page; the caller closes it."""
    page_box = _page_box(page)
    found = drawing(page, page_box, budget)
    text = pdfium.FPDFText_LoadPage(page)
    try:
        raw = raw_glyphs(text, page_box, found.hides_text, budget)
    finally:
        pdfium.FPDFText_ClosePage(text)
    raw, hidden = _without_hidden(raw)
    turn = reading_turn(raw)
    to = placing(turn, page_box)
    turned(found, turn, to)
    glyphs = upright(raw, turn, to)
    sides = (page_box.right - page_box.left, page_box.top - page_box.bottom)
    height = sides[turn % 2 == 0]
    page_read = Page(
        hidden_text=hidden,
        picture=not hidden and _is_picture(page_box, found, len(raw)),
        unknown=any(glyph.char == UNKNOWN for glyph in raw),
    )
    return Sheet(glyphs, found, height, edge_lines(glyphs, height), page_read)


def lay_out(sheet: Sheet, repeated: set[Place], budget: Budget) -> Page:
    """Put a sheet to tables and lines, without the ``repeated`` heads and feet."""
    blocks = _laid_out(sheet, repeated, budget)
    sheet.page.blocks = [b if isinstance(b, Piece) else prose_line(b) for b in blocks]
    return sheet.page


def _laid_out(sheet: Sheet, repeated: set[Place], budget: Budget) -> list[Piece | Line]:
    """Tables and lines from top to bottom."""
    groups, alone = crossed(sheet.found.horizontal, sheet.found.vertical, budget)
    ruled = [(lattice(group, budget), group.horizontal) for group in groups]
    ruled = sorted((made for made in ruled if len(made[0].cells) > 1), key=lambda m: m[0].area)
    lattices = [made for made, _ in ruled]
    held, free = _assigned(sheet.glyphs, lattices)
    for made, words in zip(lattices, held, strict=True):
        if made.open_columns:
            free = _taken_below(made, words, free, sheet.height, repeated)
    blocks: list[Piece | Line] = []
    for (made, horizontal), words in zip(ruled, held, strict=True):
        budget.check()
        lines_within = [cell_lines(glyphs) for glyphs in words]
        piece = _piece(made, lines_within)
        if piece is not None and _lacks_uprights(made, lines_within):
            alone = alone + horizontal
            piece = None
        if piece is None:
            free += [glyph for cell in words for glyph in cell]
        else:
            blocks += _split(piece, made, words)
    lines = lines_of(glyph for glyph in free if not glyph.turn)
    lines = without_heads(lines, sheet.height, repeated)
    bands, lines = banded(lines, alone, budget)
    tables, lines = unruled(lines, budget)
    upright_blocks = sorted([*blocks, *map(_of_band, bands + tables), *lines], key=_top)
    return [*_sideways(free), *upright_blocks]


def _sideways(free: list[Glyph]) -> list[Line]:
    """Lines that run another way than the page, such as the heading over a turned table."""
    turned_lines: list[Line] = []
    for turn in (1, 2, 3):
        turned_lines += lines_of(righted([glyph for glyph in free if glyph.turn == turn], turn))
    return without_numbers(turned_lines)


def _assigned(
    glyphs: list[Glyph], lattices: list[Lattice]
) -> tuple[list[list[list[Glyph]]], list[Glyph]]:
    """Each character to the cell its centre lies in, in the smallest table around it."""
    held: list[list[list[Glyph]]] = [[[] for _ in made.cells] for made in lattices]
    free: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        for made, words in zip(lattices, held, strict=True):
            cell = made.cell_at(x, y)
            if cell is not None:
                words[cell].append(glyph)
                break
        else:
            free.append(glyph)
    return held, free


def _taken_below(
    made: Lattice,
    words: list[list[Glyph]],
    free: list[Glyph],
    height: float,
    repeated: set[Place],
) -> list[Glyph]:
    """Give cells cut by the page's end the line that stands below their rules; what is left."""
    taken: set[int] = set()
    upright_lines = lines_of(glyph for glyph in free if not glyph.turn)
    for line in without_heads(upright_lines, height, repeated):
        y, reach = (line.top + line.bottom) / 2, _WRAPPED * line.height
        cells = [made.cell_above((g.left + g.right) / 2, y, reach) for g in line.glyphs]
        for cell, glyph in zip(cells, line.glyphs, strict=True):
            if cell is not None and None not in cells:
                words[cell].append(glyph)
                taken.add(id(glyph))
    return [glyph for glyph in free if id(glyph) not in taken]


def _piece(made: Lattice, words: list[list[Line]]) -> Piece | None:
    """The table of a lattice; None where it is but a frame or boxes around prose."""
    width = len(made.xs) - 1
    if all(slots.column_span == width for slots in made.cells) or not any(words):
        return None
    texts = cell_texts(words)
    cells = [PieceCell(slots, text) for slots, text in zip(made.cells, texts, strict=True)]
    return Piece(made.xs, made.ys[0], made.ys[-1], len(made.ys) - 1, cells)


def _lacks_uprights(made: Lattice, words: list[list[Line]]) -> bool:
    """Whether no upright rule parts labels from the figures beside them in much of a table."""
    run_on = sum(any(_ends_in_figure(chunks(line)) for line in lines) for lines in words)
    return run_on > 1 and run_on * _RUN_ON >= len(made.ys) - 1


def _ends_in_figure(pieces: list[Line]) -> bool:
    return len(pieces) > 1 and is_figure(pieces[-1]) and not is_figure(pieces[0])


def _split(piece: Piece, made: Lattice, words: list[list[Glyph]]) -> list[Piece | Line]:
    """A piece without the full-width cells that hold prose: those are a page's frame."""
    width = len(piece.xs) - 1
    prose = {
        index: glyphs
        for index, (slots, glyphs) in enumerate(zip(made.cells, words, strict=True))
        if slots.column_span == width and len(glyphs) > _PROSE
    }
    if not prose:
        return [piece]
    blocks: list[Piece | Line] = []
    kept: list[PieceCell] = []
    for index, cell in enumerate(piece.cells):
        if index in prose:
            blocks += [*_rebased(piece, kept, made), *lines_of(prose[index])]
            kept = []
        else:
            kept.append(cell)
    return blocks + _rebased(piece, kept, made)


def _rebased(piece: Piece, cells: list[PieceCell], made: Lattice) -> list[Piece | Line]:
    if not any(cell.text for cell in cells):
        return []
    first = min(cell.slots.row for cell in cells)
    last = max(cell.slots.row + cell.slots.row_span for cell in cells)
    moved = [cell._replace(slots=cell.slots._replace(row=cell.slots.row - first)) for cell in cells]
    return [Piece(piece.xs, made.ys[first], made.ys[last], last - first, moved)]


def _of_band(band: Band) -> Piece:
    return Piece(band.xs, band.top, band.bottom, band.rows, band.cells, band.aligned, ruled=False)


def _top(block: Piece | Line) -> float:
    return block.top


def _without_hidden(raw: list[RawGlyph]) -> tuple[list[RawGlyph], bool]:
    hidden = sum(glyph.invisible for glyph in raw)
    if not hidden:
        return raw, False
    if hidden > _HIDDEN_SHARE * (len(raw) - hidden):
        return raw, True
    return [glyph for glyph in raw if not glyph.invisible], False


def _is_picture(page_box: Box, found: Drawing, characters: int) -> bool:
    if not characters:
        return found.objects > 0
    if characters >= _FEW:
        return False
    page = (page_box.right - page_box.left) * (page_box.top - page_box.bottom)
    covered = sum((i.right - i.left) * (i.top - i.bottom) for i in found.images)
    return covered > _PICTURE_SHARE * page


def _page_box(page: Any) -> Box:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return Box(box.left, box.bottom, box.right, box.top)
