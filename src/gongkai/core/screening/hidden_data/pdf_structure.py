"""What a PDF holds besides its pages: remarks, layers, forms, other files, scripts, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from ...readers.document import Budget
from .hidden import Hidden, Piece, gathered
from .office_parts import LOCAL_PATH
from .pdf_objects import (
    BROKEN,
    child,
    dictionaries,
    entries,
    members,
    name_of,
    open_pdf,
    superseded,
    text_at,
)
from .picture import look_into_pictures

# Stuck on the page by a reader of a draft; links, fields and seals are not.
REMARKS = frozenset((
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
    "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Ink", "/Redact", "/Stamp", "/Projection",
))  # fmt: skip
_PACKED = frozenset(("/FileAttachment", "/Sound", "/Movie", "/RichMedia", "/Screen", "/3D"))
_ACTS = {
    "/JavaScript": "脚本", "/Launch": "启动程序", "/SubmitForm": "提交表单",
    "/ImportData": "读入数据", "/Rendition": "播放", "/GoToR": "打开别的文件",
}  # fmt: skip
_PEOPLE = {"/Author": "作者", "/Company": "单位", "/Manager": "主管", "/SourceAuthor": "作者"}
_DESCRIPTIONS = {"/Title": "标题", "/Subject": "主题", "/Keywords": "关键词", "/Comments": "备注"}
_PROGRAMS = frozenset((
    "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped", "/PTEX.Fullbanner",
    "/SourceModified", "/AAPL:Keywords", "/GTS_PDFXVersion", "/GTS_PDFXConformance",
))  # fmt: skip
_XMP_PEOPLE = re.compile(
    rb"<(dc:creator|pdf:Author|xmp:Author|pdfx:Company|pdfx:Manager)\b[^>]*>(.*?)</\1>"
    rb"|\b(dc:creator|pdf:Author)=\"([^\"]+)\"",
    re.DOTALL,
)
_MARKUP = re.compile(rb"<[^>]*>|\s+")
_TREE_DEPTH = 40


def look_into_structure(data: bytes, budget: Budget) -> Iterator[Hidden]:
    """Everything found outside the words of the pages."""
    pdf = open_pdf(data)
    try:
        yield from _findings(pdf, data, budget)
    finally:
        pdf.close()


def stuck_on(page: Any) -> list[Any]:
    """What is stuck on a page."""
    return [a for a in members(child(page, "/Annots")) if isinstance(a, pikepdf.Dictionary)]


def subtype(annotation: Any) -> str:
    return text_at(annotation, "/Subtype")


def _findings(pdf: pikepdf.Pdf, data: bytes, budget: Budget) -> Iterator[Hidden]:
    pages = [page.obj for page in pdf.pages]
    reached = list(dictionaries(pdf.trailer, budget))
    yield from gathered("hidden.comment", _remarks(pages))
    yield from gathered("hidden.form_data", fields_of(pdf))
    yield from gathered("hidden.layer_off", layers_off(pdf))
    yield from gathered("hidden.embedded_file", _files(reached))
    yield from gathered("hidden.active_content", _acts(reached))
    yield from gathered("hidden.author", _people(pdf, reached))
    yield from gathered("hidden.description", _descriptions(pdf))
    yield from gathered("hidden.local_path", _paths(pdf, reached))
    yield from gathered("hidden.earlier_version", _earlier(pdf, data, reached))
    yield from look_into_pictures(_pictures(reached, budget))
    if pdf.is_encrypted:
        yield from gathered("hidden.restricted", [Piece("文件", "限制打印、复制或修改")])


def _remarks(pages: list[Any]) -> Iterator[Piece]:
    for number, page in enumerate(pages, 1):
        for annotation in stuck_on(page):
            kind = subtype(annotation)
            words = text_at(annotation, "/Contents", "/RC")
            if kind not in REMARKS or (kind == "/Stamp" and not words):
                continue
            who = text_at(annotation, "/T") or "不具名"
            yield Piece(f"第 {number} 页", f"{who}：{words or kind[1:]}")


def fields_of(pdf: pikepdf.Pdf) -> Iterator[Piece]:
    """What is filled in and who signed."""
    form = child(pdf.Root, "/AcroForm")
    if child(form, "/XFA") is not None:
        yield Piece("表单", "XFA 表单数据")
    waiting = [(field, 0, "") for field in members(child(form, "/Fields"))]
    seen = 0
    while waiting and seen < 100_000:
        field, depth, above = waiting.pop(0)
        seen += 1
        if depth > _TREE_DEPTH:
            continue
        name = ".".join(filter(None, (above, text_at(field, "/T"))))
        waiting += [(kid, depth + 1, name) for kid in members(child(field, "/Kids"))]
        value = child(field, "/V")
        if isinstance(value, pikepdf.Dictionary):
            said = "，".join(filter(None, (text_at(value, k) for k in ("/Name", "/Reason", "/Location"))))  # fmt: skip
            yield Piece("电子签名", said or name or "签名")
        elif text_at(field, "/V", "/DV") not in ("", "/Off"):
            yield Piece("表单", f"{name}：{text_at(field, '/V', '/DV')}")


def layers_off(pdf: pikepdf.Pdf) -> list[Piece]:
    """The layers that are not shown when the file is opened."""
    layers = child(pdf.Root, "/OCProperties")
    usual = child(layers, "/D")
    every = [layer for layer in members(child(layers, "/OCGs")) if _is_dictionary(layer)]
    on = {layer.objgen for layer in members(child(usual, "/ON")) if _is_dictionary(layer)}
    off = {layer.objgen for layer in members(child(usual, "/OFF")) if _is_dictionary(layer)}
    closed = text_at(usual, "/BaseState") == "/OFF"
    found = []
    for layer in every:
        states = {
            text_at(child(layer, "/Usage", "/View"), "/ViewState"),
            text_at(child(layer, "/Usage", "/Print"), "/PrintState"),
        }
        shut = layer.objgen in off or (closed and layer.objgen not in on)
        if shut or "/OFF" in states:
            found.append(Piece("图层", text_at(layer, "/Name") or "没有名称的图层"))
    return found


def _is_dictionary(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary)


def _files(reached: list[Any]) -> Iterator[Piece]:
    for each in reached:
        if child(each, "/EF") is not None:
            yield Piece("附带文件", text_at(each, "/UF", "/F") or "没有名称的文件")
        elif subtype(each) in _PACKED and child(each, "/Rect") is not None:
            yield Piece("附带文件", subtype(each)[1:])


def _acts(reached: list[Any]) -> Iterator[Piece]:
    for each in reached:
        kind = text_at(each, "/S")
        if kind in _ACTS:
            words = text_at(each, "/JS", "/F") or text_at(child(each, "/F"), "/UF", "/F")
            yield Piece(_ACTS[kind], words or kind[1:])


def _information(pdf: pikepdf.Pdf) -> list[tuple[str, str]]:
    information = child(pdf.trailer, "/Info")
    return [(key, text_at(information, key)) for key, _ in entries(information)]


def _people(pdf: pikepdf.Pdf, reached: list[Any]) -> Iterator[Piece]:
    for key, words in _information(pdf):
        if key in _PEOPLE and words:
            yield Piece("文件属性", f"{_PEOPLE[key]}：{words}")
    for packet in _packets(reached):
        for match in _XMP_PEOPLE.finditer(packet):
            words = _MARKUP.sub(b" ", match[2] or match[4] or b"").decode("utf-8", "replace")
            yield Piece("文件属性", f"作者：{words.strip()}" if words.strip() else "")


def _packets(reached: list[Any]) -> Iterator[bytes]:
    for each in reached:
        if isinstance(each, pikepdf.Stream) and text_at(each, "/Type") == "/Metadata":
            try:
                yield each.read_bytes()
            except BROKEN:
                continue


def _descriptions(pdf: pikepdf.Pdf) -> Iterator[Piece]:
    for key, words in _information(pdf):
        if key in _DESCRIPTIONS and words:
            yield Piece("文件属性", f"{_DESCRIPTIONS[key]}：{words}")
        elif key not in _PEOPLE and key not in _PROGRAMS and words:
            yield Piece("自定义属性", f"{key[1:]}：{words}")


def _paths(pdf: pikepdf.Pdf, reached: list[Any]) -> Iterator[Piece]:
    for _, words in _information(pdf):
        if LOCAL_PATH.search(words):
            yield Piece("文件属性", words)
    for each in reached:
        for key in ("/F", "/UF", "/URI", "/PTEX.FileName"):
            words = text_at(each, key)
            if words and LOCAL_PATH.search(words):
                yield Piece("文件", words)
    for packet in _packets(reached):
        found = LOCAL_PATH.search(packet.decode("utf-8", "replace"))
        if found:
            yield Piece("文件属性", found.group())


def _earlier(pdf: pikepdf.Pdf, data: bytes, reached: list[Any]) -> Iterator[Piece]:
    count = superseded(data)
    if count:
        yield Piece("文件", f"{count} 处内容留有改动以前的版本")
    known = {each.objgen for each in reached if each.is_indirect}
    lost = [
        each for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and text_at(each, "/Type") == "/Page"
        and each.objgen not in known
    ]  # fmt: skip
    if lost:
        yield Piece("文件", f"删去的 {len(lost)} 页还在文件里")


def _pictures(reached: list[Any], budget: Budget) -> Iterator[tuple[bytes, str]]:
    for each in reached:
        if isinstance(each, pikepdf.Stream) and is_plain_jpeg(each):
            budget.check()
            try:
                yield each.read_raw_bytes(), "页面里的图片"
            except BROKEN:
                continue


def is_plain_jpeg(stream: Any) -> bool:
    """Whether a stream is a jpeg file as it stands."""
    filters = child(stream, "/Filter")
    if isinstance(filters, pikepdf.Array):
        return [name_of(each) for each in members(filters)] == ["/DCTDecode"]
    return name_of(filters) == "/DCTDecode"
