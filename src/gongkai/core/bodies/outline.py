"""The headings of a body: which rank each has on the page, and the address it can be reached at.

On the page the body stands below the title, so its highest heading is of the second rank
whatever it was called; no rank is left out on the way down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .content import HEADINGS, Block, Paragraph, every_block, words_of

_LOWEST = 6


class Heading(NamedTuple):
    """A heading: its rank on the page (``2`` for ``h2``), its words, its id."""

    rank: int
    words: str
    anchor: str


def outline(
    blocks: Sequence[Block], prefix: str = "s", top: int = 2
) -> list[tuple[Paragraph, Heading]]:
    """The headings among ``blocks`` in order; ``top`` is the rank of the highest."""
    found = [b for b in every_block(blocks) if isinstance(b, Paragraph) and b.tag in HEADINGS]
    tags = sorted({block.tag for block in found})
    made: list[tuple[Paragraph, Heading]] = []
    above = top - 1
    for number, block in enumerate(found, 1):
        above = min(top + tags.index(block.tag), above + 1, _LOWEST)
        words = " ".join(words_of(block.content).split())
        made.append((block, Heading(above, words, f"{prefix}-{number}")))
    return made
