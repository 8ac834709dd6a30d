"""Characters put together to lines, and lines to words, by the gaps between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from .glyphs import Glyph, righted

# Shares of a character's height.
_SAME_BASE = 0.35
_OVERPRINT = 0.12
_LATIN_GAP = 0.2
_WORD_GAP = 1.0
_FIGURE_GAP = 0.6
_left, _base = attrgetter("left"), attrgetter("base")
_FIGURES = frozenset("0123456789-－—–―─/")

WIDE_GAP = "\t"
"""Stands between two numbers too far apart to be one, so that nothing joins them."""


class Line(NamedTuple):
    """Characters on one base line, left to right."""

    glyphs: list[Glyph]
    base: float

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return max(glyph.right for glyph in self.glyphs[-3:])

    @property
    def top(self) -> float:
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def height(self) -> float:
        return max(glyph.height for glyph in self.glyphs)

    @property
    def text(self) -> str:
        return text_of(self.glyphs)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines from top to bottom; characters printed twice for boldness come once."""
    lines: list[list[Glyph]] = []
    base = 0.0
    for glyph in sorted(glyphs, key=_base):
        if lines:
            height = min(glyph.height, lines[-1][0].height)
            if glyph.base - base <= _SAME_BASE * height:
                lines[-1].append(glyph)
                continue
        lines.append([glyph])
        base = glyph.base
    return [Line(_once(line), line[0].base) for line in lines]


def cell_text(glyphs: list[Glyph]) -> str:
    """The words of a cell, its lines parted by ``\\n``; turned words in their own direction."""
    if not glyphs:
        return ""
    turn, times = Counter(glyph.turn for glyph in glyphs).most_common(1)[0]
    # In a column set upright only figures and brackets lie on their side.
    if turn and times * 2 > len(glyphs):
        glyphs = righted(glyphs, turn)
    return "\n".join(line.text for line in lines_of(glyphs))


def text_of(glyphs: list[Glyph]) -> str:
    """The characters of a line, with a space only where one is seen."""
    parts = [glyphs[0].char]
    for before, glyph in pairwise(glyphs):
        if glyph.left - before.right > _LATIN_GAP * glyph.height:
            parts.append(_between(before, glyph))
        parts.append(glyph.char)
    return "".join(parts)


def chunks(line: Line) -> list[Line]:
    """The pieces of a line that stand apart, as the cells of an unruled table do."""
    pieces: list[list[Glyph]] = [[line.glyphs[0]]]
    for before, glyph in pairwise(line.glyphs):
        if _is_apart(before, glyph):
            pieces.append([])
        pieces[-1].append(glyph)
    return [Line(piece, line.base) for piece in pieces]


def _once(line: list[Glyph]) -> list[Glyph]:
    line.sort(key=_left)
    kept: list[Glyph] = []
    for glyph in line:
        edge = glyph.left - _OVERPRINT * glyph.height
        if not any(k.left > edge and k.char == glyph.char for k in kept[-2:]):
            kept.append(glyph)
    return kept


def _between(before: Glyph, after: Glyph) -> str:
    if _is_apart(before, after):
        return WIDE_GAP if before.char.isdigit() and after.char.isdigit() else " "
    return " " if before.char.isascii() and after.char.isascii() else ""


def _is_apart(before: Glyph, after: Glyph) -> bool:
    """Whether a gap is too wide for one word; figures of one number stand close."""
    figures = before.char in _FIGURES and after.char in _FIGURES
    gap = after.left - before.right
    return gap > (_FIGURE_GAP if figures else _WORD_GAP) * min(before.height, after.height)
