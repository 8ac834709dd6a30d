"""What the eye sees of a PDF page, and which of its characters it does not.

No list of tricks: the page is drawn twice, with its characters and without.
Where both look the same, nobody sees the character, whatever hides it: a box on
top, a picture, a layer switched off, an edge that cuts it away, the colour of
the paper.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from ...errors import UnreadableDocument
from ...readers.document import Budget
from .pdf_glyphs import (
    UNKNOWN,
    Box,
    Glyph,
    characters_of,
    font_is_inside,
    glyphs_of,
    is_printed,
    objects_of,
    page_box_of,
    pictures_of,
    size_of,
    size_within,
)

# Enough to tell a character of the smallest print; more only costs time.
_SCALE = 1.5
_MOST_PIXELS = 6_000_000
# The least difference of a colour that the eye notices on paper.
_FAINTEST = 16
# Less than this share of a character's box changed: at most its rim looks out.
_RIM = 0.06
_LAST_OF_LATIN = "\u02ff"
_PICTURE_SHARE = 0.5
# A picture may bleed over the edge of its page by so much.
_WHOLE = 0.9


@dataclass(slots=True)
class PageSight:
    """One page: its characters in the order of the file, and what there is besides."""

    number: int
    glyphs: list[Glyph] = field(default_factory=list)
    pictures: float = 0.0
    """The share of the page that pictures take."""
    cut_pictures: int = 0
    """How many pictures go on outside the page."""

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def is_picture_only(self) -> bool:
        return self.pictures > _PICTURE_SHARE and not any(g.char.strip() for g in self.glyphs)

    @property
    def is_scan_with_text(self) -> bool:
        """Whether nearly all words lie unseen under or over a picture of the page."""
        told = [g for g in self.glyphs if g.char.strip()]
        unseen = sum(g.unseen in ("invisible", "covered") for g in told)
        return self.pictures > _PICTURE_SHARE and unseen > 0 and unseen * 10 >= len(told) * 9

    @property
    def unreadable(self) -> int:
        """How many characters are printed that name no letter."""
        return sum(g.char == UNKNOWN for g in self.glyphs)


def opened(data: bytes, budget: Budget) -> Any:
    """The PDF opened; the caller closes it.  UnreadableDocument where it cannot be."""
    try:
        document = pypdfium2.PdfDocument(data)
        # Only then are filled-in fields drawn.
        document.init_forms()
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableDocument("input.encrypted") from error
        raise UnreadableDocument("input.damaged", kind="pdf") from error
    pages, limit = len(document), budget.limits.pages
    if pages > limit:
        document.close()
        raise UnreadableDocument("input.too_many_pages", pages=pages, limit=limit)
    return document


def page_of(document: Any, index: int) -> Any:
    try:
        return document[index]
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument("input.damaged", kind="pdf") from error


def sights(data: bytes, budget: Budget, annotations: bool = True) -> Iterator[PageSight]:
    """Every page in turn; ``annotations``: with what is stuck on the pages or without."""
    document = opened(data, budget)
    try:
        for index in range(len(document)):
            budget.check()
            page = page_of(document, index)
            try:
                yield _sight(page, index + 1, annotations, budget)
            finally:
                page.close()
    finally:
        document.close()


def page_texts(data: bytes, budget: Budget) -> Iterator[str]:
    """The words of every page in turn, seen or not."""
    document = opened(data, budget)
    try:
        for index in range(len(document)):
            page = page_of(document, index)
            text = pdfium.FPDFText_LoadPage(page.raw)
            try:
                yield "".join(characters_of(text, budget))
            finally:
                pdfium.FPDFText_ClosePage(text)
                page.close()
    finally:
        document.close()


def picture_of_page(page: Any, scale: float, annotations: bool = True) -> Image.Image:
    """The page as drawn on white paper."""
    drawn = page.render(scale=scale, may_draw_forms=annotations, draw_annots=annotations)
    picture: Image.Image = drawn.to_pil()
    return picture.convert("RGB")


def on_picture(page: Any, box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Where ``box`` stands on a picture of the page, whichever way the page is turned."""
    across, down = [], []
    x, y = ctypes.c_int(), ctypes.c_int()
    for at_x, at_y in ((box.left, box.top), (box.right, box.bottom)):
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, at_x, at_y, x, y)
        across.append(x.value)
        down.append(y.value)
    return min(across), min(down), max(across) + 1, max(down) + 1


