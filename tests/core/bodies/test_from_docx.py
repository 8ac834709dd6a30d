"""Word files taken in whole: title, text, tables, pictures, facts, and what was left behind."""

from __future__ import annotations

import io
import pickle

import pytest
from docx import Document
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from word_file import (
    CENTRED,
    RIGHT,
    cell,
    drawing,
    numbered,
    para,
    png,
    row,
    run,
    style,
    table,
    word_file,
)

from gongkai.core.bodies.facts import FactKind
from gongkai.core.bodies.from_docx import body_from_docx
from gongkai.core.bodies.sanitise import clean
from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers.document import Limits

LARGE = '<w:sz w:val="44"/>'


def html_of(*body: str) -> str:
    return body_from_docx(word_file(*body)).html


# -- a whole document ------------------------------------------------------


def test_an_official_document() -> None:
    imported = body_from_docx(
        word_file(
            para(
                run("青禾区人民政府办公室文件", '<w:color w:val="FF0000"/><w:sz w:val="72"/>'),
                CENTRED,
            ),
            para("青政办发〔2024〕 5号", CENTRED),
            para(run("青禾区人民政府办公室关于印发", LARGE), CENTRED),
            para(run("政务公开工作要点的通知", LARGE), CENTRED),
            para("各街道办事处，区政府各部门："),
            para("　　现将工作要点印发给你们，请认真执行。"),
            para("总体要求", style("1")),
            para("推进公开", numbered(1)),
            para("主动公开", numbered(1, 1)),
            para("依申请公开", numbered(1, 1)),
            para("做好保障", numbered(1)),
            para("青禾区人民政府办公室", RIGHT),
            para("2024年5月6日", '<w:ind w:firstLineChars="1500"/>'),
            para("（此件公开发布）"),
        )
    )
    assert imported.title == "青禾区人民政府办公室关于印发政务公开工作要点的通知"
    assert imported.html.split("\n") == [
        '<p class="gk-center">青禾区人民政府办公室文件</p>',
        '<p class="gk-center">青政办发〔2024〕 5号</p>',
        '<p class="gk-flat">各街道办事处，区政府各部门：</p>',
        "<p>现将工作要点印发给你们，请认真执行。</p>",
        "<h2>总体要求</h2>",
        "<p>一、推进公开</p>",
        "<p>1. 主动公开</p>",
        "<p>2. 依申请公开</p>",
        "<p>二、做好保障</p>",
        '<p class="gk-sign">青禾区人民政府办公室</p>',
        '<p class="gk-sign">2024年5月6日</p>',
        "<p>（此件公开发布）</p>",
    ]
    assert imported.dropped == ()
    number = imported.fact(FactKind.DOCUMENT_NUMBER)
    made_on = imported.fact(FactKind.MADE_ON)
    agency = imported.fact(FactKind.ISSUING_AGENCY)
    assert number is not None
    assert (number.value, number.where, number.quote) == (
        "青政办发〔2024〕5号",
        "第 2 段",
        "青政办发〔2024〕 5号",
    )
    assert made_on is not None
    assert (made_on.value, made_on.where) == ("2024-05-06", "第 11 段")
    assert agency is not None
    assert (agency.value, agency.where) == ("青禾区人民政府办公室", "第 10 段")


