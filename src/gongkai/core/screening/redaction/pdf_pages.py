"""Pages of a pdf drawn as images, with black over what is to go.

What is drawn cannot be selected, copied or searched for: nothing is left under
the black.
"""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Iterable
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

from ..hidden_data.pdf_glyphs import Box
from ..hidden_data.pdf_sight import on_picture, picture_of_page
from .choices import Area
from .picture import on_image

# Two hundred dots an inch: small print stays legible, a page stays below a megabyte.
_SCALE = 200 / 72
_MOST_PIXELS = 40_000_000
_QUALITY = 85
# Ink runs a little over the box that a font claims.
_OVERHANG = 0.12


def drawn_page(
    page: Any, boxes: Iterable[Box], areas: Iterable[Area], wiped: Iterable[Box] = ()
) -> Image.Image:
    """The PDFium ``page`` as an image, ``boxes`` (of the page) and ``areas`` black.

    ``wiped`` are traces that the eye does not see: filled with the colour around.
    """
    width, height = page.get_size()
    scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))
    image = picture_of_page(page, scale, annotations=False)
    pen = ImageDraw.Draw(image)
    for box in wiped:
        place = _on_sheet(_wider(on_picture(page, box, image.size)), image)
        counted = image.crop(place).getcolors((place[2] - place[0]) * (place[3] - place[1]))
        if counted:
            commonest = max(counted)[1]
            pen.rectangle(place, fill=commonest if isinstance(commonest, tuple) else "white")
    for box in boxes:
        pen.rectangle(_wider(on_picture(page, box, image.size)), fill="black")
    for area in areas:
        pen.rectangle(on_image(area, image.width, image.height), fill="black")
    return image


def add_image_page(pdf: pikepdf.Pdf, image: Image.Image, size: tuple[float, float]) -> None:
    """A page of ``size`` that is nothing but ``image``."""
    width, height = size
    grey = _is_grey(image)
    picture = image.convert("L") if grey else image
    stream = pdf.make_stream(_packed(picture))
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = picture.width, picture.height
    stream.BitsPerComponent = 8
    stream.ColorSpace = pikepdf.Name.DeviceGray if grey else pikepdf.Name.DeviceRGB
    stream.Filter = pikepdf.Name.FlateDecode if grey else pikepdf.Name.DCTDecode
    content = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Page Do Q".encode()
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, width, height],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=stream)),
        Contents=pdf.make_stream(content),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _packed(image: Image.Image) -> bytes:
    if image.mode == "L":
        return zlib.compress(image.tobytes(), 6)
    out = io.BytesIO()
    image.save(out, "jpeg", quality=_QUALITY)
    return out.getvalue()


def _is_grey(image: Image.Image) -> bool:
    small = image.resize((max(1, image.width // 4), max(1, image.height // 4)))
    _, saturation, _ = small.convert("HSV").split()
    highest = saturation.getextrema()[1]
    return isinstance(highest, int | float) and highest <= 16


def _on_sheet(box: tuple[int, int, int, int], image: Image.Image) -> tuple[int, int, int, int]:
    left, top = max(0, min(box[0], image.width - 1)), max(0, min(box[1], image.height - 1))
    return (
        left,
        top,
        max(left + 1, min(box[2], image.width)),
        max(top + 1, min(box[3], image.height)),
    )


def _wider(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    more = 1 + round(_OVERHANG * min(box[2] - box[0], box[3] - box[1]))
    return box[0] - more, box[1] - more, box[2] + more, box[3] + more


def lines_of(boxes: list[Box]) -> list[Box]:
    """One box for all characters of a line, so that their widths do not tell which they are."""
    made: list[Box] = []
    for box in boxes:
        if made and (_beside(made[-1], box, 1, 3) or _beside(made[-1], box, 0, 2)):
            last = made.pop()
            box = Box(
                min(last.left, box.left),
                min(last.bottom, box.bottom),
                max(last.right, box.right),
                max(last.top, box.top),
            )
        made.append(box)
    return made


def _beside(one: Box, two: Box, low: int, high: int) -> bool:
    """Whether two boxes share half the height (or width) of the smaller."""
    shared = min(one[high], two[high]) - max(one[low], two[low])
    return shared * 2 > min(one[high] - one[low], two[high] - two[low])
