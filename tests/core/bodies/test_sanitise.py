"""What people paste, cleaned: nothing they see is lost, nothing their program added is kept."""

from __future__ import annotations

import re
import time
from collections import Counter
from html import unescape
from pathlib import Path

import nh3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pasted import BROKEN, FRAGMENTS, pasted

from gongkai.core.bodies.sanitise import ATTRIBUTES, CLASSES, TAGS, clean

CLIPBOARD = Path(__file__).parent / "clipboard"


def clipboard(name: str) -> str:
    return (CLIPBOARD / f"{name}.html").read_text(encoding="utf-8")


def seen(html: str) -> str:
    """The characters of ``html`` that leave ink, in order."""
    text = nh3.clean(html, tags=set(), clean_content_tags={"script", "style"})
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u200b\ufffd]", "", unescape(text))


def test_word_keeps_what_it_says() -> None:
    cleaned = clean(clipboard("word"))
    assert cleaned.html.split("\n") == [
        '<p class="gk-center">青禾区既有住宅加装电梯资金补助办法</p>',
        '<p class="gk-flat">各街道办事处，区政府各部门：</p>',
        "<h2>一、总则</h2>",
        "<p><strong>第一条</strong> 为规范既有住宅加装电梯补助资金的管理，方便居民出行，结合本区实际，"
        "制定本办法<sup>[1]</sup>。补助面积每户不超过5 m<sup>2</sup>。加上的话。</p>",
        "<ul><li>身份证明<ul><li>原件</li></ul></li><li>房屋权属证明</li></ul>",
        "<p>（一）受理</p>",
        "<p>1. 公示</p>",
        '<table><thead><tr><th scope="colgroup" colspan="2">楼层</th><th scope="col">补助(万元)</th>'
        '</tr></thead><tbody><tr><td rowspan="2">低层</td><td>四层</td><td>12.00</td></tr>'
        "<tr><td>五层</td><td>15.00</td></tr></tbody></table>",
        '<p class="gk-sign">青禾区人民政府</p>',
        '<p class="gk-sign">2024年5月6日</p>',
        "<p><sup>[1]</sup> 本办法所称住宅，指四层以上住宅。</p>",
    ]
    assert cleaned.dropped == (
        "隐藏的内容 1 处",
        "修订中删除的内容 1 处",
        "批注 1 处",
        "图片 1 张：没有随文字带来，请另行上传",
    )


def test_wps_keeps_numbers_blanks_and_ticks() -> None:
    cleaned = clean(clipboard("wps"))
    blank = "&nbsp;" * 4
    assert cleaned.html.split("\n") == [
        '<p class="gk-center"><strong>关于发放2024年度临时救助的公示</strong></p>',
        "<p>根据《社会救助暂行办法》，经审核，拟对下列人员给予临时救助，现予公示。</p>",
        "<p>一、公示名单</p>",
        f"<p>二、公示时间：5月6日起<u>{blank}7{blank}</u>日</p>",
        "<p>☑同意 □不同意</p>",
        '<table><thead><tr><th scope="col">序号</th><th scope="col">姓名</th>'
        '<th scope="col">救助金额（元）</th></tr></thead>'
        "<tbody><tr><td>1</td><td>王某某</td><td>1500</td></tr></tbody></table>",
        '<p class="gk-sign">青禾区民政局</p>',
        '<p class="gk-sign">2024年5月6日</p>',
    ]
    assert cleaned.dropped == ()


def test_excel_keeps_spans_and_leaves_what_is_hidden() -> None:
    cleaned = clean(clipboard("excel"))
    assert cleaned.html == (
        "<table><caption>2024年一般公共预算收支表（单位：万元）</caption>"
        '<thead><tr><th scope="col" rowspan="2">编码</th><th scope="col" rowspan="2">科目</th>'
        '<th scope="colgroup" colspan="2">金额</th></tr>'
        '<tr><th scope="col">预算</th><th scope="col">决算</th></tr></thead>'
        "<tbody><tr><td>201</td><td>一般公共服务支出</td><td>12.50</td><td>12.48</td></tr>"
        "<tr><td>208</td><td>社会保障和就业支出</td><td>1,030.00</td><td>-</td></tr></tbody></table>"
    )
    # The hidden column held identity numbers: they must not come along unseen.
    assert "32000019900101" not in cleaned.html
    assert cleaned.dropped == ("隐藏的内容 1 处", "隐藏的列 1 列")


