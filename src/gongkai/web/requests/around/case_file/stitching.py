"""Pages put together: only this module opens what people handed in, in a process of its own.

Nothing here knows Django, so that the process starts quickly and holds no key.
"""

from __future__ import annotations

import io

import pikepdf
from PIL import Image, ImageOps

_A4 = (595.276, 841.89)
_MARGIN = 36.0
# Pictures are put on the page at this many dots to the inch, at most.
_DOTS = 200


def counts_of(leaves: list[bytes]) -> list[int]:
    """How many pages each makes; 0 for one that cannot be opened."""
    return [pages_of(leaf) for leaf in leaves]


def pages_of(leaf: bytes) -> int:
    """How many pages it makes; 0 where it cannot be opened."""
    try:
        with _opened(leaf) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError):
        return 0


def _opened(leaf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(leaf if leaf.startswith(b"%PDF") else _page_of(leaf)))


def _page_of(picture: bytes) -> bytes:
    """A picture upright on a page of A4, within its margins."""
    with Image.open(io.BytesIO(picture)) as opened:
        image = ImageOps.exif_transpose(opened)
        width, height = (round(side / 72 * _DOTS) for side in _A4)
        edge = round(_MARGIN / 72 * _DOTS)
        image.thumbnail((width - 2 * edge, height - 2 * edge))
        page = Image.new("RGB", (width, height), "white")
        paper = Image.new("RGB", image.size, "white")
        shown = image.convert("RGBA")
        paper.paste(shown, mask=shown.getchannel("A"))
        page.paste(paper, ((width - image.width) // 2, edge))
        buffer = io.BytesIO()
        page.save(buffer, "PDF", resolution=_DOTS)
        return buffer.getvalue()


def stitch(leaves: list[bytes], names: list[str], title: str) -> bytes:
    """All leaves in one, with bookmarks and a number on each page."""
    with pikepdf.new() as whole:
        starts = []
        for leaf in leaves:
            starts.append(len(whole.pages))
            with _opened(leaf) as part:
                whole.pages.extend(part.pages)
        with whole.open_outline() as outline:
            for name, start in zip(names, starts, strict=True):
                outline.root.append(pikepdf.OutlineItem(name, start))
        for number, page in enumerate(whole.pages, 1):
            _stamp(whole, page, f"{number} / {len(whole.pages)}")
        with whole.open_metadata() as about:
            about["dc:title"] = title
        buffer = io.BytesIO()
        whole.save(buffer, min_version="1.7")
        return buffer.getvalue()


def _stamp(whole: pikepdf.Pdf, page: pikepdf.Page, text: str) -> None:
    """A number at the upper right corner, where letters have none."""
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    box = [float(side) for side in page.trimbox]
    form = whole.make_stream(
        f"BT /F 9 Tf 0 g {box[2] - 70:.1f} {box[3] - 26:.1f} Td ({text}) Tj ET".encode("ascii"),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array(box),
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
    )
    page.add_overlay(form, pikepdf.Rectangle(*box))
