"""``gongkai fee``: the sum as a number, the working as words, and what it refuses."""

from __future__ import annotations

import json

import pytest

from .conftest import Run


def test_json_by_item(gongkai: Run) -> None:
    run = gongkai("fee", "--items", "51", "--json")
    assert run.exit_code == 0
    told = json.loads(run.stdout)
    assert told["sum_yuan"] == 7400
    assert told["items"] == 51
    assert told["working"][-1] == "合计 7400 元"
    assert [line["price_yuan"] for line in told["lines"]] == [0, 100, 200, 300, 400]
    assert sum(line["sum_yuan"] for line in told["lines"]) == 7400
    assert any("未核实" in note for note in told["notes"])


def test_json_by_page(gongkai: Run) -> None:
    told = json.loads(gongkai("fee", "--pages", "68", "--json").stdout)
    assert (told["method"], told["pages"], told["sum_yuan"]) == ("by_page", 68, 380)


def test_only_the_later_ones_of_the_month(gongkai: Run) -> None:
    told = json.loads(gongkai("fee", "--items", "1", "--already", "11", "--json").stdout)
    assert told["sum_yuan"] == 100
    assert told["working"][0].startswith("第 12 件：1 件 × 100 元 = 100 元")


def test_for_people(gongkai: Run) -> None:
    run = gongkai("fee", "--pages", "101")
    assert "第 101 页：1 页 × 20 元 = 20 元" in run.stdout
    assert "合计 720 元" in run.stdout
    assert "注：" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "要写 --items 或者 --pages"),
        (("--items", "1", "--pages", "2"), "只能写一个"),
        (("--items", "-1"), "“-1”应为 0 到 1000000 的整数"),
        (("--pages", "-30"), "“-30”应为"),
        (("--items", "1.5"), "“1.5”应为"),
        (("--items", "十"), "“十”应为"),
        (("--items", "9" * 5000), "应为 0 到 1000000 的整数"),
        (("--items", "1", "--already", "-1"), "--already：“-1”应为"),
        (("--pages", "1", "--already", "1"), "--already 只用于按件计收"),
    ],
)
def test_what_cannot_be_reckoned_is_said(
    gongkai: Run, arguments: tuple[str, ...], says: str
) -> None:
    run = gongkai("fee", *arguments)
    assert run.exit_code == 2
    assert says in run.stderr
    assert run.stdout == ""


def test_in_english(gongkai: Run) -> None:
    assert "give --items or --pages" in gongkai("fee", "--lang", "en").stderr
