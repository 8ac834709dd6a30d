"""The page that sets two reports side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import html

from gongkai.core.report import AnnualReport, Cell
from gongkai.core.report.compare import compare
from gongkai.core.writers.comparison import render

Build = Callable[..., AnnualReport]


def rows(page: bytes, at: int) -> list[list[str]]:
    table = html.fromstring(page).findall(".//table")[at]
    return [["".join(c.itertext()) for c in row] for row in table.findall("tbody/tr")]


def test_what_changed_stands_in_the_table(consistent: Build) -> None:
    left = consistent(year=2022)
    cells = {
        **left.cells,
        "licensing/decisions": Cell(9, "9"),
        "penalties/decisions": Cell(None, ""),
    }
    right = replace(left, year=2023, cells=cells)
    page = render(compare(left, right))
    assert rows(page, 0) == [
        ["行政许可·本年处理决定数量", "1", "9", "+8", "不同"],
        ["行政处罚·本年处理决定数量", "2", "空白", "", "不同"],
    ]
    assert "甲局2022年 / 甲局2023年" in page.decode()
    assert "共 200 格，不同 2 格，未读 0 格" in page.decode()


def test_two_editions_and_an_unread_cell(consistent: Build) -> None:
    right = consistent("2021")
    kept = {a: c for a, c in right.cells.items() if a != "licensing/decisions"}
    right = replace(right, cells=kept, unread=("licensing/decisions",))
    told = {row[0]: row[1:] for row in rows(render(compare(consistent("2019"), right)), 0)}
    assert told["行政许可·本年处理决定数量"] == ["3", "未读", "", "未读"]
    assert told["行政事业性收费·本年收费金额（单位：万元）"][0] == "没有这一格"
    assert told["政府集中采购·采购项目数量"][1] == "没有这一格"


def test_nothing_changed_and_nothing_is_markup(consistent: Build) -> None:
    named = consistent(title="<script>alert(1)</script>")
    page = render(compare(named, named), "en").decode()
    assert "Every cell is the same." in page
    assert "<script>alert" not in page
    assert 'lang="en"' in page


def test_heads_have_their_scope(consistent: Build) -> None:
    tree = html.fromstring(render(compare(consistent("2019"), consistent("2021"))))
    for table in tree.findall(".//table"):
        assert table.find("caption") is not None
        assert {th.get("scope") for th in table.findall("thead/tr/th")} == {"col"}
        assert {th.get("scope") for th in table.findall("tbody/tr/th")} == {"row"}


def test_both_files_are_named(consistent: Build) -> None:
    same = consistent(year=2023)
    page = render(compare(same, same), files=("旧/a.docx", "新/a.docx")).decode()
    assert "旧/a.docx" in page
    assert "新/a.docx" in page
