"""The text of a body: everything a reader is sent, each character with its place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.bodies.display import render_body
from gongkai.core.screening.page_text import text_with_places
from gongkai.core.screening.placed_text import PICTURE, PlacedText

from .bodies import BODIES

TABLE = """<p>一</p><table><caption>发放情况</caption>
<thead><tr><th>序号</th><th>姓名</th></tr></thead>
<tbody><tr><td>1</td><th scope="row">周某某</th></tr><tr><td>2</td><td><p>吴某某</p><p>已故</p></td></tr></tbody>
</table><p>二<br>三</p>四"""


def places(body: str) -> dict[str, str]:
    """Where each line or cell of a body stands."""
    placed = text_with_places(body)
    found, start = {}, 0
    for words in placed.text.replace("\t", "\n").split("\n"):
        found[words] = placed.place(start)
        start += len(words) + 1
    return found


def test_lines_cells_and_pictures() -> None:
    placed = text_with_places("<div>a <b>b</b>\n c<br>d<img src=x>e</div><ul><li>f<li>g</ul>h")
    assert placed.text == f"a b  c\nd{PICTURE}e\nf\ng\nh"


def test_places_as_a_person_says_them() -> None:
    assert places(TABLE) == {
        "一": "第 1 段",
        "发放情况": "表格标题",
        "序号": "表格表头",
        "姓名": "表格表头",
        "1": "表格第 1 行“序号”",
        "周某某": "表格第 1 行“姓名”",
        "2": "表格第 2 行“序号”",
        "吴某某": "表格第 2 行“姓名”",
        "已故": "表格第 2 行“姓名”",
        "二": "第 2 段",
        "三": "第 3 段",
        "四": "第 4 段",
    }


def test_tables_are_numbered_where_there_are_several() -> None:
    said = places(f"{TABLE}<table><tr><td>甲</td><td>乙12</td></tr></table>")
    assert said["周某某"] == "第 1 个表格第 1 行“姓名”"
    assert said["乙12"] == "第 2 个表格第 1 行第 2 列"


def test_a_table_in_a_cell() -> None:
    said = places(
        "<table><tr><td>外<table><tr><td>内1</td><td>内2</td></tr></table>后</td><td>右</td></tr></table>尾"
    )
    assert said["内2"] == "第 2 个表格第 1 行第 2 列"
    assert said["后"] == "第 1 个表格第 1 行第 1 列"
    assert said["右"] == "第 1 个表格第 1 行第 2 列"
    assert said["尾"] == "第 1 段"


@pytest.mark.parametrize(
    ("rows", "heads", "headings"),
    [
        (
            "<tr><td>序号</td><td>姓名</td></tr><tr><td>1</td><td>张三</td></tr>",
            1,
            ("序号", "姓名"),
        ),
        (
            "<tr><td colspan=3>名单</td></tr><tr><td rowspan=2>姓 名</td><td colspan=2>住址</td></tr>"
            "<tr><td>村</td><td>组</td></tr><tr><td>张三</td><td>甲</td><td>3</td></tr>",
            3,
            ("姓名", "住址 村", "住址 组"),
        ),
        ("<tr><td>姓名</td><td>张三</td></tr><tr><td>住址</td><td>甲村</td></tr>", 0, ()),
        ("<tr><td>2026</td><td>12</td></tr><tr><td>2025</td><td>10</td></tr>", 0, ()),
        ("<tr><td>甲</td><td>乙</td></tr>", 0, ()),
        ("<tr><th>甲</th><th>乙</th></tr>", 0, ()),
        ("", 0, ()),
    ],
)
def test_which_rows_are_headings(rows: str, heads: int, headings: tuple[str, ...]) -> None:
    (table,) = text_with_places(f"<table>{rows}</table>").tables
    assert table.heads == heads
    assert tuple(h for h in table.headings if h) == headings


def test_a_cell_over_rows_and_columns_stands_in_each() -> None:
    (table,) = text_with_places(
        "<table><tr><th>甲</th><th>乙</th><th>丙</th></tr>"
        "<tr><td rowspan=2>1</td><td colspan=2>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    ).tables
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["甲", "乙", "丙"],
        ["1", "2", "2"],
        ["1", "3", "4"],
    ]
    assert [cell.text for cell in table.below(0)] == ["1"]
    assert [cell.text for cell in table.below(2)] == ["2", "4"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("", ""),
        ("</div>x<p>y", "x\ny"),
        ("<?xml version='1.0' encoding='gbk'?><p>中</p>", "中"),
        ("<td>a</td><td>b", "a\nb"),
        ("<tr><td>x", "x"),
        ("<table><td>1<td>2", "1\t2"),
        ("\x00a&#0;b&#x1f;c&#xD800;d&#99999999;", "abcd"),
        ("\ud800甲", "甲"),
        ("<script>x</script>y<style>z</style><!-- w -->v", "yv"),
        ('<p style="display:none">藏</p>', "藏"),
        ("<table><tr><td colspan=999999 rowspan=-1>a</td></tr></table>", "a"),
        ("<p>a</p>" + "<div>" * 3000 + "深" + "</div>" * 3000 + "b", "a\n深\nb"),
    ],
)
def test_no_html_is_too_broken(body: str, text: str) -> None:
    assert text_with_places(body).text == text


def test_an_address_has_its_stretch() -> None:
    placed = text_with_places(
        "<p>见<a href=x>民<b>政</b>局</a>和<img src=y></p><p><a href=z></a></p>尾"
    )
    assert [(e.tag, placed.text[s:t]) for e, s, t in placed.elements] == [
        ("a", "民政局"),
        ("img", PICTURE),
        ("a", ""),
    ]


def _check(placed: PlacedText) -> None:
    for run in placed.runs:
        said = placed.text[run.start : run.end]
        if run.slot == "picture":
            assert said == PICTURE
        else:
            source = run.node.text if run.slot == "text" else run.node.tail
            assert source is not None
            assert len(source) == run.end - run.start
            assert said.split() == source.split()
    between = "".join(
        placed.text[a.end : b.start] for a, b in zip(placed.runs, placed.runs[1:], strict=False)
    )
    assert set(between) <= {"\n", "\t"}
    for start in range(len(placed.text) + 1):
        assert placed.place(start)
        assert placed.sentence(start, start) is not None


@given(BODIES)
def test_every_character_is_one_of_its_node(body: str) -> None:
    _check(text_with_places(body))


@given(st.text(alphabet="<>/pabtdr ='\"&;#x0甲\n\x00\x1f", max_size=60))
def test_any_text_at_all(body: str) -> None:
    _check(text_with_places(body))


@given(BODIES)
def test_no_word_is_lost(body: str) -> None:
    placed = text_with_places(body)
    said = placed.text.replace(PICTURE, "")
    words = "".join(placed.root.xpath("//body//text()[not(parent::script or parent::style)]"))
    assert "".join(said.split()) == "".join(words.split())


STORED = (
    '<h2>一、名单</h2><p class="gk-center">见<a href="https://x.cn/">民<strong>政</strong>局</a>、'
    '<a href="attachment:1">附件</a>，<sup>①</sup>a &lt; b<br>二</p>'
    "<table><caption>发放情况</caption><thead><tr><th>序号</th><th>金额</th></tr></thead>"
    '<tbody><tr><td colspan="2">合计</td></tr><tr><td>1</td><td>3,000.00</td></tr></tbody></table>'
    '<ul><li>甲</li><li>乙</li></ul><figure><img src="attachment:2" alt="流程"><figcaption>图</figcaption></figure>'
)


@given(
    st.permutations(
        re.findall(r"<(?:h2|p|table|ul|figure)\b.*?</(?:h2|p|table|ul|figure)>", STORED)
    )
)
def test_a_stored_body_and_its_page_have_one_text(blocks: list[str]) -> None:
    stored = "\n".join(blocks)
    page = render_body(stored, lambda number: f"/files/{number}")
    assert "（外部链接）" in page
    shown, kept = text_with_places(page), text_with_places(stored)
    assert shown.text == kept.text
    assert [shown.place(i) for i in range(len(shown.text))] == [
        kept.place(i) for i in range(len(kept.text))
    ]
