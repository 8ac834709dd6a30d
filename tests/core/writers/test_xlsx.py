"""The workbook, read by openpyxl and recalculated by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.core.forms import edition
from gongkai.core.readers import read_bytes
from gongkai.core.report import AnnualReport, Cell
from gongkai.core.report.blank import blank_report
from gongkai.core.writers.xlsx import render


def opened(report: AnnualReport, language: str = "zh", values: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(render(report, language)), data_only=values)


def row_of(sheet: Worksheet, label: str) -> int:
    return next(c.row for row in sheet.iter_rows() for c in row if c.value == label)


def test_a_total_that_foots_is_a_formula(report: AnnualReport) -> None:
    sheet = opened(report)["年度报告"]
    row = row_of(sheet, "（一）予以公开")
    assert sheet[f"O{row}"].value == f"=SUM(I{row}:N{row})"
    total = row_of(sheet, "（七）总计")
    first = row_of(sheet, "（一）予以公开")
    assert sheet[f"I{total}"].value == f"=SUM(I{first}:I{total - 1})"
    values = opened(report, values=True)["年度报告"]
    assert values[f"O{row}"].value == report.cells["requests.disclosed/total"].value


def test_a_total_that_does_not_foot_keeps_its_printed_figure(report: AnnualReport) -> None:
    cells = {**report.cells, "requests.disclosed/total": Cell(99, "99")}
    sheet = opened(replace(report, cells=cells))["年度报告"]
    row = row_of(sheet, "（一）予以公开")
    assert sheet[f"O{row}"].value == 99
    rules = {str(r.sqref): r.rules[0].formula[0] for r in sheet.conditional_formatting}
    assert rules[f"O{row}"] == f"O{row}<>SUM(I{row}:N{row})"
    listed = opened(replace(report, cells=cells), values=True)["勾稽"]
    (wrong,) = [
        r
        for r in listed.iter_rows(values_only=True)
        if r[6] == "不平" and "（一）予以公开：" in r[3]
    ]
    assert (wrong[1], wrong[4], wrong[5]) == (99, 14, 85)


def test_blank_and_dash_and_unread_stay_what_they_are(report: AnnualReport) -> None:
    sheet = opened(report)["年度报告"]
    row = row_of(sheet, "规章")
    assert sheet[f"D{row}"].value is None
    assert sheet[f"H{row}"].value == "—"
    assert sheet[f"D{row_of(sheet, '行政强制')}"].value == "未读"


@pytest.mark.parametrize(
    ("value", "text", "unit", "written"),
    [
        (Decimal("18651.06"), "18651.06", None, 18651.06),
        (Decimal("18651.060"), "18651.060", None, "18651.060"),
        (Decimal("24252.311082"), "24252.311082", None, 24252.311082),
        (Decimal("1234567890123456.78"), "1234567890123456.78", None, "1234567890123456.78"),
        (Decimal("1245.95"), "1245.95万元", "万元", "1245.95万元"),
    ],
)
def test_money_is_exact(
    report: AnnualReport, value: Decimal, text: str, unit: str | None, written: object
) -> None:
    cells = {**report.cells, "administrative_fees/amount": Cell(value, text, unit)}
    sheet = opened(replace(report, cells=cells))["年度报告"]
    cell = sheet[f"D{row_of(sheet, '行政事业性收费')}"]
    assert cell.value == written
    if text == "18651.06":
        assert cell.number_format == "0.00"


@pytest.mark.parametrize("text", ["12件", "１２", "012", "12.0"])
def test_what_was_printed_comes_back_as_it_was_printed(report: AnnualReport, text: str) -> None:
    address = "licensing/decisions"
    printed = replace(report, cells={**report.cells, address: Cell(12, text)})
    sheet = opened(printed)["年度报告"]
    assert sheet[f"D{row_of(sheet, '行政许可')}"].value == text
    assert read_bytes(render(printed), "a.xlsx").report.cells[address].text == text


def test_a_figure_written_as_text_still_counts_in_its_sums(report: AnnualReport) -> None:
    address = "requests.disclosed/natural_person"
    value = report.cells[address].value
    cells = {**report.cells, address: Cell(value, f"{value}件")}
    listed = opened(replace(report, cells=cells), values=True)["勾稽"]
    assert {row[6] for row in listed.iter_rows(min_row=3, values_only=True)} == {"平"}
    formulas = opened(replace(report, cells=cells))["勾稽"]
    assert any(f",{value})" in str(row[4].value) for row in formulas.iter_rows(min_row=3))


def test_nothing_printed_becomes_a_formula(report: AnnualReport) -> None:
    book = opened(replace(report, title='=HYPERLINK("x")', lead="=1+1\n+1\n@SUM(A1)"))
    texts = [c.value for row in book["年度报告"].iter_rows() for c in row if c.data_type == "s"]
    assert {'=HYPERLINK("x")', "=1+1", "+1", "@SUM(A1)"} <= set(texts)


def test_every_equation_is_listed(report: AnnualReport) -> None:
    sheet = opened(report, values=True)["勾稽"]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert len(rows) == len(edition("2021").equations)
    assert {row[6] for row in rows} == {"平"}
    formulas = opened(report)["勾稽"]
    assert re.fullmatch(r"=SUM\('年度报告'!I\d+\)", formulas["B10"].value)
    assert re.fullmatch(r"=SUM\('年度报告'!I\d+:I\d+\)", formulas["E10"].value)
    assert formulas["F10"].value == "=B10-E10"


def test_unread_decides_nothing(report: AnnualReport) -> None:
    cells = {a: c for a, c in report.cells.items() if a != "requests.disclosed/other"}
    unread = (*report.unread, "requests.disclosed/other")
    sheet = opened(replace(report, cells=cells, unread=unread), values=True)["勾稽"]
    said = [row[6] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert said.count("未读") == 2


def test_the_blank_form(report: AnnualReport) -> None:
    sheet = opened(blank_report(edition("2021"), 2024), values=True)["勾稽"]
    said = {row[6] for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert said == {"未填"}


def test_english_verdicts(report: AnnualReport) -> None:
    sheet = opened(report, "en", values=True)["勾稽"]
    assert sheet["G3"].value == "ties"


def test_page_setup(report: AnnualReport) -> None:
    sheet = opened(report)["年度报告"]
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.page_setup.fitToHeight == 0
    assert "A$1:$O$" in str(sheet.print_area)


def test_the_same_report_gives_the_same_bytes(report: AnnualReport) -> None:
    assert render(report) == render(report)


def without_results(workbook: bytes) -> bytes:
    """The workbook without the stored results of its formulas: they must be worked out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(rb"</f><v>[^<]*</v>", b"</f>", text)
            new.writestr(name, text)
    return made.getvalue()


def test_libreoffice_recalculates_to_the_same(
    gold: Callable[[str], AnnualReport], tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("soffice is not installed")
    report = gold("hongze-2023")
    (tmp_path / "report.xlsx").write_bytes(without_results(render(report)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", "again", "report.xlsx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=60,
    )
    ours = opened(report, values=True)["勾稽"]
    theirs = load_workbook(tmp_path / "again" / "report.xlsx", data_only=True)["勾稽"]
    told = [[c.value for c in row] for row in ours.iter_rows(min_col=5, max_col=7)]
    assert told == [
        [c.value for c in row]
        for row in theirs.iter_rows(min_col=5, max_col=7, max_row=ours.max_row)
    ]
    assert [row[2] for row in told].count("不平") == 2
