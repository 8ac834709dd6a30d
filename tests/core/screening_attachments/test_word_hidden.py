"""What a Word file hides is found, each thing where it is, and nothing in a clean one."""

from __future__ import annotations

import io

import docx
import pytest
from picture_made import photograph, plain
from secrets_made import IDENTITY, MOBILE, only, rules
from word_made import field, p, part, picture, relation, run, strict, table, word

from gongkai.core.rules import say
from gongkai.core.screening.hidden_data import Hidden, look_into

_SECRET = "秘密意见"


def look(data: bytes) -> tuple[Hidden, ...]:
    found = look_into(data, "公示.docx")
    for one in found:
        # Every finding can be said, offers what its rule offers, and is known again.
        assert "{" not in say(one.finding) + say(one.finding, "en")
        assert len(one.fingerprint) == 32
    assert [one.fingerprint for one in found] == [
        one.fingerprint for one in look_into(data, "另一个名字.docx")
    ]
    return found


def test_nothing_in_a_clean_file() -> None:
    body = p("根据规定，现予公示。") + table(("姓名", "金额"), ("周某某", "3000"))
    assert look(word(body)) == ()


def test_inserted_and_deleted_words_with_who_and_when() -> None:
    by = 'w:id="1" w:author="张三" w:date="2026-09-01T10:20:00Z"'
    body = p("拟补助") + p(
        f"<w:ins {by}>{run('叁')}</w:ins>",
        f"<w:del {by}><w:r><w:delText>{_SECRET}</w:delText></w:r></w:del>",
        "万元",
    )
    found = only(look(word(body)), "hidden.tracked_change")
    assert found.count == 2
    assert found.place == "正文第 2 段"
    assert found.values["listed"] == (
        "正文第 2 段：张三 2026-09-01 10:20 插入：叁",
        f"正文第 2 段：张三 2026-09-01 10:20 删除：{_SECRET}",
    )
    assert found.answers == ("return_to_author", "redact", "may_stay")


def test_comments_that_python_docx_makes() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("现予公示。")
    document.add_comment(paragraph.runs, text=_SECRET, author="李四", initials="李")
    out = io.BytesIO()
    document.save(out)
    found = only(look(out.getvalue()), "hidden.comment")
    assert _SECRET in found.quote
    assert found.quote.startswith("李四")


@pytest.mark.parametrize(
    ("look_of", "rule"),
    [
        ("<w:vanish/>", "hidden.hidden_text"),
        ('<w:color w:val="FFFFFF"/>', "hidden.white_text"),
        ('<w:color w:val="FDFDFD"/>', "hidden.white_text"),
        ('<w:sz w:val="2"/>', "hidden.tiny_text"),
    ],
)
def test_words_nobody_sees(look_of: str, rule: str) -> None:
    found = look(word(p("看得见", run(_SECRET, look_of))))
    assert rules(found) == {rule}
    assert only(found, rule).quote == _SECRET


@pytest.mark.parametrize(
    "body",
    [
        p(run("看得见", '<w:vanish w:val="0"/>')),
        p(run("看得见", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="C00000"/>')),
        p(run("看得见", '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>')),
        p(
            run("看得见", '<w:color w:val="FFFFFF"/>'),
            properties='<w:shd w:val="clear" w:fill="1F4E79"/>',
        ),
        "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val='clear' w:fill='1F4E79'/></w:tcPr>"
        + p(run("表头", '<w:color w:val="FFFFFF"/>'))
        + "</w:tc></w:tr></w:tbl>",
    ],
)
def test_white_words_on_a_dark_ground_are_seen(body: str) -> None:
    assert look(word(body)) == ()


def test_a_style_can_hide() -> None:
    styles = part(
        "styles",
        '<w:style w:type="character" w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="T"><w:basedOn w:val="S"/></w:style>',
    )
    body = p(run(_SECRET, '<w:rStyle w:val="T"/>'), "看得见")
    data = word(body, relation("r1", "styles", "styles.xml"), {"word/styles.xml": styles})
    assert only(look(data), "hidden.hidden_text").quote == _SECRET


def test_a_hidden_row_of_a_table() -> None:
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p(_SECRET)}</w:tc></w:tr>"
    body = f"<w:tbl><w:tr><w:tc>{p('看得见')}</w:tc></w:tr>{row}</w:tbl>"
    assert only(look(word(body)), "hidden.hidden_text").place == "正文第 1 个表格第 2 行第 1 列"


def test_a_header_that_no_page_prints() -> None:
    header = part("hdr", p(_SECRET))
    body = p("正文") + '<w:sectPr><w:headerReference w:type="first" r:id="r1"/></w:sectPr>'
    told = (relation("r1", "header", "header1.xml"), {"word/header1.xml": header})
    found = only(look(word(body, *told)), "hidden.unused_header")
    assert (found.place, found.quote) == ("没有用上的首页页眉", _SECRET)
    shown = body.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    assert look(word(shown, *told)) == ()


def test_data_behind_a_field_but_not_a_page_number() -> None:
    assert look(word(p(field("PAGE \\* MERGEFORMAT", "1")))) == ()
    found = only(look(word(p(field(f"ADDIN CNKISM {_SECRET}", "［1］")))), "hidden.field_data")
    assert _SECRET in found.quote


def test_properties_variables_and_data_of_programs() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>张三</dc:creator>'
        "<cp:lastModifiedBy>李四</cp:lastModifiedBy><dc:title>请示（送审稿）</dc:title>"
        "</cp:coreProperties>"
    )
    settings = part("settings", '<w:docVars><w:docVar w:name="拟稿" w:val="王五"/></w:docVars>')
    data = word(
        p("正文"),
        relation("r1", "settings", "settings.xml")
        + relation("r2", "customXml", "../customXml/item1.xml")
        + relation("r3", "attachedTemplate", "file:///C:\\Users\\张三\\模板.dotx", external=True),
        {
            "docProps/core.xml": core,
            "word/settings.xml": settings,
            "customXml/item1.xml": "<流转><签批>同意</签批></流转>",
        },
        package='<Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/'
        'relationships/metadata/core-properties" Target="docProps/core.xml"/>',
    )
    found = look(data)
    assert only(found, "hidden.author").values["listed"] == (
        "文件属性：作者：张三",
        "文件属性：最后修改人：李四",
    )
    assert only(found, "hidden.description").quote == "标题：请示（送审稿）"
    assert only(found, "hidden.document_variable").quote == "拟稿：王五"
    assert only(found, "hidden.custom_data").quote == "同意"
    assert "张三" in only(found, "hidden.local_path").quote
    assert len(found) == 5


