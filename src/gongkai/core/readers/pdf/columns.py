"""Tables without upright rules: columns told from how the words of the lines stand.

The edges so found are then treated like rules, so that a table of this kind
becomes a lattice like any other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ...errors import UnreadableDocument
from ..document import Budget
from .glyphs import Glyph
from .lattice import TOUCH, Lattice, Slots, cells_between, edges, walls
from .lines import Line, cell_text, chunks
from .ruling import Rule

_FIGURE = re.compile(r"[\d.,，]+%?|[-－—–―─]+|/")
# A line nearer to its neighbour than this share of the rows' distance is its wrapped rest.
_TIGHT = 0.85
# Times a line's height: wrapped lines stand no further apart.
_WRAPPED = 1.6
# Points a chunk must reach over an edge to span it.
_OVERLAP = 1.0
# Times a line's height: a gap between two columns parts words there.
_COLUMN_GAP = 0.3


@dataclass(slots=True)
class Band:
    """A table by alignment: column edges, height on the page, cells with their words."""

    xs: list[float]
    top: float
    bottom: float
    rows: int
    cells: list[tuple[Slots, str]]
    aligned: bool


class TableLine(NamedTuple):
    """A line and the chunks it falls into."""

    line: Line
    chunks: list[Line]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def figures(self) -> int:
        return sum(bool(_FIGURE.fullmatch(chunk.text)) for chunk in self.chunks)


Span = tuple[float, float]


def table_lines(lines: Iterable[Line]) -> list[TableLine]:
    """Lines with their chunks."""
    return [TableLine(line, chunks(line), line.top, line.bottom) for line in lines]


def table_by_columns(
    part: list[TableLine], ys: list[float], rules: list[Rule], reach: Span, budget: Budget
) -> Band | None:
    """The table of ``part``; None where its words stand in no columns.

    ``ys`` are the known row edges, ``rules`` the horizontal rules within,
    ``reach`` the left and right end of the table.
    """
    part = _split_at_gaps(part, _columns(part, budget))
    spans = _columns(part, budget)
    if len(spans) < 2:
        return None
    xs = _column_edges(spans, rules, reach)
    # Between two rules stands one row, unless two lines hold figures.
    fewest = 2 if rules else 1
    added = [y for rows in _between(part, ys) for y in _edges_between(rows, spans, fewest, budget)]
    ys = edges([*ys, *added])
    if len(ys) < 3:
        return None
    if len(xs) * len(ys) > budget.limits.cells:
        raise UnreadableDocument("input.too_many_cells", limit=budget.limits.cells)
    if not _each_in_one_column(part, spans):
        return _listed(part, xs, ys)
    below = walls(rules, ys, xs)
    below |= {(ys.index(y), c) for y in ys if _is_added(y, added) for c in range(len(xs) - 1)}
    made = cells_between(xs, ys, _walls_beside(part, xs, ys), below)
    return Band(xs, ys[0], ys[-1], len(ys) - 1, _filled(part, made), True)


def _split_at_gaps(part: list[TableLine], spans: list[Span]) -> list[TableLine]:
    """Chunks that run over several columns parted where a gap falls between two columns."""
    between = [(one[1], two[0]) for one, two in pairwise(spans)]
    made = []
    for row in part:
        pieces: list[Line] = []
        for chunk in row.chunks:
            start = 0
            for index, (before, after) in enumerate(pairwise(chunk.glyphs), start=1):
                wide = after.left - before.right > _COLUMN_GAP * min(before.height, after.height)
                if wide and any(before.right < high and after.left > low for low, high in between):
                    pieces.append(Line(chunk.glyphs[start:index], chunk.base))
                    start = index
            pieces.append(Line(chunk.glyphs[start:], chunk.base))
        made.append(row._replace(chunks=pieces))
    return made


def _column_edges(spans: list[Span], rules: list[Rule], reach: Span) -> list[float]:
    """Edges where rules begin or end, and in the middle of every other gap."""
    low, high = min(reach[0], spans[0][0]), max(reach[1], spans[-1][1])
    given = [x for rule in rules for x in (rule.start, rule.end)]
    given = [x for x in given if low + 2 * TOUCH < x < high - 2 * TOUCH]
    middles = [
        (one[1] + two[0]) / 2
        for one, two in pairwise(spans)
        if not any(one[1] - TOUCH <= x <= two[0] + TOUCH for x in given)
    ]
    return edges([low, *given, *middles, high])


def _is_added(y: float, added: list[float]) -> bool:
    return any(abs(y - one) <= TOUCH for one in added)


def _columns(part: list[TableLine], budget: Budget) -> list[Span]:
    """The reach of each column: narrow chunks make columns, wider ones may span them."""
    spans: list[Span] = []
    apart = [chunk for row in part if len(row.chunks) > 1 for chunk in row.chunks]
    for chunk in sorted(apart, key=lambda chunk: chunk.right - chunk.left):
        budget.check()
        over = [span for span in spans if chunk.left < span[1] and chunk.right > span[0]]
        if len(over) > 1:
            continue
        low = min([chunk.left, *(span[0] for span in over)])
        high = max([chunk.right, *(span[1] for span in over)])
        spans = [span for span in spans if span not in over] + [(low, high)]
    return sorted(spans)


def _each_in_one_column(part: list[TableLine], spans: list[Span]) -> bool:
    """Whether no line has two chunks in one column: only then are columns places."""
    for row in part:
        taken: set[int] = set()
        for chunk in row.chunks:
            over = _over(spans, chunk)
            if taken.intersection(over):
                return False
            taken.update(over)
    return True


def _between(part: list[TableLine], ys: list[float]) -> list[list[TableLine]]:
    rows: list[list[TableLine]] = [[] for _ in ys]
    for row in part:
        rows[max(0, bisect_right(ys, row.middle) - 1)].append(row)
    return rows


def _edges_between(
    part: list[TableLine], spans: list[Span], fewest: int, budget: Budget
) -> list[float]:
    """Edges between the rows of lines that no rule parts.

    A wrapped label's lines go with the row they stand nearest to.
    """
    full = [row for row in part if row.figures and len(row.chunks) > 1]
    if len(full) < fewest:
        return []
    steps = [two.line.base - one.line.base for one, two in pairwise(full)]
    tight = min([_WRAPPED * full[0].line.height, *(_TIGHT * median(steps) for _ in steps[:1])])
    group = list(range(len(part)))
    held = [sum(row is one for one in full) for row in part]
    gaps = sorted((two.line.base - one.line.base, i) for i, (one, two) in enumerate(pairwise(part)))
    for gap, index in gaps:
        budget.check()
        one, two = group[index], group[index + 1]
        apart = _are_rows(part[index], part[index + 1], spans)
        if gap < tight and held[one] + held[two] <= 1 and not apart:
            group = [one if g == two else g for g in group]
            held[one] += held[two]
    return [
        (part[i].bottom + part[i + 1].top) / 2
        for i in range(len(part) - 1)
        if group[i] != group[i + 1]
    ]


def _are_rows(above: TableLine, below: TableLine, spans: list[Span]) -> bool:
    """Whether two lines cannot be of one row: a head over its columns, or over figures."""
    for chunk in above.chunks:
        under = [c for c in below.chunks if chunk.left < c.right and chunk.right > c.left]
        if len(under) > 1 and len(_over(spans, chunk)) > 1:
            return True
    if bool(above.figures) == bool(below.figures):
        return False
    shared = 0
    for chunk in above.chunks:
        columns = set(_over(spans, chunk))
        shared += any(columns.intersection(_over(spans, other)) for other in below.chunks)
    return shared > 1


def _over(spans: list[Span], chunk: Line) -> list[int]:
    return [i for i, (low, high) in enumerate(spans) if chunk.left < high and chunk.right > low]


def _walls_beside(part: list[TableLine], xs: list[float], ys: list[float]) -> set[tuple[int, int]]:
    """Every inner edge is a wall, except where words stand across it."""
    beside = {(edge, row) for edge in range(1, len(xs) - 1) for row in range(len(ys) - 1)}
    for line in part:
        at = max(0, bisect_right(ys, line.middle) - 1)
        for chunk in line.chunks:
            low, high = chunk.left + _OVERLAP, chunk.right - _OVERLAP
            beside -= {(edge, at) for edge, x in enumerate(xs) if low < x < high}
    return beside


def _filled(part: list[TableLine], made: Lattice) -> list[tuple[Slots, str]]:
    words: list[list[Glyph]] = [[] for _ in made.cells]
    for line in part:
        for chunk in line.chunks:
            cell = made.cell_at((chunk.left + chunk.right) / 2, line.middle)
            if cell is not None:
                words[cell] += chunk.glyphs
    return [(slots, cell_text(w)) for slots, w in zip(made.cells, words, strict=True)]


def _listed(part: list[TableLine], xs: list[float], ys: list[float]) -> Band:
    """Only the order within each row is known."""
    rows = [rows for rows in _between(part, ys) if rows]
    cells = [
        (Slots(number, place, 1, 1), chunk.text)
        for number, row in enumerate(rows)
        for place, chunk in enumerate(chunk for line in row for chunk in line.chunks)
    ]
    return Band(xs, ys[0], ys[-1], len(rows), cells, False)
