"""The pieces of a file as one PDF: contents first, then every piece, pages numbered through.

What people handed in is opened in a process of its own (``apart``): a damaged or locked file
costs its own pages only, which are then said to be missing.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.letters import Paragraph
from gongkai.web.apart import NoAnswer, apart
from gongkai.web.typesetting import typeset

from ...papers import TEXT
from . import sheets
from .pieces import PDF, Piece
from .stitching import counts_of, pages_of, stitch

_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/tiff")


class CannotBind(Exception):
    """The file could not be bound; the message says why."""


def bind(pieces: Sequence[Piece], title: str, about: str) -> bytes:
    """One PDF.  ``about`` stands under the title of the contents."""
    leaves = [_leaf(piece) for piece in pieces]
    counts = _counted(leaves)
    bound = [
        leaf if count else _missing(piece)
        for piece, leaf, count in zip(pieces, leaves, counts, strict=True)
    ]
    counts = [count or 1 for count in counts]
    # The contents name pages that come after them: set once to learn how long they are.
    length = pages_of(_contents(pieces, counts, title, about, 0))
    front = _contents(pieces, counts, title, about, length)
    names = [f"{piece.title} {piece.number}".strip() for piece in pieces]
    try:
        return apart(stitch, [front, *bound], ["卷内目录", *names], title)
    except NoAnswer as reason:
        raise CannotBind(f"卷内材料装订不成：{reason}。") from reason


def _counted(leaves: list[bytes]) -> list[int]:
    """The pages of each; where one brings the process down, it alone has none."""
    try:
        return apart(counts_of, leaves)
    except NoAnswer:
        return [_counted_alone(leaf) for leaf in leaves]


def _counted_alone(leaf: bytes) -> int:
    try:
        return apart(pages_of, leaf)
    except NoAnswer:
        return 0


def _contents(
    pieces: Sequence[Piece], counts: Sequence[int], title: str, about: str, before: int
) -> bytes:
    rows = []
    page = before + 1
    for number, (piece, count) in enumerate(zip(pieces, counts, strict=True), 1):
        on = piece.on.isoformat() if piece.on else ""
        last = page + count - 1
        pages = str(page) if count == 1 else f"{page}—{last}"
        rows.append((number, piece.part, piece.title, piece.number, on, pages))
        page += count
    heads = ("序号", "部分", "名称", "文号", "日期", "页")
    listed = sheets.table(heads, (2, 5, 6, 5, 4, 3), rows)
    return typeset(sheets.sheet(title, Paragraph(about), listed))


def _leaf(piece: Piece) -> bytes:
    """What is bound of a piece: its pdf, its picture; a page that names what is neither."""
    if piece.media_type == PDF or piece.media_type in _PICTURES:
        return piece.data
    if piece.media_type == TEXT:
        return typeset(sheets.text_of_paper(piece.title, piece.data.decode()))
    kind = piece.name.rpartition(".")[2] or piece.media_type
    why = f"原件是 {kind} 文件（{piece.name}），不能装订在这里，见压缩包。"
    return typeset(sheets.left_out(piece.title, why))


def _missing(piece: Piece) -> bytes:
    why = "原件加了密码或者已经损坏，不能装订在这里，见压缩包。"
    return typeset(sheets.left_out(piece.title, why))
