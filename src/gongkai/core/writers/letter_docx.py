"""A letter as an editable Word document on the page of GB/T 9704-2012.

A4, 156 mm by 225 mm of text, title in 2号小标宋, text in 3号仿宋 of 28 points a line,
page numbers — 1 —.  Where a machine lacks these typefaces, Word takes the ones
named beside them in the file (``docx_parts/fonts.xml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..letters import (
    Block,
    Cell,
    LetterDocument,
    PageBreak,
    Paragraph,
    Place,
    Table,
    attachment_lines,
)
from .letter_layout import (
    centred_columns,
    column_widths,
    is_form,
    kept_blocks,
    signature_lines,
    title_lines,
)
from .word_file import TEXT_WIDTH, paragraph, word_file

# A character of 16 points, in twentieths of a point.
_CHARACTER = 320
_STYLES = {Place.BODY: "BodyText", Place.FLUSH: "Salutation", Place.HEADING: "Title"}
_ROW_HEIGHT, _FORM_ROW_HEIGHT = 480, 680
_BEFORE_SIGNATURE = '<w:spacing w:before="560" w:after="0" w:line="560" w:lineRule="exact"/>'


def render(document: LetterDocument) -> bytes:
    """``document`` as the bytes of a docx file."""
    body = "".join(_parts(document))
    return word_file(body, document.title, document.agency)


def _parts(document: LetterDocument) -> Iterator[str]:
    yield paragraph("\n".join(title_lines(document)), "Title")
    if document.number:
        yield paragraph(document.number, "LetterNumber")
    if document.salutation:
        yield paragraph(document.salutation, "Salutation")
    height = _FORM_ROW_HEIGHT if is_form(document) else _ROW_HEIGHT
    follows = bool(document.signature or document.attachments)
    yield from _blocks(document.blocks, height, follows)
    yield from _attachments(document)
    yield from _signature(document)
    yield from _blocks(document.enclosure, _FORM_ROW_HEIGHT, False)


def _blocks(blocks: Sequence[Block], height: int, followed: bool) -> Iterator[str]:
    """The blocks; what follows a page break begins a page."""
    breaks = False
    for block, kept in zip(blocks, kept_blocks(blocks, followed), strict=True):
        match block:
            case PageBreak():
                breaks = True
            case Paragraph(text, place):
                new_page = "<w:pageBreakBefore/>" if breaks else ""
                yield paragraph(text, _STYLES[place], new_page, kept)
                breaks = False
            case Table():
                yield _table(block, height, kept)


def _attachments(document: LetterDocument) -> Iterator[str]:
    for at, line in enumerate(attachment_lines(document.attachments)):
        gap = _BEFORE_SIGNATURE if at == 0 else ""
        yield paragraph(line, "Attachment", gap, kept=document.signature is not None)


def _signature(document: LetterDocument) -> Iterator[str]:
    if not document.signature:
        return
    lines = signature_lines(document.signature)
    for at, line in enumerate(lines):
        gap = _BEFORE_SIGNATURE if at == 0 else ""
        indent = f'<w:ind w:right="{round(line.right * _CHARACTER)}"/>'
        yield paragraph(line.text, "LetterSignature", gap + indent, kept=at < len(lines) - 1)


def _table(table: Table, height: int, kept: bool) -> str:
    widths = column_widths(table, TEXT_WIDTH)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    centred, last = centred_columns(table), len(table.rows) - 1
    rows = "".join(
        _row(row, widths, height, at < table.head_rows, kept and at == last, centred)
        for at, row in enumerate(table.rows)
    )
    # The gaps are not only for looks: Word joins two tables that no paragraph parts.
    return (
        f'{paragraph("", "TableStart")}<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
        f"{paragraph('', 'TableEnd', kept=kept)}"
    )


def _row(
    row: Sequence[Cell],
    widths: Sequence[int],
    height: int,
    head: bool,
    kept: bool,
    centred: set[int],
) -> str:
    cells, column = [], 0
    for cell in row:
        width = sum(widths[column : column + cell.span])
        style = "FormLabel" if cell.label or column in centred else "FormCell"
        column += cell.span
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/>'
            f"</w:tcPr>{paragraph(cell.text, style, kept=kept or head)}</w:tc>"
        )
    repeated = "<w:tblHeader/>" if head else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
        f"{repeated}</w:trPr>{''.join(cells)}</w:tr>"
    )
