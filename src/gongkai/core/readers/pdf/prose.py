"""Lines outside the tables: joined to paragraphs."""

from __future__ import annotations

import re
from statistics import median
from typing import NamedTuple

from .lines import Line

_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[、）)]|\d{1,2}[.．、]")
# Times a line's height.
_FEWEST_ACROSS = 15
# A heading's size against the text's; its lines differ less in size than this, and stand so near.
_LARGER, _SAME_SIZE, _WRAPPED = 1.2, 0.05, 2.0
_STOPS = frozenset("，。、；：！？）》”’」』】…,.;:!?)")
_SENTENCE_END = "。；：！？.;:!?"


class ProseLine(NamedTuple):
    """A line of prose, without its characters; ``head`` is the width of its first word."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    height: float
    head: float


def prose_line(line: Line) -> ProseLine:
    """What is kept of a line once its page is closed."""
    return ProseLine(
        line.text, line.left, line.top, line.right, line.bottom, line.base, line.height, _head(line)
    )


def _head(line: Line) -> float:
    """What could not be parted at the line's start: a character with the stops after it."""
    last = line.glyphs[0]
    for glyph in line.glyphs[1:]:
        joined = last.char.isascii() and glyph.char.isascii()
        if not joined and glyph.char not in _STOPS:
            break
        last = glyph
    return last.right - line.left


class Margins(NamedTuple):
    """Where lines of prose begin and end in this document, and how high they are."""

    left: float
    right: float
    height: float


def margins(lines: list[ProseLine]) -> Margins:
    """Told by the long lines: those at least three quarters as wide as the widest."""
    if not lines:
        return Margins(0.0, 0.0, 0.0)
    usual = median(line.height for line in lines)
    widest = max(line.right - line.left for line in lines)
    if widest < _FEWEST_ACROSS * lines[0].height:
        # Too short to tell a margin by: every line stands for itself.
        return Margins(0.0, float("inf"), usual)
    long = [line for line in lines if line.right - line.left >= widest * 0.75]
    usual = median(line.height for line in long)
    return Margins(min(line.left for line in long), max(line.right for line in long), usual)


def runs_on(before: ProseLine, after: ProseLine, at: Margins) -> bool:
    """Whether ``after`` continues the paragraph that ``before`` is in.

    Only if ``before`` has no room left for the first word of ``after``, and
    ``after`` starts at the left margin, in letters of the same size and at the usual distance.
    """
    size = before.height
    room = at.right - before.right
    if room > max(after.head, 2.2 * size) or after.left > at.left + 1.2 * size:
        return False
    if not 0.8 * size < after.height < 1.25 * size:
        return False
    # Over a page break the distance is negative.
    if after.base - before.base > 2.6 * size:
        return False
    return not (_NUMBERED.match(after.text) and before.text[-1] in _SENTENCE_END)


def is_one_heading(before: ProseLine, after: ProseLine, at: Margins) -> bool:
    """Whether two lines are one large heading: centred, or the first full to its end."""
    size = before.height
    if size < _LARGER * at.height or abs(after.height - size) > _SAME_SIZE * size:
        return False
    if not 0 < after.base - before.base < _WRAPPED * size:
        return False
    if _NUMBERED.match(after.text) or _NUMBERED.match(before.text):
        return False
    centred = abs(before.left + before.right - after.left - after.right) < size
    full = abs(before.left - after.left) < size / 2 and before.right > after.right - 1.2 * size
    return centred or full


def join(before: str, after: str) -> str:
    """Two lines of one paragraph: a space only between Latin words."""
    latin = before[-1:].isascii() and after[:1].isascii()
    both_words = before[-1:].isalpha() and after[:1].isalpha()
    return f"{before} {after}" if latin and both_words else before + after
