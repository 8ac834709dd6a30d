"""What a body (正文) is made of: paragraphs, headings, lists, tables, figures, quotations.

Every source (pasted html, a Word file) is turned into these blocks and every output (stored
html, the public page, plain text, a comparison) comes from them.  Looks are no part of it:
what stays of them is what says something (bold, raised, struck out) and where a line stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

# Marks in the order in which they are nested, the outermost first.
MARKS = ("ins", "del", "strong", "u", "s", "sup", "sub")
NO_MARKS: frozenset[str] = frozenset()

# Where a paragraph stands, by the class that says so.
CENTRED = "gk-center"
SIGNED = "gk-sign"
FLUSH = "gk-flat"
PLACES = (CENTRED, SIGNED, FLUSH)
HEADINGS = ("h2", "h3", "h4")


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words with the same marks; ``href`` is set where it is a link."""

    words: str
    marks: frozenset[str] = NO_MARKS
    href: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A line that ends within a paragraph."""

    marks: frozenset[str] = NO_MARKS


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its source (``attachment:ID`` or a ``data:`` address) and what it shows."""

    src: str
    alt: str = ""
    href: str = ""
    marks: frozenset[str] = NO_MARKS


Inline: TypeAlias = Text | Break | Image


@dataclass(slots=True)
class Paragraph:
    """A paragraph or, by its ``tag``, a heading.

    ``bullet`` is the level (from 1) of a paragraph that its program shows with a bullet:
    a list that is none in the markup.
    """

    content: list[Inline]
    tag: str = "p"
    place: str = ""
    bullet: int = 0


@dataclass(slots=True)
class Listing:
    """A list; an ordered one has its first number and the way it counts (``a``, ``I``…)."""

    items: list[list[Block]]
    ordered: bool = False
    start: int = 1
    count: str = ""


@dataclass(slots=True)
class Cell:
    """A cell of a table; ``head`` is the scope of a heading cell, "" for any other."""

    content: list[Block]
    row_span: int = 1
    column_span: int = 1
    head: str = ""


@dataclass(slots=True)
class Row:
    """A row; ``part`` is ``thead``, ``tbody`` or ``tfoot``."""

    cells: list[Cell]
    part: str = "tbody"


@dataclass(slots=True)
class Table:
    """A table; cells covered by a span are not there, as in html."""

    rows: list[Row]
    caption: list[Inline] = field(default_factory=list)


@dataclass(slots=True)
class Figure:
    """Pictures that stand by themselves, with what is written below them."""

    images: list[Image]
    caption: list[Inline] = field(default_factory=list)


@dataclass(slots=True)
class Quote:
    """A quotation set off from the text."""

    content: list[Block]


Block: TypeAlias = Paragraph | Listing | Table | Figure | Quote


def words_of(content: Sequence[Inline]) -> str:
    """What inline content says; a break is a new line, a picture nothing."""
    if len(content) == 1 and isinstance(content[0], Text):
        return content[0].words
    return "".join(
        part.words if isinstance(part, Text) else "\n" if isinstance(part, Break) else ""
        for part in content
    )


def says_something(content: Sequence[Inline]) -> bool:
    """Whether inline content shows anything at all; underlined blanks to be filled in do."""
    return any(
        isinstance(part, Image)
        or (
            isinstance(part, Text)
            and (bool(part.words.strip()) or ("u" in part.marks and "\xa0\xa0" in part.words))
        )
        for part in content
    )


def inner_blocks(block: Block) -> Iterator[list[Block]]:
    """The lists of blocks that stand directly within ``block``."""
    if isinstance(block, Listing):
        yield from block.items
    elif isinstance(block, Quote):
        yield block.content
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                yield cell.content


def every_block(blocks: Sequence[Block]) -> Iterator[Block]:
    """All blocks in reading order, those within others after the one that holds them."""
    for block in blocks:
        yield block
        for inner in inner_blocks(block):
            yield from every_block(inner)


def every_inline(blocks: Sequence[Block]) -> Iterator[Inline]:
    """All runs, breaks and pictures in reading order."""
    for block in every_block(blocks):
        if isinstance(block, Paragraph):
            yield from block.content
        elif isinstance(block, Figure):
            yield from block.images
            yield from block.caption
        elif isinstance(block, Table):
            yield from block.caption


def change_inline(blocks: Sequence[Block], change: Callable[[Inline], Inline]) -> None:
    """Put ``change(part)`` in the place of every run, break and picture."""
    for block in every_block(blocks):
        if isinstance(block, Paragraph):
            block.content = [change(part) for part in block.content]
        elif isinstance(block, Figure):
            changed = [change(image) for image in block.images]
            block.images = [part for part in changed if isinstance(part, Image)]
            block.caption = [change(part) for part in block.caption]
        elif isinstance(block, Table):
            block.caption = [change(part) for part in block.caption]