def test_wechat_becomes_paragraphs() -> None:
    cleaned = clean(clipboard("wechat"))
    assert cleaned.html.split("\n") == [
        '<p class="gk-center"><strong>哪些楼可以加装？</strong></p>',
        "<p>本区国有土地上建成、<strong>四层以上</strong>、未设电梯的住宅。</p>",
        "<p>第一段在前。</p>",
        "<p>第二段接着，没有另起段落。</p>",
        "<ol><li>向街道提出</li><li>公示七日</li></ol>",
        "<p>左栏</p>",
        "<p>右栏</p>",
        "<blockquote><p>原文引用</p></blockquote>",
    ]
    assert cleaned.dropped == (
        "图片 1 张：没有随文字带来，请另行上传",
        "嵌入的其他页面或对象 1 个",
        "脚本 1 段",
    )


@pytest.mark.parametrize("name", ["word", "wps", "excel", "wechat"])
def test_cleaning_again_changes_nothing(name: str) -> None:
    once = clean(clipboard(name))
    again = clean(once.html)
    assert again.html == once.html
    assert again.dropped == ()


# -- properties ------------------------------------------------------------


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(pasted())
def test_no_visible_word_is_lost(given_html: tuple[str, str]) -> None:
    html, said = given_html
    cleaned = clean(html)
    out = seen(cleaned.html)
    visible = re.sub(r"[\s\u200b]", "", said)
    assert not Counter(visible) - Counter(out), cleaned.html
    assert "暗" not in out
    assert clean(cleaned.html).html == cleaned.html


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_no_word_is_lost_of_broken_markup(html: str) -> None:
    assert not Counter(seen(html)) - Counter(seen(clean(html).html))


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from((*FRAGMENTS, *BROKEN)), max_size=25).map("".join))
def test_cleaning_is_final_and_within_the_lists(html: str) -> None:
    cleaned = clean(html, data_images=True).html
    assert clean(cleaned, data_images=True).html == cleaned
    for tag, attributes in re.findall(r"<([a-z0-9]+)([^>]*)>", cleaned):
        assert tag in TAGS
        for name, value in re.findall(r' ([a-z]+)="([^"]*)"', attributes):
            if name == "class":
                assert value in CLASSES[tag]
            else:
                assert name in ATTRIBUTES[tag]


# -- safety ----------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "<a href='javascript:alert(1)'>字</a>",
        "<a href='java\nscript:alert(1)'>字</a>",
        "<a href='&#106;avascript:alert(1)'>字</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>字</a>",
        "<a href='data:image/png;base64,AAAA'>字</a>",
        "<a href='vbscript:x'>字</a>",
        "<a href='//evil.example/x'>字</a>",
        "<a href='/\\evil.example'>字</a>",
        "<a href='file:///C:/x'>字</a>",
        "<img src=x onerror=alert(1)>字",
        "<img src='data:image/svg+xml;base64,AAAA'>字",
        "<img src='data:text/html;base64,AAAA'>字",
        "<img src='https://example.com/track.gif'>字",
        "<p onclick=alert(1) style='background:url(javascript:alert(1))' class='evil'>字</p>",
        "<style>@font-face{src:url(data:font/woff;base64,AAAA)}</style><p>字</p>",
        "<svg><script>alert(1)</script></svg><p>字</p>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'></table></mtext></math>字",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>字",
        "<form action='//x'><button formaction='javascript:alert(1)'>字</button></form>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>字",
        "<base href='//x'><meta http-equiv=refresh content='0;url=//x'>字",
        "<table background='javascript:alert(1)'><tr><td>字</td></tr></table>",
        "<p>字<!--><img src=x onerror=alert(1)>--></p>",
    ],
)  # fmt: skip
def test_nothing_dangerous_passes(html: str) -> None:
    cleaned = clean(html, data_images=True).html
    assert "字" in cleaned
    # What is between tags is only text; no tag may hold any of this.
    tags = " ".join(re.findall(r"<[^>]*>", cleaned)).lower()
    for danger in ("script", "onerror", "onclick", "style", "evil", "data:", "http", "form", "src"):
        assert danger not in tags, cleaned


