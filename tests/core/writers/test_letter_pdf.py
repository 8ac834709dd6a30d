"""A letter as a PDF, read by pdfplumber."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest

from gongkai.core.errors import UnwritableDocument
from gongkai.core.letters import LetterDocument, letter_kinds
from gongkai.core.writers import letter_pdf
from gongkai.core.writers.letter_pdf import font_notes, render, without_glyphs
from tests.core.letters.told import written


def pages(letter: LetterDocument) -> list[str]:
    with pdfplumber.open(io.BytesIO(render(letter))) as file:
        return [re.sub(r"\s", "", page.extract_text()) for page in file.pages]


@pytest.mark.parametrize("kind", letter_kinds())
def test_every_letter_is_set_whole(kind: str) -> None:
    letter = written(kind)
    printed = pages(letter)
    # Page numbers stand between the pages, words of a cell on several lines.
    text = "".join(re.sub(r"—\d+—$", "", page) for page in printed)
    for words in (letter.title, letter.number, letter.salutation):
        assert re.sub(r"\s", "", words) in text
    with pdfplumber.open(io.BytesIO(render(letter))) as file:
        tables = [t for page in file.pages for t in page.extract_tables()]
    cells = {re.sub(r"\s", "", c or "") for table in tables for row in table for c in row}
    shown = text + "\n".join(cells)
    for line in letter.text.splitlines():
        for part in re.split(r"[　\s]+", line):
            assert part in shown
    assert printed[0].endswith("—1—")


@pytest.mark.parametrize("lines", range(0, 26, 1))
def test_a_signature_is_never_alone_on_a_page(lines: int) -> None:
    letter = written("reply_not_held", search_account="检索经过。" + "第三方意见" * 5 * lines)
    printed = pages(letter)
    signed = next(page for page in printed if "（印章）" in page)
    assert signed.index("青听市自然资源局（印章）2026年3月18日") > 0
    assert "联系电话" in signed


def test_the_page_of_the_standard() -> None:
    with pdfplumber.open(io.BytesIO(render(written("correction_notice")))) as file:
        page = file.pages[0]
        assert (round(page.width), round(page.height)) == (595, 842)
        body = [c for c in page.chars if c["size"] == 16]
        millimetre = 72 / 25.4
        assert min(c["x0"] for c in body) == pytest.approx(28 * millimetre, abs=1)
        assert max(c["x1"] for c in body) <= 184 * millimetre + 1
        assert {round(c["size"]) for c in page.chars} == {14, 16, 22}
        tops = sorted({round(c["top"]) for c in body if c["text"] not in "〔〕，。：；、“”（）"})
        gaps = {b - a for a, b in pairwise(tops[3:])}
        assert gaps <= {27, 28, 29, 56}


def test_title_language_and_tags() -> None:
    with pdfplumber.open(io.BytesIO(render(written("reply_partly_disclosed")))) as file:
        assert file.metadata["Title"] == "政府信息公开申请答复书"
        assert file.metadata["Author"] == "青听市自然资源局"
        assert "StructTreeRoot" in file.doc.catalog


def test_the_slip_is_a_page_of_its_own() -> None:
    printed = pages(written("third_party_consultation"))
    assert printed[-1].startswith("征求第三方意见回执")
    assert "□不同意公开" in printed[-1]


def test_nothing_in_a_fact_is_a_command() -> None:
    nasty = '#panic("x") \\ "#(1+1) ] } ` // /* <label> @ref $x$ *粗*'
    text = "".join(pages(written("reply_not_held", request_content=nasty)))
    assert re.sub(r"\s", "", nasty) in text


def test_a_character_no_font_has_does_not_stop_it() -> None:
    assert render(written("reply_not_held", request_content="\U0001f600\ue000"))[:5] == b"%PDF-"


def test_typefaces_that_stand_in_are_told(tmp_path: Path) -> None:
    assert [note[:5] for note in font_notes()] == ["没有仿宋字", "没有小标宋"]
    assert font_notes(tmp_path) == font_notes()


def test_the_typefaces_of_the_standard_are_taken_where_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The machine of the test has no Fangsong either: one it has plays its part.
    monkeypatch.setattr(letter_pdf, "_BODY", ("Noto Sans SC",))
    assert [note[:5] for note in font_notes()] == ["没有小标宋"]
    with pdfplumber.open(io.BytesIO(render(written("receipt")))) as file:
        assert {"NotoSansSC" in c["fontname"].replace("-", "") for c in file.pages[0].chars} == {
            True
        }


def test_what_typst_cannot_set_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_pdf, "_template", lambda: b"#panic()")
    with pytest.raises(UnwritableDocument, match="panic"):
        render(written("receipt"))


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert render(written("fee_notice")) == render(written("fee_notice"))


@pytest.mark.parametrize(
    ("words", "boxes"),
    [
        ("听泉街道〔2026〕1号，Straße ёлка “㛃龑”①", ""),
        ("𠮷野家的合同", "𠮷"),
        ("བོད་ཡིག", "བོད་ཡིག"),
        ('إلى 😀#$\\"`', "إلى😀"),
    ],
)
def test_what_no_typeface_has_is_told_before_it_is_printed_as_a_box(words: str, boxes: str) -> None:
    assert set(without_glyphs(words)) == set(boxes)
