"""Where tables without upright rules stand: between horizontal rules, or by themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from statistics import median

from ..document import Budget
from .columns import Band, table_by_columns
from .lattice import TOUCH, edges
from .lines import Line
from .rows import TableLine, table_lines
from .ruling import Rule

_FEWEST_RULES = 3
_NOT_AN_UNDERLINE = 0.4
_FEWEST_LINES = 3
_MOST_LINES_BETWEEN = 4
# Times a line's height: further apart and two lines are not of one table.
_FAR = 6.0
# Larger letters than the table's by this much are a heading between two tables.
_LARGER = 1.25
_HEADING = re.compile("[一二三四五六七八九十]{1,2}、")
# Times a line's height: figures this near above or below a line stand on it.
_BESIDE = 0.9
# Share of a line's height that neighbours may overlap by.
_SLACK = 0.2


def banded(lines: list[Line], alone: list[Rule], budget: Budget) -> tuple[list[Band], list[Line]]:
    """Tables with horizontal rules only, and the lines outside them."""
    bands: list[Band] = []
    for rules in _tables(alone, budget):
        _, left, right = rules[0]
        places = sorted(rule.at for rule in rules)
        table = table_lines(line for line in lines if _is_inside(line, left, right, places))
        for part in _parts(table):
            if not _stands_in_columns(part, places):
                continue
            top = max((p for p in places if p <= part[0].middle), default=part[0].top)
            bottom = min((p for p in places if p >= part[-1].middle), default=part[-1].bottom)
            inner = [rule for rule in rules if top - TOUCH <= rule.at <= bottom + TOUCH]
            ys = edges([top, bottom, *(rule.at for rule in inner)])
            band = table_by_columns(part, ys, inner, (left, right), budget)
            if band is not None:
                bands.append(band)
                taken = {id(row.line) for row in part}
                lines = [line for line in lines if id(line) not in taken]
    return bands, lines


def unruled(lines: list[Line], budget: Budget) -> tuple[list[Band], list[Line]]:
    """Tables that only stand in columns, and the lines outside them."""
    lines = sorted(lines, key=lambda line: line.base)
    table = table_lines(lines)
    bands: list[Band] = []
    rest: list[Line] = []
    done = 0
    for first, last in _runs(table):
        first, last = _with_figures_beside(table, first, last, done)
        part = table[first:last]
        left = min(row.chunks[0].left for row in part)
        right = max(row.chunks[-1].right for row in part)
        ys = [part[0].top, part[-1].bottom]
        band = table_by_columns(part, ys, [], (left, right), budget)
        if band is not None:
            bands.append(band)
            rest += lines[done:first]
            done = last
    return bands, rest + lines[done:]


def _is_inside(line: Line, left: float, right: float, places: list[float]) -> bool:
    return (
        places[0] < (line.top + line.bottom) / 2 < places[-1]
        and left - TOUCH <= (line.left + line.right) / 2 <= right + TOUCH
    )


def _tables(alone: list[Rule], budget: Budget) -> list[list[Rule]]:
    """Rules by table, from top to bottom, the first of each as wide as the table.

    Shorter ones belong to a wider one's table where they share an end with it
    or lie between two that do.
    """
    groups: list[list[Rule]] = []
    for rule in sorted(alone, key=lambda rule: rule.start - rule.end):
        budget.check()
        for group in groups:
            if _is_part(rule, group):
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= _FEWEST_RULES]


def _is_part(rule: Rule, group: list[Rule]) -> bool:
    _, left, right = group[0]
    if rule.start < left - 2 * TOUCH or rule.end > right + 2 * TOUCH:
        return False
    places = [other.at for other in group]
    if min(places) <= rule.at <= max(places):
        return True
    shares = min(rule.start - left, right - rule.end) <= 2 * TOUCH
    return shares and rule.end - rule.start >= _NOT_AN_UNDERLINE * (right - left)


def _parts(table: list[TableLine]) -> list[list[TableLine]]:
    """The tables among lines between rules of one reach, without the headings between them."""
    parts: list[list[TableLine]] = [[]]
    for row, heading in zip(table, _headings(table), strict=True):
        if heading:
            parts.append([])
        else:
            parts[-1].append(row)
    return [part for part in parts if part]


def _stands_in_columns(part: list[TableLine], places: list[float]) -> bool:
    """Whether at least half the strips between rules hold words that stand apart."""
    strips = {bisect_right(places, row.middle) for row in part}
    apart = {bisect_right(places, row.middle) for row in part if len(row.chunks) > 1}
    return len(apart) * 2 >= len(strips)


def _headings(table: list[TableLine]) -> list[bool]:
    """Which lines are headings between tables: larger, or numbered and with a line to itself.

    A wrapped label beside its rows may be numbered too, but overlaps their lines.
    """
    usual = median(row.line.height for row in table) if table else 0.0
    found = []
    for index, row in enumerate(table):
        above = table[index - 1].bottom if index else float("-inf")
        below = table[index + 1].top if index + 1 < len(table) else float("inf")
        slack = row.line.height * _SLACK
        free = above <= row.top + slack and below >= row.bottom - slack
        numbered = free and _HEADING.match(row.line.text) is not None
        large = row.line.height > _LARGER * usual
        found.append(len(row.chunks) == 1 and (large or numbered))
    return found


def _runs(table: list[TableLine]) -> list[tuple[int, int]]:
    """Stretches of lines that may be a table: [first, last)."""
    runs: list[tuple[int, int]] = []
    first = last = -1
    headings = _headings(table)
    for index, row in enumerate(table):
        if len(row.chunks) < 2:
            continue
        parted = any(headings[last:index])
        if first >= 0 and not parted and _goes_on(table[last : index + 1]):
            last = index
            continue
        if first >= 0:
            runs.append((first, last + 1))
        first = last = index
    if first >= 0:
        runs.append((first, last + 1))
    return [run for run in runs if _is_table(table[run[0] : run[1]])]


def _with_figures_beside(
    table: list[TableLine], first: int, last: int, done: int
) -> tuple[int, int]:
    """The stretch with the figures that stand a few points off its first and last line."""
    while last < len(table) and _is_beside(table[last - 1], table[last]):
        last += 1
    while first > done and _is_beside(table[first], table[first - 1]):
        first -= 1
    return first, last


def _is_beside(row: TableLine, other: TableLine) -> bool:
    near = abs(other.line.base - row.line.base) < _BESIDE * row.line.height
    return near and other.figures == len(other.chunks)


def _goes_on(stretch: list[TableLine]) -> bool:
    """Whether a table runs from the first of these lines to the last."""
    one, *between, two = stretch
    near = two.top - one.bottom <= _FAR * one.line.height
    return near and len(between) <= _MOST_LINES_BETWEEN


def _is_table(part: list[TableLine]) -> bool:
    apart = [row for row in part if len(row.chunks) > 1]
    wide = sum(len(row.chunks) > 2 for row in apart)
    with_figures = sum(row.figures > 0 for row in apart)
    return len(apart) >= _FEWEST_LINES and (wide > 1 or with_figures >= _FEWEST_LINES)
