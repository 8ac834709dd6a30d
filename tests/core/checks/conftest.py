"""Reports to check, made from a few lines: what a case does not say is clean.

A case (``tests/cases/checks/*.toml``) gives ``edition``, ``year``, ``agency`` …,
the ``cells`` that are not 0 (``""`` is blank, ``"—"`` a dash, ``"未读"`` unread, a
number with a unit an amount as printed) and the ``sections`` that differ.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.core.forms import edition
from gongkai.core.report import (
    AnnualReport,
    Cell,
    LocalTable,
    Period,
    SectionText,
    Signature,
)

CASES = Path(__file__).parents[2] / "cases" / "checks"
CLEAN = {
    "overview": "（一）主动公开。通过门户网站公开政务信息。（二）依申请公开。规范答复。"
    "（三）政府信息管理。严格审核发布制度。（四）平台建设。办好政府网站。"
    "（五）监督保障。开展工作考核和社会评议，没有发生责任追究。",
    "proactive_disclosure": "",
    "disclosure_on_request": "",
    "remedies": "",
    "problems_and_improvements": "政策解读形式单一，基层队伍变动较大。"
    "今年增加了图解和视频，办了两期培训。",
    "other_matters": "本年度没有收取信息处理费。",
}


def built(data: Mapping[str, Any]) -> AnnualReport:
    """The report that a case describes."""
    known = data.get("edition", "2021")
    form = edition(known) if known else None
    cells: dict[str, Cell] = {}
    unread = []
    if form is not None:
        if data.get("mixed"):
            (form,) = form.mixtures
        printed = {**dict.fromkeys(form.cells, 0), **data.get("cells", {})}
        unread = [a for a, v in printed.items() if v == "未读"]
        cells = {a: cell(v) for a, v in printed.items() if v != "未读"}
    texts = {**CLEAN, **data.get("sections", {})}
    order = data.get("order", [k for k in texts if k not in data.get("without", ())])
    headings = {s.key: s.heading for s in edition("2021").sections}
    agency = data.get("agency", "青听市生态环境局") or None
    signed = data.get("signed_on")
    return AnnualReport(
        edition=known or None,
        year=data.get("year", 2023) or None,
        agency=agency,
        title=data.get("title"),
        titled_on=data.get("titled_on"),
        period=Period(*data["period"]) if "period" in data else None,
        lead=data.get("lead", ""),
        sections=tuple(SectionText(k, headings[k], texts[k]) for k in order),
        cells=cells,
        unread=tuple(unread),
        local_tables=_channels(data["channels"]) if "channels" in data else (),
        contact=data.get("contact"),
        signature=Signature(data.get("signed_by") or agency or "", signed) if signed else None,
    )


def cell(value: Any) -> Cell:
    """A cell as a case prints it."""
    if isinstance(value, float):
        value = Decimal(str(value))
    if not isinstance(value, str):
        return Cell(value, str(value))
    amount = re.fullmatch(r"([\d.]+)(万元|元|亿元)", value)
    if amount:
        return Cell(Decimal(amount.group(1)), value, amount.group(2))
    return Cell(None, value)


def _channels(figures: list[int]) -> tuple[LocalTable, ...]:
    names = ("gov_website", "press_gazette", "weibo_wechat", "total")
    cells = {f"local.channels/{n}": Cell(v, str(v)) for n, v in zip(names, figures, strict=True)}
    return (LocalTable("channels", "主动公开政府信息数", (), cells),)


def cases() -> list[tuple[str, dict[str, Any]]]:
    """Every case with its name."""
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for data in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            found.append((f"{path.stem}: {data['name']}", data))
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        named = cases()
        metafunc.parametrize("case", [d for _, d in named], ids=[n for n, _ in named])


@pytest.fixture
def build() -> Callable[..., AnnualReport]:
    """``build(cells={...}, sections={...})``: a clean report of 2023 but for what is given."""
    return lambda **data: built(data)


@pytest.fixture(scope="session")
def all_cases() -> list[dict[str, Any]]:
    """Every case of ``tests/cases/checks``."""
    return [data for _, data in cases()]
