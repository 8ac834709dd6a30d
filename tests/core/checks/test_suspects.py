"""One wrong figure is one error; several are never fewer than can be told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.checks.arithmetic import arithmetic
from gongkai.core.finding import Finding, Severity
from gongkai.core.forms import Equation, Form, edition
from gongkai.core.report import AnnualReport, Cell

Build = Callable[..., AnnualReport]

_FORM = edition("2021")
_SUMMED = sorted({c for e in _FORM.equations if e.test == "equal" for c in (*e.left, *e.right)})


def _sound(seed: int) -> dict[str, int]:
    """Figures of table three and four that keep every relation."""
    chance = Random(seed)
    applicants = [c.id for c in _FORM.requests.columns if c.id != "total"]
    results = [r.id for r in _FORM.requests.rows if r.result]
    cells = dict.fromkeys(_FORM.cells, 0)
    for column in applicants:
        for row in results:
            cells[f"requests.{row}/{column}"] = chance.randint(100, 999)
        total = sum(cells[f"requests.{row}/{column}"] for row in results)
        carried = chance.randint(100, 999)
        over = chance.randint(100, 999)
        cells[f"requests.concluded_total/{column}"] = total
        cells[f"requests.carried_from_last_year/{column}"] = carried
        cells[f"requests.carried_to_next_year/{column}"] = over
        cells[f"requests.received_this_year/{column}"] = total + over - carried
    for line in _FORM.requests.rows:
        cells[f"requests.{line.id}/total"] = sum(
            cells[f"requests.{line.id}/{column}"] for column in applicants
        )
    for block in _FORM.remedies.blocks:
        parts = [c.id for c in _FORM.remedies.columns if c.id != "total"]
        for column in parts:
            cells[f"{block.table}/{column}"] = chance.randint(100, 999)
        cells[f"{block.table}/total"] = sum(cells[f"{block.table}/{c}"] for c in parts)
    return cells


def _report(cells: dict[str, int]) -> AnnualReport:
    return AnnualReport("2021", 2023, "甲", cells={a: Cell(v, str(v)) for a, v in cells.items()})


def _broken(cells: dict[str, int], form: Form) -> list[Equation]:
    return [
        e
        for e in form.equations
        if e.test == "equal" and sum(cells[c] for c in e.left) != sum(cells[c] for c in e.right)
    ]


def _errors(found: list[Finding]) -> list[Finding]:
    return [f for f in found if f.severity is Severity.ERROR]


_CHANGES = st.dictionaries(st.sampled_from(_SUMMED), st.sampled_from([-2, -1, 1, 2, 7]), max_size=9)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 5), _CHANGES)
def test_every_broken_relation_is_told(seed: int, changes: dict[str, int]) -> None:
    cells = _sound(seed)
    for cell, change in changes.items():
        cells[cell] += change
    found = list(arithmetic(_report(cells), _FORM))
    broken = _broken(cells, _FORM)
    assert bool(_errors(found)) == bool(broken)
    told = [set(f.cells) for f in found]
    for equation in broken:
        assert any({*equation.left, *equation.right} <= cells for cells in told)
    # No relation is told twice, none that holds is told.
    follows = sum(int(str(f.values["count"])) for f in found if f.rule == "relation.follows")
    assert len(_errors(found)) + follows == len(broken)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 5), _CHANGES)
def test_independent_wrong_cells_are_as_many_errors(seed: int, changes: dict[str, int]) -> None:
    """Cells that share no relation: one error for each of them, no more and no fewer."""
    cells = _sound(seed)
    wrong = 0
    seen: set[str] = set()
    for cell, change in changes.items():
        near = {
            c for e in _FORM.equations if cell in (*e.left, *e.right) for c in (*e.left, *e.right)
        }
        if cell in seen:
            continue
        seen |= near
        cells[cell] += change
        wrong += 1
    assert len(_errors(list(arithmetic(_report(cells), _FORM)))) == wrong


def test_a_change_that_would_break_another_relation_is_no_suspect() -> None:
    """Received in a column and in the total: the row holds, so each column is an error."""
    cells = _sound(1)
    for column in ("natural_person", "total"):
        cells[f"requests.received_this_year/{column}"] += 1
    report = _report(cells)
    assert [f.rule for f in arithmetic(report, _FORM)] == ["requests.in_equals_out"] * 2


def test_an_unread_cell_is_no_witness() -> None:
    cells = _sound(2)
    cells["requests.disclosed/natural_person"] += 1
    report = _report(cells)
    gone = "requests.disclosed/business"
    left = {a: c for a, c in report.cells.items() if a != gone}
    found = list(arithmetic(replace(report, cells=left, unread=(gone,)), _FORM))
    assert [f.rule for f in _errors(found)] == ["requests.concluded_total_is_sum"]
    assert "relation.follows" not in {f.rule for f in found}