def test_addresses_that_may_stay() -> None:
    for href in (
        "https://www.example.gov.cn/a/b.html?x=1&amp;y=2",
        "http://example.gov.cn/",
        "mailto:xxgk@example.gov.cn",
        "tel:0000-12345678",
        "/zwgk/zfxxgk/",
        "attachment:17",
    ):
        html = f'<p><a href="{href}">字</a></p>'
        assert clean(html).html == html


def test_pictures_come_from_attachments_or_where_allowed_from_the_html() -> None:
    pixel = "data:image/png;base64,iVBORw0KGgo="
    html = f'<p>甲<img src="attachment:3" alt="流程图"><img src="{pixel}" alt="C:\\图\\a.png"></p>'
    assert clean(html).html == '<p>甲<img src="attachment:3" alt="流程图"></p>'
    assert clean(html).dropped == ("图片 1 张：没有随文字带来，请另行上传",)
    kept = clean(html, data_images=True)
    assert f'<img src="{pixel}" alt="">' in kept.html
    assert kept.dropped == ()


# -- single habits ---------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # Headings make room for the page's own.
        ("<h1>甲</h1><h2>乙</h2><h6>丙</h6>", "<h2>甲</h2>\n<h3>乙</h3>\n<h4>丙</h4>"),
        ("<h2>甲</h2><h3><b>乙</b></h3>", "<h2>甲</h2>\n<h3>乙</h3>"),
        # A bold centred line is a paragraph: nobody said that it is a heading.
        (
            "<p align=center><b>附表</b></p>",
            '<p class="gk-center"><strong>附表</strong></p>',
        ),
        # Lists of other programs keep their numbers.
        ('<ol start="3"><li>甲<li value="7">乙</ol>',
         '<ol start="3"><li>甲</li></ol>\n<ol start="7"><li>乙</li></ol>'),
        ("<ol type=a><li>甲</ol>", '<ol type="a"><li>甲</li></ol>'),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>",
         "<p>一、甲</p>\n<p>二、乙</p>"),
        ("<ul style='list-style-type:none'><li>甲</ul>", "<p>甲</p>"),
        # A box round text is no table.
        ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", "<p>甲</p>\n<p>乙</p>"),
        # Rows over the whole width that part a table are no caption.
        (
            "<table><tr><td colspan=2>第一项<tr><td>甲<td>乙<tr><td colspan=2>第二项"
            "<tr><td>丙<td>丁</table>",
            '<table><tbody><tr><td colspan="2">第一项</td></tr><tr><td>甲</td><td>乙</td></tr>'
            '<tr><td colspan="2">第二项</td></tr><tr><td>丙</td><td>丁</td></tr></tbody></table>',
        ),
        # An empty corner heads nothing.
        (
            "<table><tr><td><td><b>金额</b><td><b>比例</b><tr><td>甲<td>1<td>2</table>",
            '<table><thead><tr><td></td><th scope="col">金额</th><th scope="col">比例</th></tr></thead>'
            "<tbody><tr><td>甲</td><td>1</td><td>2</td></tr></tbody></table>",
        ),
        # Nothing tells a head here.
        ("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>",
         "<table><tbody><tr><td>甲</td><td>乙</td></tr>"
         "<tr><td>丙</td><td>丁</td></tr></tbody></table>"),
        # Short names over figures are a head.
        ("<table><tr><td>项目<td>金额<tr><td>甲<td>12.5</table>",
         '<table><thead><tr><th scope="col">项目</th><th scope="col">金额</th></tr></thead>'
         "<tbody><tr><td>甲</td><td>12.5</td></tr></tbody></table>"),
        # A span beyond the table ends with it.
        ("<table><tr><td rowspan=9>甲<td>乙<tr><td>丙</table>",
         '<table><tbody><tr><td rowspan="2">甲</td><td>乙</td></tr>'
         "<tr><td>丙</td></tr></tbody></table>"),
        # The foot stands last however it was written.
        ("<table><tfoot><tr><td>计<td>3</tfoot><tbody><tr><td>甲<td>3</table>",
         "<table><tbody><tr><td>甲</td><td>3</td></tr></tbody>"
         "<tfoot><tr><td>计</td><td>3</td></tr></tfoot></table>"),
        ("<figure><img src=attachment:1 alt=图><figcaption>图1</figcaption></figure>",
         '<figure><img src="attachment:1" alt="图"><figcaption>图1</figcaption></figure>'),
        ("<p><img src=attachment:1></p>", '<figure><img src="attachment:1" alt=""></figure>'),
        # What is struck out stays struck out.
        ("<p><s>甲</s><del>乙</del></p>", "<p><s>甲乙</s></p>"),
        ("<p>甲<br><br>乙<br>丙</p>", "<p>甲</p>\n<p>乙<br>丙</p>"),
        ("<p>&emsp;&emsp;甲 &nbsp; 乙　</p>", "<p>甲 乙</p>"),
        ("<p>公开\n信息 open\ninformation</p>", "<p>公开信息 open information</p>"),
        ("<pre>第一行\n第二行</pre>", "<p>第一行<br>第二行</p>"),
        ("<p><ruby>禾<rp>(</rp><rt>hé</rt><rp>)</rp></ruby></p>", "<p>禾（hé）</p>"),
        ("<p>共<input value=38>条<select><option>甲<option selected>乙</select></p>",
         "<p>共38条乙</p>"),
        ("<textarea>甲<b>乙</textarea>", "<p>甲&lt;b&gt;乙</p>"),
        ("<p><svg><text>图字</text></svg><math><mi>x</mi></math></p>", "<p>图字x</p>"),
        ("<b style='font-weight:normal'><p>甲<b>乙</b></p></b>", "<p>甲<strong>乙</strong></p>"),
        ("", ""),
        ("纯文字", "<p>纯文字</p>"),
        ("Version:1.0\r\nStartHTML:0000000105\r\nEndHTML:1\r\n<html><body><p>甲</p>", "<p>甲</p>"),
    ],
)  # fmt: skip
def test_one_habit(html: str, expected: str) -> None:
    assert clean(html).html == expected
    assert clean(expected).html == expected


