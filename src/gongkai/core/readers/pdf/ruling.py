"""The rules drawn on a page: every straight line, however the program drew it.

A rule may be a stroke, a thin filled rectangle, a side of an outlined
rectangle, a row of dashes, or lie inside a form object with its own matrix.
Shading behind text is filled and not thin: it is no rule.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ..document import Budget
from .glyphs import Box, Turn

THIN = 4.0
"""A filled box no thicker than this, in points, is a rule."""
SAME = 1.5
"""Rules no further apart than this lie on one line."""
JOIN = 4.0
"""Pieces of a rule no further apart than this are one rule."""
SHORTEST = 6.0
"""Anything shorter is a mark, not a rule."""

_DEEPEST_FORM = 8
_INVISIBLE_MODES = {3, 7}


class Rule(NamedTuple):
    """A straight line: where it lies across, and where it starts and ends along."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawing:
    """What a page draws besides its characters.  Rules in upright space, y down."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    objects: int = 0
    hides_text: bool = False


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def drawing(page: Any, page_box: Box, budget: Budget) -> Drawing:
    """Walk the objects of ``page``; rules still in the page's own space, y up."""
    found = Drawing()
    for kind, drawn, matrix in _objects(page, budget):
        found.objects += 1
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if pdfium.FPDFTextObj_GetTextRenderMode(drawn) in _INVISIBLE_MODES:
                found.hides_text = True
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            for box in _thin_boxes(drawn, matrix):
                _sort(box, page_box, found)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.images.append(_bounds(drawn, matrix))
    return found


def turned(found: Drawing, turn: int, to: Turn) -> None:
    """Turn the rules with the page to upright space, y down, and join their pieces."""
    lines: tuple[list[Rule], list[Rule]] = ([], [])
    for across, rules in enumerate((found.horizontal, found.vertical)):
        for at, start, end in rules:
            x0, y0 = to(at, start) if across else to(start, at)
            x1, y1 = to(at, end) if across else to(end, at)
            if (across + turn) % 2:
                lines[1].append(Rule(x0, min(y0, y1), max(y0, y1)))
            else:
                lines[0].append(Rule(y0, min(x0, x1), max(x0, x1)))
    found.horizontal, found.vertical = joined(lines[0]), joined(lines[1])


def joined(rules: list[Rule]) -> list[Rule]:
    """Rules with the pieces that lie on one line and touch made one."""
    made: list[Rule] = []
    rules = sorted(rules)
    first = 0
    while first < len(rules):
        last = first
        while last < len(rules) and rules[last].at - rules[first].at <= SAME:
            last += 1
        made.extend(_joined_on_one_line(rules[first:last]))
        first = last
    return made


def _joined_on_one_line(rules: list[Rule]) -> Iterator[Rule]:
    rules.sort(key=lambda rule: rule.start)
    places, start, end = [rules[0].at], rules[0].start, rules[0].end
    for rule in [*rules[1:], Rule(0.0, float("inf"), 0.0)]:
        if rule.start <= end + JOIN:
            places.append(rule.at)
            end = max(end, rule.end)
            continue
        if end - start >= SHORTEST:
            yield Rule(sum(places) / len(places), start, end)
        places, start, end = [rule.at], rule.start, rule.end


def _objects(page: Any, budget: Budget) -> Iterator[tuple[int, Any, Matrix]]:
    seen = 0
    stack: list[tuple[Any, Matrix, int]] = [(None, _IDENTITY, 0)]
    while stack:
        form, matrix, depth = stack.pop()
        if form is None:
            count, get, parent = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, page
        else:
            count, get, parent = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, form
        for index in range(max(0, count(parent))):
            seen += 1
            if not seen % 1024:
                budget.check()
            drawn = get(parent, index)
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if kind != pdfium.FPDF_PAGEOBJ_FORM:
                yield kind, drawn, matrix
            elif depth < _DEEPEST_FORM:
                stack.append((drawn, _times(_matrix(drawn), matrix), depth + 1))


def _thin_boxes(path: Any, matrix: Matrix) -> Iterator[Box]:
    """Every straight piece of a path that can be a rule, as a thin box."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not (fill.value or stroke.value):
        return
    segments = pdfium.FPDFPath_CountSegments(path)
    bounds = _bounds(path, matrix)
    if _is_thin(bounds):
        yield bounds
        return
    if not stroke.value and segments <= 5:
        return
    outlines = list(_subpaths(path, segments, _times(_matrix(path), matrix)))
    if stroke.value:
        for points in outlines:
            yield from _thin_sides(points)
    else:
        yield from _filled_borders(outlines)


def _thin_sides(points: list[tuple[float, float] | None]) -> Iterator[Box]:
    for one, two in pairwise(points):
        if one is not None and two is not None:
            box = _around([one, two])
            if _is_thin(box):
                yield box


def _filled_borders(outlines: list[list[tuple[float, float] | None]]) -> Iterator[Box]:
    """Thin filled parts, and the four sides of a frame filled between two rectangles."""
    outer: Box | None = None
    for points in outlines:
        corners = [point for point in points if point is not None]
        if not corners:
            continue
        box = _around(corners)
        if _is_thin(box):
            yield box
        elif outer and all(0 <= abs(a - b) <= THIN for a, b in zip(outer, box, strict=True)):
            yield from _sides(outer)
            outer = None
        else:
            outer = box


def _subpaths(
    path: Any, segments: int, matrix: Matrix
) -> Iterator[list[tuple[float, float] | None]]:
    """The corner points of each part; None stands where a curve comes in."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float] | None] = []
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        at = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if points:
                yield points
            points = [at]
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            points.append(at)
        else:
            points += [None, at]
        if pdfium.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if points:
        yield points


def _sort(box: Box, page_box: Box, found: Drawing) -> None:
    left, bottom = max(box.left, page_box.left), max(box.bottom, page_box.bottom)
    right, top = min(box.right, page_box.right), min(box.top, page_box.top)
    if left > right or bottom > top:
        return
    wide, high = right - left, top - bottom
    # A dot of a dotted line can belong to a line of either direction.
    if high <= THIN:
        found.horizontal.append(Rule((bottom + top) / 2, left, right))
    if wide <= THIN:
        found.vertical.append(Rule((left + right) / 2, bottom, top))


def _is_thin(box: Box) -> bool:
    return box.right - box.left <= THIN or box.top - box.bottom <= THIN


def _sides(box: Box) -> list[Box]:
    left, bottom, right, top = box
    return [
        Box(left, bottom, right, bottom),
        Box(left, top, right, top),
        Box(left, bottom, left, top),
        Box(right, bottom, right, top),
    ]


def _around(points: list[tuple[float, float]]) -> Box:
    across, along = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(along), max(across), max(along))


def _bounds(drawn: Any, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    box = Box(left.value, bottom.value, right.value, top.value)
    if matrix is _IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    return _around([(a * x + c * y + e, b * x + d * y + f) for x, y in corners])


def _matrix(drawn: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, m):
        return _IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(one: Matrix, two: Matrix) -> Matrix:
    """First ``one``, then ``two``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
