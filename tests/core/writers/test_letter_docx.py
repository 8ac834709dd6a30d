"""A letter as a Word document, read by python-docx and opened by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Mm, Pt
from lxml import etree

from gongkai.core.letters import LetterDocument, Paragraph, Signature, letter_kinds
from gongkai.core.writers.letter_docx import render
from gongkai.core.writers.letter_layout import signature_lines
from tests.core.letters.told import FACTS, written


def opened(letter: LetterDocument) -> WordDocument:
    return Document(io.BytesIO(render(letter)))


def said(document: WordDocument) -> str:
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", letter_kinds())
def test_everything_a_letter_says_is_in_the_file(kind: str) -> None:
    letter = written(kind)
    words = said(opened(letter)).replace("\n", "")
    for line in letter.text.splitlines():
        for part in line.split("　"):
            assert part in words


def test_the_page_of_the_standard() -> None:
    document = opened(written("correction_notice"))
    page = document.sections[0]
    assert [round(page.page_width / Mm(1)), round(page.page_height / Mm(1))] == [210, 297]
    assert [
        round(side / Mm(1))
        for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    ] == [37, 35, 28, 26]
    styles = {style.name: style for style in document.styles if style.type == 1}
    fonts = {name: s.element.rPr.rFonts.attrib.values()[0] for name, s in styles.items()}
    assert (fonts["Title"], styles["Title"].font.size) == ("方正小标宋简体", Pt(22))
    assert (fonts["Body Text"], styles["Body Text"].font.size) == ("仿宋_GB2312", Pt(16))
    assert styles["Body Text"].paragraph_format.line_spacing == Pt(28)
    assert styles["Body Text"].paragraph_format.first_line_indent == Pt(32)
    assert "PAGE" in page.footer._element.xml


def test_title_number_and_salutation_stand_where_they_belong() -> None:
    paragraphs = opened(written("correction_notice")).paragraphs
    head = [(p.text, p.style.name) for p in paragraphs[:3]]
    assert head == [
        ("政府信息公开申请补正告知书", "Title"),
        ("青自然资公开〔2026〕12号", "Letter Number"),
        ("何文清：", "Salutation"),
    ]
    assert paragraphs[3].style.name == "Body Text"


def test_the_day_is_four_characters_from_the_edge_and_the_name_centred_on_it() -> None:
    name, seal, day = signature_lines(Signature("青听市自然资源局", "2026年3月18日", True))
    assert day.right == 4
    assert seal.text == "（印章）"
    # Eight characters over six and a half: the middles meet.
    assert name.right + 8 / 2 == seal.right + 4 / 2 == day.right + 6.5 / 2
    long = signature_lines(Signature("某" * 24, "2026年3月18日", True))
    assert long[0].right == 0
    assert long[2].right == (24 - 6.5) / 2
    assert [line.text for line in signature_lines(Signature("何文清", "2026年3月5日", False))] == [
        "何文清",
        "2026年3月5日",
    ]


@pytest.mark.parametrize("kind", ["correction_notice", "reply_disclosed", "litigation_answer"])
def test_a_signature_stays_with_what_stands_before_it(kind: str) -> None:
    paragraphs = opened(written(kind)).paragraphs
    day = next(i for i, p in enumerate(paragraphs) if p.text == "2026年3月18日")
    attached = len(FACTS["attachments"])
    kept = [paragraphs[i].paragraph_format.keep_with_next for i in range(day - 3 - attached, day)]
    assert kept == [True] * len(kept)


def test_forms_are_tables() -> None:
    (form,) = opened(written("registration_form")).tables
    assert form.rows[0].cells[0].text == "收到方式"
    content = next(row for row in form.rows if row.cells[0].text == "申请内容")
    assert len(content._tr.tc_lst) == 2
    papers = opened(written("service_receipt")).tables[1]
    assert [cell.text for cell in papers.rows[0].cells] == ["文书名称", "文号", "份数"]
    assert papers.rows[0]._tr.trPr.find("{*}tblHeader") is not None


def test_the_slip_begins_a_page() -> None:
    paragraphs = opened(written("third_party_consultation")).paragraphs
    slip = next(p for p in paragraphs if p.text == "征求第三方意见回执")
    assert slip.paragraph_format.page_break_before


def test_no_text_breaks_the_xml() -> None:
    nasty = "<w:p/>&amp;\x00\x0b\ud800]]>\"'"
    data = render(written("reply_not_held", request_content=nasty, requester_name=nasty))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    assert "<w:p/>&amp;]]>\"'：" in said(Document(io.BytesIO(data)))


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert render(written("reply_not_held")) == render(written("reply_not_held"))


def test_libreoffice_opens_every_letter(tmp_path: Path) -> None:
    office, text_of = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not text_of:
        pytest.skip("soffice or pdftotext is not installed")
    kinds = list(letter_kinds())
    for kind in kinds:
        (tmp_path / f"{kind}.docx").write_bytes(render(written(kind)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [f"{kind}.docx" for kind in kinds]
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", *files],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=300,
    )
    for kind in kinds:
        letter = written(kind)
        text = subprocess.run(
            [text_of, "-layout", f"{kind}.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
        ).stdout.decode()
        bare = re.sub(r"\s", "", text)
        assert letter.title in bare
        assert "—1—" in bare
        for block in letter.blocks:
            if isinstance(block, Paragraph) and len(block.text) < 25:
                assert re.sub(r"\s", "", block.text) in bare
        if letter.signature:
            # The page of the signature holds more than the signature.
            pages = [re.sub(r"\s", "", page) for page in text.split("\f")]
            signed = next(
                p for p in pages if letter.signature.name in p and letter.signature.day in p
            )
            alone = letter.signature.name + "（印章）" + letter.signature.day
            assert not signed.startswith(alone)