def test_the_line_of_those_it_is_sent_to_is_not_indented() -> None:
    html = "<p align=center>关于某事的通知</p><p>各街道办事处：</p><p>现将各单位情况通知如下：</p>"
    assert clean(html).html.split("\n")[1:] == [
        '<p class="gk-flat">各街道办事处：</p>',
        "<p>现将各单位情况通知如下：</p>",
    ]


def test_halves_of_characters_do_no_harm() -> None:
    assert clean("<p>甲\ud842乙&#0;&#1;\ufffe丙</p>").html.startswith("<p>甲")
    assert clean("<p>\ud842\udfb7</p>").html == "<p>\U00020bb7</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "字",
        "<b>" * 50_000 + "字",
        "".join(f"<b class={i}>" for i in range(140)) + "<p>字" * 20_000,
        "<table><tr><td>" * 20_000 + "字",
        "<o:p>" * 50_000 + "字",
        "<ul><li>" * 50_000 + "字",
        "<span a='<'>" * 50_000 + "字",
    ],
    ids=["div", "b", "formatting", "table", "unknown", "list", "bracket"],
)
def test_a_heap_of_tags_costs_no_more_than_its_length(html: str) -> None:
    started = time.monotonic()
    cleaned = clean(html)
    assert time.monotonic() - started < 5
    assert cleaned.html.count("字") == html.count("字")
    assert cleaned.dropped == ("标签嵌套过深，只留文字",)


def test_the_list_of_styles_that_word_sends_is_no_heap_of_tags() -> None:
    listed = "".join(f'<w:LsdException Locked="false" Name="{i}"/>' for i in range(376))
    html = f"<!--[if gte mso 9]><xml>{listed}</xml><![endif]--><xml>{listed}</xml><p>字</p>"
    assert clean(html).html == "<p>字</p>"
    assert clean(html).dropped == ()


def test_as_fast_as_pasting_needs() -> None:
    html = clipboard("word") * 20
    started = time.monotonic()
    clean(html)
    assert time.monotonic() - started < 3
