"""Web pages to prose and grids."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.core.errors import UnreadableDocument
from gongkai.core.forms import edition
from gongkai.core.forms.layout import layouts
from gongkai.core.readers.document import Budget, Document, Grid, Limits, Paragraph
from gongkai.core.readers.html import parse

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"


def read(page: str, encoding: str = "utf-8") -> Document:
    return parse(page.encode(encoding), Budget(Limits()))


def grids(document: Document) -> list[Grid]:
    return [b for b in document.blocks if isinstance(b, Grid)]


def prose(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def table(page: str) -> Grid:
    found = grids(read(page))
    assert len(found) == 1
    return found[0]


def words(grid: Grid) -> list[list[str]]:
    """The grid row by row, only the cells that start there."""
    return [[c.text for c in grid.cells if c.row == row] for row in range(grid.rows)]


DATA = "<table><tr><th>项目<th>数量<tr><td>行政许可<td>12<tr><td>行政处罚<td>0</table>"


# ── tables ─────────────────────────────────────────────────────


def test_unclosed_tags_and_no_tbody() -> None:
    grid = table(DATA)
    assert words(grid) == [["项目", "数量"], ["行政许可", "12"], ["行政处罚", "0"]]
    assert (grid.rows, grid.columns, grid.aligned) == (3, 2, True)
    assert grid.place(grid.cells[3]).as_dict() == {"table": 1, "row": 2, "column": 2}


def test_spans_are_laid_out_as_a_browser_does() -> None:
    grid = table(
        "<table><tbody><tr><td rowspan=2 colspan=2>甲<td colspan=3>乙<tr><td>1<td>2<td>3"
        "<tr><td>a<td rowspan=0>b<td>4<td>5<td>6<tr><td>c<td>7<td>8<td>9</tbody></table>"
    )
    places = {c.text: (c.row, c.column, c.row_span, c.column_span) for c in grid.cells}
    assert places["甲"] == (0, 0, 2, 2)
    assert places["乙"] == (0, 2, 1, 3)
    assert places["1"] == (1, 2, 1, 1)
    assert places["b"] == (2, 1, 2, 1)
    assert places["7"] == (3, 2, 1, 1)
    assert grid.columns == 5


def test_absurd_spans_are_clamped() -> None:
    grid = table(
        "<table><tr><td colspan=1000>第二十条第（一）项</td></tr>"
        "<tr><td rowspan=65534>规章<td>1<td>2<td>3</tr><tr><td colspan=-3>4<td colspan=x>5<td>6"
        "</table>"
    )
    places = {c.text: (c.row, c.column, c.row_span, c.column_span) for c in grid.cells}
    assert places["第二十条第（一）项"] == (0, 0, 1, 4)
    assert places["规章"] == (1, 0, 2, 1)
    assert places["4"] == (2, 1, 1, 1)
    assert places["6"] == (2, 3, 1, 1)
    assert grid.columns == 4


def test_a_span_ends_with_its_group() -> None:
    grid = table(
        "<table><thead><tr><th rowspan=9>项<th>数</thead><tbody><tr><td>甲<td>1</tbody></table>"
    )
    assert [(c.text, c.row, c.column, c.row_span) for c in grid.cells] == [
        ("项", 0, 0, 1), ("数", 0, 1, 1), ("甲", 1, 0, 1), ("1", 1, 1, 1)
    ]  # fmt: skip


def test_empty_cells_are_cells() -> None:
    grid = table("<table><tr><td>甲<td></td><td>&nbsp;</td><td><p><br></p></td><td>—</table>")
    assert [c.text for c in grid.cells] == ["甲", "", "", "", "—"]


def test_a_value_in_pieces() -> None:
    grid = table(
        "<table><tr><td><p><span>1</span><span style='color:red'><b>2</b></span></p><td>"
        "<span>1</span>,<font>234</font><td>结果<br>纠正<td><p>其他</p>\n<p>结果</p>"
        "<td>　&#8203;７　</table>"
    )
    assert [c.text for c in grid.cells] == ["12", "1,234", "结果\n纠正", "其他\n结果", "７"]


def test_marks_of_footnotes_and_deletions_are_not_values() -> None:
    grid = table(
        "<table><tr><td>12<sup>[1]</sup><td>3<sup>①</sup><td><del>5</del>6<td>7<sup>2</sup>"
        "<td>8<a style='mso-footnote-id:ftn1' href='#_ftn1'><sup><span>[1]</span></sup></a>"
        "<td><s>9</s></table>"
    )
    assert [c.text for c in grid.cells] == ["12", "3", "6", "7", "8", "9"]


def test_form_fields_show_their_values() -> None:
    grid = table(
        "<table><tr><td>新收<td><input value='12' readonly><td><input type=hidden value=9>"
        "<td><textarea>3</textarea><td><select><option>1<option selected>2</select>"
        "<td><input type=text></table>"
    )
    assert [c.text for c in grid.cells] == ["新收", "12", "", "3", "2", ""]


def test_a_table_within_a_cell_of_data_is_its_text() -> None:
    grid = table(
        "<table><tr><td>项<td>数<tr><td>甲<td><table><tr><td>15</table><tr><td>乙<td>2</table>"
    )
    assert words(grid) == [["项", "数"], ["甲", "15"], ["乙", "2"]]


def test_layout_tables_are_walked_through() -> None:
    document = read(
        "<table width=1000><tr><td><h1>年度报告</h1></td></tr><tr><td><table><tr><td>"
        f"<p>一、总体情况</p>{DATA}<p>二、其他</p>{DATA}</td></tr></table></td></tr></table>"
    )
    kinds = [b.text if isinstance(b, Paragraph) else b.rows for b in document.blocks]
    assert kinds == ["年度报告", "一、总体情况", 3, "二、其他", 3]


def test_prose_laid_out_in_two_columns() -> None:
    long = "本机关依照条例主动公开政府信息，" * 60
    document = read(f"<table><tr><td>侧栏</td><td><p>{long}</p><p>完</p></td></tr></table>")
    assert prose(document) == ["侧栏", long, "完"]
    assert not grids(document)


def test_a_table_never_closed_keeps_what_follows() -> None:
    rows = "<tr><td>a<td>1<td>2<td>3" * 4
    document = read(f"<table>{rows}</tr><p>五、存在的主要问题</p><table>{rows}</table><p>六、</p>")
    assert [g.rows for g in grids(document)] == [4, 4]
    assert prose(document) == ["五、存在的主要问题", "六、"]
    swallowed = read(f"<table>{rows}<p>五、存在的主要问题</p><table>{rows}</table><p>六、</p>")
    assert [words(g)[-1] for g in grids(swallowed)] == [["a", "1", "2", "3"]] * 2
    assert prose(swallowed) == ["五、存在的主要问题", "六、"]


def test_rows_within_a_form_and_captions() -> None:
    document = read(
        "<table><caption>主动公开情况</caption><form><tr><td>甲<td>1</tr><tr><td>乙<td>2</tr>"
        "</form></table>"
    )
    assert prose(document) == ["主动公开情况"]
    assert words(grids(document)[0]) == [["甲", "1"], ["乙", "2"]]


def test_cells_marked_unread_stay_unread() -> None:
    ours = "<meta name=generator content=gongkai>"
    grid = table(f"{ours}<table><tr><td>甲<td data-unread>未读<td>1</table>")
    assert [(c.text, c.unread) for c in grid.cells] == [("甲", ""), ("", "marked"), ("1", "")]


# ── prose ──────────────────────────────────────────────────────


def test_paragraphs_breaks_and_headings() -> None:
    document = read(
        "<h2>一、总体<br>情况</h2><div>前<p>中&nbsp;&ensp;间</p>后<b>面</b></div>"
        "第一行<br/>　　第二行<br><br>第三行<ul><li>甲<li>乙</ul>"
    )
    assert prose(document) == [
        "一、总体\n情况", "前", "中 间", "后面", "第一行", "第二行", "第三行", "甲", "乙"
    ]  # fmt: skip
    assert [b.heading for b in document.blocks if isinstance(b, Paragraph)] == [True] + [False] * 8


def test_a_line_break_in_the_source_is_none_in_chinese() -> None:
    assert prose(read("<p>政府\n  信息公开\nOpen\nData 工作</p>")) == [
        "政府信息公开 Open Data 工作"
    ]


def test_word_export() -> None:
    document = read(
        """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
        <meta charset=gb2312><style><!-- p.MsoNormal {margin:0} --></style>
        <!--[if gte mso 9]><xml><o:p>no</o:p></xml><![endif]--></head><body lang=ZH-CN>
        <p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>（一）<span
        >&nbsp;</span></span><![endif]>主动公开<o:p></o:p></p>
        <p class=MsoNormal>公开<span style='display:none;mso-hide:all'>暗</span>38<span
        style="mso-hide:all">暗</span>条</p>
        <table class=MsoNormalTable><tr><td><p class=MsoNormal align=center><span
        lang=EN-US>1<o:p></o:p></span></p></td><td>2</td></tr><tr><td>3<td>4</tr>
        <![if !supportMisalignedColumns]><tr height=0><td width=9></td><td></td></tr><![endif]>
        </table></body></html>""",
        "gb18030",
    )
    assert prose(document) == ["（一） 主动公开", "公开38条"]
    assert words(grids(document)[0]) == [["1", "2"], ["3", "4"]]


# ── what stands around the report ──────────────────────────────

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>年度报告_某区人民政府</title>
<meta name="ArticleTitle" content="某街道2023年政府信息公开工作年度报告">
<style>.print-copy{{display:none}} @media print {{ .print-copy {{display:block}}
#main{{display:none}} }}
.pane{{display:none}} .pane.active{{display:block}} .a:hover{{display:none}}</style>
<script>var t = "<table><tr><td>99</td></tr></table>";</script></head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a><li><a href="/x">政务公开</a></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/n">政府信息公开年报</a></div>
<form action="/s"><input name="q" value="搜索"><button>搜索</button></form>
<div id="main"><h1>某街道2023年政府信息公开工作年度报告</h1>
<div class="share"><a href="#">微信</a><a href="#">微博</a></div>
{article}
<p>上一篇：<a href="1.html">二〇二二年的报告</a></p></div>
<div class="print-copy">{article}</div>
<iframe src="http://example.invalid/"></iframe><noscript>没有脚本</noscript>
<div class="footer"><p>主办单位：某区人民政府</p><p>网站标识码：0000000000</p></div>
</body></html>"""


