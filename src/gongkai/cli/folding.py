"""Lines of mixed Chinese and Latin text, folded as Chinese is set.

Chinese may break between any two characters, but no line begins with a closing
mark or ends with an opening one; Latin words and numbers stay whole.
"""

from __future__ import annotations

import re

from rich.cells import cell_len

_CLOSING = "，。；：、？！）》」』”’〕%"
_OPENING = "（《「『“‘〔"
# What may not be parted: an opening mark and what follows, closing marks and what they close.
_PIECES = re.compile(
    rf"[{_OPENING}]*(?:[\w./\-:#]+(?<![\u2e80-\uffff])|[^{_OPENING}])[{_CLOSING}]*|[{_OPENING}]",
    re.ASCII,
)


def fold(text: str, width: int) -> str:
    """``text`` in lines of at most ``width`` columns, as far as its words allow."""
    return "\n".join(line for given in text.split("\n") for line in _lines(given, max(width, 8)))


def _lines(text: str, width: int) -> list[str]:
    lines = [""]
    for piece in _PIECES.findall(text):
        if cell_len(lines[-1]) + cell_len(piece) > width and lines[-1]:
            lines.append("")
            piece = piece.lstrip(" ")
        while cell_len(piece) > width:  # longer than a line by itself, a path for instance
            head = _fitting(piece, width)
            lines[-1] = head
            lines.append("")
            piece = piece[len(head) :]
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _fitting(piece: str, width: int) -> str:
    used = 0
    for place, character in enumerate(piece):
        used += cell_len(character)
        if used > width:
            return piece[:place]
    return piece
