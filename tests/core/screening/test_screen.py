"""What is one matter is one finding; answers stay good as long as what they looked at stays."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given

from gongkai.core.screening import Part, Spotted, default_list, screen, text_with_places

from .bodies import BODIES

TODAY = date(2026, 10, 20)


def screened(body: str, title: str = "标题") -> tuple[Spotted, ...]:
    return screen(title, body, (default_list(),), TODAY)


def fingerprints(body: str) -> list[str]:
    return [spotted.fingerprint for spotted in screened(body)]


def test_an_answer_stays_good_while_the_text_elsewhere_changes() -> None:
    before = fingerprints("<p>联系人李敏13800000000。</p><p>关于布署工作。</p>")
    after = fingerprints(
        "<p>新的一段。</p><table><tr><td>甲</td></tr></table><p>改了，<b>联系</b>人李敏138 0000 0000</p>"
        "<p>前面一句。关于布署工作。后面一句。</p>".replace("改了，<b>", "改了。<b>").replace(
            "138 0000 0000", "13800000000"
        )
    )
    assert len(before) == 2
    assert before == after


def test_an_answer_ends_when_its_sentence_changes() -> None:
    before = fingerprints("<p>关于布署工作。</p>")
    assert fingerprints("<p>关于重新布署工作。</p>") != before
    assert fingerprints("<p>关于布署工作。又布署了。</p>") != before


def test_an_answer_on_the_title_is_not_one_on_the_body() -> None:
    (title,) = screened("", "布署")
    (body,) = screened("<p>布署</p>")
    assert (title.part, body.part) == (Part.TITLE, Part.BODY)
    assert title.fingerprint != body.fingerprint
    assert (title.start, title.spans[0][:2]) == (None, (0, 2))
    assert (body.start, body.end) == (0, 2)


def _table(count: int) -> str:
    rows = "".join(
        f"<tr><td>{n}</td><td>张三</td><td>1380000{n:04}</td></tr>" for n in range(count)
    )
    return f"<table><tr><th>序号</th><th>姓名</th><th>电话</th></tr>{rows}</table>"


def test_many_numbers_in_a_column_are_answered_at_once() -> None:
    assert [s.place for s in screened(_table(5))] == [
        f"正文表格第 {n} 行“电话”" for n in range(1, 6)
    ]
    (spotted,) = screened(_table(6))
    assert spotted.place == "正文表格“电话”列 6 处"
    assert spotted.quote == "138****0000 等"
    assert spotted.values["count"] == 6
    text = text_with_places(_table(6)).text
    assert [text[s.start : s.end] for s in spotted.spans] == [f"1380000{n:04}" for n in range(6)]
    assert [s.instead for s in spotted.spans] == [f"138****{n:04}" for n in range(6)]


def test_findings_come_in_the_order_of_the_text_and_can_be_kept() -> None:
    found = screened('<p>布署</p><p><a href="#">甲</a>13800000000</p><p><img src="a.png"></p>')
    assert [s.rule.removeprefix("screening.") for s in found] == [
        "word_misspelt", "link_nowhere", "mobile_number", "alternative_text_missing",
    ]  # fmt: skip
    assert found[0].values["spans"] == ((0, 2, "部署"),)


def test_no_number_of_a_person_is_told_whole() -> None:
    number, card, mobile = "11010519491231002X", "6222021234567890128", "13800000000"
    for spotted in screened(f"<p>{number}，{card}，{mobile}，原110105491231002</p>"):
        told = f"{spotted.quote}{spotted.values}{spotted.finding}"
        assert not any(n in told for n in (number, card, mobile, "110105491231002"))


@given(BODIES)
def test_every_finding_stands_in_the_text(body: str) -> None:
    length = len(text_with_places(body).text)
    for spotted in screened(body):
        assert spotted.place.startswith("正文")
        for span in spotted.spans:
            assert 0 <= span.start <= span.end <= length


@pytest.mark.parametrize(
    "body",
    [
        "住" * 100_000, "现住址：" * 25_000, "张三，" * 33_000, "姓名：张三，住" * 14_000, "1-" * 50_000,
        "出生日期：" * 20_000, "1990年1月1日" * 12_000, "既使" * 50_000, "<b>1</b>" * 30_000,
        "<td>5号" * 20_000, "<a href=#>" * 5_000, "&#1;<" * 30_000,
        "<table><tr><td>姓名</td><td>住址</td></tr><tr><td>张三</td><td>" + "1" * 100_000 + "</td></tr></table>",
    ],
    ids=lambda body: body[:12],
)  # fmt: skip
def test_long_texts_of_any_kind_take_little_time(body: str) -> None:
    begun = time.perf_counter()
    screened(body)
    assert time.perf_counter() - begun < 5
