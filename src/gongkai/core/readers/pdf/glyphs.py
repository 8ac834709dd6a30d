"""The characters of a page with their places, turned so that the page reads upright.

Places are in points, x to the right and y *down*.  A page may be turned by its
own flag or by the matrix of what is drawn on it; either way the direction most
of its characters run in is taken as the reading direction.
"""

from __future__ import annotations

import ctypes
import math
import struct
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ..document import Budget

# Characters PDFium puts for a hyphen at the end of a line.
_HYPHENS = {0x02, 0xAD, 0xFFFE}
UNKNOWN = "\ufffd"
"""Stands for a character that is printed but cannot be told."""
_INVISIBLE_MODES = {3, 7}
_QUARTER = math.pi / 2
# Text that leans further than this share of a right angle is a watermark, not a cell.
_LEANING = 0.12
_SQUARE = 0.02
_EXACT = 1e-4
# Left, top, right, bottom, as PDFium lays out a rectangle.
_RECTANGLE = struct.Struct("4f")
Rectangle = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """A character: its box, the origin on its base line, its quarter turns from upright.

    ``spaced``: the file has a space of its own before it.
    """

    char: str
    left: float
    top: float
    right: float
    bottom: float
    x: float
    base: float
    height: float
    turn: int
    spaced: bool = False


class Box(NamedTuple):
    """A rectangle in the page's own space, y up."""

    left: float
    bottom: float
    right: float
    top: float


Turn = Callable[[float, float], tuple[float, float]]

# From y up, text running in direction n·90° anticlockwise, to upright with y down.
TURNS: tuple[Turn, ...] = (
    lambda x, y: (x, -y),
    lambda x, y: (y, x),
    lambda x, y: (-x, y),
    lambda x, y: (-y, -x),
)


def placing(turn: int, page_box: Box) -> Turn:
    """From the page's own space to upright, the page's upper left corner at (0, 0)."""
    to = TURNS[turn]
    x0, y0 = to(page_box.left, page_box.bottom)
    x1, y1 = to(page_box.right, page_box.top)
    left, top = min(x0, x1), min(y0, y1)

    def place(x: float, y: float) -> tuple[float, float]:
        x, y = to(x, y)
        return x - left, y - top

    return place