def page(article: str) -> str:
    return PAGE.format(article=article)


def test_only_the_report_is_left_of_a_page() -> None:
    text = "2023年主动公开政府信息38条。" * 12
    document = read(page(f"<p>一、总体情况</p><p>{text}</p>{DATA * 3}<p>六、其他</p>"))
    assert prose(document) == [
        "某街道2023年政府信息公开工作年度报告", "一、总体情况", text, "六、其他"
    ]  # fmt: skip
    assert len(grids(document)) == 3
    assert document.titles[0] == "某街道2023年政府信息公开工作年度报告"
    assert document.titles[-1] == "年度报告_某区人民政府"


def test_a_line_that_only_begins_like_a_button_stays() -> None:
    lines = "<p>关闭政务新媒体2个</p><p>打印公开指南500份。</p><p>【打印】【关闭窗口】</p><p>字体：大 中 小</p>"
    assert prose(read(lines)) == ["关闭政务新媒体2个", "打印公开指南500份。"]


def test_the_article_as_the_publishing_system_marks_it() -> None:
    text = "2023年主动公开政府信息38条。" * 20
    article = f"<div class='TRS_Editor'><p>一、总体情况</p><p>{text}</p>{DATA * 2}</div>"
    document = read(page(f"<p>来源：某街道　发布时间：2024-01-20</p>{article}<p>附近的新闻</p>"))
    assert prose(document) == ["一、总体情况", text]
    assert len(grids(document)) == 2


