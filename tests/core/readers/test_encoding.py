"""Bytes to text: by strict decoding and by how Chinese the result looks."""

from __future__ import annotations

import codecs

import pytest

from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers.encoding import decode, plausibility

REPORT = (
    "青禾区听泉街道办事处2023年政府信息公开工作年度报告\n"
    "一、总体情况\n2023年，听泉街道办事处主动公开政府信息38条，收到政府信息公开申请15件，"
    "上年结转1件，均已依法办理。“公示栏”公开21条——其中镕、旻、喆三村各3条。\n"
)


@pytest.mark.parametrize("declared", [None, "utf-8", "gb2312", "iso-8859-1", "windows-1252", "x"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk"])
def test_the_bytes_decide_not_the_declaration(encoding: str, declared: str | None) -> None:
    text, name = decode(REPORT.encode(encoding), declared)
    assert text == REPORT
    assert name == ("utf-8" if encoding == "utf-8" else "gb18030")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_a_byte_order_mark_is_obeyed_and_not_kept(mark: bytes, encoding: str) -> None:
    assert decode(mark + REPORT.encode(encoding), "gb2312") == (REPORT, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(encoding: str) -> None:
    page = f"<html><body><p>{REPORT}</p></body></html>"
    assert decode(page.encode(encoding)) == (page, encoding)


def test_a_few_characters_are_enough() -> None:
    assert decode("无".encode())[0] == "无"
    assert decode("行政许可".encode("gbk"))[0] == "行政许可"
    # Valid UTF-8 by chance, and the best known case of it.
    assert decode("联通".encode("gbk"))[0] == "联通"


def test_traditional_characters_as_declared() -> None:
    text = "主動公開政府資訊情況，本年度收到申請二十件，均已辦理完畢。"
    assert decode(text.encode("big5"), "big5") == (text, "big5hkscs")


def test_characters_beyond_gbk() -> None:
    text = REPORT + "䶮𠮷"
    assert decode(text.encode("gb18030"), "gbk") == (text, "gb18030")


def test_a_character_cut_in_two_at_the_end() -> None:
    text, name = decode(REPORT.encode()[:-2])
    assert name == "utf-8"
    assert text.startswith(REPORT[:-2])


def test_plain_ascii() -> None:
    assert decode(b"a\t1\n") == ("a\t1\n", "utf-8")
    assert decode(b"") == ("", "utf-8")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"\x89PNG\r\n\x1a\n" + bytes((i * 97 + i * i) % 256 for i in range(3000)),
        b"\x01\x02\x03\x04" * 50,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        decode(data, "utf-8")
    assert refused.value.rule == "input.not_text"


def test_plausibility_tells_text_from_chance() -> None:
    assert plausibility(REPORT) > 0.9
    assert plausibility(REPORT.encode().decode("gb18030", "ignore")) < 0.6
    assert plausibility("ascii only") == 1.0
