"""Document numbers as people write them, in their order, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.document_number import DocumentNumber, parse_document_number, problem_with
from gongkai.core.law import instruments


@pytest.mark.parametrize(
    "written",
    [
        "青政规〔2025〕3号",
        "青政规[2025]3号",
        "青政规［2025］3号",
        "青政规【2025】3号",
        "青政规(2025)3号",
        "青政规（2025）3号",
        "青政规﹝2025﹞3号",
        "青政规〔2025]3号",
        "青政规〔２０２５〕３号",
        "青政规〔2025年〕3号",
        "青政规〔2025〕第3号",
        "青政规〔2025〕003号",
        " 青政规 〔2025〕 3 号\n",
    ],
)
def test_one_number_in_many_spellings(written: str) -> None:
    found = parse_document_number(written)
    assert found == DocumentNumber("青政规", 2025, 3)
    assert str(found) == "青政规〔2025〕3号"
    assert problem_with(written) == ""


@pytest.mark.parametrize(
    "printed",
    [
        "国办公开办函〔2019〕61号",
        "国办发明电〔2025〕7号",
        "法释〔2025〕8号",
        "国务院令第711号",
        "A区卫健发〔2024〕120号",
    ],
)
def test_real_numbers_are_printed_as_they_were(printed: str) -> None:
    assert str(parse_document_number(printed)) == printed


def test_the_numbers_of_our_instruments_are_numbers() -> None:
    # A national standard has a number of its own kind; the President's orders are counted in
    # words, and no agency of ours issues either.
    others = ("GB/T ", "主席令")
    for instrument in instruments().values():
        # A law as amended is known by the year of its amendment.
        if instrument.number.startswith(others) or instrument.number.endswith("年修正"):
            continue
        assert str(parse_document_number(instrument.number)) == instrument.number


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "没有填发文字号"),
        ("  ", "没有填发文字号"),
        ("青政规〔2025〕3", "末尾没有“号”"),
        ("青政规2025第3号", "年份没有加括号"),
        ("〔2025〕3号", "没有写机关代字"),
        ("ABC〔2025〕3号", "“ABC”不是机关代字"),
        ("青政规、青政办〔2025〕3号", "不是机关代字"),
        ("青政规〔25〕3号", "年份“25”不对"),
        ("青政规〔2205〕3号", "年份“2205”不对"),
        ("青政规〔2025〕0号", "序号“0”不对"),
        ("青政规〔2025〕三号", "不是“机关代字〔年份〕序号号”的写法"),
        ("青政规〔2025〕3号、4号", "不是“机关代字〔年份〕序号号”的写法"),
        ("无", "末尾没有“号”"),
        ("关于印发《青政规〔2025〕3号》的通知", "末尾没有“号”"),
    ],
)
def test_what_is_no_number_is_told_why(written: str, why: str) -> None:
    assert parse_document_number(written) is None
    assert why in problem_with(written)


def test_order_is_by_organ_year_and_number() -> None:
    written = [
        "青政规〔2025〕10号",
        "青政办〔2025〕2号",
        "青政规〔2025〕9号",
        "青政规〔2024〕12号",
        "国务院令第711号",
        "国务院令第92号",
    ]
    numbers = [n for n in map(parse_document_number, written) if n]
    assert [str(n) for n in sorted(numbers)] == [
        "国务院令第92号",
        "国务院令第711号",
        "青政办〔2025〕2号",
        "青政规〔2024〕12号",
        "青政规〔2025〕9号",
        "青政规〔2025〕10号",
    ]
    assert numbers[2] <= numbers[0]


@given(
    code=st.text(st.sampled_from("青政规办发函环教0A"), min_size=1, max_size=12).filter(
        lambda c: any(x > "z" for x in c)
    ),
    year=st.integers(1949, 2099),
    serial=st.integers(1, 999_999),
)
def test_what_is_printed_is_read_back(code: str, year: int, serial: int) -> None:
    number = DocumentNumber(code, year, serial)
    assert parse_document_number(str(number)) == number


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_has_a_problem(text: str) -> None:
    found = parse_document_number(text)
    assert (found is None) == bool(problem_with(text))
    if found:
        assert parse_document_number(str(found)) == found
