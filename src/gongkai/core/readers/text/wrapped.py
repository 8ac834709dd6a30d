"""Rows whose label a narrow column broke: its pieces on the lines above the figures.

Only one way of putting them together is taken: a line that opens with an ordinal
and has no figures, lines that go on with it, and then as many figures as the rows
around have.  A row that has a label of its own with an ordinal is never added to.
"""

from __future__ import annotations

import re

from ..numerals import is_value
from .width import printed_width

_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}\s*[）)、.．](?!\d)")
# Labels side by side: wide apart, or the next one opens with its ordinal.
NEXT_LABEL = re.compile(r"\s{2,}|\u3000+|\s+(?=[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])")
_FIGURE = re.compile(r"\d[\d,.]*|[—–/-]")
_MOST_LINES = 4
_NEAR = 12
_FEWEST = 3
_LONGEST = 400
_WIDEST = 90
# A narrow column centres its lines; the column beside it stands further off.
_ABOUT_THE_SAME = 6

Row = list[tuple[str, int]]


def wrapped(lines: list[str], at: int) -> tuple[Row, int] | None:
    """The row whose label begins at ``lines[at]`` and goes on below, and the line behind it."""
    labels = _labels(lines[at])
    if not labels or not _ORDINAL.match(labels[-1]):
        return None
    place = _starts(lines[at], labels[-1])
    for below in range(at + 1, min(at + 1 + _MOST_LINES, len(lines))):
        line = lines[below]
        figures = _figures(line)
        own = _labels(_before(line, figures))
        if any(_ORDINAL.match(label) for label in own) or not (figures or own):
            return None
        if own and abs(_starts(line, own[-1]) - place) > _ABOUT_THE_SAME:
            return None
        labels = _joined(labels, own)
        if figures:
            return _row(lines, at, below, labels, figures)
    return None


def _row(
    lines: list[str], at: int, below: int, labels: list[str], figures: list[str]
) -> tuple[Row, int] | None:
    text = labels[-1]
    end = below + 1
    if text.count("（") > text.count("）") and end < len(lines):
        rest = _labels(lines[end])
        if len(rest) == 1 and rest[0].endswith("）") and not _ORDINAL.match(rest[0]):
            labels[-1], end = text + rest[0], end + 1
    unbroken = labels[-1] == _labels(lines[at])[-1]
    # An unbroken label above bare figures may be that of a group, not of the row.
    if unbroken or len(figures) != _usual(lines, at):
        return None
    return [(words, at + 1) for words in (*labels, *figures)], end


def _usual(lines: list[str], at: int) -> int:
    """How many figures the nearest row above has that is whole; else the nearest below."""
    near = [*range(at - 1, max(-1, at - _NEAR), -1), *range(at + 1, min(len(lines), at + _NEAR))]
    for other in near:
        figures = _figures(lines[other])
        if figures and _ORDINAL.match(lines[other].strip()):
            return len(figures)
    return 0


def _figures(line: str) -> list[str]:
    """The figures a line ends with, three or more; ``[]`` for any other line."""
    words = line.split() if len(line) <= _LONGEST else []
    first = len(words)
    while first and _FIGURE.fullmatch(words[first - 1]):
        first -= 1
    return words[first:] if len(words) - first >= _FEWEST else []


def _before(line: str, figures: list[str]) -> str:
    """``line`` without the figures it ends with."""
    for figure in reversed(figures):
        line = line.rstrip()[: -len(figure)]
    return line


def _labels(line: str) -> list[str]:
    """The labels a line holds side by side; ``[]`` for a line of prose or with figures."""
    text = line.strip() if len(line) <= _LONGEST else ""
    if not text or "。" in text or "\t" in text or printed_width(text) > _WIDEST:
        return []
    parts = NEXT_LABEL.split(text)
    return [] if any(is_value(part) for part in parts) else parts


def _joined(above: list[str], below: list[str]) -> list[str]:
    """Labels with what goes on under them: each under its own, or one under the last."""
    if len(below) == len(above):
        return [a + b for a, b in zip(above, below, strict=True)]
    return [*above[:-1], above[-1] + "".join(below)]


def _starts(line: str, label: str) -> int:
    return printed_width(line[: line.rindex(label)])
