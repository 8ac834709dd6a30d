"""What a Word file holds and its page does not show."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ...readers.document import Budget
from ...readers.docx import names as n
from .hidden import Hidden, Piece, gathered
from .office_file import OfficeFile
from .office_parts import look_into_parts, text_of
from .personal import numbers_shown
from .word_fields import fields
from .word_looks import Looks
from .word_text import DELETED, A, Story, paragraphs, shown, stories
from .word_unused import unused_headers

W = n.W
_AUTHOR, _DATE = W + "author", W + "date"
_CHANGES = {
    W + "ins": "插入", W + "del": "删除", W + "moveFrom": "移走", W + "moveTo": "移来",
    W + "cellIns": "插入单元格", W + "cellDel": "删除单元格", W + "cellMerge": "合并单元格",
    W + "rPrChange": "改字体", W + "pPrChange": "改段落", W + "tblPrChange": "改表格",
    W + "trPrChange": "改表格", W + "tcPrChange": "改表格", W + "tblPrExChange": "改表格",
    W + "tblGridChange": "改表格", W + "sectPrChange": "改版面", W + "numberingChange": "改编号",
}  # fmt: skip
_WORDS = (n.T, W + "delText", W + "instrText", W + "delInstrText")
_COMMENTS = frozenset((
    "/comments", "/commentsExtended", "/commentsIds", "/commentsExtensible", "/people",
))  # fmt: skip
_TOLD = _COMMENTS | frozenset((
    "/header", "/footer", "/footnotes", "/endnotes", "/numbering", "/settings", "/webSettings",
    "/fontTable", "/font",
))  # fmt: skip
_CROPS = frozenset(("l", "t", "r", "b"))
_VML_CROPS = ("croptop", "cropbottom", "cropleft", "cropright")


def look_into_word(data: bytes, budget: Budget) -> Iterator[Hidden]:
    """Everything found in the Word file ``data``."""
    file = OfficeFile(data, "docx", budget)
    told = stories(file)
    places = _places(told)
    yield from gathered("hidden.tracked_change", _changes(told, places))
    yield from gathered("hidden.comment", _comments(file))
    yield from _unseen(file, told, places, budget)
    yield from gathered("hidden.unused_header", unused_headers(file))
    yield from gathered("hidden.field_data", _field_data(told, places))
    yield from gathered("hidden.document_variable", _variables(file))
    yield from gathered("hidden.cropped_picture", _cropped(told, places))
    yield from look_into_parts(file, _TOLD)
    yield from numbers_shown(shown(file))


def _places(told: list[Story]) -> dict[etree._Element, str]:
    return {element: place for story in told for place, element in paragraphs(story)}


def _place(element: etree._Element, places: dict[etree._Element, str], label: str) -> str:
    at: etree._Element | None = element
    while at is not None:
        if at in places:
            return places[at]
        at = at.getparent()
    return label


def _changes(told: list[Story], places: dict[etree._Element, str]) -> Iterator[Piece]:
    for story in told:
        for element in story.root.iter(*_CHANGES):
            if element.get(_AUTHOR) is None and element.get(_DATE) is None:
                continue
            who = element.get(_AUTHOR) or "不具名"
            when = (element.get(_DATE) or "")[:16].replace("T", " ")
            words = "".join(t.text or "" for t in element.iter(*_WORDS))
            said = f"{who} {when} {_CHANGES[str(element.tag)]}".replace("  ", " ")
            yield Piece(_place(element, places, story.label), f"{said}：{words}" if words else said)


def _comments(file: OfficeFile) -> Iterator[Piece]:
    for name, kind in file.kinds.items():
        root = file.root(name) if kind == "/comments" else None
        for comment in () if root is None else root.iter(W + "comment"):
            who = comment.get(_AUTHOR) or "不具名"
            words = "".join(t.text or "" for t in comment.iter(n.T))
            yield Piece("批注", f"{who} {(comment.get(_DATE) or '')[:10]}：{words}")


def _unseen(
    file: OfficeFile, told: list[Story], places: dict[etree._Element, str], budget: Budget
) -> Iterator[Hidden]:
    """Words set to hidden, in the colour of the paper, or too small; a run is only one of them."""
    looks = Looks(file)
    kinds: dict[str, list[Piece]] = {"hidden_text": [], "white_text": [], "tiny_text": []}
    for story in told:
        for run in story.root.iter(n.R):
            budget.check()
            if any(True for _ in run.iterancestors(*DELETED)):
                continue
            kind = unseen_kind(run, looks)
            words = "".join(t.text or "" for t in run.iterchildren(n.T))
            if not words and kind == "hidden_text" and run.find(W + "drawing") is not None:
                words = "图片"
            if kind and words:
                _join(kinds[kind], Piece(_place(run, places, story.label), words))
        for row in story.root.iter(n.TR):
            if is_hidden_row(row):
                kinds["hidden_text"].append(
                    Piece(_place(next(row.iter(n.P), row), places, story.label), text_of(row))
                )
        for picture in story.root.iter("{*}docPr"):
            if n.is_on(picture.get("hidden", "0")):
                words = picture.get("descr") or picture.get("name") or "图片"
                kinds["hidden_text"].append(Piece(_place(picture, places, story.label), words))
    for kind, found in kinds.items():
        yield from gathered(f"hidden.{kind}", found)


def unseen_kind(run: etree._Element, looks: Looks) -> str:
    """``hidden_text``, ``white_text`` or ``tiny_text``; "" where the eye sees the run."""
    look = looks.of_run(run)
    if look.hidden:
        return "hidden_text"
    if looks.is_white_on_white(run, look):
        return "white_text"
    return "tiny_text" if looks.is_too_small(look) else ""


def is_hidden_row(row: etree._Element) -> bool:
    mark = row.find(f"{n.TR_PR}/{n.ROW_HIDDEN}")
    return mark is not None and n.is_on(mark.get(n.VAL))


def _join(pieces: list[Piece], piece: Piece) -> None:
    """Runs of one paragraph as one piece."""
    if pieces and pieces[-1].place == piece.place:
        piece = Piece(piece.place, pieces.pop().text + piece.text)
    pieces.append(piece)


def _field_data(told: list[Story], places: dict[etree._Element, str]) -> Iterator[Piece]:
    for story in told:
        for each in fields(story.root):
            if each.holds_data:
                yield Piece(_place(each.place, places, story.label), each.code.strip())


def _variables(file: OfficeFile) -> Iterator[Piece]:
    for name in file.related(file.main, "/settings"):
        root = file.root(name)
        for variable in () if root is None else root.iter(W + "docVar"):
            yield Piece("文档变量", f"{variable.get(W + 'name')}：{variable.get(n.VAL)}")


def _cropped(told: list[Story], places: dict[etree._Element, str]) -> Iterator[Piece]:
    for story in told:
        for crop in story.root.iter(A + "srcRect"):
            if is_crop(crop):
                yield Piece(_place(crop, places, story.label), "裁掉的部分还在文件里")
        for image in story.root.iter("{urn:schemas-microsoft-com:vml}imagedata"):
            if any(image.get(side, "0") not in ("0", "") for side in _VML_CROPS):
                yield Piece(_place(image, places, story.label), "裁掉的部分还在文件里")


def is_crop(rectangle: etree._Element) -> bool:
    """Whether a picture is shown only in part (a negative side adds a margin instead)."""
    return any(n.number(rectangle.get(side), 0) > 0 for side in _CROPS)
