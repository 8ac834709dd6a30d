"""Relations as spreadsheet formulas, with the value each gives now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from ..forms import Equation, Form
from ..report import AnnualReport, Cell, Number

Places = Mapping[str, tuple[int, int]]


class Verdicts(NamedTuple):
    """What a sheet says of an equation."""

    ties: str
    differs: str
    not_filled: str
    unread: str


class Total(NamedTuple):
    """A sum as a formula (without ``=``) and its value."""

    formula: str
    value: Number


def verdicts(language: str) -> Verdicts:
    if language == "en":
        return Verdicts("ties", "differs", "not filled", "unread")
    return Verdicts("平", "不平", "未填", "未读")


def total_equations(form: Form) -> dict[str, Equation]:
    """The equation each total cell is the left side of; for a grand total the first one."""
    found: dict[str, Equation] = {}
    for equation in form.equations:
        if equation.test == "equal" and len(equation.left) == 1:
            found.setdefault(equation.left[0], equation)
    return found


def is_live(cell: Cell) -> bool:
    """Whether a figure can stand as a number and come back as it was printed.

    ``5,000``, ``12件``, ``５`` and ``3.10`` cannot: a spreadsheet keeps 5000, 12, 5
    and 3.1, and what was printed would be lost.
    """
    if cell.value is None:
        return True
    return cell.unit is None and cell.text == _plain(cell.value) and _is_exact(cell.value)


def _plain(value: Number) -> str:
    written = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return written.rstrip("0").rstrip(".") if "." in written else written


def _is_exact(value: Number) -> bool:
    """Whether the fifteen digits that a spreadsheet keeps are enough."""
    digits = len(str(value).replace("-", "").replace(".", "").lstrip("0"))
    return digits <= 15 and Decimal(repr(float(value))) == value


def total_of(
    addresses: Iterable[str], report: AnnualReport, places: Places, sheet: str = ""
) -> Total | None:
    """The sum of ``addresses``, blank and dash as 0; None where one of them is unread.

    SUM passes over text, so a figure that had to be written as text (it was
    printed with a unit or a separator) goes in as a constant.
    """
    refs: list[tuple[int, int]] = []
    constants: list[str] = []
    value: Number = 0
    for address in addresses:
        cell = report.cells.get(address)
        if cell is None:
            return None
        value += cell.value or 0
        if cell.value is not None and not is_live(cell):
            constants.append(str(cell.value))
        else:
            refs.append(places[address])
    prefix = f"'{sheet}'!" if sheet else ""
    ranges = [prefix + r for r in _ranges(refs)]
    return Total(f"SUM({','.join([*ranges, *constants])})", value)


def _ranges(places: list[tuple[int, int]]) -> list[str]:
    """Neighbours in a row or a column as one range."""
    runs: list[list[tuple[int, int]]] = []
    for place in places:
        if runs:
            row, column = runs[-1][-1]
            step = (place[0] - row, place[1] - column)
            straight = len(runs[-1]) < 2 or step == (
                row - runs[-1][-2][0],
                column - runs[-1][-2][1],
            )
            if step in {(0, 1), (1, 0)} and straight:
                runs[-1].append(place)
                continue
        runs.append([place])
    return [
        xl_rowcol_to_cell(*run[0])
        if len(run) == 1
        else f"{xl_rowcol_to_cell(*run[0])}:{xl_rowcol_to_cell(*run[-1])}"
        for run in runs
    ]
