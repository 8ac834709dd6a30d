"""What the eye sees of a PDF page, and which of its characters it does not.

No list of tricks: the page is drawn twice, with its characters and without.
Where both look the same, nobody sees the character, whatever hides it: a box on
top, a picture, a layer switched off, an edge that cuts it away, the colour of
the paper.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from ...errors import UnreadableDocument
from ...readers.document import Budget

# Enough to tell a character of the smallest print; more only costs time.
_SCALE = 1.5
_MOST_PIXELS = 6_000_000
# The least difference of a colour that the eye notices on paper.
_FAINTEST = 16
# Less than this share of a character's box changed: at most its rim looks out.
_RIM = 0.06
_SMALLEST = 3.0
_INVISIBLE_MODES = frozenset((3, 7))
_PICTURE_SHARE = 0.5
_DEEPEST_FORM = 8
UNKNOWN = "\ufffd"


class Box(NamedTuple):
    """A rectangle in the page's own space, y up."""

    left: float
    bottom: float
    right: float
    top: float


class Glyph(NamedTuple):
    """A character of the file.

    ``unseen`` is "" for one that the eye sees, else ``covered``, ``invisible``,
    ``outside``, ``tiny``; ``undrawn`` where its font is neither in the file nor on
    this machine, so that nobody can tell.
    """

    char: str
    box: Box
    unseen: str


@dataclass(slots=True)
class PageSight:
    """One page: its characters in the order of the file, and what there is besides."""

    number: int
    glyphs: list[Glyph] = field(default_factory=list)
    pictures: float = 0.0
    """The share of the page that pictures take."""
    drawn: int = 0

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


def picture_of_page(page: Any, scale: float, annotations: bool = True) -> Image.Image:
    """The page as drawn on white paper."""
    drawn = page.render(scale=scale, may_draw_forms=False, draw_annots=annotations)
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
    drawn = list(_objects(page.raw, budget))
    found.drawn = len(drawn)
    found.pictures = _pictures(drawn) / max(1.0, width * height)
    text = pdfium.FPDFText_LoadPage(page.raw)
    try:
        glyphs = list(_glyphs(text, _page_box(page), budget))
        if any(glyph.char.strip() and not glyph.unseen for glyph in glyphs):
            changed = _difference(page, drawn, annotations)
            glyphs = _without_ink(page, text, glyphs, changed, budget)
    finally:
        pdfium.FPDFText_ClosePage(text)
    found.glyphs = glyphs
    return found


def _difference(page: Any, drawn: list[tuple[int, Any]], annotations: bool) -> Image.Image:
    """White where the page looks different without its characters."""
    width, height = page.get_size()
    scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
    with_text = picture_of_page(page, scale, annotations)
    for kind, element in drawn:
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFTextObj_SetTextRenderMode(element, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    changed = ImageChops.difference(with_text, picture_of_page(page, scale, annotations))
    red, green, blue = changed.split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return strongest.point([0 if level <= _FAINTEST else 255 for level in range(256)])


def _without_ink(
    page: Any, text: Any, glyphs: list[Glyph], changed: Image.Image, budget: Budget
) -> list[Glyph]:
    """The glyphs, those marked as covered that make no difference to the picture."""
    looked_at = list(glyphs)
    covered: list[int] = []
    for at, glyph in enumerate(glyphs):
        if not at % 1024:
            budget.check()
        if glyph.unseen or not _is_printed(glyph.char):
            continue
        if not _shows(changed, on_picture(page, glyph.box, changed.size)):
            looked_at[at] = glyph._replace(unseen="covered")
            covered.append(at)
    strangers = [at for at in covered if not _font_is_inside(text, at)]
    if strangers:
        # Where some of its characters are drawn, the font is there: the others are covered.
        drawn = any(
            _is_printed(glyph.char) and not glyph.unseen and not _font_is_inside(text, at)
            for at, glyph in enumerate(looked_at)
        )
        for at in strangers if not drawn else ():
            looked_at[at] = looked_at[at]._replace(unseen="undrawn")
    return looked_at


def _is_printed(char: str) -> bool:
    """Whether a character leaves ink at all: a letter, digit or sign, no blank and no mark."""
    return bool(char) and unicodedata.category(char)[0] in "LNPS" and char != UNKNOWN


def _font_is_inside(text: Any, index: int) -> bool:
    drawn = pdfium.FPDFText_GetTextObject(text, index)
    font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
    return bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1


def _shows(changed: Image.Image, box: tuple[int, int, int, int]) -> bool:
    left, top = max(0, box[0]), max(0, box[1])
    right, bottom = min(changed.width, box[2]), min(changed.height, box[3])
    if left >= right or top >= bottom:
        return False
    ink = changed.crop((left, top, right, bottom)).histogram()[255]
    return ink > _RIM * (right - left) * (bottom - top)


def _glyphs(text: Any, page_box: Box, budget: Budget) -> Iterator[Glyph]:
    """The characters with their own boxes, in the order of the file."""
    half = ""
    for index in range(max(0, pdfium.FPDFText_CountChars(text))):
        if not index % 1024:
            budget.check()
        code = pdfium.FPDFText_GetUnicode(text, index)
        generated = pdfium.FPDFText_IsGenerated(text, index) > 0
        char = _character(text, index, code, generated)
        if 0xD800 <= code < 0xDC00:
            half = chr(code)
            char = ""
        elif 0xDC00 <= code < 0xE000 and half:
            char = (half + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16")
            half = ""
        box = _box_of(text, index)
        yield Glyph(char, box, "" if generated else _plainly_unseen(text, index, box, page_box))


def _character(text: Any, index: int, code: int, generated: bool) -> str:
    if code in (0x02, 0xAD, 0xFFFE):
        return "-"
    if pdfium.FPDFText_HasUnicodeMapError(text, index) > 0 or code > 0x10FFFF:
        return UNKNOWN
    if code == 0 or 0xD800 <= code <= 0xDFFF:
        return "" if generated else UNKNOWN
    return chr(code)


def _box_of(text: Any, index: int) -> Box:
    """The box of the glyph itself; the room it takes where it has none."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    if right.value > left.value and top.value > bottom.value:
        return Box(left.value, bottom.value, right.value, top.value)
    return room_of(text, index)


def room_of(text: Any, index: int) -> Box:
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
    room = room_of(text, index)
    measure = max(room.top - room.bottom, room.right - room.left)
    return "tiny" if 0 < measure < _SMALLEST else ""


def _objects(page: Any, budget: Budget) -> Iterator[tuple[int, Any]]:
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


def _pictures(drawn: list[tuple[int, Any]]) -> float:
    area = 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for kind, element in drawn:
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pdfium.FPDFPageObj_GetBounds(element, left, bottom, right, top)
            area += max(0.0, right.value - left.value) * max(0.0, top.value - bottom.value)
    return area


def _page_box(page: Any) -> Box:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, box)
    return Box(box.left, box.bottom, box.right, box.top)
