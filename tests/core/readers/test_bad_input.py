"""What cannot be read is refused in one sentence, within bounds of time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile import (
    OLE,
    REPORT,
    compound,
    docx,
    inline,
    overlapping_zip,
    packed,
    paragraphs,
    pdf,
    pdf_of,
    watched,
    xlsx,
)

from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers import Limits, Reading, read, read_bytes
from gongkai.core.rules import find, say

MB = 1024 * 1024
TEXT = "\n".join(REPORT)
DEEP = 100_000


def refusal(data: bytes, name: str = "a", **limits: Any) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data, name, Limits(**limits))
    return caught.value


def understood(data: bytes) -> Reading | str:
    """The reading, or the rule of the refusal; anything else fails the test by itself."""
    try:
        return read_bytes(data, "a")
    except UnreadableDocument as refused:
        return refused.rule


# ── each with its sentence ────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "rule", "message"),
    [
        (b"", "input.empty", "文件是空的。"),
        (b"\0\0 \r\n\0", "input.empty", "文件是空的。"),
        (docx(paragraphs(*REPORT))[:-80], "input.damaged", "这个 docx 文件不完整或已损坏。"),
        (xlsx()[:-200], "input.damaged", "这个 xlsx 文件不完整或已损坏。"),
        (pdf(REPORT)[:60], "input.damaged", "这个 pdf 文件不完整或已损坏。"),
        (compound("EncryptedPackage"), "input.encrypted", "文件有打开密码。"),
        (pdf(REPORT, user="secret"), "input.encrypted", "文件有打开密码。"),
        (
            pdf((), content=b"q 0 0 m 9 9 l S Q"),
            "input.no_text_layer",
            "这个 pdf 只有图像，没有文字层。",
        ),
        (
            pdf(*[("甲",)] * 10_000),
            "input.too_many_pages",
            "文件有 10000 页，超过上限 500 页。",
        ),
        (b'{"cells": ', "input.damaged", "这个 json 文件不完整或已损坏。"),
        (b"Rar!\x1a\x07\x00", "input.unsupported_kind", "这是 rar 文件，不能读。"),
        (compound("Workbook"), "input.unsupported_kind", "这是 xls 文件，不能读。"),
        (b"\x01\x00\x02" * 99, "input.unknown_kind", "认不出这是什么文件。"),
        (
            docx(paragraphs(*["甲方和乙方商定如下。"] * 30)),
            "input.not_a_report",
            "内容不是政府信息公开工作年度报告。",
        ),
    ],
)
def test_refused_with_its_sentence(data: bytes, rule: str, message: str) -> None:
    refused = refusal(data)
    assert refused.rule == rule
    said = say(find(rule, **refused.values))
    assert said.startswith(message)
    assert len(said) > len(message)  # and what to do about it


@pytest.mark.parametrize(
    "data",
    [
        ("话说天下大势，分久必合，合久必分。\n" * 400).encode(),
        (
            "<html><body><h1>关于停水的通知</h1>" + "<p>各位居民：</p>" * 40 + "</body></html>"
        ).encode(),
        ("<table>" + "<tr><td>序号</td><td>1</td><td>2</td></tr>" * 30 + "</table>").encode(),
        xlsx("".join(inline(row, "姓名", "12", "34") for row in range(1, 40))),
        pdf(("采购合同", "第一条 甲方向乙方购买办公桌二十张。")),
        b'{"name": "x", "cells": {}}',
    ],
)
def test_another_document_is_no_report(data: bytes) -> None:
    assert refusal(data).rule == "input.not_a_report"


def test_a_picture_named_as_a_document() -> None:
    refused = refusal(b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "年报.docx")
    assert (refused.rule, refused.values) == ("input.unsupported_kind", {"kind": "png"})


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for place in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(UnreadableDocument) as caught:
            read(place)
        assert caught.value.rule == "input.missing"


# ── what does no harm is read ─────────────────────────────────────


def test_an_owner_password_keeps_nobody_from_reading() -> None:
    locked = read_bytes(pdf(REPORT, user=""), "a.pdf").report
    open_ = read_bytes(pdf(REPORT), "a.pdf").report
    assert locked == open_
    assert open_.year == 2023


def test_macros_are_ignored() -> None:
    body = paragraphs(*REPORT)
    with_macros = docx(body, extra={"word/vbaProject.bin": OLE + b"Auto_Open" * 99})
    assert read_bytes(with_macros, "a.docm").report == read_bytes(docx(body), "a.docx").report


@pytest.mark.parametrize("character", ["&#xD800;", "&#0;", "\x01"])
def test_characters_no_xml_may_hold(character: str) -> None:
    assert refusal(docx(paragraphs(*REPORT, character))).rule == "input.damaged"


def test_lone_surrogates_and_nuls_in_text_and_pages() -> None:
    odd = TEXT.replace("公开还", "公开\ud800\udfff还").encode("utf-8", "surrogatepass")
    for data in (odd, b"<p>" + odd.replace("，".encode(), b"\0") + b"</p>"):
        reading = understood(data)
        if isinstance(reading, Reading):
            json.dumps(reading.report.title, ensure_ascii=False).encode()


# ── entities ──────────────────────────────────────────────────────


SECRET = "外部实体的内容"
LAUGHS = (
    "<!DOCTYPE a [<!ENTITY l0 '哈哈'>"
    + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 30))
    + "]>"
)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "xml"])
def test_external_entities_are_not_read(kind: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    head = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    reading = understood(_with_entity(kind, head, "&x;"))
    assert SECRET not in str(reading)
    if kind in ("docx", "xlsx"):
        assert reading == "input.damaged"


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "xml"])
def test_entities_within_entities_stay_small(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"a.{kind}"
    file.write_bytes(_with_entity(kind, LAUGHS, "&l29;"))
    assert watched(file)["grown"] < 100


def _with_entity(kind: str, head: str, entity: str) -> bytes:
    lines = (*REPORT, entity)
    if kind == "docx":
        return docx(paragraphs(*lines), head)
    if kind == "xlsx":
        rows = "".join(inline(row, line) for row, line in enumerate(lines, 1))
        return xlsx(rows, head)
    opening = '<?xml version="1.0"?>' if kind == "xml" else ""
    return (
        opening + head + "<html><body><p>" + "</p><p>".join(lines) + "</p></body></html>"
    ).encode()


# ── size ──────────────────────────────────────────────────────────


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    with file.open("wb") as sparse:
        sparse.truncate(500 * MB)
    told = watched(file)
    assert told["rule"] == "input.too_large"
    assert told["grown"] < 50
    with pytest.raises(UnreadableDocument) as caught:
        read(file)
    assert say(find("input.too_large", **caught.value.values)).startswith(
        "文件 500 MB，超过上限 64 MB。"
    )


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml"])
def test_a_bomb_takes_bounded_memory(name: str, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(packed({"word/document.xml": b"", name: b" " * (300 * MB)}))
    told = watched(file)
    assert told["rule"] in ("input.unpacks_too_large", "input.damaged")
    assert told["grown"] < 700


def test_entries_that_overlap(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(overlapping_zip(5000, 10 * MB))
    assert watched(file)["grown"] < 200
    file.write_bytes(overlapping_zip(60_000, 1000))
    assert watched(file)["grown"] < 200


def test_an_archive_in_an_archive_is_not_unpacked() -> None:
    inner = docx(paragraphs(*REPORT))
    assert refusal(packed({"a.docx": inner, "b.zip": inner})).values == {"kind": "zip"}


def test_more_cells_than_the_limit() -> None:
    rows = range(1, 2001)
    many = [
        xlsx("".join(inline(row, "甲", "1", "2") for row in rows)),
        ("<table>" + "<tr><td>甲<td>1<td>2" * 2000 + "</table>").encode(),
        ("甲\t1\t2\n" * 6000).encode(),
        docx("<w:tbl>" + f"<w:tr>{'<w:tc><w:p/></w:tc>' * 3}</w:tr>" * 2000 + "</w:tbl>"),
        docx(paragraphs(*["甲"] * 6000)),
    ]
    for data in many:
        refused = refusal(data, cells=5000)
        assert (refused.rule, refused.values) == ("input.too_many_cells", {"limit": 5000})


# ── time ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "data",
    [
        docx(paragraphs(*REPORT)),
        xlsx("".join(inline(row, line) for row, line in enumerate(REPORT, 1))),
        pdf(REPORT),
        TEXT.encode(),
        f"<p>{TEXT}</p>".encode(),
    ],
    ids=["docx", "xlsx", "pdf", "txt", "html"],
)
def test_no_time_at_all(data: bytes) -> None:
    refused = refusal(data, seconds=0)
    assert (refused.rule, refused.values) == ("input.too_slow", {"seconds": "0"})


@pytest.mark.parametrize(
    "text",
    [
        "[bookmark:" * 30_000,
        "电话" * 100_000,
        TEXT + "\n" + "电话" * 100_000,
        "# x" + "#" * 100_000 + " x",
        ("1 " * 180 + "x\n") * 20_000,
        TEXT + "\n" + "".join(f"一、总体{n}的情况呢\n" for n in range(20_000)),
        "|" + "-" * 100_000 + "x|",
    ],
    ids=["bookmark", "phones", "phones-in-report", "heading", "spaced", "headings", "rule"],
)
def test_repeated_words_do_not_hold_a_reader_up(text: str, tmp_path: Path) -> None:
    """Patterns tried anew at every character took minutes; the process is ended at 30 seconds."""
    file = tmp_path / "a.txt"
    file.write_text(text)
    assert watched(file, within=30, seconds=2)["rule"] in (
        "", "input.not_a_report", "input.too_slow",
    )  # fmt: skip


# ── depth and spans ───────────────────────────────────────────────


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * DEEP + TEXT.encode(),
        b"<span>" * DEEP + TEXT.encode(),
        b"<table><tr><td>" * DEEP + TEXT.encode(),
        ("<table><tr><td>甲</td><td>1</td></tr><tr><td>" * 3000 + TEXT).encode(),
        b'{"a":' * DEEP,
        b'{"a":' + b"[" * DEEP + b"]" * DEEP + b"}",
        docx("<w:tbl><w:tr><w:tc>" * DEEP + "</w:tc></w:tr></w:tbl>" * DEEP),
        docx("<w:tbl><w:tr><w:tc>" * 80 + paragraphs(*REPORT) + "</w:tc></w:tr></w:tbl>" * 80),
        docx("<w:sdt><w:sdtContent>" * 120 + paragraphs(*REPORT) + "</w:sdtContent></w:sdt>" * 120),
        docx("<w:p><w:r>" * 120 + "</w:r></w:p>" * 120),
        xlsx("<row>" * DEEP),
        xlsx(strings="<si>" + "<r>" * 250 + "<t>1</t>" + "</r>" * 250 + "</si>"),
        b"%PDF-1.4\n1 0 obj" + b"[" * DEEP + b"]" * DEEP + b"endobj trailer<</Root 1 0 R>>",
        b"%PDF-1.4\n1 0 obj" + b"<</A" * DEEP + b">>" * DEEP + b"endobj trailer<</Root 1 0 R>>",
    ],
    ids=[
        "div", "span", "table", "tables", "json-objects", "json-lists", "docx-tables",
        "docx-tables-80", "docx-controls", "docx-runs", "xlsx-rows", "xlsx-strings", "pdf-lists",
        "pdf-dictionaries",
    ],
)  # fmt: skip
def test_depth(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(data)
    assert watched(file)["rule"] in (
        "",
        "input.damaged",
        "input.not_a_report",
        "input.no_text_layer",
    )


def test_forms_within_forms_of_a_pdf(tmp_path: Path) -> None:
    """A form that draws itself, and a chain of thousands."""
    for chain in (1, 5000):
        file = tmp_path / f"{chain}.pdf"
        file.write_bytes(_forms(chain, b"/X Do"))
        assert watched(file)["rule"] in ("", "input.not_a_report", "input.no_text_layer")


def test_a_library_that_hangs_is_ended_by_the_command(tmp_path: Path) -> None:
    """Forms that each draw the next twice: PDFium itself would be at it for years."""
    (tmp_path / "a.pdf").write_bytes(_forms(60, b"/X Do /X Do"))
    (tmp_path / "b.txt").write_text(TEXT)
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "read", "--json", "--timeout", "1", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "a.pdf" in done.stderr
    assert "1 秒" in done.stderr
    assert json.loads(done.stdout)["title"] == REPORT[0]


def _forms(chain: int, content: bytes) -> bytes:
    """A page that draws form 1, which draws form 2, …; the last draws the first again."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/X Do\nendstream",
    ]
    for at in range(chain):
        below = 5 + (at + 1) % chain
        objects.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>"
            b"/Length %d>>stream\n%s\nendstream" % (below, len(content), content)
        )
    return pdf_of(objects)


