"""Pdf made for these tests: pages by typst, and what they hide by pikepdf."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pikepdf
import pylopdf_fonts_zh_cn
import typst
from PIL import Image, ImageDraw

_HEAD = '#set page(width: 300pt, height: 200pt)\n#set text(font: "Noto Sans SC", size: 12pt)\n'


def pages(*bodies: str) -> bytes:
    """A pdf of so many pages, each written in typst."""
    return typst.compile(
        (_HEAD + "\n#pagebreak()\n".join(bodies)).encode(),
        font_paths=[str(pylopdf_fonts_zh_cn.sans_path().parent)],
        timestamp=0,
    )


def under(text: str, cover: str = "black", down: int = 20) -> str:
    """A word with a box drawn over it."""
    return (
        f"#place(dx: 0pt, dy: {down}pt)[{text}]"
        f"#place(dx: -4pt, dy: {down - 4}pt, rect(fill: {cover}, width: 230pt, height: 22pt))"
    )


@contextmanager
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield pdf


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def stick(pdf: pikepdf.Pdf, at: int = 0, **entries: object) -> pikepdf.Object:
    """Stick something on a page."""
    made = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, **entries))
    there = pdf.pages[at].obj.get("/Annots", pikepdf.Array())
    pdf.pages[at].obj["/Annots"] = pikepdf.Array([*there, made])
    return made


def appearance(pdf: pikepdf.Pdf, content: str, size: tuple[float, float]) -> pikepdf.Object:
    """How something stuck on a page looks."""
    stream = pdf.make_stream(content.encode())
    stream["/Type"], stream["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    stream["/BBox"] = pikepdf.Array([0, 0, *size])
    stream["/Resources"] = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
    )
    return pikepdf.Dictionary(N=stream)


def in_helvetica(content: str, box: tuple[int, int] = (300, 200)) -> bytes:
    """A page drawn by hand, letters and digits only."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=box)
        page_made = pdf.pages[0].obj
        page_made["/Resources"] = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(
                F1=pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name.Helvetica,
                )
            )
        )
        page_made["/Contents"] = pdf.make_stream(content.encode())
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def scan(words: str, layer: str) -> bytes:
    """A page that is a picture saying ``words``, with ``layer`` as its unseen text."""
    image = Image.new("L", (600, 400), 255)
    ImageDraw.Draw(image).text((40, 40), words, fill=0, font_size=40)
    with pikepdf.open(
        io.BytesIO(
            in_helvetica(
                f"q 300 0 0 200 0 0 cm /Im Do Q BT 3 Tr /F1 20 Tf 20 160 Td ({layer}) Tj ET"
            )
        )
    ) as pdf:
        stream = pdf.make_stream(image.tobytes())
        stream["/Type"], stream["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
        stream["/Width"], stream["/Height"], stream["/BitsPerComponent"] = 600, 400, 8
        stream["/ColorSpace"] = pikepdf.Name.DeviceGray
        pdf.pages[0].obj["/Resources"]["/XObject"] = pikepdf.Dictionary(Im=stream)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()
