"""The walk through a page that makes its text, with the place of each character.

What a style hides is text all the same: it is sent to every reader's browser.
Scripts, styles and comments are not, nor is the note that the public page puts
behind a link which leaves the site: so a stored body and its page have one text.
"""

from __future__ import annotations

import re
from typing import Literal

from lxml import etree, html

from .placed_text import CAPTION, PICTURE, PlacedText, Run
from .tables import Cell, Table, table_of

# One character for one: line ends and tabs within a paragraph are only spaces.
_SPACES = dict.fromkeys(map(ord, "\n\r\t\f\v\u2028\u2029\x85"), " ")
_UNSEEN = {"script", "style", "template", "title", "noscript"}
_LEAVES_THE_SITE = "（外部链接）"
_CELLS = {"td", "th"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd",
    "details", "div", "dl", "dt", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "tfoot", "thead", "tr", "ul", *_CELLS,
}  # fmt: skip
# Characters that html may not hold, given as themselves or by number.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BY_NUMBER = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)
_MOST_DIGITS = 7


def text_with_places(body_html: str) -> PlacedText:
    """The text of a body with its places; whatever the html, some text comes of it."""
    return _Walk(parse(body_html)).placed()


def parse(body_html: str) -> etree._Element:
    """A fragment of html as the body of a page, however broken it is."""
    clean = _BY_NUMBER.sub(_harmless, _CONTROL.sub("", body_html))
    parser = html.HTMLParser(huge_tree=True)
    page = html.document_fromstring(f"<html><body>{clean}</body></html>", parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        # Nested deeper than any parser goes: the words matter, not the nest.
        flat = re.sub(r"<[^<>]*>", "<br>", clean)
        page = html.document_fromstring(f"<html><body>{flat}</body></html>")
    body = page.find("body")
    return page if body is None else body


def _harmless(match: re.Match[str]) -> str:
    digits, radix = (match[1], 16) if match[1] else (match[2], 10)
    code = int(digits, radix) if len(digits.lstrip("0")) <= _MOST_DIGITS else -1
    return match.group() if 0 < code <= 0x10FFFF and not _CONTROL.match(chr(code)) else ""


def _is_note(node: etree._Element) -> bool:
    return node.get("class") == "gk-sr" and node.text == _LEAVES_THE_SITE


class _Walk:
    """One walk through the page, from its first node to its last."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.pieces: list[str] = []
        self.length = 0
        self.last = "\n"
        self.line_due = False
        self.runs: list[Run] = []
        self.lines: list[int] = []
        self.elements: list[tuple[etree._Element, int, int]] = []
        self.begun: list[tuple[int, int]] = []
        self.open: list[_OpenTable] = []
        self.tables: list[_OpenTable] = []

    def placed(self) -> PlacedText:
        walker = etree.iterwalk(self.root, events=("start", "end", "comment", "pi"))
        for event, node in walker:
            if event == "start":
                self._start(node)
                if node.tag in _UNSEEN or _is_note(node):
                    walker.skip_subtree()
                else:
                    self._say(node, "text", node.text)
            elif event == "end":
                self._end(node)
            if event != "start" and node is not self.root:
                self._say(node, "tail", node.tail)
        text = "".join(self.pieces)
        tables = [open_table.closed(text) for open_table in self.tables]
        cells = [
            (number, cell)
            for number, table in enumerate(tables)
            for cell in dict.fromkeys(c for row in table.rows for c in row if c.end or c.text)
        ]
        for number, table in enumerate(self.tables):
            start, end = table.caption
            cells.append((number, Cell(start, end, text[start:end], CAPTION)))
        cells.sort(key=lambda cell: (cell[1].start, -cell[1].end))
        return PlacedText(
            self.root, text, tuple(self.runs), tuple(tables), tuple(self.elements),
            tuple(self.lines), tuple(cells),
        )  # fmt: skip

    def _start(self, node: etree._Element) -> None:
        tag = node.tag
        self.begun.append((len(self.elements), len(self.runs)))
        if tag in _CELLS and self.open:
            table = self.open[-1]
            self._part("\t" if table.begin_cell(node) else "\n")
            table.start = self.length
        elif tag == "caption" and self.open:
            self._part("\n")
            self.open[-1].caption = (self.length, self.length)
        elif tag in _BLOCKS:
            self.line_due = True
        if tag == "table":
            self.open.append(_OpenTable())
            self.tables.append(self.open[-1])
        elif tag == "tr" and self.open:
            self.open[-1].begin_row(node)
        elif tag == "img":
            self._say(node, "picture", PICTURE)

    def _end(self, node: etree._Element) -> None:
        tag = node.tag
        listed, run = self.begun.pop()
        if node.get("href") is not None or node.get("src") is not None or tag in ("img", "object"):
            start = self.runs[run].start if run < len(self.runs) else self.length
            self.elements.insert(listed, (node, start, self.length))
        if tag in _CELLS and self.open:
            self.open[-1].end_cell(node, self.length)
        elif tag == "caption" and self.open:
            self.open[-1].caption = (self.open[-1].caption[0], self.length)
        elif tag == "table":
            self.open.pop()
        if tag in _BLOCKS:
            self.line_due = True

    def _say(
        self, node: etree._Element, slot: Literal["text", "tail", "picture"], words: str | None
    ) -> None:
        if not words or (words.isspace() and (self.line_due or self.last in "\n\t")):
            return
        if self.line_due and self.last not in "\n\t":
            self._part("\n")
        self.line_due = False
        if self.last == "\n" and not self.open:
            self.lines.append(self.length)
        self.runs.append(Run(self.length, self.length + len(words), node, slot))
        self._add(words.translate(_SPACES))

    def _part(self, sign: str) -> None:
        self.line_due = False
        if self.length and not (sign == "\n" and self.last == "\n"):
            self._add(sign)

    def _add(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)
        self.last = words[-1]


class _OpenTable:
    """A table while it is walked through."""

    def __init__(self) -> None:
        self.lines: list[list[Cell]] = []
        self.heads = 0
        self.start = 0
        self.caption = (-1, -1)

    def begin_row(self, node: etree._Element) -> None:
        self.lines.append([])
        parent = node.getparent()
        if parent is not None and parent.tag == "thead" and self.heads == len(self.lines) - 1:
            self.heads += 1

    def begin_cell(self, node: etree._Element) -> bool:
        """True where another cell of the row came before."""
        if not self.lines:
            self.begin_row(node)
        return bool(self.lines[-1])

    def end_cell(self, node: etree._Element, end: int) -> None:
        self.lines[-1].append(
            Cell(
                self.start,
                end,
                "",
                width=_span(node, "colspan"),
                height=_span(node, "rowspan"),
                is_heading=node.tag == "th" and node.get("scope") != "row",
            )
        )

    def closed(self, text: str) -> Table:
        told = [
            [
                Cell(c.start, c.end, text[c.start : c.end].strip(), 0, 0, c.width, c.height,
                     c.is_heading)
                for c in line
            ]
            for line in self.lines
        ]  # fmt: skip
        return table_of(told, self.heads)


def _span(node: etree._Element, name: str) -> int:
    said = (node.get(name) or "").strip()
    return min(max(int(said), 1), 1000) if said.isdecimal() and len(said) < 6 else 1
