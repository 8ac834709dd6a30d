"""The handling fee: the worked examples of the reference, and the sum against its own definition."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.core.fees import (
    FeeMethod,
    already_in_month,
    fee_by_item,
    fee_by_page,
    fee_schedule,
)
from gongkai.core.law import cite

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "fees" / "worked_examples.toml").read_text("utf-8")
)["case"]


def _already(case: dict[str, Any]) -> int:
    if "received" not in case:
        return int(case.get("already", 0))
    earlier = [date.fromisoformat(d) for d in case["earlier"]["days"]]
    return already_in_month(earlier * case["earlier"]["each"], case["received"])


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_worked_example(case: dict[str, Any]) -> None:
    if "pages" in case:
        fee = fee_by_page(case["pages"])
    else:
        fee = fee_by_item(case["items"], _already(case))
    assert fee.sum_yuan == case["yuan"]
    assert isinstance(fee.sum_yuan, Decimal)
    assert fee.working[-1] == f"合计 {case['yuan']} 元"
    if "working" in case:
        assert [str(line) for line in fee.lines] == case["working"]


def _price(k: int) -> int:
    """The price of the k-th request, by the sentence of article 4 and the formula of the reference."""
    if k <= 10:
        return 0
    return 100 if k <= 30 else 100 * ((k - 31) // 10 + 2)


def test_the_sum_by_item_is_that_of_its_prices() -> None:
    total = 0
    for n in range(1, 301):
        total += _price(n)
        assert fee_by_item(n).sum_yuan == total
        assert fee_by_item(1, n - 1).sum_yuan == _price(n)
        assert sum(line.count for line in fee_by_item(n).lines) == n


def test_the_sum_by_page_is_that_of_the_formula() -> None:
    for p in range(600):
        expected = 10 * max(0, min(p, 100) - 30) + 20 * max(0, min(p, 200) - 100)
        assert fee_by_page(p).sum_yuan == expected + 40 * max(0, p - 200)


def test_every_band_is_cited_and_what_is_not_verified_is_said() -> None:
    for method in FeeMethod:
        schedule = fee_schedule(method)
        assert method.label == schedule.label
        assert all("109号" in cite(band.basis) for band in schedule.bands)
        assert any("未核实" in note for note in schedule.notes)
    assert "第四条第二款第（三）项" in fee_by_item(31).working[-2]


@pytest.mark.parametrize(("items", "already"), [(-1, 0), (1, -1)])
def test_fewer_than_nothing_is_no_count(items: int, already: int) -> None:
    with pytest.raises(ValueError, match="fewer than nothing"):
        fee_by_item(items, already)
