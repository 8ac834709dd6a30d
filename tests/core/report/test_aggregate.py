"""Adding up: every sum with its parts, and every part that could not be added said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.core.forms import edition
from gongkai.core.report import AnnualReport, Cell, LocalTable
from gongkai.core.report.aggregate import Aggregate, Source, State, aggregate
from gongkai.core.report.interchange import dumps, from_json, loads, to_json
from gongkai.core.rules import basis, say

Build = Callable[..., AnnualReport]

OTHER = "requests.otherwise_concluded"


def rules(summed: Aggregate) -> list[str]:
    return [f.rule for f in summed.findings]


def changed(report: AnnualReport, cells: dict[str, Cell | None]) -> AnnualReport:
    """``report`` with some cells replaced; None makes a cell unread."""
    kept = {a: c for a, c in {**report.cells, **cells}.items() if c is not None}
    unread = tuple(a for a, c in cells.items() if c is None)
    return replace(report, cells=kept, unread=(*report.unread, *unread))


def test_every_cell_is_the_sum_of_its_parts(consistent: Build) -> None:
    one, two = consistent(agency="甲局"), consistent(agency="乙局", unit=3)
    summed = aggregate([Source(one, "甲.docx"), Source(two, "乙.docx")], agency="青听市")
    form = edition("2021")
    assert not summed.findings
    assert list(summed.report.cells) == list(form.cells)
    for address, cell in summed.report.cells.items():
        assert cell.value == one.cells[address].value + two.cells[address].value
        assert [p.value for p in summed.parts[address]] == [
            one.cells[address].value,
            two.cells[address].value,
        ]
    assert summed.report.cells["administrative_fees/amount"].text == "74604.240"
    assert (summed.report.edition, summed.report.year) == ("2021", 2021)
    assert summed.report.title == "青听市2021年政府信息公开工作年度报告（汇总）"
    for equation in form.equations:
        left, right = (
            sum(summed.report.number(a) for a in side) for side in (equation.left, equation.right)
        )
        assert left == right


def test_blank_and_dash_count_as_0_and_it_is_said(consistent: Build) -> None:
    empty = changed(
        consistent(agency="乙局"),
        {"licensing/decisions": Cell(None, ""), "penalties/decisions": Cell(None, "—")},
    )
    one = consistent()
    summed = aggregate([Source(one), Source(empty)])
    assert (
        summed.report.cells["licensing/decisions"].value == one.cells["licensing/decisions"].value
    )
    (finding,) = summed.findings
    assert finding.rule == "aggregate.empty_as_zero"
    assert finding.cells == ("licensing/decisions", "penalties/decisions")
    assert [p.text for p in summed.parts["penalties/decisions"]] == ["2", "—"]


def test_an_unread_part_leaves_its_sum_unread(consistent: Build) -> None:
    partly = changed(consistent(agency="乙局"), {"licensing/decisions": None})
    summed = aggregate([Source(consistent()), Source(partly, "乙.pdf")])
    assert summed.report.unread == ("licensing/decisions",)
    assert "licensing/decisions" not in summed.report.cells
    assert summed.parts["licensing/decisions"][1].state is State.UNREAD
    (finding,) = summed.findings
    assert finding.rule == "aggregate.part_unread"
    assert "乙局（乙.pdf）" in say(finding)
    assert "行政许可" in say(finding)


def test_money_of_different_units_is_not_added(consistent: Build) -> None:
    amount = "administrative_fees/amount"
    odd = changed(consistent(agency="乙局"), {amount: Cell(Decimal("100"), "100元", "元")})
    summed = aggregate([Source(consistent()), Source(odd)])
    assert summed.report.unread == (amount,)
    assert rules(summed) == ["aggregate.units_differ"]
    assert "100元" in say(summed.findings[0])


def test_the_unit_of_the_form_and_the_same_unit_printed_agree(consistent: Build) -> None:
    amount = "administrative_fees/amount"
    same = changed(consistent(agency="乙局"), {amount: Cell(Decimal("0.5"), "0.5万元", "万元")})
    nothing = changed(consistent(agency="丙局"), {amount: Cell(Decimal("0"), "0元", "元")})
    summed = aggregate([Source(consistent()), Source(same), Source(nothing)])
    assert summed.report.cells[amount] == Cell(Decimal("18651.560"), "18651.560")


def test_a_printed_unit_of_2019_is_kept(consistent: Build) -> None:
    amount = "procurement/amount"
    reports = [
        changed(consistent("2019", agency=a), {amount: Cell(Decimal("1.5"), "1.5万元", "万元")})
        for a in ("甲局", "乙局")
    ]
    summed = aggregate([Source(r) for r in reports])
    assert summed.report.cells[amount] == Cell(Decimal("3.0"), "3.0万元", "万元")


def test_2019_into_2021_where_the_form_allows(consistent: Build) -> None:
    old = consistent("2019", agency="乙局", year=2021)
    zero = {a: Cell(0, "0") for a in old.cells if a.startswith(f"{OTHER}/") and "business" not in a}
    old = changed(old, {**zero, f"{OTHER}/business": Cell(2, "2")})
    new = consistent("2021")
    summed = aggregate([Source(new), Source(old)])
    cells, unread = summed.report.cells, set(summed.report.unread)
    for address in ("requests.disclosed/total", "licensing/decisions", "direct_suit/total"):
        assert cells[address].value == new.cells[address].value + old.cells[address].value
    # Nothing can be split into three, two cannot.
    assert cells[f"{OTHER}.other/research"] == new.cells[f"{OTHER}.other/research"]
    assert {f"{OTHER}.{r}/business" for r in ("not_corrected", "fee_unpaid", "other")} <= unread
    assert "administrative_fees/amount" in unread
    assert "government_rules/in_force" in unread
    assert rules(summed) == [
        "aggregate.other_edition",
        "aggregate.not_split",
        "aggregate.not_comparable",
        "aggregate.left_out",
    ]
    left_out = say(summed.findings[-1])
    assert "政府集中采购" in left_out
    assert "其他对外管理服务事项" in left_out
    assert "其他处理" not in left_out


def test_2021_into_2019_adds_the_three_rows(consistent: Build) -> None:
    new = consistent("2021")
    summed = aggregate([Source(new), Source(consistent("2019", agency="乙局"))], edition_id="2019")
    part = summed.parts[f"{OTHER}/total"][0]
    rows = [f"{OTHER}.{r}/total" for r in ("fee_unpaid", "not_corrected", "other")]
    assert part.value == sum(new.number(a) for a in rows)
    assert f"{OTHER}/total" in summed.report.cells


def test_reports_that_mix_editions_alike_keep_their_rows(
    gold: Callable[[str], AnnualReport],
) -> None:
    mixed = gold("hongze-2023")
    summed = aggregate([Source(mixed), Source(replace(mixed, agency="乙区"))])
    assert not summed.report.unread
    assert summed.report.cells.keys() == mixed.cells.keys()


def test_duplicates_years_and_unnamed_agencies_are_said(consistent: Build) -> None:
    one = consistent()
    summed = aggregate(
        [
            Source(one, "a.docx"),
            Source(one, "a.pdf"),
            Source(consistent(agency=None, year=2022), "b.pdf"),
        ]
    )
    assert rules(summed) == [
        "aggregate.years_differ",
        "aggregate.agency_unknown",
        "aggregate.duplicate",
    ]
    assert summed.report.year is None
    assert "a.docx" in say(summed.findings[2])


def test_what_has_no_cells_is_left_out_and_said(consistent: Build, report: AnnualReport) -> None:
    free = AnnualReport(edition=None, year=2014, agency="丙局")
    local = replace(consistent(), local_tables=(LocalTable("1", "渠道", (("1",),)),))
    summed = aggregate([Source(free), Source(local)])
    assert rules(summed) == ["aggregate.free_form", "aggregate.local_tables"]
    assert len(summed.parts["licensing/decisions"]) == 1
    with pytest.raises(ValueError, match="official form"):
        aggregate([Source(free)])


def test_an_aggregate_is_a_report_in_json_with_its_parts(consistent: Build) -> None:
    summed = aggregate([Source(consistent(), "a.docx"), Source(consistent(agency="乙局"))])
    data = loads(dumps(to_json(summed.report, parts=summed.parts_as_dicts())))
    assert data["parts"]["licensing/decisions"][0] == {
        "file": "a.docx",
        "agency": "甲局",
        "value": 1,
        "text": "1",
        "state": "read",
    }
    assert from_json(data) == summed.report


def test_every_sentence_can_be_said(consistent: Build) -> None:
    old = consistent("2019", year=2020, local_tables=(LocalTable("1", "", (("1",),)),))
    odd = changed(
        consistent(), {"penalties/decisions": None, "licensing/decisions": Cell(None, "")}
    )
    summed = aggregate([Source(old), Source(odd), Source(odd, "x"), Source(AnnualReport(None))])
    for finding in summed.findings:
        for language in ("zh", "en"):
            assert say(finding, language)
        basis(finding, "2021")
