"""A pdf freed of what is said beside its pages, its fields and seals made part of them."""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from ...errors import NotRedacted
from ...readers.document import Budget
from ..hidden_data.pdf_objects import child, dictionaries, entries, text_at
from ..hidden_data.pdf_structure import is_plain_jpeg, stuck_on, subtype
from .picture import without_metadata

_PAGE = frozenset((
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group",
    "/UserUnit",
))  # fmt: skip
# Beside what is drawn: who made it, with what, which layer, what it is part of.
_BESIDE = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OPI", "/StructParent", "/StructParents",
    "/Alternates", "/PTEX.FileName", "/PTEX.InfoDict", "/PTEX.PageNumber", "/Ref", "/Measure",
    "/PtData", "/LGIDict", "/VP", "/OC", "/Thumb", "/AA", "/ID", "/Properties", "/B",
)  # fmt: skip


def flatten(pdf: pikepdf.Pdf) -> None:
    """Draw fields and seals onto their pages."""
    form = child(pdf.Root, "/AcroForm")
    if form is not None:
        for page in pdf.pages:
            for annotation in stuck_on(page.obj):
                lacks = subtype(annotation) == "/Widget" and child(annotation, "/AP", "/N") is None
                if lacks and text_at(annotation, "/V") not in ("", "/Off"):
                    raise NotRedacted("表单填写的内容没有存下样子，用阅读软件打印成 pdf 后再传")
        for key in ("/NeedAppearances", "/XFA"):
            if key in form:
                del form[key]
    pdf.flatten_annotations("screen")
    if "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]


def strip_page(page: Any) -> None:
    """Leave of a page what is needed to draw it."""
    for key, _ in entries(page):
        if key not in _PAGE:
            del page[key]


def strip_beside(pdf: pikepdf.Pdf, budget: Budget) -> int:
    """Drop what is said beside the pages, wherever it hangs; how many pictures said something."""
    pictures = 0
    for each in list(dictionaries(pdf.Root, budget)):
        for key, _ in entries(each):
            if key in _BESIDE or key.startswith("/PTEX."):
                del each[key]
        if isinstance(each, pikepdf.Stream) and is_plain_jpeg(each):
            raw = each.read_raw_bytes()
            plain = without_metadata(raw)
            if plain != raw:
                parameters = child(each, "/DecodeParms")
                each.write(plain, filter=pikepdf.Name.DCTDecode, decode_parms=parameters)
                pictures += 1
    return pictures


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file, the same bytes for the same pages."""
    out = io.BytesIO()
    pdf.save(
        out,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return out.getvalue()
