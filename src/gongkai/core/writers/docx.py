"""The report as a Word document: the official layout, set as agencies set it (GB/T 9704).

Written as XML by hand: a report is a dozen kinds of paragraph and one kind of
table, and the bytes are the same on every run.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from xml.sax.saxutils import escape

from ..forms import Layout, LayoutCell
from ..report import AnnualReport, LocalTable
from . import outline as o

# GB/T 9704: A4, 156 mm by 225 mm of text.  All in twentieths of a point.
_TEXT_WIDTH = 8844
# 表三: three columns of labels and seven narrow ones, in proportion to the official form.
_REQUEST_LABELS = (700, 860, 2664)
_SMALL, _SMALLER = "Table", "TableSmall"
_MOST_COLUMNS_FOR_SMALL = 6
# A table of so many rows stands on one page.
_FEW_ROWS = 20
_HEADS = 2
_NEVER = (1980, 1, 1, 0, 0, 0)


def render(report: AnnualReport, language: str = "zh") -> bytes:
    """``report`` as the bytes of a docx file.

    Figures stand as they were printed: a blank stays blank, a dash a dash.  The
    form is Chinese in either ``language``.
    """
    body = "".join(_parts(report))
    texts = {name: _template(name) for name in _FILES}
    document = texts.pop("document.xml").replace("{body}", body)
    core = texts.pop("core.xml")
    core = core.replace("{title}", escape(o.title_of(report)))
    core = core.replace("{agency}", escape(o.printable(report.agency or "")))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, place in _FILES.items():
            text = {"document.xml": document, "core.xml": core}.get(name) or texts[name]
            info = zipfile.ZipInfo(place, _NEVER)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return buffer.getvalue()


# Our file to its place in the archive; the first must come first.
_FILES = {
    "content-types.xml": "[Content_Types].xml",
    "package-rels.xml": "_rels/.rels",
    "document.xml": "word/document.xml",
    "document-rels.xml": "word/_rels/document.xml.rels",
    "styles.xml": "word/styles.xml",
    "settings.xml": "word/settings.xml",
    "fonts.xml": "word/fontTable.xml",
    "footer-odd.xml": "word/footer1.xml",
    "footer-even.xml": "word/footer2.xml",
    "core.xml": "docProps/core.xml",
}


def _template(name: str) -> str:
    place = files("gongkai.core.writers") / "docx_parts" / name
    return place.read_text(encoding="utf-8")


def _parts(report: AnnualReport) -> Iterator[str]:
    for part in o.outline(report):
        match part:
            case o.Title(text):
                yield _paragraph("\n".join(o.title_lines(text)), "Title")
            case o.TitledOn(text):
                yield _paragraph(text, "Subtitle")
            case o.Heading(text):
                yield _paragraph(text, "Heading1")
            case o.Prose(text, sub_heading):
                yield _paragraph(text, "Heading2" if sub_heading else "BodyText")
            case o.Contact(text):
                yield _paragraph(text, "BodyText")
            case o.SignatureLine(text):
                yield _paragraph(text, "Signature")
            case o.OfficialTable():
                yield _official(part)
            case o.OtherTable(table):
                yield _other(table)


def _paragraph(text: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_runs(text)}</w:p>'


def _runs(text: str) -> str:
    if not text:
        return ""
    lines = o.printable(text).replace("\t", " ").split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{inner}</w:r>"


def _official(part: o.OfficialTable) -> str:
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
        kept = _keeps_with_next(layout, row)
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
    return _table(widths, rows, layout.caption)


def _other(table: LocalTable) -> str:
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
        kept = row < (len(printed) - 1 if len(printed) <= _FEW_ROWS else _HEADS)
        paragraphs = [_cell_paragraph(text, style, kept=kept) for text in words]
        cells = [_cell(p, width) for p, width in zip(paragraphs[:-1], widths, strict=False)]
        cells.append(_cell(paragraphs[-1], sum(widths[len(words) - 1 :]), rest))
        rows.append(_row(cells, heading=False))
    return _table(widths, rows, table.title)


def _table(widths: Sequence[int], rows: list[str], caption: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    named = escape(o.printable(caption), {'"': "&quot;", "\n": " "})
    # The gaps are not only for looks: Word joins two tables that no paragraph parts.
    gap = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr></w:p>'
    return (
        f'{gap.format("TableStart")}<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblCaption w:val="{named}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{gap.format('TableEnd')}"
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
    keep = "<w:keepNext/>" if kept else ""
    aligned = f'<w:jc w:val="{align}"/>' if align != "center" else ""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/>{keep}{aligned}</w:pPr>'
    return f"<w:p>{properties}{_runs(text)}</w:p>"


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
        return [*_REQUEST_LABELS, *_even(figures, _TEXT_WIDTH - sum(_REQUEST_LABELS))]
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


def _even(count: int, width: int = _TEXT_WIDTH) -> list[int]:
    return [width * (i + 1) // count - width * i // count for i in range(count)]
