"""Copies of Word files: what is seen is there, what is hidden or masked is in no byte of them."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from picture_made import photograph, plain
from PIL import Image
from secrets_made import IDENTITY, MOBILE, nowhere, only, rules, unpacked
from word_made import field, p, part, picture, relation, run, strict, table, word

from gongkai.core.screening.hidden_data import look_into
from gongkai.core.screening.redaction import Choices, Copy, NotRedacted, redacted_copy

_SECRET = "秘密意见"
_NOTHING = Choices(numbers=frozenset())


def copied(data: bytes, choices: Choices | None = None) -> tuple[Copy, list[str]]:
    """The copy, and its paragraphs as python-docx reads them, those of tables behind the others."""
    before = bytes(data)
    made = redacted_copy(data, "公示.docx", choices)
    assert data == before
    left = rules(look_into(made.data, made.name))
    assert not {rule for rule in left if rule.startswith("hidden.")}
    document = docx.Document(io.BytesIO(made.data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for one in document.tables:
        lines += [cell.text for row in one.rows for cell in row.cells]
    return made, lines


def test_a_clean_file_keeps_its_words_and_its_looks() -> None:
    body = p(run("根据规定", "<w:b/>"), "，现予公示。") + table(
        ("姓名", "金额"), ("周某某", "3000")
    )
    made, lines = copied(word(body))
    assert lines == ["根据规定，现予公示。", "姓名", "金额", "周某某", "3000"]
    assert b"<w:b/>" in unpacked(made.data)
    assert made.done == ()
    assert made.name == "公示.docx"


def test_tracked_changes_are_accepted() -> None:
    by = 'w:id="1" w:author="张三" w:date="2026-09-01T10:20:00Z"'
    struck = f"<w:del {by}><w:r><w:delText>{_SECRET}</w:delText></w:r></w:del>"
    ended = f"<w:rPr><w:del {by}/></w:rPr>"
    row = f"<w:tr><w:trPr><w:del {by}/></w:trPr><w:tc>{p(_SECRET)}</w:tc></w:tr>"
    body = (
        p("拟补助", struck, f"<w:ins {by}>{run('叁')}</w:ins>", "万元")
        + p("前一段", properties=ended)
        + p("接上一段")
        + f"<w:tbl><w:tr><w:tc>{p('留')}</w:tc></w:tr>{row}</w:tbl>"
        + p("后", properties=f"<w:pPrChange {by}><w:pPr><w:jc w:val='left'/></w:pPr></w:pPrChange>")
    )
    made, lines = copied(word(body))
    assert lines == ["拟补助叁万元", "前一段接上一段", "后", "留"]
    assert nowhere(_SECRET, made.data)
    assert nowhere("张三", made.data)
    assert made.done == ("去掉修订 5 处",)


def test_comments_hidden_words_and_data_behind_fields_go() -> None:
    comments = part("comments", f'<w:comment w:id="0" w:author="李四">{p(_SECRET)}</w:comment>')
    body = (
        p(
            '<w:commentRangeStart w:id="0"/>',
            "正文",
            '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
        )
        + p("看得见", run(_SECRET, "<w:vanish/>"), run(_SECRET, '<w:color w:val="FFFFFF"/>'))
        + p(run(_SECRET, '<w:sz w:val="2"/>'))
        + p("见", field(f"ADDIN CNKISM {_SECRET}", "［1］"), "第", field("PAGE", "7"), "页")
        + f"<w:tbl><w:tr><w:tc>{p('留')}</w:tc></w:tr><w:tr><w:trPr><w:hidden/></w:trPr>"
        f"<w:tc>{p(_SECRET)}</w:tc></w:tr></w:tbl>"
    )
    data = word(body, relation("r1", "comments", "comments.xml"), {"word/comments.xml": comments})
    made, lines = copied(data)
    assert lines == ["正文", "看得见", "", "见［1］第7页", "留"]
    assert nowhere(_SECRET, made.data)
    assert nowhere("李四", made.data)
    assert b"PAGE" in unpacked(made.data)
    assert b"comment" not in unpacked(made.data).lower()


def test_what_is_beside_the_text_goes() -> None:
    ole = '<w:r><w:object><o:OLEObject r:id="r2" ProgID="Excel.Sheet.12"/></w:object></w:r>'
    settings = part(
        "settings",
        '<w:attachedTemplate r:id="r4"/><w:defaultTabStop w:val="420"/><w:docVars>'
        f'<w:docVar w:name="x" w:val="{_SECRET}"/></w:docVars><w:rsids><w:rsid w:val="00AB12CD"/></w:rsids>',
    )
    data = word(
        p("正文", ole, properties="") + f'<w:p w:rsidR="00AB12CD">{run("又一段")}</w:p>',
        relation("r1", "settings", "settings.xml")
        + relation("r2", "package", "embeddings/b.xlsx")
        + relation("r3", "customXml", "../customXml/item1.xml"),
        {
            "word/settings.xml": settings,
            "word/_rels/settings.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.'
            'org/package/2006/relationships">'
            + relation(
                "r4", "attachedTemplate", "file:///C:\\Users\\张三\\模板.dotx", external=True
            )
            + "</Relationships>",
            "word/embeddings/b.xlsx": _SECRET.encode(),
            "customXml/item1.xml": f"<a>{_SECRET}</a>",
            "docProps/thumbnail.jpeg": plain(),
            "loose.xml": f"<a>{_SECRET}</a>",
        },
    )
    made, lines = copied(data)
    assert lines == ["正文", "又一段"]
    for secret in (_SECRET, "张三", "00AB12CD", "OLEObject"):
        assert nowhere(secret, made.data), secret
    assert b"defaultTabStop" in unpacked(made.data)


def test_headers_are_kept_unless_no_page_prints_them() -> None:
    body = p("正文") + (
        '<w:sectPr><w:headerReference w:type="default" r:id="r1"/>'
        '<w:headerReference w:type="first" r:id="r2"/></w:sectPr>'
    )
    data = word(
        body,
        relation("r1", "header", "header1.xml") + relation("r2", "header", "header2.xml"),
        {
            "word/header1.xml": part("hdr", p("听泉街道")),
            "word/header2.xml": part("hdr", p(_SECRET)),
        },
    )
    made, _ = copied(data)
    assert "听泉街道".encode() in unpacked(made.data)
    assert nowhere(_SECRET, made.data)


def test_pictures_lose_what_they_tell_and_what_was_cut() -> None:
    body = p(picture("r1", '<a:srcRect r="50000"/>', description="红色"))
    data = word(body, relation("r1", "image", "media/a.jpeg"), {"word/media/a.jpeg": photograph()})
    made, _ = copied(data)
    document = docx.Document(io.BytesIO(made.data))
    pictures = [r.target_part.blob for r in document.part.rels.values() if "image" in r.reltype]
    assert len(pictures) == 1
    image = Image.open(io.BytesIO(pictures[0])).convert("RGB")
    assert image.size == (60, 80)
    red, _, blue = image.getpixel((55, 40))
    assert red > 200 > 60 > blue
    assert nowhere("Tingquan", made.data)
    assert "红色".encode() in unpacked(made.data)


@pytest.mark.parametrize(
    "runs",
    [
        (IDENTITY,),
        (IDENTITY[:6], run(IDENTITY[6:14], "<w:b/>"), IDENTITY[14:]),
        tuple(IDENTITY),
        (f"{IDENTITY[:6]} {IDENTITY[6:14]}-{IDENTITY[14:]}",),
        ("".join(chr(ord(c) + 0xFEE0) for c in IDENTITY),),
        (IDENTITY[:9], "\u200b", IDENTITY[9:]),
    ],
)
def test_numbers_are_black_however_they_are_put(runs: tuple[str, ...]) -> None:
    made, lines = copied(word(p("身份证", *runs, "，余略") + table(("备注", IDENTITY))))
    assert nowhere(IDENTITY, made.data)
    for line in lines:
        assert not any(char.isdigit() for char in line), line
    assert lines[0].startswith("身份证██████")
    assert lines[0].endswith("，余略")
    assert "遮盖文字 2 处" in made.done


def test_words_are_black_everywhere_else_too() -> None:
    hyperlink = f'<w:hyperlink r:id="r1">{run("打电话")}</w:hyperlink>'
    box = f"<w:txbxContent>{p('周小明')}</w:txbxContent>"
    notes = part("footnotes", f'<w:footnote w:id="1">{p("周", "小", "明")}</w:footnote>')
    body = (
        p("户主周小明、周 小 明、周小 明", hyperlink)
        + p(f"<w:r><w:drawing><wps:wsp>{box}</wps:wsp></w:drawing></w:r>")
        + p(picture("r2", description="周小明的证件"))
        + p(field(f'HYPERLINK "tel:{MOBILE}"', "电话"))
        + f'<w:sdt><w:sdtPr><w:alias w:val="周小明"/></w:sdtPr><w:sdtContent>{p("控件")}</w:sdtContent></w:sdt>'
    )
    data = word(
        body,
        relation("r1", "hyperlink", f"tel:{MOBILE}", external=True)
        + relation("r2", "image", "media/a.jpeg")
        + relation("r3", "footnotes", "footnotes.xml"),
        {"word/media/a.jpeg": plain(), "word/footnotes.xml": notes},
    )
    made, lines = copied(data, Choices(mask=("周小明", MOBILE)))
    assert lines[0] == "户主███、█████、████打电话"
    assert "电话" in lines
    for secret in ("周小明", MOBILE, "周 小 明"):
        assert nowhere(secret, made.data), secret
    assert made.missed == ()


def test_what_is_nowhere_is_said_to_be_missed() -> None:
    made, _ = copied(word(p("正文")), Choices(mask=("周小明",)))
    assert made.missed == ("周小明",)


def test_a_number_is_named_by_the_fingerprint_of_its_finding() -> None:
    data = word(p(f"{IDENTITY} 和 {MOBILE}"))
    fingerprint = only(look_into(data, "a.docx"), "attachment.identity_number").fingerprint
    made, lines = copied(data, Choices(numbers=frozenset((fingerprint,))))
    assert nowhere(IDENTITY, made.data)
    assert lines == [f"{'█' * 18} 和 {MOBILE}"]
    assert rules(look_into(made.data, made.name)) == {"attachment.mobile_number"}


def test_a_number_answered_for_is_spared() -> None:
    data = word(p(f"{IDENTITY} 和 {MOBILE}"))
    mark = only(look_into(data, "a.docx"), "attachment.mobile_number").fingerprint
    made, lines = copied(data, Choices(spared=frozenset((mark, "not of this file"))))
    assert nowhere(IDENTITY, made.data)
    assert lines == [f"{'█' * 18} 和 {MOBILE}"]


def test_white_words_stay_where_the_reviewer_sees_them() -> None:
    data = word(p(run("看得见", '<w:color w:val="FFFFFF"/>')))
    made = redacted_copy(data, "a.docx", Choices(keep=frozenset(("hidden.white_text",))))
    assert docx.Document(io.BytesIO(made.data)).paragraphs[0].text == "看得见"
    with pytest.raises(NotRedacted, match="不能保留"):
        redacted_copy(data, "a.docx", Choices(keep=frozenset(("hidden.comment",))))


def test_words_too_short_to_mask_are_refused() -> None:
    for short in ("李", "1234", "a"):
        with pytest.raises(NotRedacted, match="太短"):
            redacted_copy(word(p("李")), "a.docx", Choices(mask=(short,)))


def test_what_is_no_word_file_is_refused_in_chinese() -> None:
    with pytest.raises(NotRedacted, match=r"宏|不完整|认不出"):
        redacted_copy(b"PK\3\4broken", "a.docx")


def test_numbers_in_the_name_of_the_file_go_too() -> None:
    made = redacted_copy(word(p("正文")), f"{MOBILE}申请.docx")
    assert made.name == f"{'█' * 11}申请.docx"


def test_copies_of_copies_are_the_same() -> None:
    data = word(p(f"身份证 {IDENTITY}") + p("看", run(_SECRET, "<w:vanish/>")))
    once = redacted_copy(data, "a.docx")
    twice = redacted_copy(once.data, "a.docx")
    assert twice.data == once.data
    assert twice.done == ()


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice or poppler is not installed here",
)
def test_libreoffice_opens_the_copy_and_finds_nothing(tmp_path: Path) -> None:
    data = word(p(f"身份证 {IDENTITY}", run(_SECRET, "<w:vanish/>")))
    (tmp_path / "a.docx").write_bytes(redacted_copy(data, "a.docx").data)
    said = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
         "--convert-to", "pdf", "a.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "a.pdf").exists(), said
    text = subprocess.run(
        ["pdftotext", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
    ).stdout.decode()
    assert "身份证" in text
    assert _SECRET not in text
    assert IDENTITY not in text


def test_a_strict_file_comes_out_in_usual_names() -> None:
    data = word(p("正文", run(_SECRET, "<w:vanish/>")))
    made, lines = copied(strict(data), _NOTHING)
    assert lines == ["正文"]
    assert b"purl.oclc.org" not in unpacked(made.data)
