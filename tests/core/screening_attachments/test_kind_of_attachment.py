"""What may be attached is told from the bytes; the rest is refused with its reason in Chinese."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from pdf_made import pages
from picture_made import plain
from secrets_made import rules
from word_made import p, word
from workbook_made import book, changed, relation, saved

from gongkai.core.finding import Finding
from gongkai.core.readers.document import Limits
from gongkai.core.rules import say
from gongkai.core.screening.hidden_data import Kind, attachment_kind, look_into

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RIGHT = {
    "公示.pdf": pages("现予公示。"),
    "公示.docx": word(p("现予公示。")),
    "台账.xlsx": saved(book()),
    "图.png": plain("PNG"),
    "图.jpg": plain("JPEG"),
    "图.gif": plain("GIF"),
    "图.webp": plain("WEBP"),
}


@pytest.mark.parametrize("name", _RIGHT)
def test_let_in(name: str) -> None:
    kind = attachment_kind(_RIGHT[name], name)
    assert isinstance(kind, Kind)
    assert kind.fits(name)
    assert look_into(_RIGHT[name], name) == ()


def test_the_name_counts_for_nothing() -> None:
    data = _RIGHT["图.png"]
    assert attachment_kind(data, "公示.pdf") is Kind.PNG
    assert Kind.PNG.media_type == "image/png"
    assert rules(look_into(data, "公示.pdf")) == {"attachment.extension_differs"}


def _ole(stream: str) -> bytes:
    return (_OLE + b"\0" * 504 + stream.encode("utf-16-le").ljust(128, b"\0")).ljust(4096, b"\0")


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def _locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages("现予公示。"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user="y"))
    return out.getvalue()


def _with_macros() -> bytes:
    return changed(
        saved(book()),
        {"xl/vbaProject.bin": b"macro"},
        relations={"xl/_rels/workbook.xml.rels": relation("m", "vbaProject", "vbaProject.bin")},
    )


@pytest.mark.parametrize(
    ("data", "rule", "says"),
    [
        (b"", "attachment.empty", "空"),
        (b"\0" * 50, "attachment.empty", "空"),
        (_ole("WordDocument"), "attachment.old_office", "doc"),
        (_ole("Workbook"), "attachment.old_office", "xls"),
        (_ole("PowerPoint Document"), "attachment.old_office", "ppt"),
        (_ole("EncryptedPackage"), "attachment.encrypted", "密码"),
        (_ole("MsiTables"), "attachment.kind_not_allowed", "旧版"),
        (_zip(a__txt=b"x"), "attachment.kind_not_allowed", "zip"),
        (_zip(OFD__xml=b"x"), "attachment.kind_not_allowed", "ofd"),
        (_zip(mimetype=b"x"), "attachment.kind_not_allowed", "odt"),
        (b"<!DOCTYPE html><html><body>", "attachment.kind_not_allowed", "网页"),
        (b'<svg xmlns="http://www.w3.org/2000/svg">', "attachment.kind_not_allowed", "svg"),
        (b"MZ\x90\0rest", "attachment.kind_not_allowed", "exe"),
        (b"#!/bin/sh\n", "attachment.kind_not_allowed", "脚本"),
        ("只是文字".encode(), "attachment.unknown_kind", "认不出"),
        (_locked(), "attachment.encrypted", "密码"),
        (b"<html><script>1</script>" + pages("x"), "attachment.mixed", "pdf"),
        (b"%PDF-1.7\nnothing", "attachment.damaged", "pdf"),
        (_RIGHT["图.png"][:60], "attachment.damaged", "png"),
        (_RIGHT["公示.docx"][:200], "attachment.damaged", "zip"),
        (_with_macros(), "attachment.macros", "宏"),
    ],
)
def test_refused_with_its_reason(data: bytes, rule: str, says: str) -> None:
    refused = attachment_kind(data, "附件")
    assert isinstance(refused, Finding)
    assert refused.rule == rule
    assert says in say(refused)
    assert say(refused, "en")
    found = look_into(data, "附件")
    assert rules(found) == {"attachment.not_examined"}
    assert found[0].answers == ("return_to_author",)


def test_refused_for_its_size() -> None:
    few = Limits(file_bytes=100)
    refused = attachment_kind(_RIGHT["公示.docx"], "a.docx", few)
    assert isinstance(refused, Finding)
    assert refused.rule == "attachment.too_large"
    bomb = word(p("x"), parts={"word/media/a.bin": b"\0" * 30_000_000})
    assert len(bomb) < 100_000
    refused = attachment_kind(bomb, "a.docx", Limits(unpacked_bytes=10_000_000))
    assert isinstance(refused, Finding)
    assert refused.rule == "attachment.unpacks_too_large"
    refused = attachment_kind(pages("一", "二", "三"), "a.pdf", Limits(pages=2))
    assert isinstance(refused, Finding)
    assert (refused.rule, refused.values["pages"]) == ("attachment.too_many_pages", 3)


def test_a_picture_that_claims_a_million_million_points() -> None:
    head = struct.pack(">IIBBBBB", 1_000_000, 1_000_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    data = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )
    end = b"IEND"
    data += struct.pack(">I", 0) + end + struct.pack(">I", zlib.crc32(end))
    refused = attachment_kind(data, "a.png")
    assert isinstance(refused, Finding)
    assert refused.rule == "attachment.too_many_pixels"


def test_a_broken_part_is_told_and_not_passed_over() -> None:
    data = changed(saved(book()), {"xl/worksheets/sheet1.xml": "<worksheet><broken"})
    found = look_into(data, "a.xlsx")
    assert rules(found) == {"attachment.not_examined"}


def test_names_of_persons_numbers_in_the_name_of_the_file() -> None:
    found = look_into(_RIGHT["图.png"], "13800001234.png")
    assert rules(found) == {"attachment.mobile_number"}
    assert found[0].place == "文件名"
