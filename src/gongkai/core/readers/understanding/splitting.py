"""Ways to split a run of digits into figures, and which of them the relations allow.

Every cell is taken to hold something printed: a number without leading zeros,
or a dash.  What cannot be told apart under that is not told apart at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

MOST_WAYS = 4000
MOST_STEPS = 100_000
MOST_COMBINATIONS = 5_000
_DASHES = "—–-/"
_LONGEST = 20

Split = tuple[str, ...]


def ways(pieces: Sequence[str], count: int, fits: Callable[[Split], bool]) -> list[Split] | None:
    """Every split of ``pieces`` into ``count`` figures that ``fits``.

    ``pieces`` are apart already (white space stood between them) and are only
    split further.  None where there are more ways than can be looked at; ``[]``
    where a piece holds more than digits and dashes.
    """
    if not all(c.isdecimal() or c in _DASHES for piece in pieces for c in piece):
        return []
    found: list[Split] = []
    steps = 0

    def go(piece: int, at: int, taken: list[str]) -> bool:
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS:
            return False
        if piece == len(pieces):
            if len(taken) == count and fits(tuple(taken)):
                found.append(tuple(taken))
            return len(found) <= MOST_WAYS
        text = pieces[piece]
        if at == len(text):
            return go(piece + 1, 0, taken)
        if len(taken) == count:
            return True
        rest = len(text) - at + sum(map(len, pieces[piece + 1 :]))
        if rest < count - len(taken):
            return True
        longest = 1 if text[at] == "0" or text[at] in _DASHES else len(text) - at
        for end in range(at + 1, at + longest + 1):
            if end > at + 1 and text[end - 1] in _DASHES:
                break
            taken.append(text[at:end])
            going = go(piece, end, taken)
            taken.pop()
            if not going:
                return False
        return True

    return found if go(0, 0, []) else None


def number(figure: str) -> int:
    """What a figure counts; a dash, and what is no whole number of sane length, counts 0."""
    digits = figure.replace(",", "").rstrip(".")
    return int(digits) if digits.isdecimal() and len(digits) < _LONGEST else 0


def settle(
    rows: dict[str, list[Split]], holds: Callable[[dict[str, Split]], bool]
) -> dict[str, Split]:
    """The rows whose split is the same in every combination that ``holds``.

    A row with one way to split it is settled by itself; the others only by
    what the relations between rows leave over.
    """
    settled = {row: splits[0] for row, splits in rows.items() if len(splits) == 1}
    open_rows = [row for row, splits in rows.items() if len(splits) > 1]
    combinations = 1
    for row in open_rows:
        combinations *= len(rows[row])
    if not open_rows or combinations > MOST_COMBINATIONS:
        return settled
    possible: dict[str, set[Split]] = {row: set() for row in open_rows}
    for choice in product(*(rows[row] for row in open_rows)):
        if holds({**settled, **dict(zip(open_rows, choice, strict=True))}):
            for row, split in zip(open_rows, choice, strict=True):
                possible[row].add(split)
    for row, splits in possible.items():
        if len(splits) == 1:
            settled[row] = next(iter(splits))
    return settled
