"""Pieces of one table on following pages, given the same columns."""

from __future__ import annotations

from .lattice import TOUCH, PieceCell, edges, nearest
from .page import Piece


def continues(before: Piece, after: Piece) -> bool:
    """Whether two neighbours over a page break have the same outer edges.

    Edges guessed from words differ from page to page and are left as they are.
    """
    return (
        before.ruled
        and after.ruled
        and abs(before.xs[0] - after.xs[0]) <= 2 * TOUCH
        and abs(before.xs[-1] - after.xs[-1]) <= 2 * TOUCH
    )


def share_columns(pieces: list[Piece]) -> None:
    """Give pieces of one table the column edges of all of them."""
    if len(pieces) < 2:
        return
    shared = edges(x for piece in pieces for x in piece.xs)
    for piece in pieces:
        at = [nearest(shared, x) for x in piece.xs]
        piece.cells = [_widened(cell, at) for cell in piece.cells]
        piece.xs = shared


def _widened(cell: PieceCell, at: list[int]) -> PieceCell:
    slots = cell.slots
    first, last = at[slots.column], at[slots.column + slots.column_span]
    return cell._replace(slots=slots._replace(column=first, column_span=last - first))
