"""The PDF, read by pdfplumber and pdftotext."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace

import pdfplumber
import pytest

from gongkai.core.errors import UnwritableDocument
from gongkai.core.forms.label import normalise
from gongkai.core.report import AnnualReport, Cell, LocalTable, SectionText, Signature
from gongkai.core.writers import pdf
from gongkai.core.writers.pdf import render


def words(report: AnnualReport) -> str:
    with pdfplumber.open(io.BytesIO(render(report))) as file:
        return normalise("".join(page.extract_text() for page in file.pages))


def test_the_tables_hold_the_figures(report: AnnualReport) -> None:
    with pdfplumber.open(io.BytesIO(render(report))) as file:
        tables = [table for page in file.pages for table in page.extract_tables()]
    assert [(len(t), len(t[0])) for t in tables] == [(14, 4), (3, 4), (28, 10), (4, 15)]
    assert tables[0][2][1:3] == ["", "—"]
    assert tables[0][10][1] == "未读"
    requests = [row[3:] for row in tables[2][3:]]
    cells = [c.text for a, c in report.cells.items() if a.startswith("requests")]
    assert [text for row in requests for text in row] == cells


def test_nothing_in_a_report_is_a_command(report: AnnualReport) -> None:
    text = words(report)
    assert "<b>&amp;#setpage()$x$*粗*_斜_@引用[方括号]" in text
    nasty = '#panic("x") \\ "#(1+1) ] } ` // /* <label> @ref'
    table = LocalTable("1", nasty, (("a", nasty), (nasty,)))
    changed = replace(report, title=nasty, agency=nasty, lead=nasty, contact=nasty + "!")
    shown = words(replace(changed, local_tables=(table,)))
    assert shown.count('#panic("x")') == 5


def test_title_language_and_tags(report: AnnualReport) -> None:
    data = render(report)
    with pdfplumber.open(io.BytesIO(data)) as file:
        assert file.metadata["Title"] == report.title
        catalogue = file.doc.catalog
        assert catalogue["Lang"] in (b"zh-CN", "zh-CN")
        assert "StructTreeRoot" in catalogue
        assert not any("http" in str(link) for link in file.hyperlinks)
    assert b"pdfuaid" in data or b"StructTreeRoot" in data


def test_a_character_no_font_has_does_not_stop_it(report: AnnualReport) -> None:
    assert render(replace(report, lead="\U0001f600\ue000"))[:5] == b"%PDF-"


def test_a_table_longer_than_a_page_breaks(report: AnnualReport) -> None:
    rows = tuple((str(i), "x") for i in range(200))
    text = words(replace(report, local_tables=(LocalTable("1", "", rows),)))
    assert "199x" in text


def test_the_same_report_gives_the_same_bytes(report: AnnualReport) -> None:
    assert render(report) == render(report)


def test_what_typst_cannot_set_is_refused(
    report: AnnualReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_template", lambda: b"#panic()")
    with pytest.raises(UnwritableDocument, match="panic"):
        render(report)


def test_a_free_form_report() -> None:
    free = AnnualReport(edition=None, year=2014, sections=(SectionText("", "一、概述", "文字。"),))
    assert "一、概述文字。" in words(free)


def test_pdftotext_reads_every_figure(report: AnnualReport) -> None:
    program = shutil.which("pdftotext")
    if not program:
        pytest.skip("pdftotext is not installed")
    figure = Cell(123456, "123456")
    changed = replace(report, cells={**report.cells, "licensing/decisions": figure})
    text = subprocess.run(
        [program, "-layout", "-", "-"], input=render(changed), check=True, capture_output=True
    ).stdout.decode()
    assert "123456" in text
    assert normalise("（七）总计") in normalise(text)


def test_the_name_of_a_long_local_table_stands_above_its_first_rows(report: AnnualReport) -> None:
    rows = (("项目", "件数"), *((f"第{n}项", str(n)) for n in range(1, 120)))
    table = LocalTable("1", "附表 办件情况", rows)
    with pdfplumber.open(io.BytesIO(render(replace(report, local_tables=(table,))))) as file:
        pages = [normalise(page.extract_text()) for page in file.pages]
    (at,) = (page for page in pages if "附表" in page)
    assert "第1项" in at
    assert sum("第119项" in page for page in pages) == 1


@pytest.mark.parametrize("lines", range(24))
def test_a_signature_is_never_alone_on_a_page(lines: int) -> None:
    section = SectionText("", "一、概述", "\n".join(f"第{n}段。" for n in range(1, lines + 8)))
    signature = Signature("青听市人民政府\n2024年1月25日", None)
    free = AnnualReport(edition=None, year=2014, sections=(section,), signature=signature)
    with pdfplumber.open(io.BytesIO(render(free))) as file:
        pages = [normalise(page.extract_text()) for page in file.pages]
    signed = next(page for page in pages if "青听市人民政府" in page)
    assert f"第{lines + 7}段。青听市人民政府2024年1月25日" in signed
