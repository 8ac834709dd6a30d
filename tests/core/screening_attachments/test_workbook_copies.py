"""Copies of workbooks: the visible sheets as they were, and nothing else in any byte."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table
from picture_made import photograph
from python_calamine import CalamineWorkbook
from secrets_made import IDENTITY, MOBILE, identity_number, nowhere, only, rules, unpacked
from workbook_made import book, changed, put_in, relation, saved

from gongkai.core.screening.hidden_data import look_into
from gongkai.core.screening.redaction import Choices, Copy, NotRedacted, redacted_copy

_SECRET = "秘密名单"
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def with_results(data: bytes, **results: str) -> bytes:
    """Formulas with the results that a spreadsheet program would have stored (sheet 1)."""

    def put(text: str) -> str:
        for place, result in results.items():
            start = text.index(f'<c r="{place}"')
            end = text.index("</c>", start)
            cell = text[start:end].replace("<v />", "").replace("<v/>", "").replace("<v></v>", "")
            text = text[:start] + cell + f"<v>{result}</v>" + text[end:]
        return text

    return changed(data, edits={"xl/worksheets/sheet1.xml": put})


def copied(data: bytes, choices: Choices | None = None) -> tuple[Copy, openpyxl.Workbook]:
    before = bytes(data)
    made = redacted_copy(data, "台账.xlsx", choices)
    assert data == before
    assert not {r for r in rules(look_into(made.data, made.name)) if r.startswith("hidden.")}
    # A second opinion that the file is one: another reader opens it too.
    names = CalamineWorkbook.from_filelike(io.BytesIO(made.data)).sheet_names
    opened = openpyxl.load_workbook(io.BytesIO(made.data))
    assert names == opened.sheetnames
    return made, opened


def values(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_opens_the_copy(tmp_path: Path) -> None:
    made = book()
    made["公示"]["A4"] = f"身份证 {IDENTITY}"
    made.create_sheet("底册").sheet_state = "hidden"
    made["底册"]["A1"] = _SECRET
    copy, _ = copied(saved(made))
    (tmp_path / "a.xlsx").write_bytes(copy.data)
    said = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
         "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "a.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "a.csv").exists(), said
    text = (tmp_path / "a.csv").read_text("utf-8")
    assert "身份证" in text
    assert IDENTITY not in text
    assert _SECRET not in text


def test_a_clean_workbook_keeps_cells_formulas_and_looks() -> None:
    made = book()
    sheet = made["公示"]
    sheet["C4"] = "=SUM(C2:C3)"
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A4:B4")
    sheet.column_dimensions["A"].width = 20
    copy, opened = copied(with_results(saved(made), C4="4500"))
    told = opened["公示"]
    assert values(told) == values(sheet)
    assert told["A1"].font.bold
    assert told.column_dimensions["A"].width == 20
    assert str(next(iter(told.merged_cells.ranges))) == "A4:B4"
    # openpyxl always writes properties.
    assert copy.done == ("去掉文件属性 2 处",)


def test_only_visible_sheets_and_only_their_strings() -> None:
    made = book()
    hidden = made.create_sheet("底表", 0)
    hidden.append([_SECRET, "周某某"])
    hidden.sheet_state = "hidden"
    made.create_sheet("参数").sheet_state = "veryHidden"
    made["公示"].print_title_rows = "1:1"
    copy, opened = copied(saved(made))
    assert opened.sheetnames == ["公示"]
    assert values(opened["公示"])[1] == ["周某某", "泉苑", 3000]
    assert opened["公示"].print_title_rows == "$1:$1"
    assert nowhere(_SECRET, copy.data)
    assert nowhere("底表", copy.data)
    assert "去掉隐藏的工作表 2 处" in copy.done


def test_hidden_rows_and_columns_are_empty_and_the_rest_stands_where_it_stood() -> None:
    made = book()
    sheet = made["公示"]
    sheet["A4"], sheet["B4"], sheet["C4"] = "冯某某", "溪桥", 4000
    sheet["C3"] = 15873.25
    sheet.row_dimensions[3].hidden = True
    sheet["E2"] = _SECRET
    sheet.column_dimensions["E"].hidden = True
    copy, opened = copied(saved(made))
    told = opened["公示"]
    assert told["A4"].value == "冯某某"
    assert [told["A3"].value, told["C3"].value, told["E2"].value] == [None, None, None]
    for secret in (_SECRET, "吴某某", "15873"):
        assert nowhere(secret, copy.data), secret
    assert "去掉隐藏的行 1 处" in copy.done
    assert "去掉隐藏的列 1 处" in copy.done


def test_formulas_that_refer_to_what_is_gone_become_their_results() -> None:
    made = book()
    sheet = made["公示"]
    made.create_sheet("底表")["A1"] = 7
    made["底表"].sheet_state = "hidden"
    sheet.row_dimensions[3].hidden = True
    formulas = {
        "E1": "=底表!A1*2",
        "E2": "=SUM(C2:C3)",
        "E3": "=1+1",
        "E4": "=C2*2",
        "E5": '=IF(C2>1000,"高于","低于")&"底表!A1"',
        "E6": '=INDIRECT("底表!A1")',
        "E7": "=总额",
        "E8": "=公示!C2+ROUND(C2/3,2)",
        "E9": "=SUM(C:C)",
    }
    for place, formula in formulas.items():
        sheet[place] = formula
    copy, opened = copied(with_results(saved(made), **dict.fromkeys(formulas, "12")))
    told = {place: opened["公示"][place].value for place in formulas}
    assert told == {
        "E1": 12, "E2": 12, "E3": None, "E4": "=C2*2", "E5": formulas["E5"], "E6": 12, "E7": 12,
        "E8": formulas["E8"], "E9": 12,
    }  # fmt: skip
    assert "公式改成结果 5 个" in copy.done


def test_a_formula_without_a_result_is_said_to_be_blank() -> None:
    made = book()
    made["公示"]["E1"] = "=不知道"
    copy, opened = copied(saved(made))
    assert opened["公示"]["E1"].value is None
    assert "1 个公式没有存下结果，副本里是空格" in copy.done


def test_remarks_names_and_data_of_other_files_go() -> None:
    made = book()
    sheet = made["公示"]
    sheet["A2"].comment = Comment(_SECRET, "王五")
    made.properties.creator = "张三"
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.add_filter_column(1, [_SECRET])
    sheet["E1"] = "=[1]内部!A1"
    data = changed(
        with_results(saved(made), E1="5"),
        {
            "xl/externalLinks/externalLink1.xml": f"<externalLink {_S}><externalBook><sheetDataSet>"
            f'<sheetData sheetId="0"><row r="1"><cell r="A1"><v>{_SECRET}</v></cell></row>'
            "</sheetData></sheetDataSet></externalBook></externalLink>",
            "xl/printerSettings/printerSettings1.bin": "民政科打印机".encode("utf-16-le"),
        },
        {"xl/workbook.xml": put_in("workbook", f'<fileSharing userName="{_SECRET}"/>')},
        {
            "xl/_rels/workbook.xml.rels": relation(
                "x1", "externalLink", "externalLinks/externalLink1.xml"
            ),
            "xl/externalLinks/_rels/externalLink1.xml.rels": relation(
                "r1", "externalLinkPath", "file:///D:\\台账\\内部.xlsx", external=True
            ),
            "xl/worksheets/_rels/sheet1.xml.rels": relation(
                "p1", "printerSettings", "../printerSettings/printerSettings1.bin"
            ),
        },
    )
    copy, opened = copied(data)
    assert opened["公示"]["E1"].value == 5
    for secret in (_SECRET, "王五", "张三", "内部", "打印机"):
        assert nowhere(secret, copy.data), secret


@pytest.mark.parametrize(
    "value", [IDENTITY, f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}", int(MOBILE)]
)
def test_numbers_are_black_as_text_and_as_numbers(value: object) -> None:
    made = book()
    sheet = made["公示"]
    sheet["D2"], sheet["D3"] = value, "留下"
    sheet.oddHeader.center.text = f"电话 {MOBILE}"
    copy, opened = copied(saved(made))
    told = opened["公示"]["D2"].value
    assert isinstance(told, str)
    assert set(told) == {"█"}
    assert opened["公示"]["D3"].value == "留下"
    for secret in (IDENTITY, MOBILE, str(value)):
        assert nowhere(secret, copy.data)


def test_strings_shared_by_all_sheets_are_chosen_and_masked_anew() -> None:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    hidden, shown = made.add_worksheet("底表"), made.add_worksheet("公示")
    shown.activate()
    hidden.hide()
    hidden.write_row(0, 0, [_SECRET, "周某某"])
    shown.write_row(0, 0, ["周某某", "泉苑"])
    bold = made.add_format({"bold": True})
    shown.write_rich_string(1, 0, f"电话{MOBILE[:5]}", bold, MOBILE[5:], "，余略")
    shown.write_formula(1, 1, '="电话"&"x"', None, f"电话{MOBILE}")
    shown.write_formula(1, 2, "=SUM(1,2)", None, 3)
    shown.write_comment(0, 0, _SECRET)
    made.close()
    data = out.getvalue()
    assert b"sharedStrings" in data
    copy, opened = copied(data)
    assert values(opened["公示"]) == [
        ["周某某", "泉苑", None],
        ["电话███████████，余略", "电话███████████", "=SUM(1,2)"],
    ]
    for secret in (_SECRET, MOBILE, MOBILE[5:]):
        assert nowhere(secret, copy.data), secret
    assert unpacked(copy.data).count("周某某".encode()) == 1


def test_charts_keep_their_figures_and_lose_their_sheet() -> None:
    made = book()
    data_sheet = made.create_sheet("底表")
    for row in (("月", "户数"), ("一月", 31), ("二月", 42)):
        data_sheet.append(row)
    chart = BarChart()
    chart.add_data(Reference(data_sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    chart.set_categories(Reference(data_sheet, min_col=1, min_row=2, max_row=3))
    made["公示"].add_chart(chart, "E1")
    data_sheet.sheet_state = "hidden"

    def cache(text: str) -> str:
        points = '<pt idx="0"><v>31</v></pt><pt idx="1"><v>42</v></pt>'
        return text.replace(
            "</numRef>", f'<numCache><ptCount val="2"/>{points}</numCache></numRef>'
        )

    copy, opened = copied(changed(saved(made), edits={"xl/charts/chart1.xml": cache}))
    everything = unpacked(copy.data)
    assert nowhere("底表", copy.data)
    assert b"numLit" in everything
    assert b">42<" in everything
    assert len(opened["公示"]._charts) == 1
    assert "图表改成不连表格的 1 个" in copy.done


def test_a_chart_of_what_is_seen_keeps_its_cells() -> None:
    made = book()
    sheet = made["公示"]
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E1")
    copy, _ = copied(saved(made))
    assert "'公示'!$C$2:$C$3".encode() in unpacked(copy.data)
    assert not any("图表" in line for line in copy.done)


def test_pictures_lose_what_they_tell_and_tables_keep_their_frame() -> None:
    made = book()
    sheet = made["公示"]
    sheet.add_image(SheetImage(io.BytesIO(photograph())), "E1")
    sheet.add_table(Table(displayName="发放", ref="A1:C3"))
    copy, opened = copied(saved(made))
    assert nowhere("Tingquan", copy.data)
    assert len(opened["公示"]._images) == 1
    assert opened["公示"].tables["发放"].ref == "A1:C3"


def test_cells_nobody_sees_go_unless_kept() -> None:
    made = book()
    sheet = made["公示"]
    sheet["E1"], sheet["E1"].font = _SECRET, Font(color="FFFFFFFF")
    sheet["E2"], sheet["E2"].number_format = 1234567, ";;;"
    copy, _ = copied(saved(made))
    assert nowhere(_SECRET, copy.data)
    assert nowhere("1234567", copy.data)
    kept = redacted_copy(saved(made), "a.xlsx", Choices(keep=frozenset(("hidden.white_text",))))
    assert openpyxl.load_workbook(io.BytesIO(kept.data))["公示"]["E1"].value == _SECRET


def test_a_workbook_without_a_visible_sheet_is_refused() -> None:
    data = changed(
        saved(book()),
        edits={"xl/workbook.xml": lambda t: t.replace('state="visible"', 'state="hidden"')},
    )
    with pytest.raises(NotRedacted, match="没有一个可见的工作表"):
        redacted_copy(data, "a.xlsx")


def test_the_name_of_a_sheet_is_masked_with_all_that_refers_to_it() -> None:
    made = book()
    sheet = made["公示"]
    sheet.title = f"{MOBILE}表"
    sheet["E1"] = f"='{MOBILE}表'!C2"
    copy, opened = copied(with_results(saved(made), E1="3000"))
    assert opened.sheetnames == ["█" * 11 + "表"]
    assert opened.active["E1"].value == 3000
    assert nowhere(MOBILE, copy.data)


def test_copies_of_copies_are_the_same() -> None:
    made = book()
    made["公示"]["D2"] = IDENTITY
    made.create_sheet("底表").sheet_state = "hidden"
    once = redacted_copy(saved(made), "a.xlsx")
    assert redacted_copy(once.data, "a.xlsx").data == once.data


def test_a_list_with_many_numbers_is_one_finding_and_one_answer() -> None:
    made = book()
    numbers = [identity_number(f"110101199003{at:05d}") for at in range(7001, 7041)]
    for at, number in enumerate(numbers, 2):
        made["公示"][f"D{at}"] = number
    made["公示"]["E2"] = MOBILE
    data = saved(made)
    found = only(look_into(data, "a.xlsx"), "attachment.identity_number")
    assert (found.count, found.values["masked"]) == (40, f"{found.quote}")
    assert found.quote.endswith("等 40 个")
    assert numbers[7] not in str(found)
    copy, opened = copied(data, Choices(numbers=frozenset((found.fingerprint,))))
    for number in numbers:
        assert nowhere(number, copy.data)
    assert opened["公示"]["E2"].value == MOBILE
    with pytest.raises(NotRedacted, match="找不到"):
        redacted_copy(saved(book()), "a.xlsx", Choices(numbers=frozenset((found.fingerprint,))))
