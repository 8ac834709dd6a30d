"""Choosing the format, writing in one step, and reading back what was written."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.core.errors import UnwritableDocument
from gongkai.core.forms import editions
from gongkai.core.readers import read, read_bytes
from gongkai.core.report import AnnualReport
from gongkai.core.report.blank import blank_report
from gongkai.core.writers import FORMATS, render, write
from gongkai.core.writers.outline import title_lines

SUFFIXES = sorted(FORMATS)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_written_and_read_back_it_is_the_same(
    report: AnnualReport, suffix: str, tmp_path: Path
) -> None:
    write(report, tmp_path / f"report{suffix}")
    back = read(tmp_path / f"report{suffix}").report
    assert_same_cells(back, report)
    assert (back.edition, back.year, back.agency) == (report.edition, report.year, report.agency)
    assert back.title == report.title
    assert back.unread == report.unread
    assert [s.key for s in back.sections] == [s.key for s in report.sections]
    assert back.section("other_matters") == report.section("other_matters")
    assert [t.rows for t in back.local_tables] == [t.rows for t in report.local_tables]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_report_of_the_corpus(gold_report: AnnualReport, suffix: str, tmp_path: Path) -> None:
    write(gold_report, tmp_path / f"report{suffix}")
    back = read(tmp_path / f"report{suffix}").report
    assert back.edition == gold_report.edition
    assert_same_cells(back, gold_report)
    assert [(a, c.value) for t in back.local_tables for a, c in t.cells.items()] == [
        (a, c.value) for t in gold_report.local_tables for a, c in t.cells.items()
    ]


@pytest.mark.parametrize("edition", sorted(editions()))
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_blank_form_is_read_as_blank(edition: str, suffix: str, tmp_path: Path) -> None:
    form = editions()[edition]
    blank = blank_report(form, form.first_year, "青听市人民政府")
    write(blank, tmp_path / f"form{suffix}")
    back = read(tmp_path / f"form{suffix}").report
    assert_same_cells(back, blank)
    assert not back.unread
    assert not back.local_tables


def assert_same_cells(back: AnnualReport, report: AnnualReport) -> None:
    def shown(of: AnnualReport) -> dict[str, object]:
        return {a: (c.value, c.is_blank, c.is_dash, c.unit) for a, c in of.cells.items()}

    assert shown(back) == shown(report)


def test_another_suffix_is_refused(report: AnnualReport, tmp_path: Path) -> None:
    for name in ("report.doc", "report", "report.txt"):
        with pytest.raises(UnwritableDocument, match=r"docx.*json"):
            write(report, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_the_suffix_may_be_written_large(report: AnnualReport, tmp_path: Path) -> None:
    write(report, tmp_path / "REPORT.JSON")
    assert read(tmp_path / "REPORT.JSON").report == report


def test_nothing_is_lost_when_writing_fails(
    report: AnnualReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.json"
    target.write_text("the old one")

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        write(report, target)
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]
    assert target.read_text() == "the old one"


def test_the_mode_of_a_file_is_kept(report: AnnualReport, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("")
    target.chmod(0o600)
    write(replace(report, lead=""), target)
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".pdf", ".json"])
def test_a_table_not_read_comes_back_not_read(report: AnnualReport, suffix: str) -> None:
    gone = [a for a in report.cells if a.startswith(("reconsideration", "direct_suit", "suit_"))]
    cells = {a: c for a, c in report.cells.items() if a not in gone}
    unread = replace(report, cells=cells, unread=(*report.unread, *gone))
    back = read_bytes(render(unread, suffix), f"a{suffix}").report
    assert set(back.unread) == set(unread.unread)
    assert back.cells.keys() == cells.keys()
    assert not any("未读" in section.text for section in back.sections)


@pytest.mark.parametrize(
    ("agency", "lines"),
    [
        ("青听市经济技术开发区管理委员会", 2),
        ("中共青听市委组织部（青听市公务员局）", 1),
        ("青听市司法局关于报送", 1),
    ],
)
def test_a_title_is_split_behind_a_bare_name_only(agency: str, lines: int) -> None:
    assert len(title_lines(f"{agency}2023年政府信息公开工作年度报告")) == lines
