"""What a workbook hides is found, each thing where it is, and nothing in a clean one."""

from __future__ import annotations

from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from picture_made import photograph
from secrets_made import CARD, IDENTITY, MOBILE, only, rules
from workbook_made import book, changed, put_in, relation, saved

from gongkai.core.rules import say
from gongkai.core.screening.hidden_data import Hidden, look_into

_SECRET = "秘密名单"
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def look(data: bytes) -> tuple[Hidden, ...]:
    found = look_into(data, "台账.xlsx")
    for one in found:
        assert "{" not in say(one.finding) + say(one.finding, "en")
        assert len(one.fingerprint) == 32
    return found


def test_nothing_in_a_clean_workbook() -> None:
    made = book()
    made["公示"]["C4"] = "=SUM(C2:C3)"
    made["公示"].print_title_rows = "1:1"
    assert look(saved(made)) == ()


def test_hidden_and_deeply_hidden_sheets_with_their_size_and_heading() -> None:
    made = book()
    hidden = made.create_sheet("底表")
    hidden.append(["姓名", "住址", "银行卡号"])
    hidden.append(["周某某", "听泉路 1 号", CARD])
    hidden.sheet_state = "hidden"
    made.create_sheet("参数").sheet_state = "veryHidden"
    one, two = (h for h in look(saved(made)) if h.rule == "hidden.sheet")
    assert one.place == "工作表“底表”（隐藏）"
    assert (one.values["rows"], one.values["columns"], one.count) == (2, 3, 2)
    assert one.quote == "姓名、住址、银行卡号"
    assert CARD not in str(one)
    assert (two.place, two.count) == ("工作表“参数”（深度隐藏）", 0)


def test_hidden_rows_and_columns_that_hold_something() -> None:
    made = book()
    sheet = made["公示"]
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[9].hidden = True
    sheet["E2"] = _SECRET
    sheet.column_dimensions["E"].hidden = True
    sheet.column_dimensions["G"].hidden = True
    found = look(saved(made))
    rows, columns = only(found, "hidden.rows"), only(found, "hidden.columns")
    assert (rows.place, rows.count, rows.quote) == ("工作表“公示”第 3 行", 1, "吴某某、竹里、1500")
    assert (columns.place, columns.count, columns.quote) == ("工作表“公示”E 列", 1, _SECRET)
    assert len(found) == 2


def test_rows_filtered_out_and_what_the_filter_was_set_to() -> None:
    made = book()
    sheet = made["公示"]
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.add_filter_column(1, ["泉苑"])
    sheet.row_dimensions[3].hidden = True
    found = look(saved(made))
    assert only(found, "hidden.filtered_rows").count == 1
    assert only(found, "hidden.filter").quote == "泉苑"


def test_the_corner_of_a_merged_area_is_seen_though_its_row_is_hidden() -> None:
    made = book()
    sheet = made["公示"]
    sheet["E1"] = "看得见"
    sheet.merge_cells("E1:E3")
    for column in "ABC":
        sheet[f"{column}1"] = None
    sheet.row_dimensions[1].hidden = True
    assert look(saved(made)) == ()


def test_comments_authors_and_names() -> None:
    made = book()
    made["公示"]["A2"].comment = Comment(_SECRET, "王五")
    made.properties.creator = "张三"
    made.properties.lastModifiedBy = "李四"
    made.defined_names["总数"] = DefinedName("总数", attr_text="公示!$C$2")
    made.defined_names["藏"] = DefinedName("藏", attr_text="公示!$C$2", hidden=True)
    made.defined_names["数"] = DefinedName("数", attr_text='"秘密"')
    found = look(saved(made))
    assert only(found, "hidden.comment").quote == f"王五：{_SECRET}"
    assert only(found, "hidden.author").count == 2
    assert only(found, "hidden.name").count == 2
    assert len(found) == 3


