"""Which cell of a row stands under which head.

By place where the table has true columns and its heads are whole; by order
where they are not, and only if the number of cells leaves one way to do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ..document import GridCell


class How(StrEnum):
    """How a row was paired with its heads."""

    PLACE = "place"
    ORDER = "order"
    SHORT = "short"
    FAILED = "failed"


class Spot(NamedTuple):
    """A head at its place: the column it names and the grid columns it covers."""

    column: str
    start: int
    end: int


@dataclass(slots=True)
class Paired:
    """The cells of one row by column.

    A column may hold several cells (its head is wider than they are) or share
    one with a neighbour (the cell is wider than its head): the caller decides.
    """

    how: How
    cells: dict[str, list[GridCell]] = field(default_factory=dict)
    shared: dict[str, tuple[str, ...]] = field(default_factory=dict)


def pair(
    cells: Sequence[GridCell],
    spots: Sequence[Spot],
    columns: Sequence[str],
    aligned: bool,
    from_left: bool = False,
) -> Paired:
    """Pair ``cells`` (those after the row's label) with ``columns`` (in printed order).

    ``from_left``: superfluous blank cells stand at the right (table two), not
    before the figures.
    """
    if not aligned or not spots:
        return _in_order(cells, columns, from_left)
    if [(c.column, c.column + c.column_span) for c in cells] == [(s.start, s.end) for s in spots]:
        return _as_headed(cells, spots, columns, from_left)
    named = {s.column for s in spots}
    if named != set(columns):
        return _in_order(cells, columns, from_left)
    paired = _by_place(cells, spots)
    one_each = all(len(paired.cells.get(c, ())) == 1 for c in columns)
    if len(cells) == len(columns) and not (one_each and not paired.shared):
        return _by_order(cells, columns, spots)
    return paired


def _as_headed(
    cells: Sequence[GridCell], spots: Sequence[Spot], columns: Sequence[str], from_left: bool
) -> Paired:
    """A cell below each head.  A head may be doubled, or its column be missing altogether."""
    names = [s.column for s in spots]
    if set(names) != set(columns) and (len(set(names)) < len(names) or len(cells) == len(columns)):
        # One head is missing and another stands in its place.
        return _in_order(cells, columns, from_left)
    paired = Paired(How.PLACE)
    for name, cell in zip(names, cells, strict=True):
        paired.cells.setdefault(name, []).append(cell)
    return paired


def _by_place(cells: Sequence[GridCell], spots: Sequence[Spot]) -> Paired:
    paired = Paired(How.PLACE)
    for cell in cells:
        end = cell.column + cell.column_span
        under = tuple(s.column for s in spots if s.start < end and cell.column < s.end)
        for column in under:
            paired.cells.setdefault(column, []).append(cell)
            if len(under) > 1:
                paired.shared[column] = under
    return paired


def _by_order(
    cells: Sequence[GridCell], columns: Sequence[str], spots: Sequence[Spot], how: How = How.ORDER
) -> Paired:
    order = [s.column for s in sorted(spots, key=lambda s: s.start)] if spots else []
    names = order if set(order) == set(columns) and len(order) == len(columns) else columns
    return Paired(how, {c: [cell] for c, cell in zip(names, cells, strict=True)})


def _in_order(cells: Sequence[GridCell], columns: Sequence[str], from_left: bool) -> Paired:
    wanted = len(columns)
    extra = len(cells) - wanted
    if extra > 0:
        lead, trail = cells[:extra], cells[wanted:]
        blank_lead, blank_trail = _blank(lead), _blank(trail)
        if from_left and blank_trail:
            cells = cells[:wanted]
        elif not from_left and blank_lead and (not _blank(cells[-1:]) or _blank(cells)):
            cells = cells[extra:]
        elif not from_left and blank_trail and not blank_lead:
            cells = cells[:wanted]
        else:
            return Paired(How.FAILED)
        extra = 0
    if extra == 0:
        # Without true columns the heads' order is the form's own.
        return _by_order(cells, columns, ())
    if extra == -1 and _blank(cells[:-1]) and not from_left:
        # One cell is missing, but wherever it is missing the reading is the same:
        # the last cell stands at the right edge and all others are blank.
        return _by_order([cells[0], *cells], columns, (), How.SHORT)
    if len(cells) > 1 and _blank(cells):
        return _by_order([*cells, *([cells[-1]] * -extra)], columns, (), How.SHORT)
    return Paired(How.FAILED)


def _blank(cells: Sequence[GridCell]) -> bool:
    return not any(c.text.strip() or c.unread for c in cells)