def test_a_document_made_with_a_library() -> None:
    document = Document()
    document.core_properties.author = "张三"
    document.core_properties.title = "属性里的标题"
    document.add_heading("青禾区应急预案", 0)
    document.add_heading("一、总则", 1)
    paragraph = document.add_paragraph("面积 5 m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run("，重点").bold = True
    document.add_paragraph("甲", style="List Bullet")
    document.add_paragraph("乙", style="List Bullet 2")
    document.add_paragraph("第一步", style="List Number")
    grid = document.add_table(rows=3, cols=3)
    for at, words in enumerate(("类别", "事项", "数量")):
        cell_run = grid.cell(0, at).paragraphs[0].add_run(words)
        cell_run.bold = True
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "救助"
    grid.cell(1, 1).merge(grid.cell(1, 2)).text = "合并"
    grid.cell(2, 1).text = "低保"
    grid.cell(2, 2).text = "12"
    document.add_picture(io.BytesIO(png()), width=Pt(20))
    commented = document.add_paragraph("有批注")
    document.add_comment(commented.runs, text="请核对", author="李四")
    document.sections[0].footer.paragraphs[0].text = "青禾区应急管理局"
    stream = io.BytesIO()
    document.save(stream)
    imported = body_from_docx(stream.getvalue())
    assert imported.title == "青禾区应急预案"
    assert imported.html.split("\n") == [
        "<h2>一、总则</h2>",
        "<p>面积 5 m<sup>2</sup><strong>，重点</strong></p>",
        "<ul><li>甲<ul><li>乙</li></ul></li></ul>",
        "<p>1. 第一步</p>",
        '<table><thead><tr><th scope="col">类别</th><th scope="col">事项</th><th scope="col">数量</th>'
        '</tr></thead><tbody><tr><td rowspan="2">救助</td><td colspan="2">合并</td></tr>'
        "<tr><td>低保</td><td>12</td></tr></tbody></table>",
        '<figure><img src="attachment:image1.png" alt=""></figure>',
        "<p>有批注</p>",
    ]
    assert [(i.name, i.data, i.alt) for i in imported.images] == [("image1.png", png(), "")]
    assert imported.dropped == ("批注 1 处", "页眉、页脚")
    assert "张三" not in repr(imported)
    assert "李四" not in repr(imported)
    assert "属性里的标题" not in repr(imported)


# -- text ------------------------------------------------------------------


def test_marks_come_from_runs_styles_and_their_bases() -> None:
    assert html_of(
        para(
            run("甲", "<w:b/>")
            + run("乙", '<w:rStyle w:val="S"/>')
            + run("丙", '<w:rStyle w:val="S"/><w:b w:val="0"/>')
            + run("2", '<w:vertAlign w:val="subscript"/>')
            + run("丁", '<w:u w:val="single"/>')
            + run("戊", '<w:u w:val="none"/>')
            + run("己", "<w:strike/>")
        )
    ) == "<p><strong>甲乙</strong>丙<sub>2</sub><u>丁</u>戊<s>己</s></p>"  # fmt: skip


def test_headings_by_style_and_by_outline_level() -> None:
    html = html_of(
        para("一", style("1")),
        para("二", style("2")),
        para("三", '<w:outlineLvl w:val="2"/>'),
        para("四", '<w:outlineLvl w:val="5"/>'),
        para("这一段被误设了大纲级别，其实是正文。", '<w:outlineLvl w:val="0"/>'),
    )
    assert html.split("\n") == [
        "<h2>一</h2>",
        "<h3>二</h3>",
        "<h4>三</h4>",
        "<h4>四</h4>",
        "<p>这一段被误设了大纲级别，其实是正文。</p>",
    ]


def test_tracked_changes_count_as_accepted_and_are_said() -> None:
    imported = body_from_docx(
        word_file(
            para(
                run("甲")
                + f'<w:ins w:author="张三">{run("新")}</w:ins>'
                + '<w:del w:author="张三"><w:r><w:delText>旧</w:delText></w:r></w:del>'
            ),
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("上段") + "</w:p>",
            para("接着"),
        )
    )
    assert imported.html == "<p>甲新</p>\n<p>上段接着</p>"
    assert imported.dropped == (
        "修订痕迹：新增 1 处，按接受处理",
        "修订痕迹：删除 1 处，按接受处理",
    )
    assert "张三" not in repr(imported)


def test_hidden_words_are_left_and_said() -> None:
    imported = body_from_docx(word_file(para(run("甲") + run("藏", "<w:vanish/>"))))
    assert imported.html == "<p>甲</p>"
    assert imported.dropped == ("隐藏文字 1 处",)


def test_links_of_both_kinds() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "http://example.gov.cn/b" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run('乙', '<w:u w:val=&quot;single&quot;/>'.replace('&quot;', chr(34)))}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    imported = body_from_docx(
        word_file(
            para(f'<w:hyperlink r:id="h">{run("甲")}</w:hyperlink>{field}'),
            para(f'<w:hyperlink r:id="j">{run("丙")}</w:hyperlink>'),
            relations={
                "h": ("hyperlink", "http://example.gov.cn/a?x=1&amp;y=2"),
                "j": ("hyperlink", "javascript:alert(1)"),
            },
        )
    )
    assert imported.html == (
        '<p><a href="http://example.gov.cn/a?x=1&amp;y=2">甲</a>'
        '<a href="http://example.gov.cn/b">乙</a></p>\n<p>丙</p>'
    )


