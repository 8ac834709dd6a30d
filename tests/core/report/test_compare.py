"""Two reports side by side."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.core.report import AnnualReport, Cell, SectionText
from gongkai.core.report.compare import Status, compare, similarity, to_json
from gongkai.core.report.interchange import dumps

Build = Callable[..., AnnualReport]


def status_of(left: Cell | None, right: Cell | None, build: Build) -> tuple[Status, object]:
    def with_cell(cell: Cell | None) -> AnnualReport:
        report = build()
        cells = {a: c for a, c in report.cells.items() if a != "administrative_fees/amount"}
        if cell is None:
            return replace(report, cells=cells, unread=("administrative_fees/amount",))
        return replace(report, cells={**cells, "administrative_fees/amount": cell})

    (row,) = [
        c
        for c in compare(with_cell(left), with_cell(right)).cells
        if c.address == "administrative_fees/amount"
    ]
    return row.status, row.difference


@pytest.mark.parametrize(
    ("left", "right", "status", "difference"),
    [
        (Cell(1, "1"), Cell(1, "１"), Status.SAME, 0),
        (Cell(1, "1"), Cell(3, "3"), Status.CHANGED, 2),
        (Cell(Decimal("0.1"), "0.1"), Cell(Decimal("0.3"), "0.3"), Status.CHANGED, Decimal("0.2")),
        (Cell(None, ""), Cell(None, ""), Status.SAME, None),
        (Cell(None, "—"), Cell(None, "/"), Status.SAME, None),
        (Cell(None, ""), Cell(None, "—"), Status.CHANGED, None),
        (Cell(None, ""), Cell(0, "0"), Status.CHANGED, None),
        (Cell(1, "1万元", "万元"), Cell(1, "1元", "元"), Status.CHANGED, None),
        (Cell(1, "1"), None, Status.UNREAD, None),
        (None, None, Status.UNREAD, None),
    ],
)
def test_one_cell(
    left: Cell | None, right: Cell | None, status: Status, difference: object, consistent: Build
) -> None:
    assert status_of(left, right, consistent) == (status, difference)


def test_the_same_report_has_no_changes(gold_report: AnnualReport) -> None:
    told = compare(gold_report, gold_report)
    assert told.changes == ()
    assert len(told.cells) == len(gold_report.cells)


def test_two_editions(consistent: Build) -> None:
    told = compare(consistent("2019"), consistent("2021"))
    by_address = {c.address: c for c in told.cells}
    assert by_address["procurement/amount"].status is Status.ONLY_LEFT
    assert by_address["administrative_fees/amount"].status is Status.ONLY_RIGHT
    assert by_address["licensing/decisions"].status in {Status.SAME, Status.CHANGED}
    assert told.count(Status.ONLY_RIGHT) + told.count(Status.ONLY_LEFT) == len(
        consistent("2019").cells.keys() ^ consistent("2021").cells.keys()
    )


def test_only_what_changed(consistent: Build) -> None:
    left = consistent()
    cell = Cell(99, "99件")
    right = replace(left, cells={**left.cells, "licensing/decisions": cell})
    told = compare(left, right)
    (changed,) = told.changes
    assert (changed.address, changed.label) == ("licensing/decisions", "行政许可·本年处理决定数量")
    assert (changed.difference, changed.status) == (98, Status.CHANGED)
    assert len(told.cells) == 200


def test_sections(consistent: Build) -> None:
    def build(text: str, *more: SectionText) -> AnnualReport:
        return replace(
            consistent(), sections=(SectionText("overview", "一、总体情况", text), *more)
        )

    told = compare(
        build("全年主动公开信息 12 条。"),
        build("全年主动公开信息 13 条。", SectionText("", "附表", "文字")),
    )
    first, second = told.sections
    assert first.key == "overview"
    assert 0.5 < (first.similarity or 0) < 1
    assert (second.title, second.left, second.right) == ("附表", "", "文字")
    assert second.similarity is None


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("甲乙丙丁", "甲乙 丙丁", 1.0),
        ("甲乙丙", "丁戊己", 0.0),
        ("", "甲", None),
        ("甲", "甲", 1.0),
    ],
)
def test_similarity(left: str, right: str, expected: float | None) -> None:
    assert similarity(left, right) == expected


def test_json(consistent: Build) -> None:
    data = json.loads(dumps(to_json(compare(consistent("2019"), consistent("2021")))))
    assert data["left"]["edition"] == "2019"
    assert data["cells"]["procurement/amount"]["right"] is None
    assert sum(data["counts"].values()) == len(data["cells"])
