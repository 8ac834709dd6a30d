"""The report as a Word document: the official layout, set as agencies set it (GB/T 9704).

Written as XML by hand: a report is a dozen kinds of paragraph and one kind of
table, and the bytes are the same on every run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

from ..forms import Layout, LayoutCell
from ..report import AnnualReport, LocalTable
from . import outline as o
from .word_file import TEXT_WIDTH, paragraph, word_file

# 表三: three columns of labels and seven narrow ones, in proportion to the official form.
_REQUEST_LABELS = (700, 860, 2664)
_SMALL, _SMALLER = "Table", "TableSmall"
_MOST_COLUMNS_FOR_SMALL = 6
# A table of so many rows stands on one page.
_FEW_ROWS = 20
_HEADS = 2


def render(report: AnnualReport, language: str = "zh") -> bytes:
    """``report`` as the bytes of a docx file.

    Figures stand as they were printed: a blank stays blank, a dash a dash.  The
    form is Chinese in either ``language``.
    """
    body = "".join(_parts(report))
    return word_file(body, o.title_of(report), report.agency or "")


def _parts(report: AnnualReport) -> Iterator[str]:
    for part, following in pairwise((*o.outline(report), None)):
        # A signature never stands alone on a page.
        kept = isinstance(following, o.SignatureLine)
        match part:
            case o.Title(text):
                yield paragraph("\n".join(o.title_lines(text)), "Title")
            case o.TitledOn(text):
                yield paragraph(text, "Subtitle")
            case o.Heading(text):
                yield paragraph(text, "Heading1")
            case o.Prose(text, sub_heading):
                yield paragraph(text, "Heading2" if sub_heading else "BodyText", kept=kept)
            case o.Contact(text):
                yield paragraph(text, "BodyText", kept=kept)
            case o.SignatureLine(text):
                yield paragraph(text, "Signature", kept=kept)
            case o.OfficialTable():
                yield _official(part, kept)
            case o.OtherTable(table):
                yield _other(table, kept)


def _official(part: o.OfficialTable, signed: bool) -> str:
    layout = part.layout
    widths = _widths(layout)
    style = _SMALL if layout.columns <= _MOST_COLUMNS_FOR_SMALL else _SMALLER
    owners: dict[tuple[int, int], LayoutCell] = {
        (row, column): cell
        for cell in layout.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    rows = []
    for row in range(layout.rows):
        cells = []
        kept = _keeps_with_next(layout, row) or (signed and row == layout.rows - 1)
        for column in range(layout.columns):
            cell = owners[row, column]
            if column != cell.column:
                continue
            width = sum(widths[column : column + cell.column_span])
            if row == cell.row:
                merge = "restart" if cell.row_span > 1 else ""
                paragraph = _cell_paragraph(
                    part.words(cell), style, "left" if part.stands_left(cell) else "center", kept
                )
            else:
                merge = "continue"
                paragraph = _cell_paragraph("", style, "center", kept)
            cells.append(_cell(paragraph, width, cell.column_span, merge))
        rows.append(_row(cells, heading=row < layout.head_rows))
    return _table(widths, rows, layout.caption, signed)


def _other(table: LocalTable, signed: bool) -> str:
    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return ""
    widths = _even(columns)
    style = _SMALL if columns <= _MOST_COLUMNS_FOR_SMALL else _SMALLER
    printed = [words for words in table.rows if words]
    if table.title and table.title not in table.rows[0]:
        printed.insert(0, (table.title,))
    rows = []
    for row, words in enumerate(printed):
        # A row of fewer cells than columns had its last cell merged.
        rest = columns - len(words) + 1
        # A name and its heads stay with the figures, a table of a few rows on one page.
        last = row == len(printed) - 1
        kept = (signed and last) or row < (
            len(printed) - 1 if len(printed) <= _FEW_ROWS else _HEADS
        )
        paragraphs = [_cell_paragraph(text, style, kept=kept) for text in words]
        cells = [_cell(p, width) for p, width in zip(paragraphs[:-1], widths, strict=False)]
        cells.append(_cell(paragraphs[-1], sum(widths[len(words) - 1 :]), rest))
        rows.append(_row(cells, heading=False))
    return _table(widths, rows, table.title, signed)


def _table(widths: Sequence[int], rows: list[str], caption: str, signed: bool) -> str:
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    named = escape(o.printable(caption), {'"': "&quot;", "\n": " "})
    # The gaps are not only for looks: Word joins two tables that no paragraph parts.
    return (
        f'{paragraph("", "TableStart")}<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblCaption w:val="{named}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        f"{paragraph('', 'TableEnd', kept=signed)}"
    )


def _row(cells: list[str], heading: bool) -> str:
    repeated = "<w:tblHeader/>" if heading else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="380" w:hRule="atLeast"/>{repeated}'
        f"</w:trPr>{''.join(cells)}</w:tr>"
    )


def _cell(paragraph: str, width: int, span: int = 1, merge: str = "") -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merges = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{merges}'
        f'<w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>'
    )


def _cell_paragraph(text: str, style: str, align: str = "center", kept: bool = False) -> str:
    aligned = f'<w:jc w:val="{align}"/>' if align != "center" else ""
    return paragraph(text, style, aligned, kept)


def _keeps_with_next(layout: Layout, row: int) -> bool:
    """Heads stay with what they head, and a table of a few rows on one page."""
    if layout.rows <= _FEW_ROWS:
        return row < layout.rows - 1
    return any(c.row == row and c.scope in {"rowgroup", "col"} for c in layout.cells) and (
        not layout.head_rows
    )


def _widths(layout: Layout) -> list[int]:
    labels = [c for c in layout.cells if c.scope == "row" and layout.head_rows]
    if labels:
        figures = layout.columns - len(_REQUEST_LABELS)
        return [*_REQUEST_LABELS, *_even(figures, TEXT_WIDTH - sum(_REQUEST_LABELS))]
    spans = {(c.column, c.column_span) for c in layout.cells if c.column_span < layout.columns}
    if layout.columns <= _MOST_COLUMNS_FOR_SMALL and any(n == 2 for _, n in spans):
        return _halved(layout)
    return _even(layout.columns)


def _halved(layout: Layout) -> list[int]:
    """表二 of 2019: four columns of equal width, one of them a pair of grid columns."""
    heads = [c for c in layout.cells if c.row == 1]
    widths: list[int] = []
    for width, cell in zip(_even(len(heads)), heads, strict=True):
        widths += _even(cell.column_span, width)
    return widths


def _even(count: int, width: int = TEXT_WIDTH) -> list[int]:
    return [width * (i + 1) // count - width * i // count for i in range(count)]
