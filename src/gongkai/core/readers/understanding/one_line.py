"""A report whose lines were lost: headings that stand inside one long paragraph.

Copied out of a page, a whole report may be a single line.  It is parted before
each heading, so that headings are again paragraphs of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ...forms import editions
from ..document import Paragraph
from .lines import Flow

_LONG = 400
_NUMERALS = "一二三四五六七八九十"
_FREE = re.compile(
    rf"(?:(?<=[\s。；;])|^)(?P<n>[{_NUMERALS}])、[ \u3000]*(?P<words>[^\s，。；、]{{2,30}})(?=\s)"
)


def part_at_headings(flow: Sequence[Flow], free_form: bool) -> list[Flow]:
    """``flow`` with long paragraphs parted at the headings inside them."""
    parted: list[Flow] = []
    for item in flow:
        # Headings of the forms are certain wherever they stand; free ones only in a long line.
        if not isinstance(item, Paragraph) or (free_form and len(item.text) < _LONG):
            parted.append(item)
            continue
        spots = _free_headings(item.text) if free_form else _headings(item.text)
        last = 0
        for start, end in spots:
            parted += _piece(item, last, start)
            parted.append(Paragraph(item.text[start:end].strip(), item.where, heading=True))
            last = end
        parted += _piece(item, last, len(item.text)) if spots else [item]
    return parted


def _piece(item: Paragraph, start: int, end: int) -> list[Flow]:
    text = item.text[start:end].strip()
    return [Paragraph(text, item.where)] if text else []


def _headings(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _known_headings().finditer(text)]


@lru_cache(maxsize=1)
def _known_headings() -> re.Pattern[str]:
    """一、 to 六、 followed by the words of a section of any edition."""
    titles = {
        words
        for form in editions().values()
        for section in form.sections
        for words in (section.title, *section.variants)
        if len(words) >= 4
    }
    words = "|".join(
        r"\s*".join(re.escape(c) for c in title) for title in sorted(titles, key=len, reverse=True)
    )
    return re.compile(rf"(?<![（(])[一二三四五六]\s*[、.．]\s*(?:{words})")


def _free_headings(text: str) -> list[tuple[int, int]]:
    """Headings 一、二、三、… in order; one out of order is no heading of the report."""
    found: list[tuple[int, int]] = []
    for match in _FREE.finditer(text):
        if match["n"] == _NUMERALS[len(found)] and len(found) < len(_NUMERALS) - 1:
            found.append(match.span())
    return found if len(found) >= 2 else []
