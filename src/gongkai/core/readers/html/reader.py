"""Web pages to prose and grids: agency sites with all they carry, and Word's own HTML.

One walk over lxml's tree.  Before it, what a screen does not show
(:mod:`visibility`) and what belongs to the site (:mod:`furniture`) is taken
away; a table that only lays out the page is walked through, any other becomes
a grid (:mod:`html_table`).
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element

from ...errors import UnreadableDocument
from ...report import Where
from ...rules import find
from ..document import Budget, Document, Grid, Paragraph
from ..encoding import decode
from . import furniture
from .doubtful import doubtful_cells
from .table import Shape, grid_of, is_layout, left_unread, shape, swallowed
from .tabs import other_tabs
from .text import BLOCK, BREAK, SKIPPED, finish, footnote_marks, words
from .visibility import hidden

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""")
_DECLARATIONS = re.compile(rb"<!DOCTYPE[^>\[]*\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_END = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# libxml2 refuses text or attributes above ten million bytes unless told to accept them.
_HUGE = 10_000_000
_DEEPEST = 120
_TITLE_METAS = ("articletitle", "og:title", "title")
_TITLE_NAMES = ("title", "tit", "article-title", "article_title", "arti_title", "xxgk_title")


def parse(data: bytes, budget: Budget) -> Document:
    """Read a page.  UnreadableDocument where it holds no text at all."""
    markup = _markup(data)
    lower = markup.lower()
    root = _tree(_without_ends(markup, lower))
    budget.check()
    document = Document("html")
    body = root if root.tag == "body" else root.find(".//body")
    if body is None:
        body = root
    metas = _metas(root)
    document.titles = _titles(root, metas)
    if b"style" in lower or b"hid" in lower:
        _drop_hidden(root, body, document)
    tabs = other_tabs(body) if b"class" in data else []
    for tab in tabs:
        furniture.drop(tab)
    if tabs:
        document.findings.append(find("html.other_tabs", count=len(tabs)))
    if next(root.iter("script", "style"), None) is not None:
        etree.strip_elements(root, "script", "style", "noscript", with_tail=False)
    unread: dict[_Element, str] = {}
    if metas.get("generator") == "gongkai":
        unread = dict.fromkeys(body.iterfind(".//td[@data-unread]"), "marked")
        for words_of_the_page in list(body.iterfind(".//*[@data-gongkai='page']")):
            furniture.drop(words_of_the_page)
    for mark in footnote_marks(body):
        furniture.drop(mark)
    unread.update(doubtful_cells(body))
    walk = _Walk(document, budget, unread)
    for part in furniture.article(body):
        furniture.clear(part)
        budget.check()
        walk.block(part, 0)
        walk.flush()
    return document


def blocks_of(fragment: str, budget: Budget) -> list[Paragraph | Grid]:
    """The blocks of a piece of HTML that stands within another document."""
    root = _tree(fragment.encode("utf-8", "replace"))
    document = Document("html")
    walk = _Walk(document, budget, doubtful_cells(root))
    walk.block(root, 0)
    walk.flush()
    return document.blocks


def _markup(data: bytes) -> bytes:
    """The page in UTF-8, without declarations that are no part of HTML."""
    head = data[:4096].lower()
    declared = _CHARSET.search(head) if b"charset" in head or b"encoding" in head else None
    text, name = decode(data, declared[1].decode("ascii", "replace") if declared else None)
    if name != "utf-8" or "\0" in text:
        data = text.replace("\0", "").encode("utf-8", "replace")
    # A document type with declarations of its own is no part of HTML; its end would show.
    return _DECLARATIONS.sub(b"", data, count=1) if b"<!entity" in head else data


def _without_ends(markup: bytes, lower: bytes) -> bytes:
    """``markup``, its ends taken out where it goes on behind them, as pages put together do."""
    ends = [at for at in (lower.find(b"</body"), lower.find(b"</html")) if at >= 0]
    first = min(ends, default=len(lower))
    if not _END.sub(b"", lower[first:]).strip():
        return markup
    return markup[:first] + _END.sub(b"", markup[first:])


def _tree(data: bytes) -> _Element:
    parser = etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        collect_ids=False,
        huge_tree=len(data) > _HUGE,
    )
    try:
        root: _Element | None = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise UnreadableDocument("input.empty")
    return root