def test_a_marked_part_that_lacks_a_table_is_not_the_article() -> None:
    big = "<table>" + "<tr><td>甲<td>1<td>2<td>3" * 5 + "</table>"
    document = read(f"<div class=TRS_Editor><p>{'前言' * 200}</p></div><div>{big}<p>完</p></div>")
    assert prose(document) == ["前言" * 200, "完"]
    assert len(grids(document)) == 1


def test_panes_of_other_years_are_left_out() -> None:
    panes = "".join(
        f"<div class='tabs'><div class='pane{active}'><p>{year}年</p>{DATA}</div></div>"
        for year, active in ((2021, ""), (2022, ""), (2023, " active"))
    )
    document = read(page(panes))
    assert "2023年" in prose(document)
    assert "2022年" not in prose(document)
    assert len(grids(document)) == 1


@pytest.mark.parametrize(
    "hiding",
    ["hidden", "style='DISPLAY : none'", "style='visibility:hidden'", "class=print-copy"],
)
def test_ways_of_hiding(hiding: str) -> None:
    document = read(page(f"<div {hiding}><p>旧稿</p>{DATA}</div><p>正文</p>{DATA}<p {hiding}>x"))
    assert len(grids(document)) == 1
    assert "旧稿" not in prose(document)
    assert "正文" in prose(document)


