"""Spreadsheets: the value stored, the sheet cut into prose and tables."""

import datetime
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers import xlsx
from gongkai.core.readers.document import Budget, Document, Grid, Limits, Paragraph

LINE = Side(style="thin")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def read(book: openpyxl.Workbook, limits: Limits | None = None) -> Document:
    stream = io.BytesIO()
    book.save(stream)
    return xlsx.parse(stream.getvalue(), Budget(limits or Limits()))


def sheet_of(book: openpyxl.Workbook) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def fill(sheet: Worksheet, rows: list[list[object]], at: int = 1, ruled: bool = False) -> None:
    for row, line in enumerate(rows, at):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(row, column, value)
            if ruled:
                cell.border = BOX


def shown(document: Document) -> list[Any]:
    """Paragraphs as their text, grids as (row, column, text) of their cells."""
    return [
        b.text if isinstance(b, Paragraph) else [(c.row, c.column, c.text) for c in b.cells]
        for b in document.blocks
    ]


def grid(document: Document) -> Grid:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert len(grids) == 1
    return grids[0]


STYLES = """<styleSheet xmlns="{S}"><numFmts><numFmt numFmtId="164" formatCode="0&quot;件&quot;"/>
<numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>
<numFmt numFmtId="166" formatCode="#,##0;-#,##0;&quot;—&quot;"/></numFmts>
<borders><border/></borders><cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="165"/>
<xf numFmtId="10"/><xf numFmtId="166"/><xf numFmtId="14"/></cellXfs></styleSheet>"""
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def raw(cells: str, strings: str = "", space: str = SPACE, workbook: str = "") -> bytes:
    """A workbook written by hand: ``cells`` of row 1, ``strings`` shared."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    links = "".join(
        f'<Relationship Id="r{i}" Type="{relations}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(
            [("worksheet", "s.xml"), ("sharedStrings", "t.xml"), ("styles", "/xl/y.xml")]
        )
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{space}" xmlns:r="{relations}">{workbook}<sheets>'
            f'<sheet name="表" sheetId="1" r:id="r0"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}">{links}</Relationships>',
        )
        archive.writestr("xl/t.xml", f'<sst xmlns="{space}">{strings}</sst>')
        archive.writestr("xl/y.xml", STYLES.replace("{S}", space))
        archive.writestr(
            "xl/s.xml",
            f'<worksheet xmlns="{space}"><sheetData><row>{cells}</row></sheetData></worksheet>',
        )
    return stream.getvalue()


def values(cells: str, strings: str = "", **more: str) -> list[tuple[str, str]]:
    """Text and unread of each cell; a last cell ``x`` keeps the row a table."""
    data = raw(cells + '<c t="str"><v>x</v></c>', strings, **more)
    return [(c.text, c.unread) for c in grid(xlsx.parse(data, Budget(Limits()))).cells][:-1]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><v>12</v></c>", "12"),
        ("<c><v>12.0</v></c>", "12"),
        ("<c><v>0</v></c>", "0"),
        ("<c><v>-0</v></c>", "0"),
        ("<c><v>4166.241619</v></c>", "4166.241619"),
        ("<c><v>4166.2416190000004</v></c>", "4166.241619"),
        ("<c><v>0.30000000000000004</v></c>", "0.3"),
        ("<c><v>1.2E3</v></c>", "1200"),
        ("<c><v>1E-2</v></c>", "0.01"),
        ("<c><v>1E+999999</v></c>", "1E+999999"),
        ('<c s="1"><v>7</v></c>', "7"),
        ('<c s="4"><v>0</v></c>', "0"),
        ('<c s="3"><v>0.155</v></c>', "15.5%"),
        ('<c s="2"><v>45306</v></c>', "2024年1月15日"),
        ('<c s="5"><v>45306</v></c>', "2024年1月15日"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="str"><f>A1</f><v>合计</v></c>', "合计"),
        ("<c><f>SUM(A1)</f><v>9</v></c>", "9"),
        ('<c t="inlineStr"><is><r><t>规</t></r><r><t>章</t></r></is></c>', "规章"),
        ('<c t="str"><v>\'12</v></c>', "12"),
        ('<c t="str"><v>a_x000A_b_xFF08_</v></c>', "a\nb（"),
    ],
)
def test_a_value_is_read_as_stored(cell: str, text: str) -> None:
    assert values(cell) == [(text, "")]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("<c><f>SUM(A1:B1)</f></c>", "formula"),
        ("<c><f>SUM(A1:B1)</f><v/></c>", "formula"),
        ('<c><f t="shared" si="0"/></c>', "formula"),
        ('<c t="e"><f>A9</f><v>#REF!</v></c>', "error"),
        ('<c t="s"><v>99</v></c>', "error"),
        ('<c t="str"><f>A1&amp;""</f><v/></c>', ""),
        ("<c/>", ""),
    ],
)
def test_what_cannot_be_had_is_unread_and_what_is_blank_is_blank(cell: str, why: str) -> None:
    keep = '<c t="str"><v>y</v></c>'
    assert values(keep + cell) == [("y", ""), ("", why)]


def test_shared_strings_leave_out_readings_over_the_characters() -> None:
    strings = "<si><t>甲</t></si><si><r><t>公</t></r><rPh><t>gong</t></rPh><r><t>开</t></r></si>"
    assert values('<c t="s"><v>1</v></c><c t="s"><v>0</v></c>', strings) == [
        ("公开", ""),
        ("甲", ""),
    ]


def test_days_may_count_from_1904() -> None:
    told = values('<c s="2"><v>0</v></c>', workbook='<workbookPr date1904="1"/>')
    assert told == [("1904年1月1日", "")]


def test_a_strict_file_is_read_like_any_other() -> None:
    assert values("<c><v>3</v></c>", space="http://purl.oclc.org/ooxml/spreadsheetml/main") == [
        ("3", "")
    ]


def test_numbers_as_text_and_days_from_a_real_writer() -> None:
    book = openpyxl.Workbook()
    fill(sheet_of(book), [["件数", "12", 12.5, datetime.date(2024, 1, 15), "=1+1"]])
    cells = grid(read(book)).cells
    assert [c.text for c in cells] == ["件数", "12", "12.5", "2024年1月15日", ""]
    assert [c.unread for c in cells] == ["", "", "", "", "formula"]


def test_a_ruled_report_is_cut_into_prose_and_tables() -> None:
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    sheet.title = "报告"
    fill(sheet, [["某局2023年报告"], ["一、总体情况"], ["文字。"], ["二、主动公开"]])
    sheet.merge_cells("A1:C1")
    fill(sheet, [["第（一）项", None, None], ["内容", "制发", "废止"], ["规章", 1, None]], 5, True)
    sheet.merge_cells("A5:C5")
    fill(sheet, [["三、收到和处理"]], 8)
    fill(sheet, [["复议", None], [0, 1], [None, None]], 9, True)
    sheet.merge_cells("A9:B9")
    document = read(book)
    assert shown(document) == [
        "某局2023年报告", "一、总体情况", "文字。", "二、主动公开",
        [(0, 0, "第（一）项"), (1, 0, "内容"), (1, 1, "制发"), (1, 2, "废止"),
         (2, 0, "规章"), (2, 1, "1"), (2, 2, "")],
        "三、收到和处理",
        [(0, 0, "复议"), (1, 0, "0"), (1, 1, "1"), (2, 0, ""), (2, 1, "")],
    ]  # fmt: skip
    first, second = (b for b in document.blocks if isinstance(b, Grid))
    assert first.cells[0].column_span == 3
    assert (first.where.sheet, first.where.table, second.where.table) == ("报告", 1, 2)
    place = first.place(first.cells[4])
    assert (place.row, place.column) == (7, 1)


def test_a_chapter_heading_inside_the_lines_still_is_prose() -> None:
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    rows: list[list[object]] = [["a", 1], ["二、主动公开情况", None], ["b", 2]]
    fill(sheet, rows, ruled=True)
    sheet.merge_cells("A2:B2")
    assert shown(read(book)) == [
        [(0, 0, "a"), (0, 1, "1")], "二、主动公开情况", [(0, 0, "b"), (0, 1, "2")],
    ]  # fmt: skip


def test_a_blank_row_of_the_form_is_blank_cells_not_prose() -> None:
    book = openpyxl.Workbook()
    rows: list[list[object]] = [["栏", "人"], ["一、本年新收", None], ["二、上年结转", None]]
    fill(sheet_of(book), rows, ruled=True)
    assert shown(read(book)) == [
        [(0, 0, "栏"), (0, 1, "人"), (1, 0, "一、本年新收"), (1, 1, ""),
         (2, 0, "二、上年结转"), (2, 1, "")]
    ]  # fmt: skip


def test_a_sheet_without_lines_is_cut_by_shape() -> None:
    book = openpyxl.Workbook()
    fill(
        sheet_of(book),
        [["某局报告"], ["第（一）项"], ["内容", "制发"], ["第（五）项"], ["许可", 3], ["附注"]],
    )
    assert shown(read(book)) == [
        "某局报告",
        [(0, 0, "第（一）项"), (0, 1, ""), (1, 0, "内容"), (1, 1, "制发"),
         (2, 0, "第（五）项"), (2, 1, ""), (3, 0, "许可"), (3, 1, "3")],
        "附注",
    ]  # fmt: skip


def test_tables_side_by_side_are_two() -> None:
    book = openpyxl.Workbook()
    fill(sheet_of(book), [["a", 1, None, "c", 3], ["b", 2, None, "d", 4]])
    assert [len(b.cells) for b in read(book).blocks if isinstance(b, Grid)] == [4, 4]


def test_merged_cells_over_rows_hold_a_region_together() -> None:
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    fill(sheet, [["甲", 1], [None, None], [None, 2]])
    sheet.merge_cells("A1:A3")
    cells = grid(read(book)).cells
    assert (cells[0].text, cells[0].row_span) == ("甲", 3)
    assert [c.text for c in cells[1:]] == ["1", "", "2"]


def test_hidden_sheets_are_left_out_and_said() -> None:
    book = openpyxl.Workbook()
    fill(sheet_of(book), [["a", 1]])
    old = book.create_sheet("去年")
    old["A1"] = 9
    old.sheet_state = "hidden"
    document = read(book)
    assert shown(document) == [[(0, 0, "a"), (0, 1, "1")]]
    assert [(f.rule, f.values["sheets"]) for f in document.findings] == [("sheet.hidden", ["去年"])]


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    fill(sheet, [["a", 1], ["b", 2], [None, None], ["c", 3]])
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    document = read(book)
    assert (0, 1, "1") in shown(document)[0]
    assert [dict(f.values) for f in document.findings] == [
        {"sheet": "Sheet", "rows": 1, "columns": 1}
    ]


@pytest.mark.parametrize("corner", ["Z60", "A60"])
def test_more_cells_than_allowed_are_refused(corner: str) -> None:
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    fill(sheet, [[n, n] for n in range(60)])
    sheet.merge_cells(f"A1:{corner}")
    with pytest.raises(UnreadableDocument) as caught:
        read(book, Limits(cells=100))
    assert caught.value.rule == "input.too_many_cells"


def test_not_a_workbook_is_damaged() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<other/>")
    with pytest.raises(UnreadableDocument) as caught:
        xlsx.parse(stream.getvalue(), Budget(Limits()))
    assert caught.value.rule == "input.damaged"


def test_a_figure_struck_out_is_unread_and_other_struck_words_are_left_out() -> None:
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    rich = CellRichText(TextBlock(InlineFont(strike=True), "5"), "119")
    fill(sheet, [["规章", 7, rich, "旧话"], ["规范性文件", 1, 2, 3]])
    for column in (2, 4):
        sheet.cell(1, column).font = Font(strike=True)
    document = read(book)
    assert [(c.text, c.unread) for c in grid(document).cells][:4] == [
        ("规章", ""), ("", "struck"), ("", "struck"), ("", ""),
    ]  # fmt: skip
    (told,) = document.findings
    assert (told.rule, told.values["printed"]) == ("document.struck_text", ["7", "5", "旧话"])


@pytest.mark.parametrize("column", [1, 6])
def test_figures_beside_every_line_tie_nothing_together(column: int) -> None:
    lines: list[list[object]] = [
        ["某局2023年报告"], ["一、总体情况"], ["全年公开信息512条。"], ["二、主动公开"],
        ["内容", "制发", "废止", "有效"], ["规章", 1, 2, 3], ["规范性文件", 4, 5, 6], ["三、其他"],
    ]  # fmt: skip
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    for row, line in enumerate(lines, 1):
        for at, value in enumerate(line, 2):
            sheet.cell(row, at, value)
        sheet.cell(row, column, row * 3)
    document = read(book)
    assert [c.text for c in grid(document).cells if c.text] == [
        "内容", "制发", "废止", "有效", "规章", "1", "2", "3", "规范性文件", "4", "5", "6",
    ]  # fmt: skip
    told = [(f.rule, f.values["columns"]) for f in document.findings]
    assert told == [("sheet.margin", ["A" if column == 1 else "F"])]


def test_a_last_column_of_figures_is_part_of_its_table() -> None:
    book = openpyxl.Workbook()
    fill(
        sheet_of(book),
        [["一、本年新收政府信息公开申请数量", 5], ["二、上年结转政府信息公开申请数量", 0]],
    )
    assert [c.text for c in grid(read(book)).cells][1::2] == ["5", "0"]
