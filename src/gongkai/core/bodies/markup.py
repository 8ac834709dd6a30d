"""Blocks to html: one way of writing for everything, every word escaped.

:class:`Writer` writes the form in which a body is stored; a subclass dresses it for another
use (the public page) by saying anew how a table, a heading, a link or a picture is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from .content import (
    MARKS,
    Block,
    Break,
    Cell,
    Figure,
    Image,
    Inline,
    Listing,
    Paragraph,
    Quote,
    Row,
    Table,
    Text,
)

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"})
_ATTRIBUTE_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\xa0": "&nbsp;"}
)


def escape(words: str) -> str:
    """``words`` as text between tags."""
    return words.translate(_ESCAPES)


def attribute(name: str, value: str) -> str:
    """`` name="value"``, with the space before it."""
    return f' {name}="{value.translate(_ATTRIBUTE_ESCAPES)}"'


class Writer:
    """Blocks as html, in the form in which a body is stored."""

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Block after block, each on a line of its own."""
        return "\n".join([self.block(block) for block in blocks])

    def block(self, block: Block) -> str:
        """One block."""
        if isinstance(block, Paragraph):
            return self.paragraph(block)
        if isinstance(block, Table):
            return self.table(block)
        if isinstance(block, Listing):
            return self.listing(block)
        if isinstance(block, Figure):
            return self.figure(block)
        return self.quote(block)

    def paragraph(self, block: Paragraph) -> str:
        """A paragraph or a heading."""
        place = attribute("class", block.place) if block.place else ""
        return f"<{block.tag}{place}>{self.inline(block.content)}</{block.tag}>"

    def listing(self, block: Listing) -> str:
        """A list and all within it."""
        items = "".join(f"<li>{self.within(item)}</li>" for item in block.items)
        if not block.ordered:
            return f"<ul>{items}</ul>"
        start = attribute("start", str(block.start)) if block.start != 1 else ""
        count = attribute("type", block.count) if block.count else ""
        return f"<ol{start}{count}>{items}</ol>"

    def figure(self, block: Figure) -> str:
        """Pictures with their caption."""
        images = self.inline(block.images)
        caption = f"<figcaption>{self.inline(block.caption)}</figcaption>" if block.caption else ""
        return f"<figure>{images}{caption}</figure>"

    def quote(self, block: Quote) -> str:
        """A quotation."""
        return f"<blockquote>{self.blocks(block.content)}</blockquote>"

    def table(self, block: Table) -> str:
        """A table, its rows in their parts."""
        caption = f"<caption>{self.inline(block.caption)}</caption>" if block.caption else ""
        parts = [
            f"<{part}>{''.join(self.row(row) for row in rows)}</{part}>"
            for part, rows in groupby(block.rows, key=lambda row: row.part)
        ]
        return f"<table{self.table_class(block)}>{caption}{''.join(parts)}</table>"

    def table_class(self, block: Table) -> str:
        """The attributes of a table: none in what is stored."""
        return ""

    def row(self, row: Row) -> str:
        """A row."""
        return f"<tr>{''.join(self.cell(cell) for cell in row.cells)}</tr>"

    def cell(self, cell: Cell) -> str:
        """A cell with its spans."""
        tag = "th" if cell.head else "td"
        head = attribute("scope", cell.head) if cell.head else ""
        wide = attribute("colspan", str(cell.column_span)) if cell.column_span > 1 else ""
        high = attribute("rowspan", str(cell.row_span)) if cell.row_span > 1 else ""
        return f"<{tag}{head}{wide}{high}>{self.within(cell.content)}</{tag}>"

    def within(self, blocks: Sequence[Block]) -> str:
        """What an item or a cell holds: a plain paragraph alone or first needs no tag."""
        if not blocks:
            return ""
        first = blocks[0]
        if isinstance(first, Paragraph) and first.tag == "p" and not first.place:
            rest = blocks[1:]
            if not any(isinstance(block, Paragraph) for block in rest):
                return self.inline(first.content) + self.blocks(rest)
        return self.blocks(blocks)

    # -- inline ----------------------------------------------------------

    def inline(self, content: Sequence[Inline]) -> str:
        """Runs, breaks and pictures; neighbours of the same link share it."""
        if len(content) == 1 and isinstance(content[0], Text) and not content[0].href:
            return self._marked(content, 0)
        written = []
        for href, parts in groupby(content, key=_href):
            inner = self._marked(list(parts), 0)
            written.append(self.link(href, inner) if href else inner)
        return "".join(written)

    def _marked(self, content: Sequence[Inline], at: int) -> str:
        """``content`` within its marks, from ``MARKS[at]`` inwards."""
        while at < len(MARKS) and not any(MARKS[at] in part.marks for part in content):
            at += 1
        if at == len(MARKS):
            return "".join(map(self._bare, content))
        mark = MARKS[at]
        written = []
        for marked, parts in groupby(content, key=lambda part: mark in part.marks):
            inner = self._marked(list(parts), at + 1)
            written.append(f"<{mark}>{inner}</{mark}>" if marked else inner)
        return "".join(written)

    def _bare(self, part: Inline) -> str:
        if isinstance(part, Text):
            return escape(part.words)
        return "<br>" if isinstance(part, Break) else self.image(part)

    def link(self, href: str, inner: str) -> str:
        """A link round what is already written."""
        return f"<a{attribute('href', href)}>{inner}</a>"

    def image(self, image: Image) -> str:
        """A picture; one without words for it has an empty ``alt``, to be asked for."""
        return f"<img{attribute('src', image.src)}{attribute('alt', image.alt)}>"


def _href(part: Inline) -> str:
    return "" if isinstance(part, Break) else part.href


_STORED = Writer()


def render(blocks: Sequence[Block]) -> str:
    """The stored form of ``blocks``."""
    return _STORED.blocks(blocks)
