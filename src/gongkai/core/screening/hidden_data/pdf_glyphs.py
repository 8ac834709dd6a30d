"""The characters and pictures that a PDF page holds, each with its place, seen or not."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ...readers.document import Budget

UNKNOWN = "\ufffd"
"""Stands for a character that is printed and names no letter."""

_SMALLEST = 3.0
_INVISIBLE_MODES = frozenset((3, 7))
_DEEPEST_FORM = 8


class Box(NamedTuple):
    """A rectangle in the page's own space, y up."""

    left: float
    bottom: float
    right: float
    top: float


class Glyph(NamedTuple):
    """A character of the file.

    ``unseen`` is "" for one that the eye sees, else ``covered``, ``invisible``,
    ``faint`` (nearly the colour behind it), ``outside``, ``tiny``; ``undrawn`` where
    its font is neither in the file nor on this machine, so that nobody can tell.
    ``ink``: it does leave a trace that a program could make out.
    """

    char: str
    box: Box
    unseen: str
    ink: bool = False


def glyphs_of(text: Any, page_box: Box, budget: Budget) -> Iterator[Glyph]:
    """The characters with their own boxes, in the order of the file."""
    for index, char in enumerate(characters_of(text, budget)):
        box = _glyph_box(text, index)
        generated = pdfium.FPDFText_IsGenerated(text, index) > 0
        yield Glyph(char, box, "" if generated else _plainly_unseen(text, index, box, page_box))


def characters_of(text: Any, budget: Budget) -> Iterator[str]:
    """The characters in the order of the file; "" for one that is only half of another."""
    half = ""
    for index in range(max(0, pdfium.FPDFText_CountChars(text))):
        if not index % 1024:
            budget.check()
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            half = chr(code)
            yield ""
        elif 0xDC00 <= code < 0xE000 and half:
            yield (half + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16")
            half = ""
        else:
            yield _character(text, index, code)


def _character(text: Any, index: int, code: int) -> str:
    if code in (0x02, 0xAD, 0xFFFE):
        return "-"
    if pdfium.FPDFText_HasUnicodeMapError(text, index) > 0 or code > 0x10FFFF:
        return UNKNOWN
    if code == 0 or 0xD800 <= code <= 0xDFFF:
        return "" if pdfium.FPDFText_IsGenerated(text, index) > 0 else UNKNOWN
    return chr(code)


def _glyph_box(text: Any, index: int) -> Box:
    """The box of the glyph itself; the room it takes where it has none."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    if right.value > left.value and top.value > bottom.value:
        return Box(left.value, bottom.value, right.value, top.value)
    return _room_of(text, index)


def _room_of(text: Any, index: int) -> Box:
    """The whole room a character takes on its line."""
    room = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, room)
    return Box(room.left, room.bottom, room.right, room.top)


def _plainly_unseen(text: Any, index: int, box: Box, page_box: Box) -> str:
    drawn = pdfium.FPDFText_GetTextObject(text, index)
    if drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) in _INVISIBLE_MODES:
        return "invisible"
    middle_x, middle_y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    if not (
        page_box.left <= middle_x <= page_box.right and page_box.bottom <= middle_y <= page_box.top
    ):
        return "outside"
    room = _room_of(text, index)
    measure = max(room.top - room.bottom, room.right - room.left)
    return "tiny" if 0 < measure < _SMALLEST else ""


def objects_of(page: Any, budget: Budget) -> Iterator[tuple[int, Any]]:
    """Everything drawn on the page, also within forms."""
    waiting: list[tuple[Any, int]] = [(None, 0)]
    seen = 0
    while waiting:
        form, depth = waiting.pop()
        count = pdfium.FPDFPage_CountObjects if form is None else pdfium.FPDFFormObj_CountObjects
        get = pdfium.FPDFPage_GetObject if form is None else pdfium.FPDFFormObj_GetObject
        parent = page if form is None else form
        for index in range(max(0, count(parent))):
            seen += 1
            if not seen % 1024:
                budget.check()
            element = get(parent, index)
            kind = pdfium.FPDFPageObj_GetType(element)
            yield kind, element
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                waiting.append((element, depth + 1))


def pictures_of(drawn: list[tuple[int, Any]]) -> list[Box]:
    boxes = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for kind, element in drawn:
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pdfium.FPDFPageObj_GetBounds(element, left, bottom, right, top)
            boxes.append(Box(left.value, bottom.value, right.value, top.value))
    return boxes


def size_of(box: Box) -> float:
    return max(0.0, box.right - box.left) * max(0.0, box.top - box.bottom)


def size_within(box: Box, page: Box) -> float:
    """How much of ``box`` lies on the page."""
    return size_of(
        Box(
            max(box.left, page.left),
            max(box.bottom, page.bottom),
            min(box.right, page.right),
            min(box.top, page.top),
        )
    )


def page_box_of(page: Any) -> Box:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, box)
    return Box(box.left, box.bottom, box.right, box.top)


def is_printed(char: str) -> bool:
    """Whether a character leaves ink at all: a letter, digit or sign, no blank and no mark."""
    return bool(char) and unicodedata.category(char)[0] in "LNPS" and char != UNKNOWN


def font_is_inside(text: Any, index: int) -> bool:
    drawn = pdfium.FPDFText_GetTextObject(text, index)
    font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
    return bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1
