"""Printed words to comparable words.

Agencies print the same label in full width, with Kangxi radicals from a PDF,
with spaces for looks, with a bracket that explains it.  ``normalise`` undoes
what is only typography; ``label_key`` also drops ordinal, brackets and
punctuation, so that two printings of one label compare equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# CJK radicals that NFKC leaves alone, met in the text layer of PDF files, and
# the character 䃼 that one input method offers for 补.
_LOOKALIKES = str.maketrans(
    {
        "䃼": "补", "⺠": "民", "⻓": "长", "⻔": "门", "⻅": "见", "⻉": "贝", "⻋": "车",
        "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻥": "鱼", "⻦": "鸟", "⻩": "黄",
        "⻬": "齐", "⻰": "龙", "⻚": "页", "⻙": "韦", "⻘": "青", "⻄": "西", "⺫": "网",
        "⺮": "竹", "⺼": "肉", "⻣": "骨", "⻤": "鬼", "⻆": "角", "⻨": "麦", "⻁": "虎",
        "⺟": "母", "⺒": "巳", "⺋": "卩", "⺕": "彐", "⺝": "月", "⺷": "羊", "⻑": "长", "⻒": "镸",
        "戶": "户",
    }
)  # fmt: skip
_LOOKALIKE = re.compile("[" + "".join(map(chr, _LOOKALIKES)) + "]")
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_BOOKMARK = re.compile(r"\[bookmark:[^\[\]]*\]")
_SPACE = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\u180e\u3164]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BLANKS = re.compile(r"[^\S\n]+")
# An explanation in brackets, or one that a page break cut short.
_BRACKETED = re.compile(r"\([^()]*(?:\)|$)")
_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、,.:;)]|第[一二三四五六七八九十]+部分|"
    r"\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.,)])"
)
_NOT_WORD = re.compile(r"[^\w+]|_")


def normalise(text: str) -> str:
    """``text`` in one typography, white space gone: NFKC, half width, no radicals."""
    if "[bookmark" in text:
        text = _BOOKMARK.sub("", text)
    text = unicodedata.normalize("NFKC", text)
    if _LOOKALIKE.search(text):
        text = text.translate(_LOOKALIKES)
    return _SPACE.sub("", text)


def tidy(text: str) -> str:
    """``text`` for people: bookmarks, invisible characters and doubled spaces gone.

    Unlike :func:`normalise` the punctuation stays as printed.
    """
    if "[bookmark" in text:
        text = _BOOKMARK.sub("", text)
    if _LOOKALIKE.search(text):
        text = text.translate(_LOOKALIKES)
    if _RADICAL.search(text):
        text = _RADICAL.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


@lru_cache(maxsize=16384)
def label_key(text: str) -> str:
    """The bare words of a label: ``3.危及“三安全一稳定”（国家安全…）`` → ``危及三安全一稳定``."""
    text = _ORDINAL.sub("", normalise(text), count=1)
    bare = _BRACKETED.sub("", text)
    return _NOT_WORD.sub("", bare) or _NOT_WORD.sub("", text)


@lru_cache(maxsize=4096)
def ordinal(text: str) -> str:
    """The ordinal a label opens with, in one typography (``（三）`` → ``(三)``), or ``""``."""
    found = _ORDINAL.match(normalise(text))
    return found.group().rstrip("、,.:;") if found else ""
