"""Which files are meant by what is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gongkai.cli.sources import Source, find_sources, printable


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "乙/b.pdf", "甲/c.docx", "甲/~$c.docx", "甲/.hidden.docx", ".git/d.txt", "e.exe", "F.HTML",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def paths(*named: str) -> list[str]:
    return [str(source.path) for source in find_sources(named)]


def test_a_folder_is_walked_in_a_stable_order(tree: Path) -> None:
    assert paths(".") == ["F.HTML", "乙/b.pdf", "甲/c.docx"]


def test_files_of_other_kinds_are_left_out_and_known(tree: Path) -> None:
    for name in ("a.RTF", "b.wps", "c.docm", "d.xlsm", "e.htm", "g.ofd", "README.txt"):
        (tree / "甲" / name).write_text("x")
    others: set[Path] = set()
    found = [s.path.name for s in find_sources(["甲"], others)]
    assert found == ["a.RTF", "b.wps", "c.docm", "c.docx", "d.xlsm", "e.htm"]
    assert {path.name for path in others} == {"g.ofd"}


def test_a_file_named_outright_is_taken_whatever_it_is_called(tree: Path) -> None:
    assert paths("e.exe", "甲/.hidden.docx") == ["e.exe", "甲/.hidden.docx"]


def test_lock_files_of_office_programs_are_never_reports(tree: Path) -> None:
    assert paths("甲/~$c.docx", "甲/c.docx") == ["甲/c.docx"]


def test_a_glob_is_expanded_and_no_file_comes_twice(tree: Path) -> None:
    assert paths("*/*.docx", "甲", "**/*.pdf") == ["甲/c.docx", "乙/b.pdf"]


def test_what_does_not_exist_is_kept_to_be_reported(tree: Path) -> None:
    assert paths("没有.docx", "没有*.docx") == ["没有.docx", "没有*.docx"]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tree: Path) -> None:
    (tree / "[1].txt").write_text("x")
    assert paths("[1].txt") == ["[1].txt"]


def test_no_two_files_have_the_same_place(tree: Path) -> None:
    (tree / "乙/c.docx").write_text("x")
    below = [str(s.below) for s in find_sources(["甲/c.docx", "乙/c.docx", "甲", "."])]
    assert len(set(below)) == len(below)
    assert below[:2] == ["c.docx", "c-2.docx"]


def test_a_name_in_gbk_can_be_printed() -> None:
    name = os.fsdecode("年度报告.docx".encode("gbk"))
    assert printable(name) == "年度报告.docx"
    assert Source(Path(name), Path(name)).name == "年度报告.docx"
