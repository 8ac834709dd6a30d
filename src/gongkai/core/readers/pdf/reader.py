"""A PDF file: opened, read page by page, put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ...errors import UnreadableDocument
from ...rules import find
from ..document import Budget, Document
from .assembly import assemble
from .page import Page, Sheet, lay_out, read_sheet

# The end mark stands in the last of so many bytes, even with something behind it.
_TAIL = 2048
# Pages either way whose heads and feet are compared.
_REACH = 2


def parse(data: bytes, budget: Budget) -> Document:
    """Read a PDF.

    Raises UnreadableDocument: ``input.encrypted``, ``input.damaged``,
    ``input.too_many_pages``, ``input.no_text_layer``, and what the budget refuses.
    """
    opened = _open(data)
    try:
        length, limit = len(opened), budget.limits.pages
        if length > limit:
            raise UnreadableDocument("input.too_many_pages", pages=length, limit=limit)
        pages = list(_pages(opened, budget))
        title = opened.get_metadata_value("Title").strip()
    finally:
        opened.close()
    if not any(page.blocks for page in pages):
        raise UnreadableDocument("input.no_text_layer")
    document = Document("pdf", titles=[title] if title else [])
    assemble(document, pages, budget)
    _say(document, pages, data)
    return document


def _open(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableDocument("input.encrypted") from error
        raise UnreadableDocument("input.damaged", kind="pdf") from error


def _pages(opened: Any, budget: Budget) -> Iterator[Page]:
    """The pages laid out, each knowing the heads and feet of two pages either way.

    Two, because left and right pages may differ.
    """
    near: dict[int, Sheet] = {}
    length = len(opened)
    for index in range(length):
        for ahead in range(index, min(index + _REACH + 1, length)):
            if ahead not in near:
                near[ahead] = _sheet(opened, ahead, budget)
        near.pop(index - _REACH - 1, None)
        others = (sheet.edge_lines for at, sheet in near.items() if at != index)
        yield lay_out(near[index], set().union(*others), budget)


def _sheet(opened: Any, index: int, budget: Budget) -> Sheet:
    budget.check()
    try:
        page = opened[index]
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument("input.damaged", kind="pdf") from error
    try:
        return read_sheet(page, budget)
    finally:
        page.close()


def _say(document: Document, pages: list[Page], data: bytes) -> None:
    told = {
        "pdf.page_without_text": [n for n, page in enumerate(pages, 1) if page.picture],
        "pdf.invisible_text": [n for n, page in enumerate(pages, 1) if page.hidden_text],
        "pdf.unknown_characters": [n for n, page in enumerate(pages, 1) if page.unknown],
    }
    for rule, numbers in told.items():
        if numbers:
            document.findings.append(find(rule, pages=numbers))
    if b"%%EOF" not in data[-_TAIL:]:
        document.findings.append(find("pdf.end_missing"))
