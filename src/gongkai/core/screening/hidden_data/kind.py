"""Which files may be attached to an item, told from their bytes and never from their name.

Let in: pdf, docx, xlsx and pictures (png, jpeg, gif, webp).  Everything else is
refused with its reason, a :class:`~gongkai.core.finding.Finding`: old Office
formats and archives, which cannot be looked through; files that could run
something; files with a password, which nobody outside could open.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

import pypdfium2
import pypdfium2.raw as pdfium

from ...errors import UnreadableDocument
from ...finding import Finding
from ...readers.document import Budget, Limits
from ...readers.package import OLE_MAGIC, Package, is_encrypted
from ...rules import find
from .picture_file import NotAPicture, picture_of

LIMITS = Limits(pages=2_000, seconds=120.0)
"""How much an attachment may ask of the machine."""

_MEGABYTE = 1_048_576
# A picture of more is no photograph: a common camera makes a quarter of it.
_MOST_PIXELS = 80_000_000


class Kind(StrEnum):
    """A kind of attachment that may be published."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]

    @property
    def extensions(self) -> tuple[str, ...]:
        """The endings a name of this kind may have, the usual one first."""
        return ("jpg", "jpeg", "jpe", "jfif") if self is Kind.JPEG else (self.value,)

    @property
    def is_picture(self) -> bool:
        return self not in (Kind.PDF, Kind.DOCX, Kind.XLSX)

    def fits(self, name: str) -> bool:
        """Whether ``name`` ends as files of this kind do."""
        return PurePath(name).suffix.lstrip(".").lower() in self.extensions


_OFFICE = "application/vnd.openxmlformats-officedocument."
_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: _OFFICE + "wordprocessingml.document",
    Kind.XLSX: _OFFICE + "spreadsheetml.sheet",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.GIF: "image/gif",
    Kind.WEBP: "image/webp",
}
_MAIN_TYPES = {
    b"wordprocessingml.document.main+xml": Kind.DOCX,
    b"spreadsheetml.sheet.main+xml": Kind.XLSX,
}
_MACROS = ("vbaproject", "vbadata", "macrosheets/")
_OLE_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint": "ppt"}
_OTHERS = (
    (b"MZ", "exe"), (b"\x7fELF", "elf"), (b"#!", "脚本"), (b"Rar!", "rar"), (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gz"), (b"{\\rtf", "rtf"), (b"BM", "bmp"), (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"), (b"SQLite format 3", "sqlite"), (b"OggS", "ogg"), (b"ID3", "mp3"),
)  # fmt: skip
_MARKED_UP = re.compile(rb"<\s*(?:!doctype|\?xml|html|head|body|svg|script|table|div|p)\b", re.I)
_REFUSALS = {
    "input.empty": "attachment.empty",
    "input.encrypted": "attachment.encrypted",
    "input.unpacks_too_large": "attachment.unpacks_too_large",
    "input.too_many_cells": "attachment.too_much",
    "input.too_many_pages": "attachment.too_many_pages",
    "input.too_slow": "attachment.too_slow",
}


def attachment_kind(data: bytes, name: str, limits: Limits = LIMITS) -> Kind | Finding:
    """The kind of ``data``, or why it cannot be attached; ``name`` is told back with that."""
    if not data.strip(b"\0 \t\r\n"):
        return find("attachment.empty", name=name)
    if len(data) > limits.file_bytes:
        size, limit = len(data) / _MEGABYTE, limits.file_bytes / _MEGABYTE
        return find("attachment.too_large", name=name, size=f"{size:.1f}", limit=f"{limit:g}")
    try:
        return _kind(data, name, Budget(limits))
    except UnreadableDocument as refused:
        return refusal(refused, name)


def refusal(refused: UnreadableDocument, name: str) -> Finding:
    """What a reader said of a file it cannot open, in the words for attachments."""
    rule = _REFUSALS.get(refused.rule, "attachment.damaged")
    return find(rule, **{"kind": PurePath(name).suffix.lstrip("."), **refused.values, "name": name})


def _kind(data: bytes, name: str, budget: Budget) -> Kind | Finding:
    if data.startswith(b"PK"):
        return _zip_kind(data, name, budget)
    if data.startswith(OLE_MAGIC):
        return _ole_kind(data, name)
    if data.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF-"):
        return _checked_pdf(data, budget)
    if b"%PDF-" in data[:1024]:
        # Two kinds of file in one: what a browser makes of it nobody can tell.
        return find("attachment.mixed", name=name, kind="pdf")
    try:
        picture = picture_of(data)
    except NotAPicture:
        return find("attachment.damaged", name=name, kind="png 或 jpg")
    if picture is not None:
        pixels, limit = picture.width * picture.height // 10_000, _MOST_PIXELS // 10_000
        if pixels > limit:
            return find("attachment.too_many_pixels", name=name, pixels=pixels, limit=limit)
        return Kind(picture.format)
    for magic, kind in _OTHERS:
        if data.startswith(magic):
            return find("attachment.kind_not_allowed", name=name, kind=kind)
    head = data[:65_536].replace(b"\0", b"")
    if _MARKED_UP.search(head):
        kind = "svg" if b"<svg" in head.lower() else "网页或 xml"
        return find("attachment.kind_not_allowed", name=name, kind=kind)
    return find("attachment.unknown_kind", name=name)


def _checked_pdf(data: bytes, budget: Budget) -> Kind:
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableDocument("input.encrypted") from error
        raise UnreadableDocument("input.damaged", kind="pdf") from error
    pages, limit = len(opened), budget.limits.pages
    opened.close()
    if pages > limit:
        raise UnreadableDocument("input.too_many_pages", pages=pages, limit=limit)
    if pages == 0:
        raise UnreadableDocument("input.damaged", kind="pdf")
    return Kind.PDF


def _zip_kind(data: bytes, name: str, budget: Budget) -> Kind | Finding:
    package = Package(data, budget, "zip")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    types = package.part("[Content_Types].xml")
    if types is None:
        kind = "ofd" if "OFD.xml" in names else "odt/ods" if "mimetype" in names else "zip"
        return find("attachment.kind_not_allowed", name=name, kind=kind)
    lowered = [part.lower() for part in names]
    if b"macroEnabled" in types or any(word in part for part in lowered for word in _MACROS):
        return find("attachment.macros", name=name)
    known = [kind for mark, kind in _MAIN_TYPES.items() if mark in types]
    if len(known) != 1:
        kind = "pptx" if b"presentationml" in types else "模板" if b".template" in types else "zip"
        return find("attachment.kind_not_allowed", name=name, kind=kind)
    # Sizes are only known once everything has been inflated.
    for part in names:
        package.part(part)
    return known[0]


def _ole_kind(data: bytes, name: str) -> Finding:
    if is_encrypted(data):
        return find("attachment.encrypted", name=name)
    for stream, kind in _OLE_STREAMS.items():
        if stream.encode("utf-16-le") in data:
            return find("attachment.old_office", name=name, kind=kind)
    return find("attachment.kind_not_allowed", name=name, kind="旧版 Office 或安装包")