def test_notes_stand_at_the_end_under_their_marks() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    imported = body_from_docx(
        word_file(
            para(run("甲") + reference.format(2) + run("乙") + reference.format(1)),
            para("正文末"),
            parts={
                "word/footnotes.xml": (
                    f'<w:footnote w:id="-1" w:type="separator">{para("")}</w:footnote>'
                    f'<w:footnote w:id="1">{para("<w:r><w:footnoteRef/></w:r>" + run(" 后注"))}</w:footnote>'
                    f'<w:footnote w:id="2">{para("<w:r><w:footnoteRef/></w:r>" + run(" 先注"))}</w:footnote>'
                ),
                "word/settings.xml": '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr>',
            },
            relations={"f": ("footnotes", "footnotes.xml"), "t": ("settings", "settings.xml")},
        )
    )  # fmt: skip
    assert imported.html.split("\n") == [
        "<p>甲<sup>①</sup>乙<sup>②</sup></p>",
        "<p>正文末</p>",
        "<p>① 先注</p>",
        "<p>② 后注</p>",
    ]


def test_text_boxes_stand_where_they_are_anchored() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{para('框里的字')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{para('框里的字')}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert html_of(para(run("前") + box), para("后")) == "<p>前</p>\n<p>框里的字</p>\n<p>后</p>"


def test_signs_breaks_tabs_and_ruby() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('hé')}</w:rt><w:rubyBase>{run('禾')}</w:rubyBase>"
        "</w:ruby></w:r>"
    )
    html = html_of(
        para('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>' + run("同意")),
        para(run("甲") + "<w:r><w:br/></w:r>" + run("乙") + "<w:r><w:br w:type='page'/></w:r>"),
        para("<w:r><w:tab/></w:r>" + run("丙") + "<w:r><w:tab/></w:r>" + run("丁")),
        para(ruby + run("区")),
        para("<w:r><w:noBreakHyphen/></w:r>" + run("号")),
    )
    assert html.split("\n") == [
        "<p>☑同意</p>",
        "<p>甲<br>乙</p>",
        "<p>丙 丁</p>",
        "<p>禾（hé）区</p>",
        "<p>-号</p>",
    ]


def test_prompts_tables_of_contents_and_formulas() -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('单击此处输入文字。', '<w:rStyle w:val=' + chr(34) + 'P' + chr(34) + '/>')}"
        "</w:sdtContent></w:sdt>"
    )
    imported = body_from_docx(
        word_file(
            para("总则 1", style("TOC1")),
            para(run("甲") + control),
            para("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"),
        )
    )
    assert imported.html == "<p>甲</p>\n<p>x=1</p>"
    assert imported.dropped == ("目录", "公式 1 处：只留文字")


# -- tables ----------------------------------------------------------------


def test_merged_cells_become_spans() -> None:
    html = html_of(
        table(
            row(cell("甲", '<w:vMerge w:val="restart"/>'), cell("乙", '<w:gridSpan w:val="2"/>')),
            row(cell("", "<w:vMerge/>"), cell("丙"), cell("丁")),
            row(cell("戊", '<w:gridSpan w:val="3"/>')),
            row(cell("己"), cell("庚"), cell("辛")),
        )
    )
    assert html == (
        '<table><tbody><tr><td rowspan="2">甲</td><td colspan="2">乙</td></tr>'
        '<tr><td>丙</td><td>丁</td></tr><tr><td colspan="3">戊</td></tr>'
        "<tr><td>己</td><td>庚</td><td>辛</td></tr></tbody></table>"
    )


