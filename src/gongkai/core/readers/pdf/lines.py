"""Characters put together to lines, and lines to words, by the gaps between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from .glyphs import Glyph, righted

# Shares of a character's height.
_SAME_BASE = 0.35
_SPACE = 0.1
# Letter-spaced figures: their gaps differ by no more.
_EVEN = 0.1
_OVERPRINT = 0.12
_LATIN_GAP = 0.2
_WORD_GAP = 1.0
_FIGURE_GAP = 0.6
# Points by which one base line may waver.
_EQUAL = 0.1
_left, _base = attrgetter("left"), attrgetter("base")
_FIGURES = frozenset("0123456789-－—–―─/")
_NUMBER = frozenset("0123456789.")

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
            # Whatever its size, a character goes with those on the very same base line.
            same = glyph.base - lines[-1][-1].base <= _EQUAL
            if same or glyph.base - base <= _SAME_BASE * height:
                lines[-1].append(glyph)
                continue
        lines.append([glyph])
        base = glyph.base
    return [Line(_once(line), line[0].base) for line in lines]


def cell_texts(cells: list[list[Line]]) -> list[str]:
    """The words of each cell of one table, a cell's lines parted by ``\\n``.

    How far apart the figures of letter-spaced numbers stand is told by the longer ones.
    """
    spacing = [_even_gap(line) for cell in cells for line in cell if len(line.glyphs) > 2]
    known = [gap for gap in spacing if gap]
    usual = median(known) if known else 0.0
    return ["\n".join(_cell_line(line, usual) for line in cell) for cell in cells]


def cell_lines(glyphs: list[Glyph]) -> list[Line]:
    """The lines of a cell; turned words in their own direction."""
    if not glyphs:
        return []
    turn, times = Counter(glyph.turn for glyph in glyphs).most_common(1)[0]
    # In a column set upright only figures and brackets lie on their side.
    if turn and times * 2 > len(glyphs):
        glyphs = righted(glyphs, turn)
    return lines_of(glyphs)


def _cell_line(line: Line, usual: float) -> str:
    gap = _even_gap(line) if usual else 0.0
    if gap and abs(gap - usual) <= _EVEN:
        return "".join(glyph.char for glyph in line.glyphs)
    return line.text


def _even_gap(line: Line) -> float:
    """The gap between the figures of a letter-spaced number, in heights; 0 for anything else."""
    if len(line.glyphs) < 2 or not all(glyph.char in _NUMBER for glyph in line.glyphs):
        return 0.0
    height = line.height
    gaps = [(two.left - one.right) / height for one, two in pairwise(line.glyphs)]
    even = min(gaps) > _LATIN_GAP and max(gaps) < min(_FIGURE_GAP, min(gaps) + _EVEN)
    return median(gaps) if even else 0.0


def text_of(glyphs: list[Glyph]) -> str:
    """The characters of a line, with a space only where one is seen."""
    parts = [glyphs[0].char]
    for before, glyph in pairwise(glyphs):
        gap = (glyph.left - before.right) / glyph.height if glyph.height else 0.0
        if gap > _LATIN_GAP:
            parts.append(_between(before, glyph))
        elif gap > _SPACE and glyph.spaced and before.char.isascii() != glyph.char.isascii():
            parts.append(" ")
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
    # Asked for every character of a document: the two before it are looked at by hand.
    last = before = None
    for glyph in line:
        edge, char = glyph.left - _OVERPRINT * glyph.height, glyph.char
        if last and last.left > edge and last.char == char:
            continue
        if before and before.left > edge and before.char == char:
            continue
        kept.append(glyph)
        last, before = glyph, last
    return kept


def _between(before: Glyph, after: Glyph) -> str:
    if _is_apart(before, after):
        return WIDE_GAP if before.char.isdigit() and after.char.isdigit() else " "
    latin = before.char.isascii() + after.char.isascii()
    # A gap beside a full-width character is often but the typesetter's.
    return " " if latin == 2 or (latin and after.spaced) else ""


def _is_apart(before: Glyph, after: Glyph) -> bool:
    """Whether a gap is too wide for one word; figures of one number stand close."""
    figures = before.char in _FIGURES and after.char in _FIGURES
    gap = after.left - before.right
    return gap > (_FIGURE_GAP if figures else _WORD_GAP) * min(before.height, after.height)
