"""The kind of a file is told from its bytes, whatever it is named."""

from __future__ import annotations

import pytest
from hostile import REPORT, compound, docx, packed, paragraphs, pdf, xlsx

from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers import read_bytes
from gongkai.core.readers.kind import kind_of

TEXT = "\n".join(REPORT)
PAGE = "<html><body>" + "".join(f"<p>{line}</p>" for line in REPORT) + "</body></html>"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(paragraphs(*REPORT)), "docx"),
        (docx(paragraphs(*REPORT), extra={"word/vbaProject.bin": b"macro"}), "docx"),
        (xlsx(), "xlsx"),
        (pdf(REPORT), "pdf"),
        (b"\r\n\r\n" + pdf(REPORT), "pdf"),
        (compound("Root Entry", "WordDocument"), "doc"),
        (compound("Root Entry"), "doc"),
        (b"{\\rtf1\\ansi x}", "rtf"),
        (PAGE.encode(), "html"),
        (PAGE.encode("gb18030"), "html"),
        (PAGE.encode("utf-16"), "html"),
        (b"\xef\xbb\xbf<table><tr><td>1</td></tr></table>", "html"),
        ("报告<br>".encode() * 6, "html"),
        (b'<?xml version="1.0"?><html/>', "html"),
        (b' {"edition": "2021"}', "json"),
        (TEXT.encode(), "txt"),
        (TEXT.encode("gb18030"), "txt"),
        (TEXT.encode("utf-16"), "txt"),
        ("a < b 且 c > d".encode(), "txt"),
        (TEXT.encode("utf-16-le"), "txt"),
        (TEXT.encode("utf-16-be"), "txt"),
        (PAGE.encode("utf-16-le"), "html"),
        ("# 年报\n\n<table><tr><td>1</td></tr></table>".encode(), "txt"),
        ("<div>\n| 甲 | 乙 |\n|---|---|\n| <span>1</span> | 2 |\n</div>".encode(), "txt"),
        ("年报\n\n一、总体情况\n\n<table><tr><td>1</td></tr></table>".encode(), "txt"),
        ("<html><style>\n# x\n</style><p>年报</p></html>".encode(), "html"),
    ],
)
def test_told_by_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "rule", "values"),
    [
        (b"", "input.empty", {}),
        (b"\0" * 5000, "input.empty", {}),
        (b" \t\r\n \n", "input.empty", {}),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "input.unsupported_kind", {"kind": "png"}),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "input.unsupported_kind", {"kind": "jpg"}),
        (b"Rar!\x1a\x07\x01\x00", "input.unsupported_kind", {"kind": "rar"}),
        (b"7z\xbc\xaf\x27\x1c", "input.unsupported_kind", {"kind": "7z"}),
        (b"\x1f\x8b\x08\x00abc", "input.unsupported_kind", {"kind": "gz"}),
        (b"MZ\x90\x00\x03", "input.unsupported_kind", {"kind": "exe"}),
        (packed({"a.txt": "x"}), "input.unsupported_kind", {"kind": "zip"}),
        (packed({"OFD.xml": "x"}), "input.unsupported_kind", {"kind": "ofd"}),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}),
            "input.unsupported_kind",
            {"kind": "odt/ods"},
        ),
        (compound("Root Entry", "Workbook"), "input.unsupported_kind", {"kind": "xls"}),
        (compound("EncryptionInfo", "EncryptedPackage"), "input.encrypted", {}),
        (bytes(range(256)) * 20, "input.unknown_kind", {}),
        (docx(paragraphs(*REPORT))[:200], "input.damaged", {"kind": "docx"}),
        (xlsx()[:300], "input.damaged", {"kind": "xlsx"}),
        (b"PK\x03\x04", "input.damaged", {"kind": "zip"}),
    ],
)
def test_refused_by_bytes(data: bytes, rule: str, values: dict[str, str]) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        kind_of(data)
    assert (caught.value.rule, caught.value.values) == (rule, values)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (pdf(REPORT), "年报.docx", "pdf"),
        (docx(paragraphs(*REPORT)), "年报.pdf", "docx"),
        (PAGE.encode(), "年报.txt", "html"),
        (TEXT.encode(), "年报.html", "txt"),
    ],
)
def test_a_wrong_name_is_said_and_the_file_read(data: bytes, name: str, kind: str) -> None:
    reading = read_bytes(data, name)
    assert reading.format == kind
    first = reading.findings[0]
    assert first.rule == "input.extension_differs"
    assert first.values == {"extension": name.rpartition(".")[2], "kind": kind}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PAGE.encode(), "年报.doc"),
        (PAGE.encode(), "index.SHTML"),
        (TEXT.encode(), "年报.md"),
        (TEXT.encode(), "年报"),
        (docx(paragraphs(*REPORT)), "年报.docm"),
    ],
)
def test_a_usual_name_is_not_remarked_on(data: bytes, name: str) -> None:
    rules = [f.rule for f in read_bytes(data, name).findings]
    assert "input.extension_differs" not in rules
