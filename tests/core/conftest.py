"""Reports to write, add up and compare: one made up in code, and the gold ones of the corpus."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.core.forms import Kind, edition
from gongkai.core.report import (
    AnnualReport,
    Cell,
    LocalTable,
    Number,
    Period,
    SectionText,
    Signature,
)

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
GOLD = ("000", "001", "002", "003", "004", "hongze-2023", "pingtan-2025", "suqian-2023")


def consistent_cells(edition_id: str, unit: int = 1) -> dict[str, Cell]:
    """Every cell of an edition, every equation kept."""
    form = edition(edition_id)
    numbers: dict[str, Number] = {}
    for at, (address, spec) in enumerate(form.cells.items()):
        numbers[address] = (
            Decimal("18651.060") * unit if spec.kind is Kind.AMOUNT else (at % 5) * unit
        )
    for equation in reversed(form.equations):  # rows before columns, so that both foot
        if len(equation.left) == 1 and equation.test == "equal":
            numbers[equation.left[0]] = sum(numbers[a] for a in equation.right)
    for equation in form.equations:
        if len(equation.left) == 1 and equation.test == "equal":
            numbers[equation.left[0]] = sum(numbers[a] for a in equation.right)
    for equation in form.equations:
        if len(equation.left) == 2:
            gone = sum(numbers[a] for a in equation.right)
            numbers[equation.left[0]], numbers[equation.left[1]] = gone, 0
        if equation.test == "at_least":
            numbers[equation.left[0]] = numbers[equation.right[0]]
    return {a: Cell(n, f"{n:f}" if isinstance(n, Decimal) else str(n)) for a, n in numbers.items()}


@pytest.fixture
def report() -> AnnualReport:
    """A 2021 report with a blank, a dash, an unread cell, money and a table of no edition."""
    form = edition("2021")
    cells = consistent_cells("2021")
    cells["government_rules/issued"] = Cell(None, "")
    cells["government_rules/repealed"] = Cell(None, "—")
    del cells["coercive_measures/decisions"]
    texts = {
        "overview": "（一）主动公开\n"
        "全年公开信息 12 条，<b>&amp; #set page() $x$ *粗* _斜_ @引用 [方括号]。\n"
        "（二）依申请公开\n收到申请若干件。",
        "other_matters": "本年度没有收取信息处理费。\n联系电话：0000-0000000。",
    }
    return AnnualReport(
        edition="2021",
        year=2023,
        agency="青听市人民政府",
        title="青听市人民政府2023年政府信息公开工作年度报告",
        titled_on=date(2024, 1, 20),
        period=Period(date(2023, 1, 1), date(2023, 12, 31)),
        lead="根据《中华人民共和国政府信息公开条例》编制本报告。",
        sections=tuple(SectionText(s.key, s.heading, texts.get(s.key, "")) for s in form.sections),
        cells=cells,
        unread=("coercive_measures/decisions",),
        local_tables=(
            LocalTable(
                "channels",
                "主动公开政府信息数",
                (
                    ("主动公开政府信息数",),
                    ("政府网站", "报刊、政府公报", "微博、微信等方式", "合计"),
                    ("12", "0", "421", "433"),
                ),
                {
                    "local.channels/gov_website": Cell(12, "12"),
                    "local.channels/press_gazette": Cell(0, "0"),
                    "local.channels/weibo_wechat": Cell(421, "421"),
                    "local.channels/total": Cell(433, "433"),
                },
            ),
        ),
        contact="联系电话：0000-0000000。",
        signature=Signature("青听市人民政府", date(2024, 1, 25)),
    )


@pytest.fixture
def consistent() -> Callable[..., AnnualReport]:
    """``consistent("2021", agency="甲局")``: a report in which every equation is kept."""

    def build(edition_id: str = "2021", unit: int = 1, **values: Any) -> AnnualReport:
        form = edition(edition_id)
        made = AnnualReport(
            edition=edition_id,
            year=form.first_year,
            agency="甲局",
            sections=tuple(SectionText(s.key, s.heading, "") for s in form.sections),
            cells=consistent_cells(edition_id, unit),
        )
        return replace(made, **values)

    return build


@pytest.fixture
def gold() -> Callable[[str], AnnualReport]:
    """``gold("000")``: a report of the corpus as typed by hand, without its prose."""

    def build(name: str) -> AnnualReport:
        path = CORPUS / "gold" / f"{name}.json"
        if not path.exists():
            pytest.skip(f"the corpus is not here: {path.name}")
        data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        form = edition(data["edition"])
        cells = {a: _cell(v) for a, v in data["cells"].items() if not a.startswith("local.")}
        local = {a: _cell(v) for a, v in data["cells"].items() if a.startswith("local.")}
        tables = ()
        if local:
            heads = ("政府网站", "报刊、政府公报", "微博、微信等方式", "合计")
            rows = (
                ("主动公开政府信息数",),
                heads,
                tuple(c.text for c in local.values()),
            )
            tables = (LocalTable("channels", "主动公开政府信息数", rows, local),)
        return AnnualReport(
            edition=data["edition"],
            year=data["year"],
            agency=data["agency"],
            sections=tuple(SectionText(s.key, s.heading, "") for s in form.sections),
            cells=cells,
            local_tables=tables,
        )

    return build


@pytest.fixture(params=GOLD)
def gold_report(
    request: pytest.FixtureRequest, gold: Callable[[str], AnnualReport]
) -> AnnualReport:
    """Each report of the corpus in turn."""
    return gold(request.param)


@pytest.fixture
def official_form() -> Path:
    """The blank form as the State Council published it."""
    path = CORPUS / "official-form-2021.docx"
    if not path.exists():
        pytest.skip("the corpus is not here: official-form-2021.docx")
    return path


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return Cell(Decimal(value["value"]), f"{value['value']}{value['unit']}", value["unit"])
    if value is None or isinstance(value, str):
        return Cell(None, value or "")
    return Cell(value, f"{value:f}" if isinstance(value, Decimal) else str(value))