def test_what_a_sheet_for_print_hides_is_still_shown() -> None:
    document = read(f"<style media=print>table{{display:none}}</style><p>正文</p>{DATA}")
    assert len(grids(document)) == 1
    assert not document.findings


def test_a_hidden_row_is_no_row() -> None:
    grid = table(
        "<table><tr><td>甲<td>1<tr style='display:none'><td>乙<td>2<tr><td>丙<td>3</table>"
    )
    assert words(grid) == [["甲", "1"], ["丙", "3"]]


def test_tables_that_a_script_shows_later_are_read_and_said() -> None:
    document = read(f"<p>正文</p><div style='display:none'>{DATA}</div><p hidden>x</p>")
    assert len(grids(document)) == 1
    assert prose(document) == ["正文"]
    assert [f.rule for f in document.findings] == ["html.tables_not_shown"]


# ── encodings, XHTML, hostile input ────────────────────────────


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "gbk", "big5", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_encodings_declared_right_wrong_or_not_at_all(encoding: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    html = f"<html><head>{meta if declared else ''}</head><body><p>收到政府信息公开申请</p>{DATA}"
    document = read(html, encoding)
    assert prose(document) == ["收到政府信息公开申请"]
    assert words(grids(document)[0])[1] == ["行政许可", "12"]


def test_xhtml_and_its_entities() -> None:
    document = read(
        '<?xml version="1.0" encoding="gb2312"?><!DOCTYPE html [<!ENTITY x SYSTEM '
        '"file:///etc/passwd">]><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        "<p>新收&#160;&#x31;2&nbsp;件&lt;&x;</p><br/><p>完</p></body></html>"
    )
    assert prose(document) == ["新收 12 件<&x;", "完"]


def test_a_fragment_without_a_body() -> None:
    assert prose(read("只有一行字")) == ["只有一行字"]


def test_nothing_to_read() -> None:
    assert parse(b"<html><body> </body></html>", Budget(Limits())).blocks == []
    with pytest.raises(UnreadableDocument) as refused:
        parse(b"   ", Budget(Limits()))
    assert refused.value.rule == "input.empty"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 30_000 + "完",
        "<table><tr><td>" * 3_000 + "完",
        "<b>" * 30_000 + "完",
        "<table><tr><td>1<td>" + "<table><tr><td>" * 2_000,
        "<table>" + "<tr><td colspan=999 rowspan=999>1" * 3_000,
    ],
)
def test_deep_and_wide_pages_end(page: str) -> None:
    read(page)