class RawGlyph(NamedTuple):
    """A character as PDFium places it: page space, y up, ``turn`` anticlockwise."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    turn: int
    invisible: bool
    spaced: bool


def raw_glyphs(text: Any, page_box: Box, modes: bool, budget: Budget) -> list[RawGlyph]:
    """The printed characters inside the page, in the order of the file.

    ``modes``: whether some text of the page is drawn invisibly and each
    character must be asked.
    """
    found: list[RawGlyph] = []
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    # Asked for every character of a document: names looked up once, fields unpacked at once.
    box_of, origin_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharOrigin
    angle_of, unpack = pdfium.FPDFText_GetCharAngle, _RECTANGLE.unpack
    spaced = False
    for index in range(pdfium.FPDFText_CountChars(text)):
        if not index % 4096:
            budget.check()
        char = _character(text, index)
        if not char:
            spaced = spaced or pdfium.FPDFText_IsGenerated(text, index) == 0
            continue
        box_of(text, index, box)
        origin_of(text, index, x, y)
        left, top, right, bottom = unpack(box)
        start, base = x.value, y.value
        if abs((right - left) - (top - bottom)) < _SQUARE:
            left, top, right, bottom = _mended(text, index, (left, top, right, bottom), start, base)
        angle = angle_of(text, index)
        turn = _turn(angle) if angle else 0
        inside = (
            page_box.left <= (left + right) / 2 <= page_box.right
            and page_box.bottom <= (bottom + top) / 2 <= page_box.top
        )
        # Text of no size is not printed; a broken matrix gives it no place at all.
        if turn is None or not inside or top <= bottom:
            continue
        invisible = modes and _is_invisible(text, index)
        place = (left, bottom, right, top, start, base)
        found.append(RawGlyph(char, *place, turn, invisible, spaced))
        spaced = False
    return found


def reading_turn(glyphs: list[RawGlyph]) -> int:
    """The direction most characters run in, in quarter turns anticlockwise."""
    counted = Counter(glyph.turn for glyph in glyphs)
    return counted.most_common(1)[0][0] if counted else 0


def upright(glyphs: list[RawGlyph], turn: int, to: Turn) -> list[Glyph]:
    """The glyphs as they stand once the page is turned to read upright."""
    placed = []
    # ``to`` turns by quarters and shifts: told from three points, done without a call a point.
    (e, f), (a, b), (c, d) = to(0.0, 0.0), to(1.0, 0.0), to(0.0, 1.0)
    if (a - e, b - f, c - e, d - f) == (1.0, 0.0, 0.0, -1.0):
        for char, left, bottom, right, top, x, y, own, _, spaced in glyphs:
            x0, y0, x1, y1 = left + e, f - top, right + e, f - bottom
            turned = (own - turn) % 4
            placed.append(Glyph(char, x0, y0, x1, y1, x + e, f - y, y1 - y0, turned, spaced))
        return placed
    for char, left, bottom, right, top, x, y, own, _, spaced in glyphs:
        x0, y0 = to(left, bottom)
        x1, y1 = to(right, top)
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        x, base = to(x, y)
        placed.append(Glyph(char, x0, y0, x1, y1, x, base, y1 - y0, (own - turn) % 4, spaced))
    return placed


def righted(glyphs: list[Glyph], turn: int) -> list[Glyph]:
    """Glyphs that run ``turn`` quarters off upright, turned to be read on their own."""
    to = TURNS[turn]
    placed = []
    for glyph in glyphs:
        x0, y0 = to(glyph.left, -glyph.bottom)
        x1, y1 = to(glyph.right, -glyph.top)
        x, base = to(glyph.x, -glyph.base)
        left, right = sorted((x0, x1))
        top, bottom = sorted((y0, y1))
        box = (left, top, right, bottom)
        placed.append(Glyph(glyph.char, *box, x, base, bottom - top, 0, glyph.spaced))
    return placed


def _mended(text: Any, index: int, box: Rectangle, x: float, y: float) -> Rectangle:
    """The box of a vertically set character, scaled.

    PDFium gives it as a square of the font's size and forgets the text's matrix.
    """
    left, top, right, bottom = box
    size = pdfium.FPDFText_GetFontSize(text, index)
    if abs(size - (top - bottom)) > _SQUARE:
        return box
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text, index, matrix):
        return box
    scale = math.hypot(matrix.a, matrix.b)
    if abs(scale - 1) < _EXACT:
        return box
    return (
        x + (left - x) * scale,
        y + (top - y) * scale,
        x + (right - x) * scale,
        y + (bottom - y) * scale,
    )


def _character(text: Any, index: int) -> str:
    code = pdfium.FPDFText_GetUnicode(text, index)
    if code in _HYPHENS:
        return "-"
    if pdfium.FPDFText_HasUnicodeMapError(text, index) > 0:
        # A glyph of an embedded font that names no character: seen by the eye,
        # so not a blank, but which character it is cannot be known.
        return UNKNOWN
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "" if pdfium.FPDFText_IsGenerated(text, index) > 0 else UNKNOWN
    char = chr(code)
    return "" if char.isspace() or code < 0x20 else char


def _turn(angle: float) -> int | None:
    # PDFium counts clockwise.
    quarters = -angle / _QUARTER
    if not math.isfinite(quarters):
        return None
    nearest = round(quarters)
    return None if abs(quarters - nearest) > _LEANING else nearest % 4


def _is_invisible(text: Any, index: int) -> bool:
    drawn = pdfium.FPDFText_GetTextObject(text, index)
    return bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) in _INVISIBLE_MODES