def test_rows_that_word_repeats_are_the_head() -> None:
    html = html_of(
        table(
            row(cell("甲"), cell("乙"), properties="<w:tblHeader/>"),
            row(cell("丙"), cell("丁")),
            columns=2,
        )
    )
    assert html == (
        '<table><thead><tr><th scope="col">甲</th><th scope="col">乙</th></tr></thead>'
        "<tbody><tr><td>丙</td><td>丁</td></tr></tbody></table>"
    )


def test_columns_left_out_are_empty_cells() -> None:
    html = html_of(
        table(
            row(cell("甲"), cell("乙"), cell("丙")),
            row(cell("丁"), cell("戊"), properties='<w:gridBefore w:val="1"/>'),
            row(cell("己"), properties='<w:gridAfter w:val="2"/>'),
        )
    )
    assert html == (
        "<table><tbody><tr><td>甲</td><td>乙</td><td>丙</td></tr>"
        "<tr><td></td><td>丁</td><td>戊</td></tr>"
        "<tr><td>己</td><td></td><td></td></tr></tbody></table>"
    )


def test_hidden_and_deleted_rows_are_left() -> None:
    imported = body_from_docx(
        word_file(
            table(
                row(cell("甲"), cell("乙")),
                row(cell("藏"), cell("藏"), properties="<w:hidden/>"),
                row(cell("删"), cell("删"), properties="<w:del/>"),
                row(cell("丙"), cell("丁")),
                columns=2,
            )
        )
    )
    assert imported.html == (
        "<table><tbody><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></tbody></table>"
    )
    assert imported.dropped == ("隐藏文字 1 处",)


def test_a_frame_dissolves_and_a_table_within_stays() -> None:
    inner = table(row(cell("甲"), cell("乙")), row(cell("丙"), cell("丁")), columns=2)
    html = html_of(table(row(cell(para("框内说明") + inner + para(""))), columns=1))
    assert html == (
        "<p>框内说明</p>\n<table><tbody><tr><td>甲</td><td>乙</td></tr>"
        "<tr><td>丙</td><td>丁</td></tr></tbody></table>"
    )


# -- pictures --------------------------------------------------------------


def test_pictures_with_their_words_under_names_of_our_own() -> None:
    imported = body_from_docx(
        word_file(
            para(drawing("p1", "办理流程图")),
            para(run("见") + drawing("p2", "C:\\Users\\zhangsan\\图.png")),
            para(drawing("p1", "办理流程图")),
            para(drawing("p3", "旧图")),
            para(drawing("gone", "")),
            para(
                '<w:r><w:pict><v:shape alt="印章"><v:imagedata r:id="p2" o:title=""/></v:shape></w:pict></w:r>'
            ),
            para(
                '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="c"/>'
                "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
            ),
            parts={
                "word/media/张三手机拍摄.png": png(1),
                "word/media/image2.png": png(2),
                "word/media/image3.emf": b"\x01\x00\x00\x00 EMF",
            },
            relations={
                "p1": ("image", "media/张三手机拍摄.png"),
                "p2": ("image", "media/image2.png"),
                "p3": ("image", "media/image3.emf"),
            },
        )
    )
    assert imported.html.split("\n") == [
        '<figure><img src="attachment:image1.png" alt="办理流程图"></figure>',
        '<p>见<img src="attachment:image2.png" alt=""></p>',
        '<figure><img src="attachment:image1.png" alt="办理流程图"></figure>',
        '<figure><img src="attachment:image2.png" alt="印章"></figure>',
    ]
    assert [(i.name, i.data) for i in imported.images] == [
        ("image1.png", png(1)),
        ("image2.png", png(2)),
    ]
    assert imported.dropped == (
        "图片 2 张：格式浏览器不能显示，或不在文件里",
        "图表、图形 1 个：请另存为图片上传",
    )


