"""What a hit says round the words that were looked for, each part told marked or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from gongkai.core.bigrams import normal, stretches
from gongkai.web.publication.models import Publication

# Characters shown before the first hit, and in all.
_BEFORE, _LENGTH = 24, 110
# Looked at in one go: most hits stand early, and a text may be a book.
_STEP = 20_000

# A stored body holds few elements and quotes all its attributes (``core.bodies``).
_BLOCK_END = re.compile(r"</(?:p|h[2-4]|li|t[dhr]|caption|figcaption|blockquote)>|<br>")
_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')

Marked = list[tuple[str, bool]]


def marked(text: str, words: Sequence[str]) -> Marked:
    """The text in parts, each with whether it is one of ``words`` (in normal form)."""
    parts: Marked = []
    at = 0
    for start, end in stretches(text, words):
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    parts.append((text[at:], False))
    return [part for part in parts if part[0]]


def excerpt(item: Publication, words: Sequence[str]) -> Marked:
    """A few lines of the summary or the text round the first hit; else how it begins."""
    texts = [text for text in (_line(item.summary), plain(item.body_html)) if text]
    # The one that holds more of them.
    for text in sorted(texts, key=lambda text: -_held(text, words)):
        found = _first(text, words)
        if found is not None:
            start = max(0, found[0] - _BEFORE)
            return _cut(text, start, max(start + _LENGTH, found[1]), words)
    return _cut(texts[0], 0, _LENGTH, words) if texts else []


def plain(body_html: str) -> str:
    """The words of a stored body on one line; a quick reading, for showing only."""
    return _line(unescape(_TAG.sub("", _BLOCK_END.sub(" ", body_html))))


def _line(text: str) -> str:
    return " ".join(text.split())


def _held(text: str, words: Sequence[str]) -> int:
    """How many of ``words`` the text holds; one word wants no counting."""
    if len(words) < 2:
        return 0
    form = normal(text)
    return sum(word in form for word in words)


def _first(text: str, words: Sequence[str]) -> tuple[int, int] | None:
    longest = max(map(len, words), default=0)
    for start in range(0, len(text), _STEP):
        piece = text[start : start + _STEP + 4 * longest]
        form = normal(piece)
        if any(word in form for word in words):
            first, last = stretches(piece, words)[0]
            return start + first, start + last
    return None


def _cut(text: str, start: int, end: int, words: Sequence[str]) -> Marked:
    parts = marked(text[start:end], words)
    if start:
        parts.insert(0, ("……", False))
    if end < len(text):
        parts.append(("……", False))
    return parts
