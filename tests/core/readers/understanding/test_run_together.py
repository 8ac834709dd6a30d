"""Figures run together: read only where there is one way to split them."""

from __future__ import annotations

import pytest
from sample import figures

from gongkai.core.forms import edition
from gongkai.core.readers import read_bytes
from gongkai.core.readers.understanding.splitting import number, settle, ways


def adds_up(split: tuple[str, ...]) -> bool:
    return sum(map(number, split[:-1])) == number(split[-1])


@pytest.mark.parametrize(
    ("pieces", "only"),
    [
        (["0000000"], ("0",) * 7),
        (["15130000154"], ("151", "3", "0", "0", "0", "0", "154")),
        (["12", "3————15"], ("12", "3", "—", "—", "—", "—", "15")),
        (["10000", "0", "1"], ("1", "0", "0", "0", "0", "0", "1")),
    ],
)
def test_one_way_to_split(pieces: list[str], only: tuple[str, ...]) -> None:
    assert ways(pieces, 7, adds_up) == [only]


def test_several_ways_and_none() -> None:
    assert len(ways(["11112"], 3, adds_up) or []) != 1
    assert ways(["999"], 7, adds_up) == []
    assert ways(["1" * 40], 20, lambda s: True) is None


def test_rows_settle_one_another() -> None:
    """The first row can be 1+11=12 or 11+1=12; the column below decides."""
    rows = {"a": [("1", "11", "12"), ("11", "1", "12")], "b": [("11", "1", "12")]}
    settled = settle(rows, lambda r: number(r["a"][0]) == number(r["b"][0]))
    assert settled["a"] == ("11", "1", "12")
    assert "a" not in settle(rows, lambda r: True)


def run_together(values: dict[str, str]) -> str:
    form = edition("2021")
    parts = [
        "青听区民政局2021年政府信息公开工作年度报告 一、总体情况 文字。二、主动公开政府信息情况 "
    ]
    for group in form.disclosure.groups:
        parts.append(group.heading + form.disclosure.head + "".join(c.label for c in group.columns))
        for row in group.rows:
            parts.append(row.label + "".join(values[f"{row.table}/{c.id}"] for c in group.columns))
    parts.append(" 三、收到和处理政府信息公开申请情况 " + form.requests.corner + form.requests.head)
    for spec in form.rows["requests.received_this_year"]:
        parts.append(spec.column_label)
    for request in form.requests.rows:
        parts.append(request.label)
        parts += [values[s.address] for s in form.rows[f"requests.{request.id}"]]
    parts.append(
        " 四、政府信息公开行政复议、行政诉讼情况 行政复议行政诉讼结果维持结果纠正其他结果尚未审结总计"
    )
    parts.append("未经复议直接起诉复议后起诉" + "结果维持结果纠正其他结果尚未审结总计" * 2)
    for block in form.remedies.blocks:
        parts += [values[s.address] for s in form.rows[block.table]]
    parts.append(" 五、存在的主要问题及改进情况 文字。六、其他需要报告的事项 没有收取信息处理费。")
    return "".join(parts)


def test_a_report_of_zeros_is_read_whole_and_every_cell_says_it_was_inferred() -> None:
    values = dict.fromkeys(figures(edition("2021")), "0")
    reading = read_bytes(run_together(values).encode(), "a.txt")
    assert {a: c.text for a, c in reading.report.cells.items()} == values
    told = {c for f in reading.findings if f.rule == "cell.inferred" for c in f.cells}
    assert told == set(values)
    assert [s.key for s in reading.report.sections][-1] == "other_matters"


def test_what_can_be_split_in_two_ways_stays_unread() -> None:
    values = dict.fromkeys(figures(edition("2021")), "0")
    values |= {"normative_documents/issued": "12", "normative_documents/in_force": "3"}
    values |= {"requests.disclosed/natural_person": "1", "requests.disclosed/business": "11",
               "requests.disclosed/total": "12"}  # fmt: skip
    reading = read_bytes(run_together(values).encode(), "a.txt")
    unread = set(reading.report.unread)
    assert {a.split("/")[0] for a in unread} == {"normative_documents", "requests.disclosed"}
    assert {f.rule for f in reading.findings if set(f.cells) & unread} == {"cell.run_together"}
