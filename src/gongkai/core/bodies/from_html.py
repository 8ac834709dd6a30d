"""A file of html imported as a body: decoded whatever it declares, then cleaned.

For files that hold a document (Word's web page, an export of an old site).  A whole page of a
site brings its navigation along, which nothing here takes for anything but text.
"""

from __future__ import annotations

import re
from html import unescape

from ..readers.encoding import decode
from .content import Block, Paragraph, words_of
from .facts import find_facts
from .imported import Imported
from .markup import render
from .parsing import parse
from .references import take_embedded
from .sanitise import secured, told

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD = 4096
# The metadata of government sites (国办发〔2017〕47号) comes before the window's title.
_TITLES = (
    re.compile(
        r"""<meta[^>]*name\s*=\s*["']?ArticleTitle["'\s][^>]*content\s*=\s*["']([^"']+)""", re.I
    ),
    re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL),
)


def body_from_html_file(data: bytes) -> Imported:
    """The body in a file of html.  UnreadableDocument where its bytes are no text."""
    declared = _CHARSET.search(data[:_HEAD])
    html, _ = decode(data, declared[1].decode("ascii", "replace") if declared else None)
    blocks, left = parse(html, data_images=True)
    title = next(filter(None, (_told(html, place) for place in _TITLES)), None)
    if title and blocks and _said(blocks[0]) == "".join(title.split()):
        del blocks[0]
    body, images = take_embedded(secured(render(blocks), data_images=True))
    return Imported(title, body, images, find_facts(blocks), told(left))


def _told(html: str, place: re.Pattern[str]) -> str:
    found = place.search(html)
    return " ".join(unescape(found[1]).split()) if found else ""


def _said(block: Block) -> str:
    return "".join(words_of(block.content).split()) if isinstance(block, Paragraph) else ""
