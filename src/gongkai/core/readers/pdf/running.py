"""Running heads and feet: page numbers, and lines that neighbouring pages repeat."""

from __future__ import annotations

import re

from .glyphs import Glyph
from .lines import Line, lines_of

Place = tuple[str, int, int]
"""A line's words, figures left out, its height on the page and the size of its letters."""

# Share of the page's height, above and below, where running lines stand.
_MARGIN = 0.12
_OUTERMOST = 2
_SAME_HEIGHT = 6.0
_DASHES = r"[-‐-―－~～·•\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASHES}第?\s*\d{{1,4}}\s*页?[,，]?(?:\s*(?:[/／]|of|共)\s*\d{{1,4}}\s*页?)?{_DASHES}"
)
_FIGURES = re.compile(r"[\d.,\s-]+")


def edge_lines(glyphs: list[Glyph], height: float) -> set[Place]:
    """The places of the outermost lines in the upper and lower margin of a page."""
    top, bottom = _margins(height)
    edge = [g for g in glyphs if not g.turn and (g.bottom < top or g.top > bottom)]
    return {_place(line) for line in _outermost(lines_of(edge), height) if _has_words(line)}


def without_heads(lines: list[Line], height: float, repeated: set[Place]) -> list[Line]:
    """``lines`` without those ``repeated`` on other pages and without the page's number."""
    dropped = {
        id(line)
        for line in _outermost(lines, height)
        if _place(line) in repeated or _PAGE_NUMBER.fullmatch(line.text)
    }
    return [line for line in lines if id(line) not in dropped]


def without_numbers(lines: list[Line]) -> list[Line]:
    """``lines`` without page numbers, wherever they stand."""
    return [line for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]


def _margins(height: float) -> tuple[float, float]:
    return height * _MARGIN, height * (1 - _MARGIN)


def _outermost(lines: list[Line], height: float) -> list[Line]:
    top, bottom = _margins(height)
    upper = [line for line in lines if line.bottom < top]
    lower = [line for line in lines if line.top > bottom]
    return upper[:_OUTERMOST] + lower[-_OUTERMOST:]


def _place(line: Line) -> Place:
    return _FIGURES.sub("#", line.text), round(line.base / _SAME_HEIGHT), round(line.height)


def _has_words(line: Line) -> bool:
    return not _FIGURES.fullmatch(line.text)
