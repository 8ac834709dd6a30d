"""The relations of the form: footing, cross-footing, in = out, totals of table four.

All of them come from the edition (``Form.equations``); nothing here knows a row
by name.  Blank and dash count as 0, which is said once a table.  A total left
unprinted beside filled parts is a finding of its own and its sum does not fail.
An unread cell makes its relation undecidable, which is said too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..finding import Finding
from ..forms import Equation, Form, split
from ..report import AnnualReport, Cell, Number
from ..rules import find, rule
from .suspects import Broken, grouped
from .terms import cell_name, column_term, listed, plain, row_name, row_term, sum_of

_REMEDIES = frozenset({"reconsideration", "direct_suit", "suit_after_reconsideration"})


def arithmetic(report: AnnualReport, form: Form) -> Iterator[Finding]:
    """Findings on every relation of ``form``, in printed order."""
    cells = report.cells
    unprinted = _unprinted_totals(cells, form)
    unread: dict[tuple[str, str], list[str]] = {}
    broken: list[Broken] = []
    kept: set[str] = set(unprinted)
    for equation in form.equations:
        if len(equation.left) == 1 and equation.left[0] in unprinted:
            continue
        try:
            left = _add(cells, equation.left, unprinted)
            right = _add(cells, equation.right, unprinted)
        except KeyError:
            missing = [c for c in (*equation.left, *equation.right) if c not in cells]
            place = (equation.rule, _table(form, equation.left[0]))
            unread.setdefault(place, []).extend(missing)
            continue
        if left != right and not (equation.test == "at_least" and left > right):
            broken.append(Broken(equation, left, right))
        else:
            kept.update(equation.left, equation.right)
    for suspect, group in grouped(broken, kept):
        first, *rest = group
        yield _broken(report, form, first.equation, first.left, first.right, unprinted, suspect)
        if rest:
            yield _follows(report, form, suspect, first, rest)
    for (name, table), missing in unread.items():
        once = tuple(dict.fromkeys(missing))
        yield find(
            "relation.undecidable",
            *once,
            table=table,
            relation=rule(name).title.zh,
            ref=rule(name).ref or name,
            count=len(once),
            places=listed(cell_name(form, c) for c in once),
        )
    yield from _totals_not_printed(form, unprinted)
    yield from _blanks(report, form, unprinted)


def _add(cells: Mapping[str, Cell], names: tuple[str, ...], totals: Mapping[str, Number]) -> Number:
    """The sum of ``names``; KeyError where one is unread."""
    total: Number = 0
    for name in names:
        value = cells[name].value
        if value is None:
            if totals:
                total += totals.get(name, 0)
        else:
            total += value
    return total


def _unprinted_totals(cells: Mapping[str, Cell], form: Form) -> dict[str, Number]:
    """Totals that are not printed although their parts are, with the sum of the parts."""
    found: dict[str, Number] = {}
    for equation in form.equations:
        if len(equation.left) != 1 or equation.test != "equal":
            continue
        total = cells.get(equation.left[0])
        if total is None or total.value is not None or equation.left[0] in found:
            continue
        parts = [cells[c].value for c in equation.right if c in cells]
        figures = [v for v in parts if v is not None]
        if len(parts) < len(equation.right) or not figures:
            continue
        value = sum(figures)
        if total.is_blank or value:
            found[equation.left[0]] = value
    return found


def _broken(
    report: AnnualReport,
    form: Form,
    equation: Equation,
    left: Number,
    right: Number,
    unprinted: Mapping[str, Number],
    suspect: str = "",
) -> Finding:
    by_row = split(equation.left[0])[2] == split(equation.right[0])[2]
    here = equation.left[0]
    cells = (*equation.left, *equation.right)
    return find(
        equation.rule,
        *((suspect,) if suspect else ()),
        *(c for c in cells if c != suspect),
        place=column_term(form, here) if by_row else row_term(form, here),
        left=sum_of(report, form, equation.left, by_row, unprinted),
        right=sum_of(report, form, equation.right, by_row, unprinted),
        left_sum=left,
        right_sum=right,
        difference=abs(left - right),
    )


def _follows(
    report: AnnualReport, form: Form, suspect: str, first: Broken, rest: list[Broken]
) -> Finding:
    """The relations that fail for the same figure, after the one that is the error."""
    cells = dict.fromkeys(c for b in rest for c in (*b.equation.left, *b.equation.right))
    printed = report.number(suspect)
    return find(
        "relation.follows",
        suspect,
        *(c for c in cells if c != suspect),
        suspect=cell_name(form, suspect),
        printed=plain(printed),
        mended=plain(_bare(printed + first.mends(suspect))),
        count=len(rest),
        places=listed(_relation(form, b.equation) for b in rest),
    )


def _bare(value: Number) -> Number:
    """8 for 8.0."""
    return int(value) if value == int(value) else value


def _relation(form: Form, equation: Equation) -> str:
    """A relation by its place and its title: 自然人「收到与办结、结转不等」."""
    here = equation.left[0]
    by_row = split(here)[2] == split(equation.right[0])[2]
    place = column_term(form, here) if by_row else row_term(form, here)
    return f"{place}「{rule(equation.rule).title.zh}」"


def _totals_not_printed(form: Form, unprinted: Mapping[str, Number]) -> Iterator[Finding]:
    by_table: dict[str, list[str]] = {}
    for cell in unprinted:
        by_table.setdefault(_table(form, cell), []).append(cell)
    for table, found in by_table.items():
        yield find(
            "cell.blank_total",
            *found,
            table=table,
            count=len(found),
            places=listed(f"{cell_name(form, c)}（各项相加 {unprinted[c]}）" for c in found),
        )


def _blanks(report: AnnualReport, form: Form, unprinted: Mapping[str, Number]) -> Iterator[Finding]:
    """One note a table on blanks and dashes: counted as 0 in its sums, or left unfilled."""
    by_table: dict[str, list[str]] = {}
    for name, cell in report.cells.items():
        if cell.value is None and name not in unprinted and name in form.cells:
            by_table.setdefault(_table(form, name), []).append(name)
    for table, found in by_table.items():
        blank = sum(report.cells[c].is_blank for c in found)
        summed = table != form.disclosure.caption
        yield find(
            "cell.blank_counted_as_zero" if summed else "cell.left_blank",
            *found,
            table=table,
            blank=blank,
            dash=len(found) - blank,
            rows=listed(row_name(form, c) for c in found),
            count=len({row_name(form, c) for c in found}),
        )


def _table(form: Form, cell: str) -> str:
    """The caption of the official table that holds ``cell``."""
    name = split(cell)[0]
    if name == "requests":
        return form.requests.caption
    return form.remedies.caption if name in _REMEDIES else form.disclosure.caption
