"""The words and sums that findings print: ``本年新收 12 + 上年结转 3 = 15``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ..forms import Form
from ..report import AnnualReport, Number

_ORDINAL = re.compile(r"^[一二三四]、|（[一二三四五六七]）")
_INNER_ORDINAL = re.compile(r"(?<=.)\d\.")
_BRACKET = re.compile(r"（[^（）]*）$")
_LISTED = 6
# What （七）总计 of the results is called: the form has a column 总计 too.
_RESULTS = "办理结果总计"


@lru_cache(maxsize=1024)
def short(label: str) -> str:
    """A printed label without ordinal and explanation.

    ``一、本年新收政府信息公开申请数量`` → ``本年新收``;
    ``（三）不予公开1.属于国家秘密`` → ``不予公开·属于国家秘密``.
    """
    bare = _INNER_ORDINAL.sub("·", _ORDINAL.sub("", label))
    bare = _BRACKET.sub("", bare)
    return bare.replace("政府信息公开申请数量", "").replace("继续办理", "")


def row_name(form: Form, cell: str) -> str:
    """The row a cell stands in, as a person calls it."""
    name = short(form.cells[cell].row_label)
    return _RESULTS if name == "总计" else name


def row_term(form: Form, cell: str) -> str:
    """The row of a cell in a relation, not to be taken for the column 总计."""
    name = row_name(form, cell)
    return f"{name}（第七项）" if name == _RESULTS else name


def column_term(form: Form, cell: str) -> str:
    """The column of a cell in a relation, not to be taken for the row （七）总计."""
    name = short(form.cells[cell].column_label)
    return f"{name}列" if name == "总计" and cell.startswith("requests.") else name


def cell_name(form: Form, cell: str) -> str:
    """A cell as a person calls it: ``上年结转·自然人``."""
    return f"{row_name(form, cell)}·{short(form.cells[cell].column_label)}"


def figure(report: AnnualReport, form: Form, cell: str) -> Number:
    """The figure of a cell, blank as 0; of a total that is not printed the sum of its parts.

    KeyError where the cell is unread.
    """
    value = report.cells[cell].value
    if value is not None:
        return value
    parts = _parts(form).get(cell, ())
    return sum(report.number(part) for part in parts if part in report.cells)


@lru_cache(maxsize=16)
def _parts(form: Form) -> dict[str, tuple[str, ...]]:
    """Every total of ``form`` with the cells it adds up."""
    sums = (e for e in form.equations if len(e.left) == 1 and e.test == "equal")
    return {e.left[0]: e.right for e in sums}


def listed(names: Iterable[str]) -> tuple[str, ...]:
    """The first few of many names, each once; 等 stands for the rest."""
    once = tuple(dict.fromkeys(names))
    if len(once) <= _LISTED:
        return once
    return (*once[: _LISTED - 1], f"{once[_LISTED - 1]}等")


def plus(terms: Sequence[tuple[str, Number]]) -> str:
    """Named terms and their sum.  Of more than two terms only those that are not zero."""
    if len(terms) > 2:
        terms = [t for t in terms if t[1]]
    if not terms:
        return "0"
    printed = " + ".join(f"{name} {plain(value)}" for name, value in terms)
    if len(terms) == 1:
        return printed
    return f"{printed} = {plain(sum(value for _, value in terms))}"


def plain(value: Number) -> str:
    """A number without exponent."""
    return f"{value:f}" if not isinstance(value, int) else str(value)


def sum_of(
    report: AnnualReport,
    form: Form,
    cells: Sequence[str],
    by_row: bool = True,
    unprinted: Mapping[str, Number] | None = None,
) -> str:
    """The figures of ``cells`` as a sum, named by their rows or else by their columns.

    ``unprinted`` are the values to take for totals that are not printed.
    """
    terms: list[tuple[str, Number]] = []
    for cell in cells:
        name = row_term(form, cell) if by_row else column_term(form, cell)
        if unprinted and cell in unprinted:
            terms.append((f"{name}（未印，按各项相加）", unprinted[cell]))
        else:
            terms.append((name, report.number(cell)))
    return plus(terms)
