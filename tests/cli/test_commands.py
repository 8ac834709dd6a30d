"""Each command on real files: what it prints, what it writes, how it exits."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gongkai.cli import batch, telling
from gongkai.core.readers import read
from gongkai.core.rules import rules

from .conftest import Run

Make = Callable[..., Path]
Process = Callable[..., subprocess.CompletedProcess[str]]
SCHEMA = Path(__file__).parents[2] / "src/gongkai/core/report/report.schema.json"
# 2 of 5 requests answered: what comes in does not equal what goes out.
WRONG = {
    "requests__received_this_year__natural_person": 5,
    "requests__received_this_year__total": 5,
    "requests__disclosed__natural_person": 2,
    "requests__disclosed__total": 2,
    "requests__concluded_total__natural_person": 2,
    "requests__concluded_total__total": 2,
}


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


# ── read ──────────────────────────────────────────────────────────


def test_read_tells_whose_report_it_is_and_how_much_was_read(
    gongkai: Run, report_file: Make
) -> None:
    run = gongkai("read", report_file("a.docx"))
    assert run.exit_code == 0
    assert "青听市司法局  2023 年  2021 年版格式  docx" in run.stdout
    assert "读到 200 格，未读 0 格" in run.stdout
    assert "共 1 份：差错 0 处" in run.stdout


def test_read_json_is_one_valid_object_a_report_and_nothing_else(
    process: Process, report_file: Make, tmp_path: Path
) -> None:
    for name in ("a.docx", "b.html", "c.json", "d.xlsx"):
        report_file(name, licensing__decisions=7)
    (tmp_path / "e.pdf").write_bytes(b"")
    run = process("read", "--json", "-j", "2", tmp_path, tmp_path / "f.docx")
    told = lines(run.stdout)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert run.returncode == 2
    assert [Path(str(t["file"])).name for t in told] == [
        "a.docx", "b.html", "c.json", "d.xlsx",
    ]  # fmt: skip
    for report in told:
        jsonschema.validate(report, schema)
        assert report["cells"]["licensing/decisions"]["value"] == 7
    assert run.stderr.splitlines() == [
        f"{tmp_path / 'e.pdf'}：文件是空的。重新下载或重新保存。",
        f"{tmp_path / 'f.docx'}：没有这个文件。核对路径和文件名。",
    ]


def test_the_same_whatever_the_number_of_processes(process: Process, report_file: Make) -> None:
    first = report_file("00.html")
    for number in range(1, 40):
        (first.parent / f"{number:02}.html").write_bytes(first.read_bytes())
    one = process("read", "--json", "-j", "1", first.parent)
    two = process("read", "--json", "-j", "2", first.parent)
    assert one.stdout == two.stdout
    assert len(one.stdout.splitlines()) == 40


def test_read_refuses_what_exceeds_a_limit(gongkai: Run, report_file: Make) -> None:
    path = report_file("a.docx")
    run = gongkai("read", path, "--max-mb", "0.001")
    assert run.exit_code == 2
    assert "--max-mb" in run.stderr
    few = gongkai("read", path, "--max-cells", "10")
    assert few.exit_code == 2
    assert "--max-cells" in few.stderr


def test_an_empty_folder_is_a_usage_error(gongkai: Run, tmp_path: Path) -> None:
    run = gongkai("read", tmp_path)
    assert run.exit_code == 3
    assert "里没有可读的文件" in run.stderr


def test_read_in_english(gongkai: Run, report_file: Make, tmp_path: Path) -> None:
    run = gongkai("read", report_file("a.docx"), tmp_path / "b.docx", "--lang", "en")
    assert "200 cells read, 0 unread" in run.stdout
    assert "b.docx: There is no such file." in run.stderr


# ── tables ────────────────────────────────────────────────────────


def test_a_csv_table_opens_in_excel_and_tells_blanks_apart(
    gongkai: Run, report_file: Make, tmp_path: Path
) -> None:
    report_file("in/a.json", licensing__decisions=7)
    assert gongkai("form", "2023", "-o", tmp_path / "in/b.json").exit_code == 0
    run = gongkai("read", tmp_path / "in", "--csv", tmp_path / "t.csv")
    assert run.exit_code == 0
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        full, blank = csv.DictReader(file)
    assert (full["licensing/decisions"], full["blanks"]) == ("7", "")
    assert (full["year"], full["edition"]) == ("2023", "2021")
    assert blank["licensing/decisions"] == ""
    assert "licensing/decisions" in blank["blanks"].split()
    assert full["procurement/projects"] == ""  # of the other edition: in no list
    assert "procurement/projects" not in full["blanks"] + full["dashes"] + full["unread"]


def test_a_title_that_looks_like_a_formula_stays_text(
    gongkai: Run, report_file: Make, tmp_path: Path
) -> None:
    report_file("in/a.json", agency="=cmd|' /C calc'!A0")
    gongkai("read", tmp_path / "in", "--csv", tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["agency"].startswith("'=")


def test_xlsx_and_parquet_hold_the_same(gongkai: Run, report_file: Make, tmp_path: Path) -> None:
    import openpyxl
    import polars

    report_file("in/a.json", licensing__decisions=7)
    report_file("in/b.json", licensing__decisions=8)
    tables = ("--xlsx", tmp_path / "t.xlsx", "--parquet", tmp_path / "t.parquet")
    assert gongkai("check", tmp_path / "in", *tables).exit_code in {0, 1}
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    frame = polars.read_parquet(tmp_path / "t.parquet")
    assert list(head) == frame.columns
    at = frame.columns.index("licensing/decisions")
    assert [row[at] for row in rows] == frame["licensing/decisions"].to_list() == [7, 8]
    assert frame["administrative_fees/amount"].dtype == polars.Decimal(38, 10)


def test_parquet_without_polars_says_what_to_install(
    gongkai: Run, report_file: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    run = gongkai("read", report_file("a.json"), "--parquet", tmp_path / "t.parquet")
    assert run.exit_code == 3
    assert "gongkai[parquet]" in run.stderr


def test_a_table_that_cannot_be_written_is_a_usage_error(
    gongkai: Run, report_file: Make, tmp_path: Path
) -> None:
    run = gongkai("read", report_file("a.json"), "--csv", tmp_path / "no" / "t.csv")
    assert run.exit_code == 3
    assert "t.csv 写不了" in run.stderr


# ── check ─────────────────────────────────────────────────────────


def test_check_finds_what_does_not_add_up_and_exits_1(gongkai: Run, report_file: Make) -> None:
    run = gongkai("check", report_file("a.docx", **WRONG))
    assert run.exit_code == 1
    assert "requests.in_equals_out" in run.stdout
    assert "差错" in run.stdout


def test_check_shows_only_the_weight_asked_for(gongkai: Run, report_file: Make) -> None:
    run = gongkai("check", report_file("a.docx", **WRONG), "--level", "error")
    assert "section.empty" not in run.stdout
    assert "条级别较低的没有显示" in run.stdout


def test_check_with_last_year(gongkai: Run, report_file: Make) -> None:
    last = report_file("last.json", year=2022, requests__carried_to_next_year__total=4)
    this = report_file("this.json", year=2023)
    rules_found = [
        f["rule"]
        for f in lines(gongkai("check", "--json", this, "--previous", last).stdout)[0]["findings"]
    ]
    assert "carry_forward.requests" in rules_found


def test_check_finds_last_year_of_each_agency(
    gongkai: Run, report_file: Make, tmp_path: Path
) -> None:
    for agency, carried in (("甲局", 4), ("乙局", 0)):
        figures = {"requests__carried_to_next_year__total": carried}
        report_file(f"2022/{agency}.json", year=2022, agency=agency, **figures)
        report_file(f"2023/{agency}.json", year=2023, agency=agency)
    run = gongkai("check", "--json", tmp_path / "2023", "--previous", tmp_path / "2022")
    found = {
        str(t["agency"]): "carry_forward.requests" in {f["rule"] for f in t["findings"]}
        for t in lines(run.stdout)
    }
    assert found == {"甲局": True, "乙局": False}


def test_check_writes_a_review_of_each_report(
    gongkai: Run, report_file: Make, tmp_path: Path
) -> None:
    report_file("in/甲/a.docx", **WRONG)
    report_file("in/乙/a.docx")
    run = gongkai("check", tmp_path / "in", "--review", tmp_path / "review")
    written = sorted(p.relative_to(tmp_path) for p in tmp_path.glob("review/**/*.html"))
    assert [str(p) for p in written] == ["review/乙/a.docx.html", "review/甲/a.docx.html"]
    for path in written:
        assert f"审阅页：{tmp_path / path}" in run.stdout
        assert "青听市司法局" in (tmp_path / path).read_text(encoding="utf-8")


# ── convert, form ─────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx", "json"])
def test_convert_keeps_every_cell(
    gongkai: Run, report_file: Make, tmp_path: Path, kind: str
) -> None:
    source, target = report_file("a.json", **WRONG), tmp_path / f"out/b.{kind}"
    assert gongkai("convert", source, target).exit_code == 0
    before, after = read(source).report.cells, read(target).report.cells
    assert {a: (c.value, c.text) for a, c in after.items()} == {
        a: (c.value, c.text) for a, c in before.items()
    }


def test_convert_overwrites_only_when_told(gongkai: Run, report_file: Make, tmp_path: Path) -> None:
    source, target = report_file("a.json"), tmp_path / "b.html"
    target.write_text("mine")
    run = gongkai("convert", source, target)
    assert (run.exit_code, target.read_text()) == (3, "mine")
    assert "--force" in run.stderr
    assert gongkai("convert", source, target, "--force").exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_convert_a_folder(gongkai: Run, report_file: Make, tmp_path: Path) -> None:
    for name in ("甲/a.docx", "甲/a.json", "b.docx"):
        report_file(f"in/{name}")
    needs = gongkai("convert", tmp_path / "in", tmp_path / "out")
    assert (needs.exit_code, "--to" in needs.stderr) == (3, True)
    assert gongkai("convert", tmp_path / "in", tmp_path / "out", "--to", "html").exit_code == 0
    assert sorted(str(p.relative_to(tmp_path / "out")) for p in tmp_path.glob("out/**/*.html")) == [
        "b.html", "甲/a.docx.html", "甲/a.json.html",
    ]  # fmt: skip


def test_the_blank_form_of_a_year(gongkai: Run, tmp_path: Path) -> None:
    path = tmp_path / "空表.docx"
    assert gongkai("form", "2024", "-o", path, "--agency", "青听市").exit_code == 0
    report = read(path).report
    assert (report.edition, report.year, report.agency) == ("2021", 2024, "青听市")
    assert all(cell.is_blank for cell in report.cells.values())
    assert len(report.cells) == 200


# ── aggregate, compare ────────────────────────────────────────────


def test_aggregate_adds_up_and_keeps_the_parts(
    gongkai: Run, report_file: Make, tmp_path: Path
) -> None:
    for agency, number in (("甲局", 3), ("乙局", 4)):
        report_file(f"in/{agency}.json", agency=agency, licensing__decisions=number)
    run = gongkai("aggregate", tmp_path / "in", "--json", "--agency", "青听市")
    assert run.exit_code == 0
    (total,) = lines(run.stdout)
    assert total["agency"] == "青听市"
    assert total["cells"]["licensing/decisions"]["value"] == 7
    parts = total["parts"]["licensing/decisions"]
    assert sorted((p["agency"], p["value"]) for p in parts) == [("乙局", 4), ("甲局", 3)]


def test_aggregate_says_what_is_missing(gongkai: Run, report_file: Make, tmp_path: Path) -> None:
    good, target = report_file("a.json"), tmp_path / "sum.json"
    run = gongkai("aggregate", good, tmp_path / "b.docx", "-o", target)
    assert run.exit_code == 2
    written = json.loads(target.read_text(encoding="utf-8"), parse_float=Decimal)
    assert "aggregate.file_not_read" in [f["rule"] for f in written["findings"]]
    assert written["parts"]["licensing/decisions"][0]["file"] == str(good)


def test_aggregate_of_nothing(gongkai: Run, tmp_path: Path) -> None:
    run = gongkai("aggregate", tmp_path / "b.docx")
    assert run.exit_code == 2
    assert "没有一份报告可以汇总" in run.stderr


def test_compare_lists_the_cells_that_differ(
    gongkai: Run, report_file: Make, tmp_path: Path
) -> None:
    left = report_file("a.json", year=2022, licensing__decisions=3)
    right = report_file("b.json", year=2023, licensing__decisions=5)
    run = gongkai("compare", left, right, "-o", tmp_path / "c.html")
    assert run.exit_code == 0
    assert "+2" in run.stdout
    assert "不同 1" in run.stdout
    assert "青听市司法局" in (tmp_path / "c.html").read_text(encoding="utf-8")
    (told,) = lines(gongkai("compare", left, right, "--json").stdout)
    assert told["counts"]["changed"] == 1


def test_compare_a_report_with_itself(gongkai: Run, report_file: Make) -> None:
    path = report_file("a.json")
    run = gongkai("compare", path, path)
    assert (run.exit_code, "不同 0" in run.stdout) == (0, True)


# ── explain ───────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_can_be_explained(gongkai: Run, language: str) -> None:
    listed = gongkai("explain", "--lang", language).stdout
    for rule in rules().values():
        assert rule.id in listed
    told = gongkai("explain", "requests.in_equals_out", "--lang", language)
    rule = rules()["requests.in_equals_out"]
    assert told.exit_code == 0
    assert rule.example.in_language(language) in told.stdout
    assert rule.cure.in_language(language) in told.stdout
    assert "{" not in told.stdout
    assert "〔2021〕30号" in told.stdout  # its basis


def test_the_version_is_that_of_the_project(gongkai: Run) -> None:
    project = tomllib.loads((SCHEMA.parents[4] / "pyproject.toml").read_text(encoding="utf-8"))
    assert gongkai("--version").stdout == f"gongkai {project['project']['version']}\n"


# ── what cannot be done is said, in one language ──────────────────


def test_files_of_other_kinds_are_counted(gongkai: Run, report_file: Make, tmp_path: Path) -> None:
    report_file("a.docx")
    for name in ("b.ofd", "c.zip", "d.zip"):
        (tmp_path / name).write_text("x")
    run = gongkai("read", tmp_path)
    assert run.exit_code == 0
    assert run.stderr == "另有 3 个文件不是可读的格式，没有读（.ofd、.zip）。\n"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_an_interrupted_run_leaves_no_table(
    gongkai: Run, report_file: Make, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*given: Any) -> Iterator[object]:
        outcomes = batch.each(*given)
        yield next(outcomes)
        raise KeyboardInterrupt

    monkeypatch.setattr(telling, "each", interrupted)
    (tmp_path / "in").mkdir()
    for name in ("in/a.json", "in/b.json"):
        report_file(name)
    before = tmp_path / f"t.{kind}"
    before.write_text("旧")
    run = gongkai("read", tmp_path / "in", f"--{kind}", before)
    assert run.exit_code == 130
    assert run.stderr.strip() == f"已中断，读了 1 份，没有写 {before}。"
    assert before.read_text() == "旧"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", before.name]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("convert", "a.json", "folder"), "folder 是文件夹，要写的是文件。"),
        (("convert", "folder", "--to", "docx", "file.docx"), "file.docx 是文件；用了 --to"),
        (("read", "a.json", "--csv", "folder"), "--csv：“folder”是文件夹，应为文件。"),
        (("compare", "a.json", "a.json", "-o", "folder"), "--output：“folder”是文件夹，应为文件。"),
        (("check", "a.json", "--review", "file.docx"), "“file.docx”是文件，应为文件夹。"),
        (("check", "a.json", "--review", "file.docx/x"), "file.docx/x 写不了：路径中有一段是文件"),
        (("read", "a.json", "--csv", "no/t.csv"), "no/t.csv 写不了：没有这个文件夹。"),
        (("form", "99999", "-o", "x.docx"), "99999 不像是年份"),
    ],
)
def test_what_cannot_be_written_is_a_usage_error(
    gongkai: Run, report_file: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    report_file("a.json")
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.docx").write_text("x")
    run = gongkai(*arguments)
    assert run.exit_code == 3
    assert said in run.stderr
    assert run.stdout == ""


@pytest.mark.parametrize("command", ["convert", "aggregate"])
def test_a_file_that_cannot_be_written_is_named(
    gongkai: Run, report_file: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    report_file("a.json")
    (tmp_path / "file").write_text("x")
    option = ["-o"] if command == "aggregate" else []
    run = gongkai(command, "a.json", *option, "file/b.docx")
    assert run.exit_code == 2
    assert run.stderr.startswith("file/b.docx：路径中有一段是文件，不是文件夹")


def test_compare_says_the_same_words_on_screen_and_page(
    gongkai: Run, report_file: Make, tmp_path: Path
) -> None:
    left, right = report_file("旧/a.docx"), report_file("新/a.docx", licensing__decisions=4)
    run = gongkai("compare", left, right, "-o", tmp_path / "c.html")
    page = (tmp_path / "c.html").read_text()
    for words in ("甲", "乙", "不同", str(left), str(right)):
        assert words in run.stdout
        assert words in page


def test_a_limit_is_told_with_the_digits_that_matter(gongkai: Run, report_file: Make) -> None:
    run = gongkai("read", report_file("a.docx"), "--max-mb", "0.001")
    told = re.search(r"文件 ([\d.]+) MB，超过上限 ([\d.]+) MB", run.stderr)
    assert told is not None
    size, limit = told.groups()
    assert float(size) > float(limit) == 0.001
