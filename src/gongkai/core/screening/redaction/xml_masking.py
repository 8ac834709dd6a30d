"""Words blacked out in the XML of an office file, also where they run over several pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from ..hidden_data.word_text import A, W, pieces
from .mask import BLACK, Mask

# Attributes that a reader or a reader's program is told.
_SPOKEN = frozenset((
    "descr", "title", "alt", "tooltip", "display", "name", "string", "prompt", "promptTitle",
    "error", "errorTitle", "caption", "location",
))  # fmt: skip
_LONG = 11


def mask_paragraphs(root: etree._Element, mask: Mask) -> int:
    """Black out in every paragraph of Word and of drawings; how many places."""
    count = 0
    for paragraph in root.iter(W + "p"):
        count += mask_pieces(pieces(paragraph), mask)
    for paragraph in root.iter(A + "p"):
        count += mask_pieces(((t, t.text or "") for t in paragraph.iter(A + "t")), mask)
    return count


def mask_pieces(parts: Iterable[tuple[etree._Element, str]], mask: Mask) -> int:
    """Black out over pieces that make one text; a piece that is a tab or a break stays one."""
    told = list(parts)
    spans = mask.spans("".join(text for _, text in told))
    at = 0
    for element, text in told:
        start, at = at, at + len(text)
        if element.text is None or not text:
            continue
        chars = list(text)
        for first, last in spans:
            for place in range(max(first, start), min(last, at)):
                chars[place - start] = BLACK
        element.text = "".join(chars)
    return len(spans)


def mask_rest(root: etree._Element, mask: Mask) -> int:
    """Black out whatever else is told in one piece: other words, and attributes that are words."""
    count = 0
    for element in root.iter():
        if element.text and mask.covers(element.text):
            element.text = mask.over(element.text)
            count += 1
        for name, value in _words(element):
            if mask.covers(value):
                element.set(name, mask.over(value))
                count += 1
    return count


def _words(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The attributes that may be words; measures and marks of the format are none."""
    for name, value in element.attrib.items():
        plain = str(name).rpartition("}")[2]
        text = str(value)
        if plain in _SPOKEN or not text.isascii() or len(text) >= _LONG:
            yield str(name), text
