"""What a hit shows of its text: the words, where they stand, whatever the text is like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.bigrams import normal
from gongkai.web.public.excerpts import excerpt, marked, plain
from gongkai.web.publication.models import Publication
from gongkai.web.publication.search import words_of


def shown(body: str, query: str, summary: str = "") -> str:
    """The excerpt, its hits in brackets."""
    item = Publication(body_html=body, summary=summary)
    return "".join(f"[{t}]" if hit else t for t, hit in excerpt(item, words_of(query)))


def test_the_text_round_the_first_hit() -> None:
    body = f"<p>{'甲' * 300}</p><p>可以申请加装<strong>电梯</strong>补助。</p><p>{'乙' * 300}</p>"
    found = shown(body, "加装电梯")
    assert found.startswith("……甲")
    assert "可以申请[加装电梯]补助。 乙" in found
    assert found.endswith("乙……")
    assert len(found) < 130


def test_the_summary_where_it_says_as_much() -> None:
    assert shown("<p>电梯在正文</p>", "电梯", "电梯在概述") == "[电梯]在概述"
    assert shown("<p>电梯和补助</p>", "电梯 补助", "只有电梯") == "[电梯]和[补助]"
    # A hit in the title only: how it begins.
    assert shown("<p>正文开头</p>", "标题") == "正文开头"
    assert shown("", "标题") == ""


def test_cells_and_lines_do_not_run_together() -> None:
    table = "<table><tbody><tr><td><p>四层</p></td><td><p>12.00</p></td></tr></tbody></table>"
    assert plain(f"<p>补助<br>标准</p>{table}") == "补助 标准 四层 12.00"
    assert plain('<p>大<a href="x>y">于</a> 1 &lt; 2&nbsp;&amp;</p>') == "大于 1 < 2 &"


def test_a_hit_far_into_a_long_text() -> None:
    body = f"<p>{'甲' * 70_000}加装电梯{'乙' * 70_000}</p>"
    assert "甲[加装电梯]乙" in shown(body, "加装电梯")


def test_a_hit_longer_than_an_excerpt_is_whole() -> None:
    query = "办法" * 50
    assert f"[{query}]" in shown(f"<p>{'甲' * 90}{query}乙</p>", query)


@pytest.mark.parametrize("place", range(19_980, 20_020, 3))
def test_a_hit_across_the_pieces_that_are_looked_at(place: int) -> None:
    assert "[加装电梯]" in shown(f"<p>{'甲' * place}加装电梯</p>", "加装电梯")


@given(st.text(max_size=80), st.text("公开办法 　Ａa", max_size=6))
def test_the_parts_are_the_text(text: str, query: str) -> None:
    words = words_of(query)
    parts = marked(text, words)
    assert "".join(part for part, _ in parts) == text
    assert any(hit for _, hit in parts) == any(word in normal(text) for word in words)
