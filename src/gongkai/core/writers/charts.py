"""Charts beside tables, as SVG: bars, stacked bars, lines; drawn here, without a script.

A chart says nothing that its table does not: every value is printed in it or told in its
description, what is missing is a gap that says so and never a zero, and parts differ by
pattern, dash and mark as well as by tone, on paper and in high contrast too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from html import escape

from .outline import printable

Value = int | Decimal | Fraction | None

_WIDTH = 420
_TOP, _PLOT, _FOOT = 30, 130, 28
_LEFT, _RIGHT = 10, 412
# How wide a Chinese character is, and the most that names beside bars take.
_LETTER, _MOST_LEFT = 13, 160
GAP = "缺"
# How parts are told apart, in this order: filled, outlined, then patterns.
_PATTERNS = (
    '<path class="gk-hatch" d="M0 8L8 0"/>',
    '<circle class="gk-dot" cx="4" cy="4" r="1.6"/>',
    '<path class="gk-hatch" d="M0 4H8"/>',
    '<path class="gk-hatch" d="M4 0V8"/>',
    '<path class="gk-hatch" d="M0 4H8M4 0V8"/>',
)
_MOST_PARTS = 2 + len(_PATTERNS)
_DASHES = ("", "6 4", "2 4", "10 3 2 3")


@dataclass(frozen=True)
class Series:
    """One row of figures: a name and a value for every place along the axis.

    ``printed`` are the values in words, where they are not the plain numbers.
    """

    label: str
    values: Sequence[Value]
    printed: Sequence[str] = ()

    def said(self, at: int) -> str:
        """The value at a place as it is printed."""
        value = self.values[at]
        if value is None:
            return GAP
        return self.printed[at] if self.printed else _number(value)


def bars(name: str, title: str, places: Sequence[str], one: Series) -> str:
    """Upright bars, one for each of ``places``.  ``name`` begins the ids: one a page."""
    told = "，".join(f"{place} {one.said(at)}" for at, place in enumerate(places))
    top = max((value for value in one.values if value is not None), default=0)
    step = Fraction(_RIGHT - _LEFT, max(len(places), 1))
    width = min(40, int(step * 2 / 3))
    drawn = [_axis(_TOP + _PLOT)]
    for at, place in enumerate(places):
        middle = _LEFT + step * at + step / 2
        value = one.values[at]
        height = _scaled(value, top)
        base = _TOP + _PLOT - height
        if value is not None:
            drawn.append(_rect("gk-b1", middle - Fraction(width, 2), base, width, height))
        drawn.append(_text(middle, base - 8, one.said(at)))
        drawn.append(_text(middle, _TOP + _PLOT + 20, place))
    return _svg(name, title, f"{one.label}：{told}", _TOP + _PLOT + _FOOT, drawn)


def stacked(name: str, title: str, places: Sequence[str], parts: Sequence[Series]) -> str:
    """Lying bars cut into parts, one bar for each of ``places``, with a legend.

    A bar of which a part is missing is not drawn: its length would be a guess.
    """
    if len(parts) > _MOST_PARTS:
        raise ValueError(f"at most {_MOST_PARTS} parts can be told apart")
    totals = [_total(parts, at) for at in range(len(places))]
    top = max((total for total in totals if total is not None), default=Fraction(0))
    left = min(_MOST_LEFT, max((len(place) for place in places), default=0) * _LETTER + 24)
    room = _RIGHT - left - 40
    rows = (len(parts) + 2) // 3
    start = 18 + rows * 22
    drawn = [_defs(name)] if len(parts) > 2 else []
    for at, part in enumerate(parts):
        across, down = 10 + 134 * (at % 3), 6 + 22 * (at // 3)
        drawn.append(_part(name, at, across, down, 16, 12))
        drawn.append(_text(across + 22, down + 11, part.label, middle=False))
    for at, place in enumerate(places):
        y = start + at * 28
        drawn.append(_text(left - 8, y + 14, place, place="gk-end"))
        x, total = Fraction(left), totals[at]
        if total is None:
            drawn.append(_text(left, y + 14, GAP, middle=False))
            continue
        for number, part in enumerate(parts):
            value = part.values[at]
            width = Fraction(value or 0) / top * room if top else Fraction(0)
            if width:
                drawn.append(_part(name, number, x, y, width, 18))
            x += width
        drawn.append(_text(x + 6, y + 14, _number(total), middle=False))
    told = "；".join(
        f"{place} " + "，".join(f"{part.label} {part.said(at)}" for part in parts)
        for at, place in enumerate(places)
    )
    return _svg(name, title, told, start + len(places) * 28 + 4, drawn)


def lines(name: str, title: str, places: Sequence[str], several: Sequence[Series]) -> str:
    """Lines over ``places``, each with its own dash and mark; a missing value breaks its line."""
    if len(several) > len(_DASHES):
        raise ValueError(f"at most {len(_DASHES)} lines can be told apart")
    top = max((v for one in several for v in one.values if v is not None), default=0)
    step = Fraction(_RIGHT - _LEFT, max(len(places), 1))
    rows = (len(several) + 1) // 2
    foot = rows * 22 + _TOP + _PLOT
    drawn = [_axis(foot)]
    for at, place in enumerate(places):
        drawn.append(_text(_LEFT + step * at + step / 2, foot + 20, place))
    for number, one in enumerate(several):
        x, y = 10 + 205 * (number % 2), 6 + 22 * (number // 2)
        drawn += [_line(number, [(x, y + 6), (x + 36, y + 6)]), _mark(number, x + 18, y + 6)]
        drawn.append(_text(x + 44, y + 11, one.label, middle=False))
        points = [
            None if value is None else (_LEFT + step * at + step / 2, foot - _scaled(value, top))
            for at, value in enumerate(one.values)
        ]
        drawn += [_line(number, run) for run in _runs(points) if len(run) > 1]
        for at, point in enumerate(points):
            if point is not None:
                drawn.append(_mark(number, *point))
                if number == 0:
                    drawn.append(_text(point[0], point[1] - 10, one.said(at)))
    told = "；".join(
        f"{one.label}：" + "，".join(f"{place} {one.said(at)}" for at, place in enumerate(places))
        for one in several
    )
    return _svg(name, title, told, foot + _FOOT, drawn)


Point = tuple[Fraction | int, Fraction | int]


def _runs(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    run: list[Point] = []
    for point in [*points, None]:
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []


def _total(parts: Sequence[Series], at: int) -> Fraction | None:
    values = [part.values[at] for part in parts]
    known = [Fraction(value) for value in values if value is not None]
    return sum(known, Fraction(0)) if len(known) == len(values) else None


def _scaled(value: Value, top: Value) -> Fraction:
    """The height of a value; a change below nothing has none."""
    if not value or not top or value < 0:
        return Fraction(0)
    return Fraction(value) / Fraction(top) * _PLOT


def _svg(name: str, title: str, told: str, height: int, drawn: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{_words(title)}</title><desc id="{name}-d">{_words(told)}</desc>'
        f"{''.join(drawn)}</svg>"
    )


def _defs(name: str) -> str:
    patterns = "".join(
        f'<pattern id="{name}-p{number}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect class="gk-paper" width="8" height="8"/>{inside}</pattern>'
        for number, inside in enumerate(_PATTERNS, start=2)
    )
    return f"<defs>{patterns}</defs>"


def _part(
    name: str, number: int, x: Fraction | int, y: int, width: Fraction | int, height: int
) -> str:
    if number < 2:
        return _rect(f"gk-b{number + 1}", x, y, width, height)
    fill = f' fill="url(#{name}-p{number})"'
    return _rect("gk-framed", x, y, width, height, fill)


def _rect(
    look: str,
    x: Fraction | int,
    y: Fraction | int,
    width: Fraction | int,
    height: Fraction | int,
    more: str = "",
) -> str:
    return (
        f'<rect class="{look}" x="{_at(x)}" y="{_at(y)}" width="{_at(width)}"'
        f' height="{_at(height)}"{more}/>'
    )


def _line(number: int, points: Sequence[Point]) -> str:
    dash = f' stroke-dasharray="{_DASHES[number]}"' if _DASHES[number] else ""
    path = "L".join(f"{_at(x)} {_at(y)}" for x, y in points)
    return f'<path class="gk-line" d="M{path}"{dash}/>'


def _mark(number: int, x: Fraction | int, y: Fraction | int) -> str:
    """A point of a line: ● ○ ■ □."""
    look = "gk-b2" if number % 2 else "gk-b1"
    if number < 2:
        return f'<circle class="{look}" cx="{_at(x)}" cy="{_at(y)}" r="4"/>'
    return _rect(look, x - 4, y - 4, 8, 8)


def _axis(y: int) -> str:
    return f'<path class="gk-axis" d="M{_LEFT} {y}.5H{_RIGHT}" fill="none"/>'


def _text(
    x: Fraction | int, y: Fraction | int, words: str, *, middle: bool = True, place: str = ""
) -> str:
    look = place or ("gk-mid" if middle else "")
    mark = f' class="{look}"' if look else ""
    return f'<text{mark} x="{_at(x)}" y="{_at(y)}">{_words(words)}</text>'


def _words(text: str) -> str:
    return escape(printable(text))


def _number(value: Value) -> str:
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return str(value.numerator)
        value = Decimal(value.numerator) / Decimal(value.denominator)
        return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP)}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _at(place: Fraction | int) -> str:
    return f"{float(place):.1f}".removesuffix(".0")
