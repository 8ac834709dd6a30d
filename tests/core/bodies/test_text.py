"""A body in plain words."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from pasted import pasted

from gongkai.core.bodies.outline import Heading
from gongkai.core.bodies.sanitise import clean
from gongkai.core.bodies.text import headings, plain_text, summary

BODY = (
    "<h2>一、总则</h2>\n<p class=\"gk-flat\">各街道办事处：</p>\n<p>第一条　为规范<strong>管理</strong>，"
    "制定本办法。</p>\n<p>第二条<br>四层以上。</p>\n<ol start=\"2\"><li>甲<ul><li>子</li></ul></li>"
    "<li>乙</li></ol>\n<table><caption>补助表</caption><tbody><tr><td><p>四</p>\n<p>层</p></td><td>12</td>"
    "</tr></tbody></table>\n<figure><img src=\"attachment:1\" alt=\"图\"><figcaption>图1</figcaption></figure>"
    "\n<blockquote><p>引文</p></blockquote>\n<p class=\"gk-sign\">青禾区</p>"
)  # fmt: skip


def test_blocks_are_lines_and_cells_are_parted_by_tabs() -> None:
    assert plain_text(BODY).split("\n") == [
        "一、总则",
        "各街道办事处：",
        "第一条　为规范管理，制定本办法。",
        "第二条",
        "四层以上。",
        "2. 甲",
        "子",
        "3. 乙",
        "补助表",
        "四 层\t12",
        "图1",
        "引文",
        "青禾区",
    ]
    assert plain_text("") == ""


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(pasted())
def test_plain_text_holds_every_word(given_html: tuple[str, str]) -> None:
    stored = clean(given_html[0]).html
    text = plain_text(stored)
    for word in re.findall(r"［\d+］", given_html[1]):
        assert word in text


def test_a_summary_is_the_text_itself_ended_at_a_sentence() -> None:
    assert summary(BODY) == "第一条 为规范管理，制定本办法。第二条 四层以上。"
    assert summary(BODY, 20) == "第一条 为规范管理，制定本办法。"
    assert summary("<p>一二三四五六七八九十</p>", 5) == "一二三四…"
    assert summary("<p>一。二三四五六七八九十</p>", 8) == "一。二三四五六…"
    assert summary("") == ""


def test_headings_leave_no_rank_out_and_the_first_to_the_page() -> None:
    html = "<h3>甲</h3><p>x</p><h4>乙</h4><h2>丙</h2><h4>丁</h4>"
    assert headings(html) == (
        Heading(2, "甲", "s-1"),
        Heading(3, "乙", "s-2"),
        Heading(2, "丙", "s-3"),
        Heading(3, "丁", "s-4"),
    )
    assert headings("<h4>甲</h4>", prefix="d", top=3) == (Heading(3, "甲", "d-1"),)
