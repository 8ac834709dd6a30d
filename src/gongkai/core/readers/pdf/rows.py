"""The rows of a table that no rule parts: which lines stand on one row, and in which columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ..document import Budget
from .lines import Line, chunks

FIGURE = re.compile(r"[\d.,，]+%?|[-－—–―─]+|/")
# A line nearer to its neighbour than this share of the rows' distance is its wrapped rest.
_TIGHT = 0.85
# Times a line's height: wrapped lines stand no further apart.
_WRAPPED = 1.6
# Times a line's height: figures of one row set high and low stand no further apart.
_ASTRIDE = 2.2

Span = tuple[float, float]
"""The reach of a column or of words across: left and right end."""


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
        return sum(map(is_figure, self.chunks))


@dataclass(slots=True)
class Row:
    """Lines of one row; ``unsure`` where figures beside it may be its own, or its own beside it."""

    lines: list[TableLine] = field(default_factory=list)
    figures: set[int] = field(default_factory=set)
    unsure: bool = False


class PlacedChunk(NamedTuple):
    """Words in their columns, and the reach they are taken to have."""

    words: Line
    columns: list[int]
    left: float
    right: float
    y: float


def is_figure(chunk: Line) -> bool:
    return FIGURE.fullmatch(chunk.text) is not None


def table_lines(lines: Iterable[Line]) -> list[TableLine]:
    """Lines with their chunks."""
    return [TableLine(line, chunks(line), line.top, line.bottom) for line in lines]


def columns_under(spans: list[Span], chunk: Line) -> list[int]:
    """The columns ``chunk`` reaches into."""
    return [i for i, (low, high) in enumerate(spans) if chunk.left < high and chunk.right > low]


def rows_of(part: list[TableLine], spans: list[Span], ruled: bool, budget: Budget) -> list[Row]:
    """The rows of lines that no rule parts.

    A wrapped label's lines go with the row they stand nearest to, and figures
    set high with the low ones beside them.  Between two rules (``ruled``) stands
    one row, unless two lines hold figures of one column.
    """
    full = [line for line in part if line.figures and len(line.chunks) > 1]
    if len(full) < (2 if ruled else 1) or (ruled and _stands_astride(full, spans)):
        return [_row(part, spans)] if part else []
    steps = _steps(full, spans)
    tight = min([_WRAPPED * full[0].line.height, *(_TIGHT * median(steps) for _ in steps[:1])])
    group = list(range(len(part)))
    rows = {i: _row([line], spans) for i, line in enumerate(part)}
    gaps = sorted((two.line.base - one.line.base, i) for i, (one, two) in enumerate(pairwise(part)))
    for gap, index in gaps:
        budget.check()
        one, two = group[index], group[index + 1]
        near = gap < tight or (gap < _astride(part[index]) and _only_figures(rows[one], rows[two]))
        if not near or rows[one].figures & rows[two].figures:
            continue
        if not any(_are_rows(a, b, spans) for a in rows[one].lines for b in rows[two].lines):
            group = [one if g == two else g for g in group]
            rows[one].figures |= rows[two].figures
            rows[one].lines += rows.pop(two).lines
    made = sorted(rows.values(), key=lambda row: row.lines[0].line.base)
    _doubt(made, tight, len(steps) > 1)
    return made


def edges_between(rows: list[Row]) -> list[float]:
    """The edges between rows that follow each other."""
    return [(one.lines[-1].bottom + two.lines[0].top) / 2 for one, two in pairwise(rows)]


def placed(row: Row, spans: list[Span]) -> list[PlacedChunk]:
    """The chunks of a row in their columns.

    A label that reaches over the edge of a column with a figure of its own there
    does not stand in that column.
    """
    sure = {
        under[0]
        for line in row.lines
        for chunk in line.chunks
        if is_figure(chunk) and len(under := columns_under(spans, chunk)) == 1
    }
    found = []
    for line in row.lines:
        for chunk in line.chunks:
            columns, left, right = columns_under(spans, chunk), chunk.left, chunk.right
            if columns and not is_figure(chunk):
                while len(columns) > 1 and columns[-1] in sure:
                    columns.pop()
                while len(columns) > 1 and columns[0] in sure:
                    columns.pop(0)
                if columns[-1] + 1 in sure:
                    right = min(right, spans[columns[-1]][1])
                if columns[0] - 1 in sure:
                    left = max(left, spans[columns[0]][0])
            found.append(PlacedChunk(chunk, columns, left, right, line.middle))
    return found


def _row(lines: list[TableLine], spans: list[Span]) -> Row:
    figures = {
        column
        for line in lines
        for chunk in line.chunks
        if is_figure(chunk)
        for column in columns_under(spans, chunk)
    }
    return Row(list(lines), figures)


def _steps(full: list[TableLine], spans: list[Span]) -> list[float]:
    """How far apart lines stand that are surely of two rows: both hold a figure of one column."""
    steps: list[float] = []
    last: dict[int, float] = {}
    for line in full:
        columns = _row([line], spans).figures
        before = [last[column] for column in columns if column in last]
        steps += [line.line.base - max(before)] if before else []
        last |= dict.fromkeys(columns, line.line.base)
    return steps


def _astride(line: TableLine) -> float:
    return _ASTRIDE * line.line.height


def _stands_astride(full: list[TableLine], spans: list[Span]) -> bool:
    """Whether the figures of these lines are one row's, set high and low."""
    held = [_row([line], spans).figures for line in full]
    apart = sum(map(len, held)) == len(set().union(*held))
    return apart and full[-1].line.base - full[0].line.base < _astride(full[0])


