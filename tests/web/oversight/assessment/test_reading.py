"""Indicator tables as they come: merged cells, other headings, and everything that may be wrong."""

from __future__ import annotations

from decimal import Decimal

from gongkai.core.finding import Severity
from gongkai.web.oversight.assessment.evidence import measures
from gongkai.web.oversight.assessment.reading import Read, read

HEAD = ["一级指标", "二级指标", "分值", "评分标准", "数据来源", "满分值", "零分值", "每件扣分"]


def table(*rows: list[str], head: list[str] = HEAD, full: int = 100) -> Read:
    return read([["某区考核指标"], head, *rows], Decimal(full))


def rules(told: Read, severity: Severity = Severity.ERROR) -> list[str]:
    return [
        one.rule.removeprefix("indicators.") for one in told.findings if one.severity is severity
    ]


def test_a_table_is_read_with_merged_cells_and_a_line_of_totals() -> None:
    told = table(
        ["主动公开", "按期公开", "40", "20 个工作日内", "按期公开", "95%", "60", ""],
        ["", "公开质量", "20分", "", "人工评分"],
        ["依申请公开", "按期答复", "40", "", "按期答复", "", "", "5"],
        ["合计", "", "100"],
    )
    assert told.findings == []
    first, second, third = told.indicators
    assert (first.first, first.measure, first.full_at, first.zero_at) == (
        "主动公开", "items_in_time", Decimal(95), Decimal(60),
    )  # fmt: skip
    assert (second.first, second.points, second.measure) == ("主动公开", Decimal(20), "")
    assert (third.position, third.each, third.full_at) == (3, Decimal(5), None)


def test_other_headings_are_taken_with_a_doubt_and_strange_ones_left() -> None:
    told = table(
        ["1", "按期公开", "100", "按期公开", "周科长", "90", "50"],
        head=["序号", "考核指标", "分值（权重）", "数据来源", "责任人", "满分值", "零分值"],
    )
    assert rules(told) == []
    assert rules(told, Severity.WARNING) == ["column_guessed", "column_guessed"]
    assert rules(told, Severity.NOTE) == ["column_unused"]
    assert told.columns["分值"] == "分值（权重）"


def test_everything_wrong_is_told_and_nothing_missing_is_taken_for_zero() -> None:
    told = table(
        ["甲", "按期公开", "三十", "", "按期公开", "95", "95", ""],
        ["甲", "按期公开", "10", "", "按时公开率"],
        ["甲", "", "10", "", "人工评分"],
        ["乙", "培训", "", "", "人工评分", "3"],
        ["乙", "答复", "10", "", "按期答复", "95", "", "2"],
        ["乙", "公开数", "10", "", "主动公开信息", "", "", "2"],
        ["乙", "纠正", "10", "", "复议诉讼被纠正", "", "0"],
        ["乙", "没有写来源", "10"],
        ["乙", "只有数", "10", "", "按期答复"],
        ["合计", "", "90"],
    )
    assert rules(told) == [
        "number_wrong", "formula_wrong", "source_unknown", "name_twice", "name_missing",
        "points_missing", "formula_wrong", "formula_wrong", "formula_wrong",
        "points_do_not_sum", "total_differs",
    ]  # fmt: skip
    assert rules(told, Severity.WARNING) == ["formula_unused", "source_missing", "formula_missing"]
    unknown = next(one for one in told.findings if one.rule.endswith("source_unknown"))
    assert unknown.values["like"] == "，是不是“按期公开”"


def test_no_table_at_all() -> None:
    assert rules(read([["随便", "几列"], ["1", "2"]], Decimal(100))) == ["column_missing"] * 2
    assert rules(table()) == ["none"]
    assert rules(table(["甲", "乙"], head=["一级指标", "评分标准", "数据来源"])) == [
        "column_missing", "column_missing",
    ]  # fmt: skip


def test_measures_are_named_apart() -> None:
    labels = [one.label for one in measures().values()]
    assert len(labels) == len(set(labels))
    for one in measures().values():
        assert one.about.endswith("。")
        assert one.silent