def test_files_inside_loose_parts_and_content_from_elsewhere() -> None:
    data = word(
        p("正文"),
        relation("r1", "package", "embeddings/b.xlsx")
        + relation("r2", "image", "http://example.test/x.png", external=True)
        + relation("r3", "glossaryDocument", "glossary/document.xml"),
        {
            "word/embeddings/b.xlsx": b"PK\3\4rest",
            "word/old.xml": f"<x>{_SECRET}</x>",
            "word/glossary/document.xml": part("document", p("范文")),
        },
    )
    found = look(data)
    assert only(found, "hidden.embedded_file").place == "b.xlsx"
    assert only(found, "hidden.other_part").count == 2
    assert _SECRET in str(only(found, "hidden.other_part").values["listed"])
    assert only(found, "hidden.remote_content").quote == "http://example.test/x.png"


def test_pictures_tell_where_they_were_taken_and_keep_what_was_cut() -> None:
    body = p(picture("r1", '<a:srcRect l="50000"/>'))
    data = word(body, relation("r1", "image", "media/a.jpeg"), {"word/media/a.jpeg": photograph()})
    found = look(data)
    assert rules(found) == {
        "hidden.cropped_picture", "hidden.picture_location", "hidden.picture_data",
    }  # fmt: skip
    clean = word(p(picture("r1")), relation("r1", "image", "media/a.jpeg"), {"word/media/a.jpeg": plain()})  # fmt: skip
    assert look(clean) == ()


def test_personal_numbers_that_are_shown_wherever_they_are() -> None:
    notes = part("footnotes", f'<w:footnote w:id="1">{p(f"电话 {MOBILE}")}</w:footnote>')
    half = len(IDENTITY) // 2
    body = table(("姓名", "备注"), ("周某某", "")) + p(
        "身份证", run(IDENTITY[:half]), run(IDENTITY[half:], "<w:b/>")
    )
    data = word(body, relation("r1", "footnotes", "footnotes.xml"), {"word/footnotes.xml": notes})
    found = look(data)
    identity = only(found, "attachment.identity_number")
    assert identity.place == "正文第 1 段"
    assert IDENTITY not in str(identity)
    assert only(found, "attachment.mobile_number").place == "脚注第 1 段"
    assert len(found) == 2


def test_a_number_in_a_text_box_is_told_once() -> None:
    box = f"<w:txbxContent>{p(MOBILE)}</w:txbxContent>"
    body = p(
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = only(look(word(body)), "attachment.mobile_number")
    assert found.place.endswith("的文本框")


def test_quotes_never_show_a_personal_number_whole() -> None:
    found = only(
        look(word(p("看", run(f"身份证 {IDENTITY}", "<w:vanish/>")))), "hidden.hidden_text"
    )
    assert IDENTITY not in str(found)
    assert "*" in found.quote


def test_a_strict_file_is_looked_into_alike() -> None:
    data = word(p("看得见", run(_SECRET, "<w:vanish/>")))
    assert only(look(strict(data)), "hidden.hidden_text").quote == _SECRET
