"""The words of a workbook that its sheets show, with their places."""

from __future__ import annotations

from collections.abc import Iterator

from ...readers.xlsx.values import S
from .cell_reference import letters_of
from .hidden import Piece
from .word_text import A, C
from .workbook import FORMULA, Sheet, Workbook

_HEADINGS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_TEXTUAL = ("descr", "title", "name")


def shown(book: Workbook) -> Iterator[Piece]:
    """Every cell that can be seen, then headings, links, drawings and sheet names."""
    for sheet in book.sheets:
        if not sheet.is_visible:
            continue
        yield Piece("工作表名", sheet.name)
        for row, column, cell in sheet.cells(book.budget):
            if not sheet.is_unseen(row, column):
                place = f"{sheet.place} {letters_of(column)}{row}"
                yield Piece(place, book.says(cell))
                if cell.find(FORMULA) is not None:
                    yield Piece(f"{place}的公式", cell.findtext(FORMULA) or "")
        yield from _around(book, sheet)


def _around(book: Workbook, sheet: Sheet) -> Iterator[Piece]:
    for heading in sheet.root.iter(*(S + name for name in _HEADINGS)):
        yield Piece(f"{sheet.place}的页眉页脚", heading.text or "")
    for rule in sheet.root.iter(S + "dataValidation"):
        words = [rule.get(name, "") for name in ("prompt", "promptTitle", "error", "errorTitle")]
        words += [rule.findtext(S + "formula1") or "", rule.findtext(S + "formula2") or ""]
        yield Piece(f"{sheet.place}的输入提示", " ".join(words))
    for link in sheet.root.iter(S + "hyperlink"):
        words = [link.get(name, "") for name in ("display", "tooltip")]
        yield Piece(f"{sheet.place}的链接", " ".join(words))
    for relation in book.file.relations(sheet.part):
        scheme, _, rest = relation.target.partition(":")
        if relation.external and relation.kind == "/hyperlink":
            spoken = scheme.lower() in ("tel", "sms", "callto")
            yield Piece(f"{sheet.place}的链接", rest if spoken else relation.target)
    for part in _drawings(book, sheet):
        root = book.file.root(part)
        if root is None:
            continue
        for element in root.iter("{*}cNvPr"):
            said = " ".join(element.get(name, "") for name in _TEXTUAL)
            yield Piece(f"{sheet.place}图片的说明文字", said)
        for element in root.iter(A + "p", C + "v"):
            text = element.text if element.tag == C + "v" else None
            joined = "".join(t.text or "" for t in element.iter(A + "t")) if text is None else text
            yield Piece(f"{sheet.place}的图形", joined)


def _drawings(book: Workbook, sheet: Sheet) -> list[str]:
    """The drawings of a sheet and the charts in them."""
    found = []
    for drawing in book.file.related(sheet.part, "/drawing"):
        found.append(drawing)
        found += book.file.related(drawing, "/chart", "/diagramData", "/diagramDrawing")
    return found