def _sight(page: Any, number: int, annotations: bool, budget: Budget) -> PageSight:
    found = PageSight(number)
    width, height = page.get_size()
    drawn = list(objects_of(page.raw, budget))
    page_box = page_box_of(page)
    pictures = pictures_of(drawn)
    found.pictures = sum(map(size_of, pictures)) / max(1.0, width * height)
    found.cut_pictures = sum(size_within(box, page_box) < _WHOLE * size_of(box) for box in pictures)
    text = pdfium.FPDFText_LoadPage(page.raw)
    try:
        glyphs = list(glyphs_of(text, page_box, budget))
        if any(glyph.char.strip() and not glyph.unseen for glyph in glyphs):
            change = _difference(page, drawn, annotations)
            glyphs = _without_ink(page, text, glyphs, change, budget)
    finally:
        pdfium.FPDFText_ClosePage(text)
    found.glyphs = glyphs
    return found


def _difference(page: Any, drawn: list[tuple[int, Any]], annotations: bool) -> Image.Image:
    """How much the page looks different without its characters, point by point."""
    width, height = page.get_size()
    scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
    with_text = picture_of_page(page, scale, annotations)
    for kind, element in drawn:
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFTextObj_SetTextRenderMode(element, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    changed = ImageChops.difference(with_text, picture_of_page(page, scale, annotations))
    red, green, blue = changed.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _without_ink(
    page: Any, text: Any, glyphs: list[Glyph], change: Image.Image, budget: Budget
) -> list[Glyph]:
    """The glyphs, those marked that make no difference to the picture which the eye notices."""
    noticed = change.point([0 if level <= _FAINTEST else 255 for level in range(256)])
    looked_at = list(glyphs)
    covered: list[int] = []
    for at, glyph in enumerate(glyphs):
        if not at % 1024:
            budget.check()
        if glyph.unseen not in ("", "tiny") or not is_printed(glyph.char):
            continue
        box = on_picture(page, glyph.box, change.size)
        ink = _ink(change, box, 1) > 0
        if glyph.unseen == "tiny":
            looked_at[at] = glyph._replace(ink=ink)
        elif _ink(noticed, box, 255) <= _RIM * (box[2] - box[0]) * (box[3] - box[1]):
            faint = ink and _ink(noticed, box, 255) == 0
            looked_at[at] = glyph._replace(unseen="faint" if faint else "covered", ink=ink)
            covered.append(at)
    strangers = [at for at in covered if _needs_a_font(text, at, glyphs[at])]
    if strangers:
        # Where some of its characters are drawn, the font is there: the others are covered.
        drawn = any(
            is_printed(glyph.char) and not glyph.unseen and _needs_a_font(text, at, glyph)
            for at, glyph in enumerate(looked_at)
        )
        for at in strangers if not drawn else ():
            looked_at[at] = looked_at[at]._replace(unseen="undrawn")
    return looked_at


def _needs_a_font(text: Any, index: int, glyph: Glyph) -> bool:
    """Whether the character can be drawn only where a Chinese font is installed.

    For letters and digits the library brings fonts of its own.
    """
    return glyph.char > _LAST_OF_LATIN and not font_is_inside(text, index)


def _ink(change: Image.Image, box: tuple[int, int, int, int], least: int) -> int:
    """How many points of ``box`` differ by ``least`` or more."""
    left, top = max(0, box[0]), max(0, box[1])
    right, bottom = min(change.width, box[2]), min(change.height, box[3])
    if left >= right or top >= bottom:
        return 0
    return sum(change.crop((left, top, right, bottom)).histogram()[least:])
