"""What a body says in plain words: for search, for feeds, for lists, for the checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..readers.docx.counting import count
from .content import CENTRED, SIGNED, Block, Figure, Listing, Paragraph, Quote, Table, words_of
from .outline import Heading, outline
from .parsing import stored

_COUNTS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_END = re.compile(r"[。！？；](?=[^。！？；]*$)")
_MORE = "…"


def plain_text(html: str) -> str:
    """The words of a stored body: cells parted by tabs, rows and blocks by new lines."""
    return "\n".join(_lines(stored(html)))


def summary(html: str, length: int = 120) -> str:
    """The beginning of the text in at most ``length`` characters, ended at a sentence if it can.

    Headings, tables, the line of those it is sent to and the signature are passed over.
    """
    said = ""
    for block in stored(html):
        if not isinstance(block, Paragraph) or block.tag != "p" or block.place in (CENTRED, SIGNED):
            continue
        words = " ".join(words_of(block.content).split())
        if not block.place:
            said += words
        if len(said) > length:
            break
    if len(said) <= length:
        return said
    end = _END.search(said[:length])
    if end and end.end() * 2 >= length:
        return said[: end.end()]
    return said[: max(0, length - 1)] + _MORE


def headings(html: str, prefix: str = "s", top: int = 2) -> tuple[Heading, ...]:
    """The headings of a stored body as ``render_body`` shows them, for a table of contents."""
    return tuple(heading for _, heading in outline(stored(html), prefix, top))


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield words_of(block.content)
        elif isinstance(block, Figure):
            if block.caption:
                yield words_of(block.caption)
        elif isinstance(block, Quote):
            yield from _lines(block.content)
        elif isinstance(block, Table):
            if block.caption:
                yield words_of(block.caption)
            for row in block.rows:
                yield "\t".join(" ".join(_words(cell.content)) for cell in row.cells)
        else:
            yield from _listed(block)


def printed_number(listing: Listing, number: int) -> str:
    """The number that a screen prints before an item of an ordered list."""
    return f"{count(number, _COUNTS.get(listing.count, 'decimal'))}. "


def _listed(listing: Listing) -> Iterator[str]:
    for number, item in enumerate(listing.items, listing.start):
        lines = list(_lines(item))
        if listing.ordered:
            lines[:1] = [printed_number(listing, number) + (lines[0] if lines else "")]
        yield from lines


def _words(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of a cell, without the tabs and breaks that part cells and rows."""
    for line in _lines(blocks):
        yield " ".join(line.split())
