"""The words and tables of a Word file or workbook as html.

Only paragraphs, headings and tables are written, every word escaped: whatever
the file holds, nothing of it can act on the page that shows it.  Read by the
same readers as reports are: hidden sheets, deleted words and comments are not in
it.
"""

from __future__ import annotations

from html import escape

from ...errors import UnreadableDocument
from ...finding import Finding
from ...readers.document import Budget, Document, Grid, Paragraph
from ...readers.docx import parse as parse_docx
from ...readers.xlsx import parse as parse_xlsx
from ...rules import say
from ..hidden_data.kind import LIMITS, Kind, attachment_kind, refusal

# What is shown to look at: the file itself is there for the rest.
_MOST_BLOCKS = 2_000
_MOST_ROWS = 500
_MOST_COLUMNS = 60


def preview_html(data: bytes, name: str) -> str:
    """``data`` as html; where it cannot be read or is no text, a paragraph that says so."""
    kind = attachment_kind(data, name)
    if isinstance(kind, Finding):
        return _paragraph(say(kind))
    if kind not in (Kind.DOCX, Kind.XLSX):
        return _paragraph("这种文件不按文字预览。")
    try:
        parse = parse_docx if kind is Kind.DOCX else parse_xlsx
        document = parse(data, Budget(LIMITS))
    except UnreadableDocument as refused:
        return _paragraph(say(refusal(refused, name)))
    return _document(document)


def _document(document: Document) -> str:
    parts: list[str] = []
    sheet = None
    for block in document.blocks[:_MOST_BLOCKS]:
        if block.where.sheet != sheet and block.where.sheet:
            sheet = block.where.sheet
            parts.append(f"<h2>{escape(sheet)}</h2>")
        if isinstance(block, Grid):
            parts.append(_table(block))
        else:
            parts.append(_heading(block) if block.heading else _paragraph(block.text))
    if len(document.blocks) > _MOST_BLOCKS:
        parts.append(_paragraph(f"只显示前 {_MOST_BLOCKS} 段，下载后看全文。"))
    return "\n".join(parts) or _paragraph("没有文字。")


def _heading(block: Paragraph) -> str:
    return f"<h3>{escape(block.text)}</h3>"


def _paragraph(text: str) -> str:
    return f"<p>{_words(text)}</p>"


def _words(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _table(grid: Grid) -> str:
    rows: list[list[str]] = [[] for _ in range(min(grid.rows, _MOST_ROWS))]
    for cell in grid.cells:
        if cell.row >= len(rows) or cell.column >= _MOST_COLUMNS:
            continue
        down = min(cell.row_span, len(rows) - cell.row)
        across = min(cell.column_span, _MOST_COLUMNS - cell.column)
        spans = f' rowspan="{down}"' if down > 1 else ""
        spans += f' colspan="{across}"' if across > 1 else ""
        rows[cell.row].append(f"<td{spans}>{_words(cell.text)}</td>")
    written = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    left_out = grid.rows > _MOST_ROWS or grid.columns > _MOST_COLUMNS
    more = _paragraph("表格太大，只显示一部分，下载后看全表。") if left_out else ""
    return f"<table>{written}</table>{more}"
