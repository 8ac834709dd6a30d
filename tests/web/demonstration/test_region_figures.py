"""The figures of the demonstration region agree, within a table and from agency to agency."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongkai.core.normative_document import Event, EventKind, Life, count_year, standing_on

from .conftest import read
from .printed_tables import Table, figure, number, tables

# What the region holds is the same in either database.
pytestmark = pytest.mark.once

Data = dict[str, Any]
Many = dict[str, Data]

# Columns of rates, standards and years are not added up.
_NOT_SUMMED = re.compile(r"率|占比|标准|补助（元/|租金|得分|编码|时间|工资|序号|年份|门牌")
STREETS = {"qh0401": "听泉街道", "qh0402": "枕流街道", "qh0403": "麦坪街道", "qh0501": "稻香镇"}


def the_table(item: Data, words: str) -> Table:
    (found,) = [table for table in tables(item["body"]) if words in table.caption]
    return found


def test_every_table_is_a_rectangle_and_adds_up(items: Many) -> None:
    summed = 0
    for key, item in items.items():
        for table in tables(item["body"]):
            assert {len(row) for row in table.rows} <= {len(table.head)}, (key, table.caption)
            if table.total is None:
                continue
            for place, heading in enumerate(table.head):
                told = number(table.total[place])
                cells = [number(row[place]) for row in table.body if row[place]]
                if told is None or _NOT_SUMMED.search(heading) or None in cells:
                    continue
                assert told == sum(c for c in cells if c is not None), (key, heading)
                summed += 1
    assert summed >= 700


def test_rates_are_those_of_their_columns(items: Many) -> None:
    seen = 0
    for key, item in items.items():
        for table in tables(item["body"]):
            if "完成率" not in table.head:
                continue
            place = table.head.index("完成率")
            for row in table.rows:
                figures = [number(cell) for cell in row[1:place]]
                known = [f for f in figures if f is not None]
                # The two columns left of the rate, in either order.
                rates = {round(a / b * 100, 1) for a, b in (known[-2:], known[-2:][::-1])}
                assert Decimal(row[place].rstrip("%")) in rates, (key, row)
                seen += 1
    assert seen >= 100


def test_final_accounts_start_from_the_budget_of_their_year(items: Many) -> None:
    pairs = 0
    for key, item in items.items():
        found = re.fullmatch(r"(qh\d+)-final-(\d{4})", key)
        budget = items.get(f"{found[1]}-budget-{found[2]}") if found else None
        if budget is None:
            continue
        planned, settled = (the_table(i, "按功能分类").rows for i in (budget, item))
        assert [row[:3] for row in planned] == [row[:3] for row in settled], key
        cars = "公务用车运行维护费"
        assert (
            the_table(budget, "“三公”").of(cars)["预算数"]
            == (the_table(item, "“三公”").of(cars)["年初预算数"])
        )
        assert budget["fiscal_year"] == item["fiscal_year"]
        pairs += 1
    assert pairs >= 14


def test_the_streets_social_assistance_is_the_districts(items: Many) -> None:
    seen = 0
    for key, item in items.items():
        found = re.fullmatch(r"(qh\d+)-minimum-living-2026-q(\d)", key)
        if not found:
            continue
        for row in the_table(item, "发放情况").rows:
            month = int(row[0].removesuffix("月"))
            district = the_table(items[f"qh0103-assistance-2026-{month:02d}"], "社会救助发放")
            assert row[1:] == list(district.of(STREETS[found[1]]).values())[1:6], key
            seen += 1
    assert seen >= 30


@pytest.mark.parametrize(
    ("key", "street", "months"),
    [
        ("qh0401-temporary-2026-q1", "qh0401", (1, 2, 3)),
        ("qh0401-temporary-2026-07", "qh0401", (7,)),
        ("qh0402-temporary-2026-09-10", "qh0402", (9, 10)),
        ("qh0403-temporary-2026-q2", "qh0403", (4, 5, 6)),
        ("qh0501-temporary-2026-q3", "qh0501", (7, 8, 9)),
    ],
)
def test_temporary_assistance_is_the_same_in_both_places(
    items: Many, key: str, street: str, months: tuple[int, ...]
) -> None:
    listed = the_table(items[key], "发放情况")
    persons, money = Decimal(0), Decimal(0)
    for month in months:
        table = the_table(items[f"qh0103-assistance-2026-{month:02d}"], "社会救助发放")
        row = table.of(STREETS[street])
        persons += number(row["临时救助人次"]) or 0
        money += number(row["临时救助金额"]) or 0
    assert len(listed.body) == persons
    assert listed.total is not None
    assert number(listed.total[-1]) == money


def test_the_draft_of_august_is_what_the_district_says(items: Many, drafts: Many) -> None:
    draft = the_table(drafts["qh0401-draft-temporary-08"], "发放情况")
    row = the_table(items["qh0103-assistance-2026-08"], "社会救助发放").of("听泉街道")
    assert draft.total is not None
    assert number(draft.total[4]) == number(row["临时救助金额"]) == 10700
    assert len(draft.body) == number(row["临时救助人次"])


def test_the_streets_lifts_are_the_districts(items: Many) -> None:
    district = the_table(items["qh0106-lift-2025"], "安排结果")
    for street in ("qh0401", "qh0402", "qh0403"):
        own = the_table(items[f"{street}-lift-2025"], "发放汇总表")
        row = district.of(STREETS[street])
        assert own.total is not None
        assert number(row["台数"]) == len(own.body)
        assert number(row["补助金额"]) == number(own.total[-1])
        full = {"四层": (12, "0.30"), "五层": (15, "0.30"), "六层": (18, "0.35")}
        for line in own.body:
            most, share = full[line[4]]
            price, paid = number(line[5]), number(line[6])
            assert price is not None
            assert paid == min(Decimal(most), round(price * Decimal(share), 2)), line


def test_the_yearly_counts_are_those_of_the_reports(items: Many, agencies: Many) -> None:
    totals: dict[tuple[str, int, str], Decimal] = defaultdict(Decimal)
    for line in read("annual_counts.toml")["count"]:
        told = line["count"] if line["kind"] != "fee" else Decimal(line["amount_yuan"]) / 10000
        totals[line["agency"], line["year"], line["kind"]] += told
    # 麦坪街道 was set up in 2022.
    assert len(totals) == (15 * 5 - 1) * 4
    labels = {
        "licensing": "行政许可",
        "penalty": "行政处罚",
        "coercive_measure": "行政强制",
        "fee": "行政事业性收费",
    }
    reports = [i for i in items.values() if i["kind"] == "annual_report"]
    assert len(reports) == 15 * 5 - 1
    for report in reports:
        year = report["report_year"]
        who = list(agencies) if report["agency"] == "qh0001" else [report["agency"]]
        for kind, label in labels.items():
            (row,) = [r for t in tables(report["body"]) for r in t.rows if r[0] == label]
            assert number(row[1]) == sum(totals[a, year, kind] for a in who), report["key"]
    for agency in ("qh0108", "qh0109", "qh0401"):
        quarters = [
            table.total[1]
            for q in (1, 2, 3, 4)
            for table in tables(items[f"{agency}-penalty-2025-q{q}"]["body"])
            if table.total is not None
        ]
        assert len(quarters) == 4
        assert sum(number(q) or 0 for q in quarters) == totals[agency, 2025, "penalty"]


def requests(report: Data) -> dict[str, list[int]]:
    table = the_table(report, "收到和处理")
    return {row[0]: [int(cell.replace(",", "")) for cell in row[1:]] for row in table.rows}


def test_the_reports_of_requests_tie_out(items: Many) -> None:
    new, carried = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
    done, left = "三、本年度办理结果　（七）总计", "四、结转下年度继续办理"
    reports = {k: i for k, i in items.items() if i["kind"] == "annual_report"}
    for key, report in reports.items():
        rows = requests(report)
        for row in rows.values():
            assert row[-1] == sum(row[:-1]), key
        for place in range(7):
            results = [r[place] for k, r in rows.items() if k.startswith("三、") and k != done]
            assert sum(results) == rows[done][place], key
            assert rows[new][place] + rows[carried][place] == rows[done][place] + rows[left][place]
        for table in tables(report["body"]):
            if "行政复议" in table.caption:
                for row in table.rows:
                    assert int(row[-1]) == sum(map(int, row[1:-1])), key
    for key, report in reports.items():
        after = reports.get(f"{report['agency']}-annual-{report['report_year'] + 1}")
        if after is not None:
            assert requests(report)[left] == requests(after)[carried], key
    for year in range(2021, 2026):
        region = reports[f"qh0001-annual-{year}"]
        own = [r for k, r in reports.items() if k.endswith(str(year)) and r is not region]
        assert len(own) == (13 if year == 2021 else 14)
        for of in (disclosed, requests, remedies):
            parts = [of(report) for report in own]
            for name, row in of(region).items():
                sums = [sum(part[name][place] for part in parts) for place in range(len(row))]
                assert row == sums, (year, name)


def disclosed(report: Data) -> dict[str, list[Decimal | None]]:
    rows = [row for table in tables(report["body"]) for row in table.rows]
    return {r[0]: [number(c) for c in r[1:]] for r in rows if r[0] in DISCLOSED}


DISCLOSED = {"规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费"}


def remedies(report: Data) -> dict[str, list[int]]:
    table = the_table(report, "行政复议")
    return {row[0]: [int(cell) for cell in row[1:]] for row in table.rows}


def test_the_reports_count_what_was_published(items: Many, published: list[Data]) -> None:
    for report in (i for i in items.values() if i["kind"] == "annual_report"):
        year, agency = report["report_year"], report["agency"]
        if year < 2024:
            # What was published before is not in the data.
            continue
        mine = [
            i
            for i in published
            if i["published_on"].year == year and agency in (i["agency"], "qh0001")
        ]
        assert figure(r"公开政府信息 ([\d,]+) 条", report["body"]) == len(mine), report["key"]


def life(item: Data) -> Life:
    told = item["validity"]
    return Life(
        item["key"],
        item["made_on"],
        told["effective_on"],
        told.get("expires_on"),
        tuple(Event(EventKind(e["act"]), e["on"], e["by"]) for e in told.get("event", [])),
    )


def test_the_reports_count_the_documents(items: Many) -> None:
    documents = [i for i in items.values() if i["kind"] == "normative_document"]
    for report in (i for i in items.values() if i["kind"] == "annual_report"):
        # Of the government itself its office tells, in its own report (国办公开办函〔2021〕30号).
        whose = {report["agency"], {"qh0101": "qh0001"}.get(report["agency"], "")}
        mine = [life(i) for i in documents if i["agency"] in whose or report["agency"] == "qh0001"]
        count = count_year(mine, report["report_year"])
        (row,) = [r for t in tables(report["body"]) for r in t.rows if r[0] == "行政规范性文件"]
        cells = count.cells("normative_documents")
        assert [int(cell) for cell in row[1:]] == list(cells.values()), report["key"]


def test_the_notice_of_valid_documents_says_what_their_lives_say(items: Many) -> None:
    notice = items["qh0001-rules-list-2026"]
    listed = {row[1] for row in the_table(notice, "继续有效").rows}
    day = date(2026, 8, 31)
    for item in items.values():
        if item["kind"] != "normative_document" or item["agency"] != "qh0001":
            continue
        standing = standing_on(life(item), day)
        stands = standing is not None and (
            standing.validity.holds or standing.validity == "pending"
        )
        is_change = item["title"].startswith("关于修改")
        assert (item["document_number"] in listed) == (stands and not is_change), item["key"]
