"""Where things stand on a letter's page, the same in Word and PDF (GB/T 9704-2012).

The day is set four characters from the right edge and the name centred on it, so
that a seal covers both; a name too long for that moves the day to the left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..letters import Block, LetterDocument, Paragraph, Signature, Table

# Characters of 16 points that the day stands from the edge when a seal is put on it.
_SEALED_ROOM = 4.0
_TITLE_ROOM = 20
_SHORT = 6
# A numbered heading, or words that lead in what follows.
_LEADS = re.compile(r"^[一二三四五六七八九十]{1,3}、[^。]{1,30}$|：$|^此致$")


@dataclass(frozen=True)
class SignatureLine:
    """One line of a signature and its distance from the right edge, in characters."""

    text: str
    right: float


def signature_lines(signature: Signature) -> tuple[SignatureLine, ...]:
    """Name, place of the seal, day."""
    name, day = _width(signature.name), _width(signature.day)
    half = (name - day) / 2
    from_edge = max(_SEALED_ROOM, half)
    lines = [SignatureLine(signature.name, from_edge - half)]
    if signature.sealed:
        seal = "（印章）"
        lines.append(SignatureLine(seal, from_edge + (day - _width(seal)) / 2))
    return (*lines, SignatureLine(signature.day, from_edge))


def title_lines(document: LetterDocument) -> tuple[str, ...]:
    """The title; one too long for a line is cut into two of like length."""
    title = document.title
    if _width(title) <= _TITLE_ROOM:
        return (title,)
    at = title.find("公开") + 2 if "公开" in title[4:-4] else len(title) // 2
    return (title[:at], title[at:])


def is_form(document: LetterDocument) -> bool:
    """Whether the paper is a form: its table is what matters, and nobody signs below."""
    return document.signature is None and any(isinstance(b, Table) for b in document.blocks)


def column_widths(table: Table, whole: int) -> list[int]:
    """The widths of the columns in whole units, together ``whole``."""
    total = sum(table.widths)
    edges = [whole * sum(table.widths[:at]) // total for at in range(len(table.widths) + 1)]
    return [right - left for left, right in pairwise(edges)]


def kept_blocks(blocks: Sequence[Block], followed: bool) -> list[bool]:
    """Which blocks stay on the page of what comes next.

    A heading, what leads in a list or a table; and what stands before a signature,
    which is never alone on a page.
    """
    kept: list[bool] = []
    for block, following in pairwise((*blocks, None)):
        last = following is None and followed
        leads = isinstance(block, Paragraph) and bool(_LEADS.search(block.text))
        kept.append(last or (following is not None and leads) or isinstance(following, Table))
    return kept


def centred_columns(table: Table) -> set[int]:
    """The columns of a headed table that hold only short words and figures."""
    if not table.head_rows:
        return set()
    body = table.rows[table.head_rows :]
    return {
        at
        for at in range(len(table.widths))
        if all(_width(row[at].text) <= _SHORT for row in body if at < len(row))
    }


def _width(text: str) -> float:
    """How many Chinese characters wide the text is."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)