def _metas(root: _Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        metas.setdefault(name, meta.get("content") or "")
    return metas


def _titles(root: _Element, metas: dict[str, str]) -> list[str]:
    """Metadata, then what looks like a headline, then the window's title."""
    found = [metas.get(name, "") for name in _TITLE_METAS]
    found += [words(h) for h in root.iter("h1")]
    for part in root.iter("div", "h2"):
        named = part.get("class") or part.get("id")
        if named and named.lower() in _TITLE_NAMES and part.find(".//table") is None:
            found.append(words(part))
    window = root.find(".//title")
    if window is not None:
        found.append(window.text or "")
    tidied = (" ".join(t.split()) for t in found)
    return list(dict.fromkeys(t for t in tidied if 0 < len(t) < 200))


def _drop_hidden(root: _Element, body: _Element, document: Document) -> None:
    """Drop what is not shown, unless that is where every table of the page stands."""
    gone = hidden(root)

    def tables(element: _Element) -> int:
        return sum(
            sum(1 for _ in t.iter("td", "th")) > 3 and t.find(".//table") is None
            for t in element.iter("table")
        )

    whole, unseen = tables(body), sum(map(tables, gone))
    if whole and unseen == whole:
        # Shown by a script once the page has loaded: keep it, and say so.
        document.findings.append(find("html.tables_not_shown", tables=whole))
        gone = [e for e in gone if not tables(e)]
    for element in gone:
        furniture.drop(element)


class _Walk:
    """The blocks of a tree in reading order, gathered into ``document``."""

    def __init__(self, document: Document, budget: Budget, unread: dict[_Element, str]) -> None:
        self.unread = unread
        self.document = document
        self.budget = budget
        self.pieces: list[str] = []
        self.heading = False
        self.tables = 0
        self.size = 0

    def block(self, element: _Element, depth: int) -> None:
        """Walk what ``element`` holds; text is gathered until a block ends it."""
        pieces = self.pieces
        if element.text:
            pieces.append(element.text)
        if depth > _DEEPEST:
            pieces.extend(words(child) for child in element)
            return
        for child in element:
            tag = child.tag
            if tag in BLOCK:
                self.flush()
                self.heading = tag in _HEADINGS
                self.block(child, depth + 1)
                self.flush()
                self.heading = False
            elif tag == "br":
                pieces.append(BREAK)
            elif tag == "table":
                self.flush()
                self.table(child, depth + 1)
            elif tag == "pre":
                self.flush()
                pieces.append(words(child).replace("\n", BREAK))
                self.flush()
            elif tag not in SKIPPED:
                self.block(child, depth + 1)
            if child.tail:
                pieces.append(child.tail)

    def flush(self) -> None:
        """End the paragraph gathered so far."""
        if not self.pieces:
            return
        text = finish("".join(self.pieces))
        self.pieces.clear()
        # A heading over two lines is one; elsewhere pages break lines for paragraphs.
        for line in (text,) if self.heading else text.split("\n"):
            if line and not furniture.is_furniture_line(line):
                self.document.blocks.append(Paragraph(line, heading=self.heading))
                self._grow(1)

    def table(self, table: _Element, depth: int) -> None:
        """A grid of its own, or a layout table's content in order."""
        self.budget.check()
        form = shape(table)
        for caption in table.iterchildren("caption"):
            self.block(caption, depth)
            self.flush()
        if is_layout(table, form):
            for row in form.rows:
                for cell in row:
                    self.block(cell, depth)
                    self.flush()
        else:
            self._grid(form, depth)
        for stray in form.strays:
            if stray.tag == "table":
                self.table(stray, depth)
            elif stray.tag not in SKIPPED:
                self.block(stray, depth)
            if stray.tail:
                self.pieces.append(stray.tail)
            self.flush()

    def _grid(self, form: Shape, depth: int) -> None:
        rest = swallowed(form)
        cells, columns = grid_of(form)
        if not cells:
            return
        if self.unread:
            cells = left_unread(form, cells, self.unread)
        self.tables += 1
        self.document.blocks.append(
            Grid(cells, len(form.rows), columns, aligned=True, where=Where(table=self.tables))
        )
        self._grow(len(cells))
        if rest is not None:
            self.block(rest, depth)
            self.flush()

    def _grow(self, more: int) -> None:
        self.size += more
        limit = self.budget.limits.cells
        if self.size > limit:
            raise UnreadableDocument("input.too_many_cells", limit=limit)
        if self.size & 1023 < more:
            self.budget.check()
