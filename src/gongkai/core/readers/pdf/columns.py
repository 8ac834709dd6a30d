"""Tables without upright rules: columns told from how the words of the lines stand.

The edges so found are then treated like rules, so that a table of this kind
becomes a lattice like any other.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from ...errors import UnreadableDocument
from ..document import Budget
from .glyphs import Glyph
from .lattice import TOUCH, Lattice, PieceCell, Slots, cells_between, edges, walls
from .lines import Line, cell_lines, cell_texts
from .rows import (
    FIGURE,
    PlacedChunk,
    Row,
    Span,
    TableLine,
    columns_under,
    edges_between,
    is_figure,
    placed,
    rows_of,
)
from .ruling import Rule

# Points a chunk must reach over an edge to span it.
_OVERLAP = 1.0
# Times a line's height: a gap between two columns parts words there.
_COLUMN_GAP = 0.3


# What no column can begin behind or before: the white is part of the character.
_OPENING, _CLOSING = frozenset("（(《“‘【"), frozenset("）)》”’】，、。；：")


@dataclass(slots=True)
class Band:
    """A table by alignment: column edges, height on the page, cells with their words."""

    xs: list[float]
    top: float
    bottom: float
    rows: int
    cells: list[PieceCell]
    aligned: bool


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
    strips = [rows_of(strip, spans, bool(rules), budget) for strip in _between(part, ys)]
    rows = [row for strip in strips for row in strip]
    added = [y for strip in strips for y in edges_between(strip)]
    ys = edges([*ys, *added])
    if len(ys) < 3:
        return None
    if len(xs) * len(ys) > budget.limits.cells:
        raise UnreadableDocument("input.too_many_cells", limit=budget.limits.cells)
    if not all(_each_in_one_column(placed(row, spans)) for row in rows):
        return _listed(part, xs, ys)
    below = walls(rules, ys, xs)
    below |= {(ys.index(y), c) for y in ys if _is_added(y, added) for c in range(len(xs) - 1)}
    words = [(row, chunk) for row in rows for chunk in placed(row, spans)]
    made = cells_between(xs, ys, _walls_beside([chunk for _, chunk in words], xs, ys), below)
    return Band(xs, ys[0], ys[-1], len(ys) - 1, _filled(words, spans, made), True)


def _split_at_gaps(part: list[TableLine], spans: list[Span]) -> list[TableLine]:
    """Chunks that run over several columns parted where a gap falls between two columns."""
    between = [(one[1], two[0]) for one, two in pairwise(spans)]
    of_figures = _of_figures(part, spans)
    made = []
    for row in part:
        pieces: list[Line] = []
        for chunk in row.chunks:
            start = 0
            for index, (before, after) in enumerate(pairwise(chunk.glyphs), start=1):
                wide = after.left - before.right > _COLUMN_GAP * min(before.height, after.height)
                if not wide or before.char in _OPENING or after.char in _CLOSING:
                    continue
                parted = any(before.right < high and after.left > low for low, high in between)
                if parted or _is_figure_in(chunk.glyphs[index:], of_figures):
                    pieces.append(Line(chunk.glyphs[start:index], chunk.base))
                    start = index
            pieces.append(Line(chunk.glyphs[start:], chunk.base))
        made.append(row._replace(chunks=pieces))
    return made


def _of_figures(part: list[TableLine], spans: list[Span]) -> list[Span]:
    """The columns with more figures than words."""
    balance = [0] * len(spans)
    for row in part:
        for chunk in row.chunks:
            under = columns_under(spans, chunk)
            if len(under) == 1:
                balance[under[0]] += 1 if is_figure(chunk) else -1
    return [span for span, more in zip(spans, balance, strict=True) if more > 0]


def _is_figure_in(glyphs: list[Glyph], columns: list[Span]) -> bool:
    """Whether a chunk ends in a figure that stands in a column of figures, behind a label."""
    low, high = glyphs[0].left, glyphs[-1].right
    inside = any(left - TOUCH <= low and high <= right + TOUCH for left, right in columns)
    return inside and FIGURE.fullmatch("".join(glyph.char for glyph in glyphs)) is not None


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


def _each_in_one_column(row: list[PlacedChunk]) -> bool:
    """Whether no line has two chunks in one column: only then are columns places."""
    taken: set[tuple[float, int]] = set()
    for chunk in row:
        places = {(chunk.y, column) for column in chunk.columns}
        if taken & places:
            return False
        taken |= places
    return True


def _between(part: list[TableLine], ys: list[float]) -> list[list[TableLine]]:
    rows: list[list[TableLine]] = [[] for _ in ys]
    for row in part:
        rows[max(0, bisect_right(ys, row.middle) - 1)].append(row)
    return rows


def _walls_beside(
    words: list[PlacedChunk], xs: list[float], ys: list[float]
) -> set[tuple[int, int]]:
    """Every inner edge is a wall, except where words stand across it."""
    beside = {(edge, row) for edge in range(1, len(xs) - 1) for row in range(len(ys) - 1)}
    for chunk in words:
        at = max(0, bisect_right(ys, chunk.y) - 1)
        low, high = chunk.left + _OVERLAP, chunk.right - _OVERLAP
        beside -= {(edge, at) for edge, x in enumerate(xs) if low < x < high}
    return beside


def _filled(
    words: list[tuple[Row, PlacedChunk]], spans: list[Span], made: Lattice
) -> list[PieceCell]:
    """The cells with their words; figures that may be another row's are left out of theirs."""
    held: list[list[Glyph]] = [[] for _ in made.cells]
    rows_at: dict[int, Row] = {}
    lost: set[int] = set()
    for row, chunk in words:
        cell = made.cell_near((chunk.left + chunk.right) / 2, chunk.y)
        held[cell] += chunk.words.glyphs
        at = made.row_near(chunk.y)
        if rows_at.setdefault(at, row) is not row:
            row.unsure = rows_at[at].unsure = True
        if row.unsure:
            lost.add(at)
    figures = set().union(*(row.figures for row, _ in words))
    texts = cell_texts([cell_lines(glyphs) for glyphs in held])
    unread = {
        made.cell_near(sum(spans[column]) / 2, (made.ys[at] + made.ys[at + 1]) / 2)
        for at in lost
        for column in figures
    }
    return [
        PieceCell(slots, "", "unplaced") if index in unread else PieceCell(slots, text)
        for index, (slots, text) in enumerate(zip(made.cells, texts, strict=True))
    ]


def _listed(part: list[TableLine], xs: list[float], ys: list[float]) -> Band:
    """Only the order within each row is known."""
    rows = [rows for rows in _between(part, ys) if rows]
    cells = [
        PieceCell(Slots(number, place, 1, 1), chunk.text)
        for number, row in enumerate(rows)
        for place, chunk in enumerate(chunk for line in row for chunk in line.chunks)
    ]
    return Band(xs, ys[0], ys[-1], len(rows), cells, False)
