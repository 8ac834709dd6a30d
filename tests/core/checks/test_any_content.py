"""Whatever a report says, a check answers with findings, never with an exception."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.checks import check
from gongkai.core.forms import edition
from gongkai.core.report import AnnualReport, Cell, Period, SectionText, Signature
from gongkai.core.rules import say

_WORDS = st.sampled_from(
    [
        "收到",
        "政府信息公开申请",
        "未",
        "没有",
        "行政复议",
        "诉讼",
        "规范性文件",
        "制发",
        "自然人",
        "予以公开",
        "部分公开",
        "其中",
        "区政府办",
        "占",
        "%",
        "件",
        "条",
        "，",
        "。",
        "（",
        "）",
        "（一）",
        "同比增长",
        "上年结转",
        "主动公开",
        "信息",
        "0",
        "12",
        "3.5",
        "９",
        "共",
        "2022年",
        "12号",
        "13800000000",
        "11010519491231002X",
        "9999999999999999999999999999999999999999",
        "\n",
    ]
)
_TEXTS = st.lists(_WORDS, max_size=60).map("".join)
_VALUES = st.one_of(
    st.none(),
    st.integers(-3, 10**12),
    st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=6),
)
_FORMS = st.sampled_from(["2019", "2021"])


@st.composite
def reports(draw: st.DrawFn) -> AnnualReport:
    form = edition(draw(_FORMS))
    cells = {a: Cell(0, "0") for a in form.cells}
    for name in draw(st.lists(st.sampled_from(list(form.cells)), max_size=12)):
        value = draw(_VALUES)
        cells[name] = Cell(value, "" if value is None else str(value), draw(_UNITS))
    gone = draw(st.lists(st.sampled_from(list(form.cells)), max_size=5, unique=True))
    keys = draw(st.lists(st.sampled_from([*(s.key for s in form.sections), ""]), max_size=7))
    return AnnualReport(
        edition=draw(st.sampled_from([form.id, None])),
        year=draw(st.sampled_from([None, 0, 2019, 2023, 9999, 123456])),
        agency=draw(st.sampled_from([None, "", "莲花街道办事处", "青听区人民政府"])),
        title=draw(st.none() | _TEXTS),
        titled_on=draw(st.none() | st.dates()),
        period=draw(st.none() | st.builds(Period, st.dates(), st.dates())),
        lead=draw(_TEXTS),
        sections=tuple(SectionText(k, k, draw(_TEXTS)) for k in keys),
        cells={a: c for a, c in cells.items() if a not in gone},
        unread=tuple(gone),
        signature=draw(st.none() | st.just(Signature("局", date(2024, 1, 1)))),
    )


_UNITS = st.sampled_from([None, "元", "万元", "美元"])


@settings(max_examples=60, deadline=None)
@given(reports(), reports())
def test_any_two_reports(report: AnnualReport, other: AnnualReport) -> None:
    found = check(report, other, [other], [other, report])
    assert found == check(report, other, [other], [other, report])
    for finding in found:
        for language in ("zh", "en"):
            assert say(finding, language)


def test_amounts_of_unknown_units_are_not_added_up() -> None:
    form = edition("2019")
    cells = {a: Cell(0, "0") for a in form.cells}
    cells["procurement/amount"] = Cell(Decimal(5), "5")
    report = AnnualReport("2019", 2020, "甲", cells=cells)
    priced = replace(report, cells={**cells, "procurement/amount": Cell(5, "5元", "元")})
    found = [f for f in check(priced, parts=[report]) if f.rule.startswith("parts.")]
    assert [f.rule for f in found] == ["parts.undecidable"]
    assert found[0].cells == ("procurement/amount",)
