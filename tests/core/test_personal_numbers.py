"""Numbers of persons are found as they are printed, and nothing else is taken for one."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.personal_numbers import (
    NumberKind,
    is_identity_number,
    masked,
    personal_numbers,
)

# The example of the standard itself, and numbers nobody has.
IDENTITY = "11010519491231002X"
CARD = "6222021234567890128"
MOBILE = "13800000000"


def kinds(text: str) -> list[tuple[NumberKind, str]]:
    return [(n.kind, n.digits) for n in personal_numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "身份证11010519491231002X。",
        "身份证号：11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "110105—1949—1231—002X",
        "1101 0519 4912 3100 2X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "ID11010519491231002X,",
        "No.11010519491231002X持有人",
        "张三_11010519491231002X.jpg",
        "姓名/11010519491231002X",
        "3 11010519491231002X 张三",
        "1101051949\u200b1231002X",
        "110105\u00a019491231\u3000002X",
        "11010519491231002X 13800",
        "1.11010519491231002X",
        "残疾人证号11010519491231002X44。",
        "残疾人证号11010519491231002X44B1",
    ],
)
def test_an_identity_number_in_any_print(text: str) -> None:
    assert kinds(text) == [(NumberKind.IDENTITY, IDENTITY)]


@pytest.mark.parametrize(
    "text",
    [
        "电话13800000000。",
        "138 0000 0000",
        "138-0000-0000",
        "１３８００００００００",
        "+86 13800000000",
        "（+86）13800000000",
        "8613800000000",
        "013800000000",
        "Tel13800000000",
        "张三13800000000李四",
        "13800000000\n元旦值班",
    ],
)
def test_a_mobile_number_in_any_print(text: str) -> None:
    assert kinds(text) == [(NumberKind.MOBILE, MOBILE)]


@pytest.mark.parametrize(
    "text",
    [
        "卡号6222021234567890128",
        "6222 0212 3456 7890 128",
        "6222-0212-3456-7890-128",
        "622202 1234567890128",
        "账号ICBC6222021234567890128",
    ],
)
def test_a_bank_card_in_any_print(text: str) -> None:
    assert kinds(text) == [(NumberKind.BANK_CARD, CARD)]


def test_fifteen_digits_of_the_first_identity_cards() -> None:
    assert kinds("原身份证号110105491231002") == [(NumberKind.OLD_IDENTITY, "110105491231002")]
    assert kinds("编号110105491331002，990105491231002") == []  # no such day, no such province
    assert kinds("投资110105491231002元") == []


@pytest.mark.parametrize(
    "text",
    [
        "电话：0432-62784558-615，邮编132002，12345热线，400-800-8000",
        "邮箱2020876110@qq.com、13800000000@163.com",
        "http://www.example.gov.cn/art/13800000000.html www.example.cn?id=11010519491231002X",
        "编号110105194912310021",  # wrong check digit
        "11010519491331002X",  # no thirteenth month
        "总投资13800000000元，13800000000.00，13800000000 万元，面积13800000000平方米",
        "SN13800000000，A13800000000B，2313800000000",
        "6222021234567890129",  # fails Luhn
        "91110105MA0123456X",
        "2023-13800000000",
        "110105********002X 138****0000",
        "",
    ],
)
def test_what_is_no_number_of_a_person(text: str) -> None:
    assert kinds(text) == []


def test_several_in_one_text_with_their_places() -> None:
    text = f"甲{IDENTITY} {MOBILE}，乙138 0000 0001，卡{CARD}"
    found = personal_numbers(text)
    assert [text[n.start : n.end] for n in found] == [IDENTITY, MOBILE, "138 0000 0001", CARD]
    assert [n.masked for n in found] == [
        "110*************2X",
        "138****0000",
        "138****0001",
        "622**************28",
    ]


def test_nobody_is_born_tomorrow() -> None:
    assert is_identity_number(IDENTITY)
    assert not is_identity_number(IDENTITY, date(1949, 12, 30))
    assert personal_numbers(IDENTITY, date(1949, 12, 30)) == ()
    assert [n.kind for n in personal_numbers(IDENTITY, date(1949, 12, 31))] == [NumberKind.IDENTITY]


def test_is_identity_number_wants_the_bare_number() -> None:
    for wrong in ("", "1" * 17, IDENTITY.lower(), f" {IDENTITY[1:]}", "１" * 18):
        assert not is_identity_number(wrong)


def test_masked() -> None:
    assert masked(MOBILE) == "138****0000"
    assert masked(IDENTITY) == "110*************2X"


@given(
    area=st.integers(100000, 659999),
    born=st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    order=st.integers(0, 999),
    wrong=st.integers(1, 10),
    before=st.sampled_from(["", "身份证号", "ID", "编号：", "\u200b"]),
)
def test_only_the_right_check_digit_is_an_identity_number(
    area: int, born: date, order: int, wrong: int, before: str
) -> None:
    head = f"{area}{born:%Y%m%d}{order:03}"
    right = sum(int(d) * 2 ** (17 - i) for i, d in enumerate(head)) % 11
    # The standard's own definition: the weighted sum of all eighteen is 1 modulo 11.
    check = "0123456789X"[(1 - right) % 11]
    assert kinds(f"{before}{head}{check}。") == [(NumberKind.IDENTITY, head + check)]
    false = "0123456789X"[(1 - right + wrong) % 11]
    found = kinds(f"{before}{head}{false}。")
    assert NumberKind.IDENTITY not in [kind for kind, _ in found]


@given(st.text(alphabet="0123456789０１Xx -—.@/:a元张\u200b\u00a0\n", max_size=80))
def test_places_are_those_of_the_text_given(text: str) -> None:
    end = 0
    for number in personal_numbers(text):
        assert end <= number.start < number.end <= len(text)
        end = number.end
        said = text[number.start : number.end]
        assert said[0] not in " \u200b"
        assert sum(c.isdigit() or c in "Xx" for c in said) >= len(number.digits)


@pytest.mark.parametrize("text", ["a" * 100_000, "1 " * 50_000, "1a" * 50_000, "138 " * 25_000])
def test_long_texts_of_any_kind_take_no_time(text: str) -> None:
    begun = time.perf_counter()
    personal_numbers(text)
    assert time.perf_counter() - begun < 1