def test_control_characters_by_reference() -> None:
    document = read(f"<p>公&#1;开<span hidden>x</span>信&#2;息</p><nav><a>x</a></nav>a&#3;b{DATA}")
    assert prose(document) == ["公开信息", "ab"]


def test_more_cells_than_allowed() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        parse(DATA.encode() * 3, Budget(Limits(cells=10)))
    assert refused.value.rule == "input.too_many_cells"


def test_no_more_time() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        parse(DATA.encode(), Budget(Limits(seconds=-1)))
    assert refused.value.rule == "input.too_slow"


def test_a_picture_of_many_megabytes_does_not_cut_the_page() -> None:
    picture = "A" * 10_500_000
    document = read(f"<p>前</p><img src='data:image/png;base64,{picture}'>{DATA}<p>后</p>")
    assert prose(document) == ["前", "后"]
    assert len(grids(document)) == 1


# ── a real page ────────────────────────────────────────────────


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real reports is not here")
def test_pingtan_figures_stand_where_the_form_has_them() -> None:
    document = parse((CORPUS / "pingtan-2025.html").read_bytes(), Budget(Limits()))
    gold = json.loads((CORPUS / "gold" / "pingtan-2025.json").read_text("utf-8"))["cells"]
    found = grids(document)
    assert [(g.rows, g.columns) for g in found] == [(14, 4), (28, 10), (4, 15)]
    checked = 0
    for grid, official in zip(found, layouts(edition("2021")), strict=True):
        printed = {(c.row, c.column): c.text for c in grid.cells}
        for cell in official.cells:
            if cell.address:
                value = gold[cell.address]
                assert printed[cell.row, cell.column] == f"{value}", cell.address
                checked += 1
    assert checked == 200
    assert prose(document)[-1].startswith("2025年，无收取")


# ── what a screen does not show, and what nobody can read for certain ──


@pytest.mark.parametrize(
    "style",
    [
        "font-size:0",
        "FONT-SIZE: 0px !important",
        "font:0/0 a",
        "opacity:0",
        "opacity: 0.0",
        "position:absolute;left:-9999px",
        "position:fixed;top:-999px",
        "text-indent:-9999px",
        "width:0;overflow:hidden;display:inline-block",
        "float:left;height:0;overflow:hidden",
        "position:absolute;clip:rect(0,0,0,0)",
    ],
)
def test_words_that_take_no_room_are_not_part_of_a_figure(style: str) -> None:
    cell = f'<tr><td>规章<td>42<span style="{style}">7</span><td>1</tr>'
    assert words(table(f"<table>{cell}{cell}</table>"))[0] == ["规章", "42", "1"]
    rule = f"<style>td .x {{ {style} }}</style>"
    cell = '<tr><td>规章<td>42<span class="x">7</span><td>1</tr>'
    assert words(table(f"{rule}<table>{cell}{cell}</table>"))[0] == ["规章", "42", "1"]


@pytest.mark.parametrize(
    "style",
    [
        "font-size:12px",
        "opacity:0.5",
        "text-indent:-2em",
        "position:absolute;left:10px",
        "left:-9999px",
        "width:0;overflow:hidden",
        "height:0",
    ],
)
def test_words_that_are_shown_stay(style: str) -> None:
    cell = f'<tr><td>规章<td>42<span style="{style}">7</span><td>1</tr>'
    assert words(table(f"<table>{cell}{cell}</table>"))[0] == ["规章", "427", "1"]


def test_no_font_size_for_the_gaps_only() -> None:
    page = (
        '<ul style="font-size:0"><li style="font-size:14px">一</li></ul>'
        "<style>.row{font-size:0} .row p{font-size:1rem}</style>"
        '<div class="row"><p>二</p></div><div style="font-size:0">三</div>'
    )
    assert prose(read(page)) == ["一", "二"]


