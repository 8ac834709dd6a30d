"""The files made by recipe: what they say, and the traces that the check must find."""

from __future__ import annotations

import io

import openpyxl
import pytest
from docx import Document
from PIL import Image

from gongkai.core.screening.hidden_data import attachment_kind, look_into
from gongkai.web.demonstration.pdf_file import pdf_file
from gongkai.web.demonstration.picture_file import picture_file
from gongkai.web.demonstration.sheet_file import sheet_file
from gongkai.web.demonstration.word_file import word_file

# What the region holds is the same in either database.
pytestmark = pytest.mark.once

TEXT = "## 说明\n第一段。\n- 甲\n| 项目 | 金额 |\n| 甲 | 1 |\n>> 听泉街道办事处\n"
SHEET = {
    "name": "表",
    "text": "| 姓名 | 金额 | 卡号 | 率 |\n| 甲 | 1,077.50 | 6200000000000000018 | 97% |",
}


def rules_in(data: bytes, name: str) -> set[str]:
    return {hidden.rule for hidden in look_into(data, name)}


def test_a_word_file() -> None:
    data = word_file({"name": "表.docx", "text": TEXT}, "听泉街道")
    document = Document(io.BytesIO(data))
    said = [p.text for p in document.paragraphs if p.text]
    assert said == ["说明", "第一段。", "● 甲", "听泉街道办事处"]
    assert [[c.text for c in row.cells] for row in document.tables[0].rows] == [
        ["项目", "金额"],
        ["甲", "1"],
    ]
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Heading 1"
    assert attachment_kind(data, "表.docx").value == "docx"
    assert rules_in(data, "表.docx") == set()


def test_the_traces_in_a_word_file() -> None:
    recipe = {
        "name": "表.docx",
        "text": TEXT,
        "author": "示范公司",
        "comment": "要不要留？",
        "tracked_change": {"deleted": "原来", "inserted": "后来"},
    }
    found = rules_in(word_file(recipe, "听泉街道"), "表.docx")
    assert found >= {"hidden.tracked_change", "hidden.comment", "hidden.author"}


def test_a_sheet_keeps_figures_as_figures_and_numbers_of_people_as_text() -> None:
    data = sheet_file({"name": "表.xlsx", "sheet": [SHEET]}, "听泉街道")
    page = openpyxl.load_workbook(io.BytesIO(data))["表"]
    assert [cell.value for cell in page[2]] == ["甲", 1077.5, "6200000000000000018", "97%"]
    assert page["B2"].number_format == "#,##0.00"
    assert data == sheet_file({"name": "表.xlsx", "sheet": [SHEET]}, "听泉街道")


def test_the_traces_in_a_sheet() -> None:
    sheets = [
        {**SHEET, "hidden_columns": ["卡号"], "comment": "B2：再问一下"},
        {**SHEET, "name": "底表", "hidden": True},
    ]
    recipe = {"name": "表.xlsx", "sheet": sheets, "author": "示范用户"}
    found = rules_in(sheet_file(recipe, "听泉街道"), "表.xlsx")
    assert found >= {"hidden.sheet", "hidden.columns", "hidden.comment", "hidden.author"}


@pytest.mark.parametrize("hidden", ["", "内部：队长手机"])
def test_a_pdf_and_what_no_eye_sees_in_it(hidden: str) -> None:
    data = pdf_file({"name": "预案.pdf", "text": TEXT, "hidden_text": hidden})
    quotes = [found.quote for found in look_into(data, "预案.pdf")]
    assert any("队长手机" in quote for quote in quotes) == bool(hidden)


def test_a_picture_of_boxes() -> None:
    data = picture_file(["申请", "很长的一步" * 20, "到账"])
    picture = Image.open(io.BytesIO(data))
    assert picture.format == "PNG"
    assert picture.width == 960
    assert picture.height > Image.open(io.BytesIO(picture_file(["申请", "到账"]))).height
    assert attachment_kind(data, "图.png").value == "png"
