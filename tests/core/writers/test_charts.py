"""Charts: every value printed or told, what is missing a gap, and nothing but markup of ours."""

from __future__ import annotations

from fractions import Fraction

import pytest
from lxml import etree

from gongkai.core.writers.charts import Series, bars, lines, stacked

YEARS = ["2021", "2022", "2023"]


def drawn(markup: str) -> etree._Element:
    return etree.fromstring(markup)


def words(svg: etree._Element) -> list[str]:
    return [text.text or "" for text in svg.iter("text")]


def test_bars_are_in_proportion_and_a_gap_is_no_zero() -> None:
    svg = drawn(bars("c", "新收申请", YEARS, Series("新收", [10, None, 5])))
    heights = [float(rect.get("height", "")) for rect in svg.iter("rect")]
    assert heights == [130.0, 65.0], "two bars for two values"
    assert words(svg) == ["10", "2021", "缺", "2022", "5", "2023"]
    assert svg.findtext("desc") == "新收：2021 10，2022 缺，2023 5"
    assert svg.get("aria-labelledby") == "c-t c-d"
    assert [one.get("id") for one in (*svg.iter("title"), *svg.iter("desc"))] == ["c-t", "c-d"]


def test_bars_of_nothing_and_below_nothing() -> None:
    svg = drawn(bars("c", "增减", ["一", "二"], Series("增减", [0, -3])))
    assert [rect.get("height") for rect in svg.iter("rect")] == ["0", "0"]
    assert words(svg) == ["0", "一", "-3", "二"]
    assert words(drawn(bars("c", "空", [], Series("空", [])))) == []


def test_parts_differ_by_pattern_and_a_whole_with_a_gap_is_not_drawn() -> None:
    parts = [Series(f"第 {n} 部分", [n, 1, None if n == 2 else 4]) for n in range(1, 5)]
    svg = drawn(stacked("s", "结果", YEARS, parts))
    patterns = {pattern.get("id") for pattern in svg.iter("pattern")}
    fills = {rect.get("fill", "") for rect in svg.iter("rect")} - {""}
    assert fills == {"url(#s-p2)", "url(#s-p3)"}
    assert {fill[5:-1] for fill in fills} <= patterns
    assert words(svg)[-6:] == ["2021", "10", "2022", "4", "2023", "缺"]
    said = svg.findtext("desc") or ""
    assert "2023 第 1 部分 4，第 2 部分 缺" in said
    with pytest.raises(ValueError, match="told apart"):
        stacked("s", "太多", YEARS, [Series(str(n), [1, 1, 1]) for n in range(8)])


def test_lines_break_where_a_value_is_missing() -> None:
    several = [
        Series("公开率", [Fraction(1, 2), None, Fraction(1, 4), Fraction(1, 3)], ["50.0%", "", "25.0%", "33.3%"]),
        Series("结转率", [Fraction(1, 10)] * 4, ["10.0%"] * 4),
    ]  # fmt: skip
    svg = drawn(lines("l", "比率", [*YEARS, "2024"], several))
    paths = [path for path in svg.iter("path") if path.get("class") == "gk-line"]
    # The legend's two, one run of two points, and one whole line.
    assert [path.get("d", "").count("L") for path in paths] == [1, 1, 1, 3]
    assert {path.get("stroke-dasharray") for path in paths} == {None, "6 4"}
    assert "公开率：2021 50.0%，2022 缺" in (svg.findtext("desc") or "")


def test_words_cannot_become_markup() -> None:
    svg = drawn(bars("c", "<b>&", ["<i>"], Series("“&”", [1])))
    assert svg.findtext("title") == "<b>&"
    assert "<i>" in words(svg)
