"""Reports into tables: each square is a number with where it stands, or says why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from gongkai.core.report import Number
from gongkai.core.report.measures import Measure, Missing, Rate, Share, Taken, add, share, take

from .lines import Line, Section
from .told import Told

# The address at which a cell can be seen.
Opened = Callable[[str], str]


@dataclass(frozen=True)
class Square:
    """One number of a table as it is shown."""

    text: str
    href: str = ""
    # "missing" where there is no number, "zero" for a 0.
    look: str = ""
    # What has to be said beside the number.
    note: str = ""
    value: Number | Fraction | None = None
    missing: Missing | None = None


@dataclass(frozen=True)
class Row:
    """A line of a table with its squares."""

    line: Line
    squares: list[Square]


@dataclass(frozen=True)
class Over:
    """A section over reports: lines down, reports across."""

    section: Section
    rows: list[Row]
    # Lines that not every edition at hand has.
    partial: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Summed:
    """The sum of what is known over agencies, and whose numbers are missing in which line."""

    squares: list[Square]
    # By line: the names of the reports that could not be added.
    missing: list[tuple[str, list[str]]]


def over(section: Section, reports: Sequence[Told]) -> Over:
    """``section`` of every report; a line that no form at hand has is left out."""
    rows = []
    partial = []
    for line in section.lines:
        squares = [square(line, told) for told in reports]
        absent = [s.missing in (Missing.NO_CELL, Missing.NO_FORM) for s in squares]
        if all(absent):
            continue
        if any(s.missing is Missing.NO_CELL for s in squares):
            partial.append(line.label)
        rows.append(Row(line, squares))
    return Over(section, rows, partial)


def square(line: Line, told: Told) -> Square:
    """What ``told`` says of ``line``."""
    if isinstance(line.what, Rate):
        return of_share(share_of(line.what, told), told.opened)
    return of_taken(taken(line.what, told), told.opened)


def taken(measure: Measure, told: Told) -> Taken:
    """A number of a report."""
    return take(measure, told.form, told.cells)


def share_of(rate: Rate, told: Told) -> Share:
    """A rate of a report."""
    return share(taken(rate.numerator, told), taken(rate.denominator, told))


def of_taken(number: Taken, opened: Opened | None = None) -> Square:
    """A number as a square; ``opened`` gives the address of its first cell."""
    href = opened(number.cells[0]) if opened and number.cells else ""
    if number.value is None:
        words = number.missing.label if number.missing else ""
        if number.missing is Missing.BLANK and number.text:
            words = number.text
        elif number.missing is Missing.UNREAD and len(number.cells) > 1:
            words = f"{len(number.unread)} 格未读"
        return Square(words, href, "missing", missing=number.missing)
    unit = number.unit or ""
    text = number.text if number.text.endswith(unit) else f"{number.text}{unit}"
    note = f"含空白 {len(number.blank)} 格" if number.blank else ""
    look = "" if number.value else "zero"
    return Square(text, href, look, note, number.value)


def of_share(one: Share, opened: Opened | None = None) -> Square:
    """A rate as a square, which opens where its numerator stands."""
    cells = one.numerator.cells or one.denominator.cells
    href = opened(cells[0]) if opened and cells else ""
    if one.value is None:
        return Square(one.percent, href, "missing", missing=one.missing)
    note = f"{one.numerator.text}/{one.denominator.text}"
    return Square(one.percent, href, "" if one.value else "zero", note, one.value)


def summed(lines: Sequence[Line], reports: Sequence[Told]) -> Summed:
    """The sums over ``reports``, line by line, of what each of them tells."""
    squares: list[Square] = []
    missing: dict[str, list[str]] = {}
    for line in lines:
        if isinstance(line.what, Rate):
            one, gone = _summed_share(line.what, reports)
            squares.append(of_share(one))
        else:
            parts = [(told, taken(line.what, told)) for told in reports]
            gone = [told.agency.short_name for told, part in parts if part.value is None]
            squares.append(of_taken(add([part for _, part in parts])))
        if gone:
            missing[line.label] = gone
    return Summed(squares, list(missing.items()))


def _summed_share(rate: Rate, reports: Sequence[Told]) -> tuple[Share, list[str]]:
    """Numerators by denominators, of the reports that tell both."""
    pairs = [(told, taken(rate.numerator, told), taken(rate.denominator, told)) for told in reports]
    whole = [(n, d) for _, n, d in pairs if n.value is not None and d.value is not None]
    gone = [t.agency.short_name for t, n, d in pairs if n.value is None or d.value is None]
    one = share(add([n for n, _ in whole]), add([d for _, d in whole]))
    return one, gone
