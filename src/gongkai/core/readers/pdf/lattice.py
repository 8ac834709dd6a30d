"""Rules that cross make a lattice; a lattice without its missing borders makes cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ...errors import UnreadableDocument
from ..document import Budget
from .ruling import Rule

TOUCH = 3.0
"""Rules that come as near as this, in points, meet; edges as near are one edge."""


class Slots(NamedTuple):
    """The slots one cell covers."""

    row: int
    column: int
    row_span: int
    column_span: int


class PieceCell(NamedTuple):
    """A cell of a table and its words, or why they could not be had."""

    slots: Slots
    text: str
    unread: str = ""


@dataclass(slots=True)
class Lattice:
    """A ruled table: its column edges ``xs``, row edges ``ys``, and cells.

    ``owner[row][column]`` is the index of the cell that covers a slot;
    ``open_columns`` those no rule closes below, where others are closed.
    """

    xs: list[float]
    ys: list[float]
    cells: list[Slots]
    owner: list[list[int]]
    open_columns: frozenset[int] = frozenset()

    def cell_at(self, x: float, y: float) -> int | None:
        """The cell a point lies in; None outside."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.owner[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]

    def cell_above(self, x: float, y: float, reach: float) -> int | None:
        """The cell cut by the page's end that words less than ``reach`` below it belong to."""
        column = bisect_right(self.xs, x) - 1
        if column in self.open_columns and self.ys[-1] <= y < self.ys[-1] + reach:
            return self.owner[-1][column]
        return None

    def cell_near(self, x: float, y: float) -> int:
        """The cell a point lies in, or nearest to: no word of a table may be lost."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return self.owner[self.row_near(y)][column]

    def row_near(self, y: float) -> int:
        """The row a height lies in, or nearest to."""
        return min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


class Crossed(NamedTuple):
    """Rules that hang together."""

    horizontal: list[Rule]
    vertical: list[Rule]


def crossed(
    horizontal: list[Rule], vertical: list[Rule], budget: Budget
) -> tuple[list[Crossed], list[Rule]]:
    """The groups of rules that meet, and the horizontal rules no upright one meets."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    by_height = sorted(range(len(horizontal)), key=lambda i: horizontal[i].at)
    heights = [horizontal[i].at for i in by_height]
    for place, (x, top, bottom) in enumerate(vertical, start=len(horizontal)):
        budget.check()
        first = bisect_right(heights, top - TOUCH)
        last = bisect_right(heights, bottom + TOUCH)
        for index in by_height[first:last]:
            if horizontal[index].start - TOUCH <= x <= horizontal[index].end + TOUCH:
                parent[root(index)] = root(place)
    groups: dict[int, Crossed] = {}
    for place, rule in enumerate([*horizontal, *vertical]):
        group = groups.setdefault(root(place), Crossed([], []))
        (group.horizontal if place < len(horizontal) else group.vertical).append(rule)
    alone = [g.horizontal[0] for g in groups.values() if not g.vertical]
    upright = Crossed([], [g.vertical[0] for g in groups.values() if not g.horizontal])
    found = [g for g in groups.values() if g.horizontal and g.vertical]
    return found + _between_page_breaks(upright.vertical), alone


def _between_page_breaks(vertical: list[Rule]) -> list[Crossed]:
    """A row that fills its page has its upright rules only: three or more of one length."""
    by_reach: dict[tuple[int, int], list[Rule]] = {}
    for rule in vertical:
        by_reach.setdefault((round(rule.start / TOUCH), round(rule.end / TOUCH)), []).append(rule)
    return [Crossed([], rules) for rules in by_reach.values() if len(rules) >= 3]


def lattice(rules: Crossed, budget: Budget) -> Lattice:
    """The lattice of ``rules``; its outer border is closed where a page break left it open.

    UnreadableDocument where it has more cells than the budget allows.
    """
    across = [x for rule in rules.horizontal for x in (rule.start, rule.end)]
    along = [y for rule in rules.vertical for y in (rule.start, rule.end)]
    columns, rows = [rule.at for rule in rules.vertical], [rule.at for rule in rules.horizontal]
    xs = edges([*columns, *_ends(across + columns)])
    ys = edges([*rows, *_ends(along + rows)])
    if len(xs) * len(ys) > budget.limits.cells:
        raise UnreadableDocument("input.too_many_cells", limit=budget.limits.cells)
    beside = walls(rules.vertical, xs, ys)
    below = walls(rules.horizontal, ys, xs)
    made = cells_between(xs, ys, beside, below)
    last = len(ys) - 1
    opened = frozenset(c for c in range(len(xs) - 1) if (last, c) not in below)
    if len(opened) < len(xs) - 1:
        made.open_columns = opened
    return made


def edges(places: Iterable[float]) -> list[float]:
    """Places with those nearer than TOUCH made one, sorted."""
    made: list[list[float]] = []
    for place in sorted(places):
        if made and place - made[-1][0] <= TOUCH:
            made[-1].append(place)
        else:
            made.append([place])
    return [sum(group) / len(group) for group in made]


def nearest(places: list[float], place: float) -> int:
    """The index of the edge nearest to ``place``."""
    after = bisect_right(places, place)
    if after == 0:
        return 0
    if after == len(places):
        return after - 1
    return after if places[after] - place < place - places[after - 1] else after - 1


def _ends(places: list[float]) -> list[float]:
    return [min(places), max(places)] if places else []


def walls(rules: list[Rule], across: list[float], along: list[float]) -> set[tuple[int, int]]:
    """(edge, slot) pairs where a rule stands on that edge along most of that slot."""
    walls: set[tuple[int, int]] = set()
    for at, start, end in rules:
        edge = nearest(across, at)
        for slot in range(len(along) - 1):
            low, high = along[slot], along[slot + 1]
            if min(end, high) - max(start, low) > (high - low) / 2:
                walls.add((edge, slot))
    return walls


def cells_between(
    xs: list[float], ys: list[float], beside: set[tuple[int, int]], below: set[tuple[int, int]]
) -> Lattice:
    """The cells between walls: ``beside`` are (x edge, row), ``below`` are (y edge, column)."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[Slots] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            last = column + 1
            while last < columns and owner[row][last] < 0 and (last, row) not in beside:
                last += 1
            reach = range(column, last)
            end = row + 1
            while end < rows and _open_below(end, reach, beside, below):
                end += 1
            for r in range(row, end):
                owner[r][column:last] = [len(cells)] * len(reach)
            cells.append(Slots(row, column, end - row, last - column))
    return Lattice(xs, ys, cells, owner)


def _open_below(
    row: int, reach: range, beside: set[tuple[int, int]], below: set[tuple[int, int]]
) -> bool:
    """Whether the cell above ``row`` runs on into it, with the same width."""
    if any((row, column) in below for column in reach):
        return False
    return not any((column, row) in beside for column in reach[1:])