def test_a_page_faded_in_by_a_script_is_read() -> None:
    assert prose(read('<body style="opacity:0"><p>正文</p></body>')) == ["正文"]


@pytest.mark.parametrize(
    ("struck", "why"),
    [
        ("<s>9</s>", "struck"),
        ("<strike>9</strike>", "struck"),
        ('<span style="text-decoration: line-through">9</span>', "struck"),
        ('<span style="color:#FFF">9</span>', "white"),
        ('<font color="white">9</font>', "white"),
        ('<span style="color:white;background:white">9</span>', "white"),
    ],
)
def test_figures_side_by_side_that_are_not_one_are_unread(struck: str, why: str) -> None:
    row = f"<tr><td>规章<td>{struck}12<td>3</tr>"
    cells = table(f"<table>{row}{row}</table>").cells
    assert [(c.text, c.unread) for c in cells[:3]] == [("规章", ""), ("", why), ("3", "")]


@pytest.mark.parametrize(
    ("content", "text", "unread"),
    [
        ("<s>12</s>", "12", ""),
        ('<span style="color:#fff">12</span>', "12", ""),
        ('<span style="color:#fff;background:#036">1</span>2', "12", ""),
        ("<s>原第3项</s>1", "原第3项1", ""),
        ("<del>9</del>12", "12", ""),
    ],
)
def test_struck_or_white_words_alone(content: str, text: str, unread: str) -> None:
    row = f"<tr><td>规章<td>{content}<td>3</tr>"
    cell = table(f"<table>{row}{row}</table>").cells[1]
    assert (cell.text, cell.unread) == (text, unread)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("1&nbsp;5&nbsp;2", "152"),
        ("&nbsp; 0&nbsp;.&nbsp;5&nbsp;", "0.5"),
        ("1&nbsp;5 2", "1 5 2"),
        ("0&nbsp;0&nbsp;0", "0 0 0"),
        ("1 5 2", "1 5 2"),
        ("12&nbsp;52", "12 52"),
    ],
)
def test_a_number_drawn_wide(content: str, text: str) -> None:
    row = f"<tr><td>规章<td>{content}</tr>"
    assert words(table(f"<table>{row}{row}</table>"))[0] == ["规章", text]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>一</p></body></html><p>二</p>" + DATA,
        "<html><body><p>一</p></body><p>二</p>" + DATA + "</html>",
        "<html><body><p>一</p></html><p>二</p>" + DATA + "</body>",
        f"<html><body><p>一</p></body></html>\n<!DOCTYPE html><html><head><title>x</title></head>"
        f"<body><p>二</p>{DATA}</body></html>",
    ],
)
def test_what_stands_behind_the_end_is_read(page: str) -> None:
    document = read(page)
    assert prose(document) == ["一", "二"]
    assert words(grids(document)[0])[1] == ["行政许可", "12"]


def test_hidden_words_of_a_page_in_utf_16() -> None:
    page = '<p>一</p><p style="display:none">二</p>'
    assert prose(read(page, "utf-16")) == ["一"]


def test_of_several_tabs_the_chosen_one_is_read() -> None:
    def pane(year: int, name: str) -> str:
        return (
            f'<div class="tab-pane {name}"><p>{year}年</p>'
            f"<table><tr><td>甲</td><td>{year}</td></tr><tr><td>乙</td><td>1</td></tr></table></div>"
        )

    page = "<body>" + pane(2022, "") + pane(2023, "active") + pane(2021, "") + "</body>"
    document = parse(page.encode(), Budget(Limits()))
    grids = [b for b in document.blocks if isinstance(b, Grid)]
    assert [c.text for c in grids[0].cells] == ["甲", "2023", "乙", "1"]
    assert len(grids) == 1
    assert [(f.rule, f.values["count"]) for f in document.findings] == [("html.other_tabs", 2)]