# -- title and facts -------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ((para("按样式的标题", style("T")), para("正文内容，字数比标题多。")), "按样式的标题"),
        ((para(run("居中大字标题", LARGE), CENTRED), para("正文内容，字数比标题多。")), "居中大字标题"),
        ((para(run("居中加粗标题", "<w:b/>"), CENTRED), para("正文内容，字数比标题多。")), "居中加粗标题"),
        ((para("居中的普通一行", CENTRED), para("正文内容，字数比标题多。")), None),
        ((para(run("不居中的大字", LARGE)), para("正文内容，字数比标题多。")), None),
        ((para(run("青禾区人民政府文件", LARGE), CENTRED), para("正文内容，字数比标题多。")), None),
        ((para(run("附件1", LARGE), CENTRED), para("正文内容，字数比标题多。")), None),
        ((para("只有正文。"),), None),
        ((), None),
    ],
)  # fmt: skip
def test_a_title_is_one_by_style_or_by_its_looks(body: tuple[str, ...], title: str | None) -> None:
    imported = body_from_docx(word_file(*body))
    assert imported.title == title
    if title:
        assert title not in imported.html


def test_what_a_document_only_mentions_is_no_fact() -> None:
    imported = body_from_docx(
        word_file(
            para("根据《关于某事的通知》（青政发〔2023〕1号）要求，自2024年5月6日起执行。"),
            para("青禾区人民政府于2024年印发本文件。"),
        )
    )
    assert imported.facts == ()


def test_two_days_are_two_facts_and_no_answer() -> None:
    imported = body_from_docx(
        word_file(
            para("甲区民政局", RIGHT),
            para("二〇二四年五月六日", RIGHT),
            para("附件"),
            para("2024年6月7日"),
        )
    )
    days = [fact.value for fact in imported.facts if fact.kind is FactKind.MADE_ON]
    assert days == ["2024-05-06", "2024-06-07"]
    assert imported.fact(FactKind.MADE_ON) is None
    agency = imported.fact(FactKind.ISSUING_AGENCY)
    assert agency is not None
    assert agency.value == "甲区民政局"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("青政办发[2024]05号", "青政办发〔2024〕5号"),
        ("（青政规〔2024〕１２号）", "青政规〔2024〕12号"),
        ("青政函〔2024〕3号　　　　签发人：王某某", "青政函〔2024〕3号"),
        ("青禾区人民政府令第8号", "青禾区人民政府令第8号"),
    ],
)
def test_a_number_is_read_however_it_is_typed(line: str, value: str) -> None:
    imported = body_from_docx(word_file(para(line), para("正文。")))
    assert [(f.value, f.quote) for f in imported.facts] == [(value, line)]


def test_what_is_imported_crosses_to_another_process() -> None:
    imported = body_from_docx(word_file(para("甲"), para("青政规〔2024〕1号")))
    assert pickle.loads(pickle.dumps(imported)) == imported


def test_joint_issuers_are_one_fact() -> None:
    imported = body_from_docx(
        word_file(para("青禾区财政局"), para("青禾区民政局"), para("2024年5月6日"))
    )
    agency = imported.fact(FactKind.ISSUING_AGENCY)
    assert agency is not None
    assert agency.value == "青禾区财政局、青禾区民政局"


# -- bad input -------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "input.empty"),
        (b"PK\x03\x04 broken", "input.damaged"),
        (b"%PDF-1.7 ...", "input.unsupported_kind"),
        (b"{\\rtf1 x}", "input.unsupported_kind"),
        (word_file(para("甲"))[:-200], "input.damaged"),
    ],
)
def test_what_is_no_word_file_is_refused_with_its_reason(data: bytes, rule: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        body_from_docx(data)
    assert refused.value.rule == rule


def test_a_file_of_too_much_is_refused() -> None:
    data = word_file(*[para("甲")] * 500)
    with pytest.raises(UnreadableDocument) as refused:
        body_from_docx(data, Limits(cells=100))
    assert refused.value.rule == "input.too_many_cells"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                (
                    "", CENTRED, RIGHT, style("1"), style("T"), numbered(1), numbered(2),
                    numbered(2, 1), numbered(9, 3), '<w:ind w:left="9000"/>',
                )
            ),
            st.text(alphabet="公开（一）、2.a 　\xa0&<", max_size=12),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_what_is_imported_is_clean(paragraphs: list[tuple[str, str]]) -> None:
    said = [w.replace("&", "&amp;").replace("<", "&lt;") for _, w in paragraphs]
    body = [para(run(w), p) for (p, _), w in zip(paragraphs, said, strict=True)]
    imported = body_from_docx(word_file(*body))
    assert clean(imported.html).html == imported.html
