"""The first page of a pdf, or a picture, as a small png."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from ...errors import UnreadableDocument
from ...finding import Finding
from ...readers.document import Budget
from ..hidden_data.kind import LIMITS, Kind, attachment_kind
from ..hidden_data.pdf_sight import opened, page_of, picture_of_page
from ..hidden_data.picture import BROKEN_PICTURE, unwarned

_WIDEST = 4_000
# A page may be a ribbon: no picture is taller than so many of its widths.
_TALLEST = 5


def first_page_png(data: bytes, name: str, width: int) -> bytes | None:
    """A picture ``width`` pixels wide; None where ``data`` cannot be drawn at all."""
    kind = attachment_kind(data, name)
    if isinstance(kind, Finding):
        return None
    width = max(1, min(width, _WIDEST))
    try:
        if kind is Kind.PDF:
            return _saved(_page(data, width), width)
        return _saved(_picture(data), width) if kind.is_picture else None
    except (UnreadableDocument, *BROKEN_PICTURE):
        return None


def _page(data: bytes, width: int) -> Image.Image:
    document = opened(data, Budget(LIMITS))
    try:
        page = page_of(document, 0)
        across, down = page.get_size()
        scale = width / max(1.0, across)
        return picture_of_page(page, min(scale, _TALLEST * width / max(1.0, down)))
    finally:
        document.close()


def _picture(data: bytes) -> Image.Image:
    with unwarned():
        image = Image.open(io.BytesIO(data))
        image.load()
        return ImageOps.exif_transpose(image)


def _saved(image: Image.Image, width: int) -> bytes:
    height = min(_TALLEST * width, max(1, round(image.height * width / image.width)))
    if image.mode not in ("RGB", "RGBA", "L"):
        image = image.convert("RGBA")
    smaller = image.resize((width, height)) if image.width > width else image
    # Drawn on a new sheet, so that nothing said beside the pixels comes along.
    sheet = Image.new("RGB", smaller.size, "white")
    sheet.paste(smaller, mask=smaller.getchannel("A") if smaller.mode == "RGBA" else None)
    out = io.BytesIO()
    sheet.save(out, "png")
    return out.getvalue()