@pytest.mark.parametrize(
    "data",
    [
        ("<table>" + "<tr><td rowspan=1000000000 colspan=1000000000>甲<td>1<td>2" * 20 + "</table>"
         + "<p>".join(REPORT)).encode(),
        docx(
            "<w:tbl>" + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc>'
            "<w:tc><w:p/></w:tc></w:tr>" * 20 + "</w:tbl>" + paragraphs(*REPORT)
        ),
        docx(
            '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="999999999"/></w:trPr><w:tc><w:tcPr>'
            f'<w:gridSpan w:val="{"9" * 6000}"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
            + paragraphs(*REPORT)
        ),
        xlsx(
            "".join(inline(row, line) for row, line in enumerate(REPORT, 1)),
            tail='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        xlsx(
            inline(1, REPORT[0]) + inline(1_048_576, "末行"),
            tail="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 99 + "</mergeCells>",
        ),
    ],
    ids=["html", "docx", "docx-huge-number", "xlsx", "xlsx-far"],
)  # fmt: skip
def test_absurd_spans(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(data)
    told = watched(file)
    assert told["rule"] in ("", "input.not_a_report", "input.too_many_cells", "input.damaged")
    assert told["grown"] < 300


# ── found by mutation ─────────────────────────────────────────────


@pytest.mark.parametrize("figures", ["2.", "1,234", "3.5", "9" * 5000, "1-2—3", "123" * 40])
@pytest.mark.parametrize("join", ["", " "])
def test_figures_run_together(figures: str, join: str) -> None:
    """A point among glued figures raised ValueError; long runs were tried for ever."""
    rows = [
        "三、收到和处理政府信息公开申请情况",
        "一、本年新收政府信息公开申请数量" + join.join([figures] * 7),
        "二、上年结转政府信息公开申请数量" + join.join(["1"] * 7),
        "四、政府信息公开行政复议、行政诉讼情况",
        "行政复议行政诉讼" + "结果维持结果纠正其他结果尚未审结总计" * 3 + join.join([figures] * 15),
    ]
    told = understood("\n".join([*REPORT, *rows]).encode())
    assert isinstance(told, Reading)
    assert all(len(c.text) < 100 for c in told.report.cells.values())
