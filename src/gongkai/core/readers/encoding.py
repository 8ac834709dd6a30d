"""Bytes to text, whatever a page or a text file declares of itself.

Declarations are often wrong: pages are re-saved in another encoding with the
old ``<meta>``, text files declare nothing.  So the bytes decide first (byte
order marks, strict decoding), then how Chinese the result looks; a declaration
only adds a candidate.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from ..errors import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# What Chinese documents declare, by the codec that holds all of it.
_DECLARED = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "hz": "hz",
    "big5": "big5hkscs", "big5hkscs": "big5hkscs",
}  # fmt: skip
_SAMPLE = 4000
# Below this share of everyday characters a decoding is taken for chance.
_PLAUSIBLE = 0.5
# At this share the other order of bytes cannot be meant.
_CERTAIN = 0.8
# One character in so many may be damaged before the text is refused.
_DAMAGED = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding.

    ``declared`` is what the document says of itself; it is heard, not obeyed.
    UnreadableDocument (``input.not_text``) where no encoding gives text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _readable(data[len(mark) :].decode(name, "replace"), name)
    name = without_mark(data)
    if name:
        return _readable(data.decode(name, "replace"), name)
    if data.isascii() and not (declared or "").lower().startswith("hz"):
        return _readable(data.decode("ascii"), "utf-8")
    # UTF-8 hardly ever succeeds by chance, except on a handful of characters.
    unicode = _strictly(data, "utf-8")
    if unicode and len(data) - len(unicode[0]) > 60:
        return _readable(*unicode)
    others = (_strictly(data, n) for n in _names(declared))
    candidates = [c for c in (unicode, *others) if c]
    if candidates:
        best = max(candidates, key=lambda c: plausibility(c[0]))
        if plausibility(best[0]) >= _PLAUSIBLE or best is unicode:
            return _readable(*best)
    return _damaged(data)


def plausibility(text: str) -> float:
    """The share of ``text``'s characters beyond ASCII that everyday Chinese uses, 0 to 1."""
    sample = [c for c in text[: 8 * _SAMPLE] if c > "\x7f"][:_SAMPLE]
    if not sample:
        return 1.0
    common = _common()
    return sum(c in common for c in sample) / len(sample)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """GB 2312 level one (3755 characters, by frequency of use), with signs and digits."""
    trails = range(0xA1, 0xFF)
    leads = (0xA1, 0xA2, 0xA3, *range(0xB0, 0xD8))
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    signs = "\u00a0\u00b7\u2013\u2022\u200b\ufeff"
    return frozenset(signs + "".join(pair.decode("gb2312", "ignore") for pair in pairs))


def _names(declared: str | None) -> list[str]:
    names = ["gb18030"]
    own = _DECLARED.get((declared or "").lower().replace("_", "").replace("-", ""))
    if own and own not in names:
        names.append(own)
    return names


def _strictly(data: bytes, name: str) -> tuple[str, str] | None:
    try:
        return data.decode(name), name
    except UnicodeDecodeError:
        return None


def without_mark(data: bytes) -> str:
    """UTF-16 without a byte order mark, or ``""``: zeros beside ASCII, and everyday Chinese."""
    head = data[:_SAMPLE]
    if b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # The other half has a zero only for a character such as 一 (U+4E00).
    if max(even, odd) >= 4 * min(even, odd) and max(even, odd) >= len(head) // 20:
        return "utf-16-le" if odd > even else "utf-16-be"
    whole = head[: len(head) // 2 * 2]
    likely, name = max((_everyday(whole, name), name) for name in ("utf-16-le", "utf-16-be"))
    return name if likely >= _CERTAIN else ""


def _everyday(data: bytes, name: str) -> float:
    text = data.decode(name, "replace")
    beyond = sum(c > "\x7f" for c in text)
    # Control characters are those of a file that is no text.
    return plausibility(text) if beyond > 20 and not _CONTROL.search(text) else 0.0


def _damaged(data: bytes) -> tuple[str, str]:
    """Text with a few bytes broken (cut off within a character, a pasted line)."""
    for name in ("utf-8", "gb18030"):
        text = data.decode(name, "replace")
        lost, beyond = text.count("\ufffd"), sum(c > "\x7f" for c in text)
        # A character cut in two loses up to three marks.
        if lost <= 3 + beyond // _DAMAGED and beyond > 20 and plausibility(text) >= _PLAUSIBLE:
            return _readable(text, name)
    raise UnreadableDocument("input.not_text")


def _readable(text: str, name: str) -> tuple[str, str]:
    head = text[:_SAMPLE]
    if len(_CONTROL.findall(head)) > len(head) // 50:
        raise UnreadableDocument("input.not_text")
    return text, name
