"""The Word document, read by python-docx and opened by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Mm
from docx.table import Table
from lxml import etree

from gongkai.core.forms import edition
from gongkai.core.forms.label import normalise
from gongkai.core.report import AnnualReport, LocalTable, SectionText
from gongkai.core.report.blank import blank_report
from gongkai.core.writers.docx import render


def opened(report: AnnualReport) -> WordDocument:
    return Document(io.BytesIO(render(report)))


def words(table: Table) -> list[list[str]]:
    """A table slot by slot: a merged cell repeats in every slot it covers."""
    return [[normalise(cell.text) for cell in row.cells] for row in table.rows]


def spans(table: Table) -> list[list[tuple[str, str]]]:
    return [
        [(c.get("gridSpan", ""), c.get("vMerge", "")) for c in map(_merges, row._tr.tc_lst)]
        for row in table.rows
    ]


def _merges(cell: Any) -> dict[str, str]:
    found = {}
    for name in ("gridSpan", "vMerge"):
        for element in cell.tcPr.iterchildren("{*}" + name):
            found[name] = element.val if name == "gridSpan" else (element.val or "continue")
    return {k: str(v) for k, v in found.items()}


def test_the_grids_are_those_of_the_official_form(official_form: Path) -> None:
    ours = opened(blank_report(edition("2021"), 2024, "青听市人民政府")).tables
    theirs = Document(str(official_form)).tables
    assert [(len(t.rows), len(t.columns)) for t in ours] == [(14, 4), (28, 10), (4, 15)]
    for own, official in zip(ours, theirs, strict=True):
        assert words(own) == words(official)


def test_merges_are_real(report: AnnualReport) -> None:
    remedies = spans(opened(report).tables[3])
    assert remedies[0] == [("5", ""), ("10", "")]
    assert remedies[1][:6] == [("", "restart")] * 5 + [("5", "")]
    assert remedies[2][0] == ("", "continue")


def test_figures_stand_as_printed(report: AnnualReport) -> None:
    rows = words(opened(report).tables[0])
    assert rows[2][:3] == ["规章", "", "—"]
    assert rows[10][1] == "未读"
    assert rows[13][1] == "18651.060"


def test_the_order_of_contents(report: AnnualReport) -> None:
    texts = [p.text for p in opened(report).paragraphs if p.text]
    title = "青听市人民政府\n2023年政府信息公开工作年度报告"
    assert texts[:3] == [title, "（2024年1月20日）", report.lead]
    assert texts[-3:] == ["联系电话：0000-0000000。", "青听市人民政府", "2024年1月25日"]
    assert [t for t in texts if t in {s.title for s in report.sections}] == [
        s.title for s in report.sections
    ]


def test_a_table_of_no_edition_follows_the_table_it_stood_in(report: AnnualReport) -> None:
    tables = opened(report).tables
    assert words(tables[1])[1] == ["政府网站", "报刊、政府公报", "微博、微信等方式", "合计"]


def test_a_date_in_the_signature_is_not_printed_twice(report: AnnualReport) -> None:
    assert report.signature
    dated = replace(report.signature, text="青听市人民政府\n2024 年 1 月 25 日")
    texts = [p.text for p in opened(replace(report, signature=dated)).paragraphs]
    assert texts[-1] == "2024 年 1 月 25 日" or texts[-2] == "2024 年 1 月 25 日"
    assert "2024年1月25日" not in texts


def test_set_as_agencies_set_it(report: AnnualReport) -> None:
    document = opened(report)
    page = document.sections[0]
    assert (round(page.page_width / Mm(1)), round(page.page_height / Mm(1))) == (210, 297)
    assert [
        round(side / Mm(1))
        for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    ] == [37, 35, 28, 26]
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["青听市人民政府\n2023年政府信息公开工作年度报告"] == "Title"
    assert styles["一、总体情况"] == "Heading 1"
    assert styles["（一）主动公开"] == "Heading 2"
    fonts = {
        s.name: s.element.rPr.rFonts.attrib.values()[0] for s in document.styles if s.type == 1
    }
    assert fonts["Title"] == "方正小标宋简体"
    assert fonts["Heading 1"] == "黑体"
    assert fonts["Body Text"] == "仿宋_GB2312"
    assert "PAGE" in page.footer._element.xml


def test_heads_repeat_and_rows_do_not_break(report: AnnualReport) -> None:
    requests = opened(report).tables[2]
    heads = [row._tr.trPr.find("{*}tblHeader") is not None for row in requests.rows]
    assert heads == [True] * 3 + [False] * 25
    assert all(row._tr.trPr.find("{*}cantSplit") is not None for row in requests.rows)


def test_the_same_report_gives_the_same_bytes(report: AnnualReport) -> None:
    assert render(report) == render(report)


def test_no_text_breaks_the_xml(report: AnnualReport) -> None:
    nasty = "<w:p/>&amp;\x00\x0b\ud800]]>\"'"
    data = render(replace(report, title=nasty, agency=nasty, lead=nasty, contact=nasty))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    assert Document(io.BytesIO(data)).paragraphs[0].text == "<w:p/>&amp;]]>\"'"


def test_a_free_form_report_has_prose_only() -> None:
    free = AnnualReport(
        edition=None, year=2014, agency="某局", sections=(SectionText("", "一、概述", "文字。"),)
    )
    document = opened(free)
    assert [p.text for p in document.paragraphs] == [
        "某局2014年政府信息公开工作年度报告",
        "一、概述",
        "文字。",
    ]
    assert not document.tables


def test_a_table_whose_section_is_missing_gets_the_official_heading(report: AnnualReport) -> None:
    kept = tuple(s for s in report.sections if s.key != "disclosure_on_request")
    texts = [p.text for p in opened(replace(report, sections=kept)).paragraphs]
    assert texts.index("二、主动公开政府信息情况") < texts.index(
        "三、收到和处理政府信息公开申请情况"
    )
    assert len(opened(replace(report, sections=())).tables) == 4


def test_each_report_of_the_corpus(gold_report: AnnualReport) -> None:
    tables = opened(gold_report).tables
    printed = [c.text for c in gold_report.cells.values() if c.text]
    written = [w for table in tables for row in words(table) for w in row]
    assert all(normalise(text) in written for text in printed)


def test_libreoffice_opens_it(
    report: AnnualReport, tmp_path: Path, gold: Callable[[str], AnnualReport]
) -> None:
    office = shutil.which("soffice")
    text_of = shutil.which("pdftotext")
    if not office or not text_of:
        pytest.skip("soffice or pdftotext is not installed")
    (tmp_path / "report.docx").write_bytes(render(report))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "report.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=60,
    )
    text = subprocess.run(
        [text_of, "-layout", "report.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
    ).stdout.decode()
    for expected in ("一、总体情况", "18651.060", "未读", "— 1 —", "报刊、政府公报"):
        assert normalise(expected) in normalise(text)


def test_the_name_of_a_local_table_stays_with_its_figures(report: AnnualReport) -> None:
    rows = (("项目", "件数"), ("甲", "1"), ("乙", "2"))
    table = LocalTable("1", "附表 办件情况", rows)
    document = opened(replace(report, local_tables=(table,)))
    (local,) = (t for t in document.tables if t.cell(0, 0).text == "附表 办件情况")
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in local.rows]
    assert kept == [True, True, True, None]


def test_table_two_stands_on_one_page(report: AnnualReport) -> None:
    table = opened(report).tables[0]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [True] * (len(kept) - 1) + [None]


def test_a_signature_is_kept_with_what_stands_before_it(report: AnnualReport) -> None:
    paragraphs = opened(report).paragraphs
    kept = [p.paragraph_format.keep_with_next for p in paragraphs[-3:]]
    assert [p.text for p in paragraphs[-2:]] == ["青听市人民政府", "2024年1月25日"]
    assert kept == [True, True, None]


def test_a_signature_is_kept_with_a_table_before_it(report: AnnualReport) -> None:
    remedies = [s for s in report.sections if s.key == "remedies"]
    ends = replace(report, sections=tuple(replace(s, text="") for s in remedies), contact="")
    document = opened(ends)
    last = document.tables[-1].rows[-1].cells[0].paragraphs[0]
    assert last.paragraph_format.keep_with_next
    assert [p.paragraph_format.keep_with_next for p in document.paragraphs[-3:]] == [
        True,
        True,
        None,
    ]
