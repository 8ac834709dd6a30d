"""Paragraphs that are more than that: items of a list that has no markup, pictures alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from .content import Block, Break, Figure, Image, Listing, Paragraph, Text
from .spacing import merged


def gather_bullets(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with neighbouring bulleted paragraphs as lists, deeper ones within."""
    made: list[Block] = []
    for bulleted, run in groupby(blocks, key=_is_bulleted):
        if bulleted:
            made.append(_nested([b for b in run if isinstance(b, Paragraph)]))
        else:
            made.extend(run)
    return made


def _is_bulleted(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.bullet > 0


def _nested(paragraphs: list[Paragraph]) -> Listing:
    level = min(p.bullet for p in paragraphs)
    items: list[list[Block]] = []
    for deeper, run in groupby(paragraphs, key=lambda p: p.bullet > level):
        if deeper:
            inner = _nested(list(run))
            if items:
                items[-1].append(inner)
            else:
                items.append([inner])
        else:
            items.extend([Paragraph(p.content)] for p in run)
    return Listing(items)


def numbered(item: Sequence[Block], number: str) -> list[Block]:
    """The blocks of a list item as paragraphs, its number (if any) printed before the first."""
    blocks = list(item)
    if not number:
        return blocks
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph):
        blocks[0] = Paragraph(merged([Text(number), *first.content]), first.tag, first.place)
    else:
        blocks.insert(0, Paragraph([Text(number)]))
    return blocks


def standing(paragraph: Paragraph) -> Block:
    """``paragraph``; a figure where it holds nothing but pictures."""
    images = [part for part in paragraph.content if isinstance(part, Image)]
    pictured = all(isinstance(part, Image | Break) for part in paragraph.content)
    return Figure(images) if images and pictured and not paragraph.bullet else paragraph
