"""What is printed in a cell to what it holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.core.forms import Kind
from gongkai.core.readers.numerals import join_wrapped, parse_cell


@pytest.mark.parametrize(
    ("printed", "value", "text"),
    [
        ("0", 0, "0"),
        (" 12 ", 12, "12"),
        ("１２", 12, "１２"),
        ("1,234", 1234, "1,234"),
        ("1，234", 1234, "1，234"),
        ("1 234", 1234, "1234"),
        ("12件", 12, "12件"),
        ("12.0", 12, "12.0"),
        ("12①", 12, "12①"),
        ("12[1]", 12, "12[1]"),
        ("零", 0, "零"),
        ("-3", -3, "-3"),
        ("10。", 10, "10。"),
    ],
)
def test_a_number(printed: str, value: int, text: str) -> None:
    cell = parse_cell(printed)
    assert cell is not None
    assert (cell.value, cell.text, cell.unit) == (value, text, None)


@pytest.mark.parametrize("printed", ["", " ", "\u3000", "\xa0\n", "\u200b", "[bookmark: _GoBack]"])
def test_white_space_of_any_kind_is_a_blank(printed: str) -> None:
    cell = parse_cell(printed)
    assert cell is not None
    assert cell.is_blank


@pytest.mark.parametrize("printed", ["—", "——", "-", "－", "/", "／", "无", " — "])
def test_a_dash_is_neither_zero_nor_blank(printed: str) -> None:
    cell = parse_cell(printed)
    assert cell is not None
    assert cell.is_dash
    assert cell.text == printed.strip()


@pytest.mark.parametrize(
    "printed",
    ["约20", "一", "4 0", "3\n5", "①", "²", "12/3", "10余", "未读", "O", "1.2.3", "12,34", "Ⅻ"],
)
def test_what_is_not_certain_is_not_read(printed: str) -> None:
    assert parse_cell(printed) is None


def test_money_is_exact_and_keeps_the_unit_that_was_printed() -> None:
    cell = parse_cell("1245.95万元", Kind.AMOUNT)
    assert cell is not None
    assert (cell.value, cell.unit, cell.text) == (Decimal("1245.95"), "万元", "1245.95万元")
    plain = parse_cell("24252.311082", Kind.AMOUNT)
    assert plain is not None
    assert (plain.value, plain.unit) == (Decimal("24252.311082"), None)


@pytest.mark.parametrize(
    ("printed", "value"), [("-18", -18), ("－18", -18), ("+5", 5), ("增5", 5), ("减少3", -3)]
)
def test_a_change_may_be_negative(printed: str, value: int) -> None:
    cell = parse_cell(printed, Kind.CHANGE)
    assert cell is not None
    assert cell.value == value


def test_digits_wrapped_by_a_narrow_column_are_one_number() -> None:
    assert join_wrapped("18085\n95") == "1808595"
    assert join_wrapped("结果\n维持") == "结果\n维持"