def test_cells_nobody_sees() -> None:
    made = book()
    sheet = made["公示"]
    sheet["E1"], sheet["E1"].font = _SECRET, Font(color="FFFFFFFF")
    sheet["E2"], sheet["E2"].number_format = 13, ";;;"
    sheet["E3"], sheet["E3"].font = _SECRET, Font(size=1)
    sheet["A1"].font, sheet["A1"].fill = Font(color="FFFFFFFF"), PatternFill("solid", "FF1F4E79")
    sheet["B2"].font = Font(color="FFFFFFFF")
    sheet.conditional_formatting.add(
        "B2:B3",
        CellIsRule(operator="equal", formula=['"泉苑"'], fill=PatternFill(bgColor="FF0000")),
    )
    found = look(saved(made))
    assert only(found, "hidden.white_text").place == "工作表“公示” E1"
    assert only(found, "hidden.invisible_cell").place == "工作表“公示” E2"
    assert only(found, "hidden.tiny_text").place == "工作表“公示” E3"
    assert len(found) == 3


def test_data_of_other_files_and_of_pivot_tables() -> None:
    data = changed(
        saved(book()),
        {
            "xl/externalLinks/externalLink1.xml": f"<externalLink {_S}><externalBook>"
            f'<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>{_SECRET}</v></cell>'
            "</row></sheetData></sheetDataSet></externalBook></externalLink>",
            "xl/pivotCache/pivotCacheDefinition1.xml": f"<pivotCacheDefinition {_S}><cacheFields>"
            '<cacheField name="户主"><sharedItems><s v="周某某"/></sharedItems></cacheField>'
            "</cacheFields></pivotCacheDefinition>",
            "xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords {_S}><r><x v="0"/></r>'
            '<r><x v="0"/></r></pivotCacheRecords>',
            "xl/connections.xml": f'<connections {_S}><connection id="1" name="民政库">'
            '<dbPr connection="Server=10.0.0.8;User=zhang"/></connection></connections>',
        },
        relations={
            "xl/_rels/workbook.xml.rels": relation(
                "x1", "externalLink", "externalLinks/externalLink1.xml"
            )
            + relation("x2", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
            + relation("x3", "connections", "connections.xml"),
            "xl/externalLinks/_rels/externalLink1.xml.rels": relation(
                "r1", "externalLinkPath", "file:///D:\\台账\\内部.xlsx", external=True
            ),
            "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": relation(
                "r1", "pivotCacheRecords", "pivotCacheRecords1.xml"
            ),
        },
    )
    found = look(data)
    assert _SECRET in only(found, "hidden.external_data").quote
    assert "内部.xlsx" in only(found, "hidden.local_path").quote
    pivot = only(found, "hidden.pivot_cache")
    assert (pivot.count, pivot.quote) == (2, "户主")
    assert "10.0.0.8" in str(only(found, "hidden.connection").values["listed"])
    assert len(found) == 4


def test_where_the_workbook_lay_and_who_shared_it() -> None:
    path = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        '2006"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\张三\\桌面\\" '
        'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice>'
        "</mc:AlternateContent>"
    )
    data = changed(
        saved(book()),
        {"xl/revisions/revisionHeaders.xml": f'<headers {_S}><header userName="赵六"/></headers>'},
        {"xl/workbook.xml": put_in("workbook", path)},
        {
            "xl/_rels/workbook.xml.rels": relation(
                "x1", "revisionHeaders", "revisions/revisionHeaders.xml"
            )
        },
    )
    found = look(data)
    assert "张三" in only(found, "hidden.local_path").quote
    assert only(found, "hidden.tracked_change").quote == "赵六"


def test_pictures_in_a_sheet() -> None:
    data = changed(
        saved(book()),
        {"xl/media/image1.jpeg": photograph(), "xl/drawings/drawing1.xml": "<d/>"},
        relations={
            "xl/worksheets/_rels/sheet1.xml.rels": relation(
                "d1", "drawing", "../drawings/drawing1.xml"
            ),
            "xl/drawings/_rels/drawing1.xml.rels": relation("i1", "image", "../media/image1.jpeg"),
        },
    )
    assert rules(look(data)) == {"hidden.picture_location", "hidden.picture_data"}


def test_personal_numbers_as_text_and_as_numbers() -> None:
    made = book()
    sheet = made["公示"]
    sheet["D2"], sheet["D3"] = IDENTITY, int(MOBILE)
    sheet["E2"] = f"账号 {CARD}"
    found = look(saved(made))
    assert only(found, "attachment.identity_number").place == "工作表“公示” D2"
    assert only(found, "attachment.mobile_number").place == "工作表“公示” D3"
    assert only(found, "attachment.bank_card").severity.value == "error"
    assert len(found) == 3
