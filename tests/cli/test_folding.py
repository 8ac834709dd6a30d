"""Folding of Chinese lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gongkai.cli.folding import fold


@pytest.mark.parametrize(
    ("text", "width", "folded"),
    [
        ("补上这份报告再汇总起来。", 14, "补上这份报告再\n汇总起来。"),
        ("先补上这份再汇总。", 16, "先补上这份再汇\n总。"),
        ("共计（一）项，", 10, "共计（一）\n项，"),
        ("read the report again", 10, "read the\nreport\nagain"),
        ("用 --max-mb 提高上限", 12, "用 --max-mb\n提高上限"),
        ("甲\n乙", 10, "甲\n乙"),
        ("", 10, ""),
    ],
)
def test_chinese_is_folded_as_chinese_is_set(text: str, width: int, folded: str) -> None:
    assert fold(text, width) == folded


@given(
    st.text(alphabet="政府信息（）《》，。、abc123 -/.\n", max_size=80),
    st.integers(min_value=8, max_value=40),
)
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    folded = fold(text, width)
    assert "".join(folded.split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in folded.split("\n"))