def _only_figures(one: Row, two: Row) -> bool:
    """Whether both rows hold figures, and one of them nothing else."""
    if not (one.figures and two.figures):
        return False
    return not all(any(map(_has_words, row.lines)) for row in (one, two))


def _has_words(line: TableLine) -> bool:
    return line.figures < len(line.chunks)


def _are_rows(above: TableLine, below: TableLine, spans: list[Span]) -> bool:
    """Whether two lines cannot be of one row: a head over its columns, or over figures."""
    for chunk in above.chunks:
        under = [c for c in below.chunks if chunk.left < c.right and chunk.right > c.left]
        if len(under) > 1 and len(columns_under(spans, chunk)) > 1:
            return True
    if bool(above.figures) == bool(below.figures):
        return False
    shared = 0
    for chunk in above.chunks:
        columns = set(columns_under(spans, chunk))
        shared += any(columns.intersection(columns_under(spans, c)) for c in below.chunks)
    return shared > 1


def _doubt(rows: list[Row], tight: float, pitch_known: bool) -> None:
    """Mark the rows whose figures may not all be theirs, or not all be there."""
    usual = set().union(*(row.figures for row in rows))
    for row in rows:
        lines = [line for line in row.lines if line.figures]
        row.unsure = len(lines) > 1 and row.figures < usual
    _doubt_beside_orphans(rows, usual)
    with_figures = [row for row in rows if row.figures]
    few_blanks = 2 * sum(row.figures == usual for row in rows) >= len(with_figures)
    for one, two in pairwise(with_figures):
        if not (one.figures < usual or two.figures < usual):
            continue
        above = [line for line in one.lines if line.figures][-1]
        below = next(line for line in two.lines if line.figures)
        gap = below.line.base - above.line.base
        apart = not one.figures & two.figures
        reach = _WRAPPED if _has_words(above) and _has_words(below) else _ASTRIDE
        beside = gap < reach * above.line.height
        if gap < tight or (apart and beside and (few_blanks or not pitch_known)):
            one.unsure = two.unsure = True


def _doubt_beside_orphans(rows: list[Row], usual: set[int]) -> None:
    """Mark figures that found no label, and the rows beside them that lack figures."""
    labelled = [any(map(_has_words, row.lines)) for row in rows]
    if not any(has and row.figures for has, row in zip(labelled, rows, strict=True)):
        return
    for index, row in enumerate(rows):
        if labelled[index]:
            continue
        row.unsure = True
        for beside in rows[max(0, index - 1) : index + 2]:
            beside.unsure = beside.unsure or beside.figures < usual
