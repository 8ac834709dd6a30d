"""The body of an item as text whose every character knows where it stands.

The checks look at plain text; the reviewer looks at the page.  ``PlacedText``
holds both together: the text (cells of a table parted by tabs, rows and blocks
by line ends, a picture as one character), the node of the page that each stretch
came from, and the place as a person would say it: 第 2 段, 表格第 3 行“备注”.

What a style hides is text all the same: it is sent to every reader's browser.
Scripts, styles and comments are not, nor is the note that the public page puts
behind a link which leaves the site: so a stored body and its page have one text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree, html

from .tables import Cell, Table, table_of

PICTURE = "\ufffc"
# Where a sentence ends, and how far from a word anybody looks for that end.
_STOPS = "。！？；\n"
_NEAR = 120
# The row of a caption, which stands before the first.
CAPTION = -1

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


class Run(NamedTuple):
    """A stretch of the text and the node it came from: an element's text, its tail, a picture."""

    start: int
    end: int
    node: etree._Element
    slot: Literal["text", "tail", "picture"]


@dataclass(frozen=True)
class PlacedText:
    """The text of a body, the nodes it came from, its tables.

    ``elements`` are links, pictures and other elements with an address, in the
    order of the page, each with its stretch of the text.
    """

    root: etree._Element
    text: str
    runs: tuple[Run, ...]
    tables: tuple[Table, ...]
    elements: tuple[tuple[etree._Element, int, int], ...]
    _lines: tuple[int, ...] = field(repr=False)
    _cells: tuple[tuple[int, Cell], ...] = field(repr=False)

    def cell_at(self, start: int) -> tuple[int, Cell] | None:
        """The number of the table, from 0, and the innermost cell that ``start`` stands in."""
        at = bisect_right(self._cells, start, key=lambda cell: cell[1].start) - 1
        while at >= 0:
            table, cell = self._cells[at]
            if start <= cell.end:
                return table, cell
            # Before a line outside every table no cell reaches as far as this.
            line = bisect_right(self._lines, start)
            if line and self._lines[line - 1] > cell.start:
                return None
            at -= 1
        return None

    def place(self, start: int) -> str:
        """Where ``start`` stands, in words that follow 正文."""
        found = self.cell_at(start)
        if found is None:
            return f"第 {bisect_right(self._lines, start) or 1} 段"
        number, cell = found
        table, named = self.tables[number], self._named(number)
        if cell.row < table.heads:
            return f"{named}标题" if cell.row == CAPTION else f"{named}表头"
        row = f"第 {cell.row - table.heads + 1} 行"
        heading = table.heading(cell.column)
        return f"{named}{row}" + (f"“{heading}”" if heading else f"第 {cell.column + 1} 列")

    def column(self, number: int, column: int) -> str:
        """A column of a table, in words that follow 正文."""
        heading = self.tables[number].heading(column)
        return self._named(number) + (f"“{heading}”列" if heading else f"第 {column + 1} 列")

    def _named(self, number: int) -> str:
        return f"第 {number + 1} 个表格" if len(self.tables) > 1 else "表格"

    def sentence(self, start: int, end: int) -> str:
        """The cell or the sentence around a stretch: what an answer to a finding looked at."""
        found = self.cell_at(start)
        left = max(self.text.rfind(stop, max(0, start - _NEAR), start) for stop in _STOPS) + 1
        rights = [at for stop in _STOPS if (at := self.text.find(stop, end, end + _NEAR)) >= 0]
        left = left or max(0, start - _NEAR)
        sentence = self.text[left : min(rights, default=end + _NEAR)].strip()
        if found is None:
            return sentence
        number, cell = found
        heading = self.tables[number].heading(cell.column)
        return f"{heading}\t{cell.text if len(cell.text) <= _NEAR else sentence}"


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
