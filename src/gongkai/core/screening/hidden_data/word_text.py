"""The words of a Word file with their places: body, headers, footers, notes, text boxes, charts.

What a reader of the page sees; what was deleted with changes tracked is left
out here and told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from ...readers.docx import names as n
from .hidden import Piece
from .office_file import OfficeFile

W = n.W
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DELETED = frozenset((W + "del", W + "moveFrom"))
STORIES = {
    "/header": "页眉", "/footer": "页脚", "/footnotes": "脚注", "/endnotes": "尾注",
}  # fmt: skip
DRAWN = {
    "/chart": "图表", "/diagramData": "图示", "/diagramDrawing": "图示", "/chartUserShapes": "图表",
}  # fmt: skip
_MARKS = {
    W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
_SET_APART = frozenset((n.P_PR, n.R_PR, n.SDT_PR, W + "sectPr", W + "tblPr", n.TC_PR, n.TR_PR))
_TEXTUAL = frozenset(("descr", "title", "alt", "tooltip"))


class Story(NamedTuple):
    """One run of text of its own: its part, its Chinese name, its root."""

    part: str
    label: str
    root: etree._Element


class Paragraph(NamedTuple):
    """A paragraph and where it stands."""

    place: str
    element: etree._Element


def stories(file: OfficeFile) -> list[Story]:
    """The body and every header, footer and note that the body leads to."""
    found = []
    for name, label in _story_parts(file):
        root = file.root(name)
        if root is not None:
            found.append(Story(name, label, root))
    return found


def _story_parts(file: OfficeFile) -> Iterator[tuple[str, str]]:
    yield file.main, "正文"
    for relation in file.relations(file.main):
        if relation.kind in STORIES and not relation.external:
            yield relation.target, STORIES[relation.kind]


def paragraphs(story: Story) -> Iterator[Paragraph]:
    """Every paragraph of ``story`` in reading order, those of tables and text boxes too."""
    return _Walk(story.label).within(story.root, "")


def pieces(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The words of one paragraph, element by element; a text box within is not part of it."""
    for child in paragraph:
        tag = child.tag
        if tag == n.T:
            yield child, child.text or ""
        elif tag in _MARKS:
            yield child, _MARKS[tag]
        elif tag == n.MATH_TEXT:
            yield child, child.text or ""
        elif tag not in DELETED and tag not in _SET_APART and tag not in (n.TEXT_BOX, n.P):
            yield from pieces(child)


def text_of_paragraph(paragraph: etree._Element) -> str:
    return "".join(text for _, text in pieces(paragraph))


def shown(file: OfficeFile) -> Iterator[Piece]:
    """All the words that a reader sees, and those that a reader's program speaks or shows."""
    for story in stories(file):
        for place, element in paragraphs(story):
            text = text_of_paragraph(element)
            if text.strip():
                yield Piece(place, text)
        for element in story.root.iter("{*}docPr", "{*}cNvPr", "{*}shape"):
            for name in _TEXTUAL:
                if element.get(name):
                    yield Piece(f"{story.label}图片的说明文字", element.get(name, ""))
    yield from drawn(file)
    for part in (file.main, *file.kinds):
        for relation in file.relations(part):
            if relation.external and relation.kind == "/hyperlink":
                yield Piece("链接地址", _words_of_address(relation.target))


def drawn(file: OfficeFile) -> Iterator[Piece]:
    """The words and figures of charts and diagrams."""
    for name, kind in file.kinds.items():
        if kind not in DRAWN:
            continue
        root = file.root(name)
        for element in () if root is None else root.iter(A + "p", C + "v"):
            if element.tag == C + "v":
                yield Piece(DRAWN[kind], element.text or "")
            else:
                yield Piece(DRAWN[kind], "".join(t.text or "" for t in element.iter(A + "t")))


def _words_of_address(target: str) -> str:
    """A telephone or mail link says a number; a web address is none."""
    scheme, _, rest = target.partition(":")
    return rest if scheme.lower() in ("tel", "sms", "callto") else target


class _Walk:
    """Counts paragraphs and tables as a reader would."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._paragraphs = self._tables = 0

    def within(self, element: etree._Element, place: str) -> Iterator[Paragraph]:
        """``place`` is that of the cell or text box we are in; "" in the open."""
        for child in element:
            tag = child.tag
            if tag == n.P:
                yield from self._paragraph(child, place)
            elif tag == n.TBL:
                yield from self._table(child, place)
            elif tag not in _SET_APART:
                yield from self.within(child, place)

    def _paragraph(self, element: etree._Element, place: str) -> Iterator[Paragraph]:
        if not place:
            self._paragraphs += bool(text_of_paragraph(element).strip())
        here = place or f"{self._label}第 {max(1, self._paragraphs)} 段"
        yield Paragraph(here, element)
        for box in _boxes(element):
            yield from self.within(box, f"{here}的文本框")

    def _table(self, table: etree._Element, place: str) -> Iterator[Paragraph]:
        if not place:
            self._tables += 1
            place = f"{self._label}第 {self._tables} 个表格"
        for row, members in enumerate(_members(table, n.TR), 1):
            column = 1
            for cell in _members(members, n.TC):
                yield from self.within(cell, f"{place}第 {row} 行第 {column} 列")
                span = cell.find(f"{n.TC_PR}/{n.GRID_SPAN}")
                column += 1 if span is None else max(1, n.number(span.get(n.VAL), 1))


def _members(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, out of whatever wraps them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _SET_APART and child.tag not in (n.P, n.TBL):
            yield from _members(child, tag)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == n.TEXT_BOX:
            yield child
        elif child.tag not in _SET_APART and child.tag != n.P:
            yield from _boxes(child)
