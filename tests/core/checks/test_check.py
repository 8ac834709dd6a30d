"""All checks together: order, stability, and the real reports of the corpus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.core.checks import check
from gongkai.core.finding import Severity
from gongkai.core.forms import edition
from gongkai.core.readers import read
from gongkai.core.report import AnnualReport, Cell, form_of
from gongkai.core.rules import say

Build = Callable[..., AnnualReport]
_CORPUS = Path(__file__).parents[4] / "shared" / "corpus"


def _report(name: str) -> AnnualReport:
    found = sorted(_CORPUS.glob(f"{name}*"))
    if not found:
        pytest.skip(f"the corpus is not here: {name}")
    return read(found[0]).report


def _rules(report: AnnualReport) -> list[str]:
    return [f.rule for f in check(report)]


@pytest.mark.parametrize("name", ["2019", "2021"])
def test_clean_report_has_no_finding(build: Build, name: str) -> None:
    assert check(build(edition=name, year=edition(name).first_year)) == ()


def test_same_findings_in_the_same_order_whatever_the_order_of_the_cells(build: Build) -> None:
    report = build(
        agency="",
        cells={
            "reconsideration/upheld": 3,
            "requests.disclosed/business": 2,
            "licensing/decisions": -1,
        },
    )
    once = check(report)
    again = check(replace(report, cells=dict(reversed(report.cells.items()))))
    assert [f.rule for f in once] == [f.rule for f in again]
    assert once == check(report)


@pytest.mark.parametrize("name", ["2019", "2021"])
def test_nothing_passes_on_an_unread_cell(build: Build, name: str) -> None:
    """Whichever cell of a relation is unread, it is said, and no sum is called wrong for it."""
    form = edition(name)
    report = build(edition=name, year=form.first_year)
    related = {c for e in form.equations for c in (*e.left, *e.right)}
    for cell in related:
        cells = {a: v for a, v in report.cells.items() if a != cell}
        found = check(replace(report, cells=cells, unread=(cell,)))
        assert {f.rule for f in found} == {"relation.undecidable"}
        assert all(f.cells == (cell,) for f in found)


@pytest.mark.parametrize("name", ["2019", "2021"])
def test_every_relation_is_looked_at(build: Build, name: str) -> None:
    """One more in any cell of a relation: one error that names it, no relation unsaid."""
    form = edition(name)
    report = build(edition=name, year=form.first_year)
    for cell in {c for e in form.equations for c in (*e.left, *e.right)}:
        wrong = replace(report, cells={**report.cells, cell: Cell(1, "1")})
        broken = [
            e
            for e in form.equations
            if cell in (*e.left, *e.right) and not (e.test == "at_least" and cell in e.left)
        ]
        if not broken:
            continue
        error, *others = [
            f
            for f in check(wrong)
            if f.rule in {e.rule for e in broken} or f.rule == "relation.follows"
        ]
        assert error.rule in {e.rule for e in broken}
        assert [f.rule for f in others] == ["relation.follows"] * (len(broken) > 1)
        told = {c for f in (error, *others) for c in f.cells}
        assert told == {c for e in broken for c in (*e.left, *e.right)}
        assert len(broken) == 1 or error.cells[0] == cell


def test_alternative_row_is_summed_in_a_mixed_report(build: Build) -> None:
    counted = {"requests.received_this_year/other": 2, "requests.received_this_year/total": 2}
    for row in ("otherwise_concluded", "concluded_total"):
        counted |= {f"requests.{row}/other": 2, f"requests.{row}/total": 2}
    report = build(mixed=True, cells=counted)
    form = form_of(report)
    assert form is not None
    assert form.mixed
    assert check(report) == ()


def test_lianhua_2019() -> None:
    found = {f.rule: say(f) for f in check(_report("000"))}
    assert "2019-01-17" in found["dates.titled_before_period_end"]
    assert "本年新公开数量 2，对外公开总数量 0" in found["disclosure.total_covers_disclosed"]
    assert "= 9" in found["narrative.channels_differ"]
    assert "433" in found["narrative.channels_differ"]
    assert not any(f.severity is Severity.ERROR for f in check(_report("000")))


def test_gongchenqiao_2020_and_shiji_2019() -> None:
    assert _rules(_report("001")) == ["amount.unit_missing"]
    assert set(_rules(_report("002"))) == {"cell.left_blank", "cell.blank_counted_as_zero"}


def test_the_bureau_that_does_not_name_itself() -> None:
    found = _rules(_report("003"))
    assert "report.agency_missing" in found
    assert "amount.unit_in_cell" in found
    assert "disclosure.decisions_look_like_items" in found
    assert not any(f.severity is Severity.ERROR for f in check(_report("003")))


def test_jili_2021_does_not_tell_the_handling_fee() -> None:
    errors = [f.rule for f in check(_report("004")) if f.severity is Severity.ERROR]
    assert errors == ["other_matters.handling_fee"]


def test_hongze_2023_has_two_wrong_totals() -> None:
    errors = [f for f in check(_report("hongze-2023")) if f.severity is Severity.ERROR]
    assert [f.rule for f in errors] == ["remedies.total_is_sum", "remedies.total_is_sum"]
    assert "结果维持 10 + 结果纠正 1 = 11" in say(errors[0])
    assert errors[1].cells[0] == "suit_after_reconsideration/total"


def test_suqian_2023_has_no_error_and_its_prose_is_true() -> None:
    found = check(_report("suqian-2023"))
    assert not any(f.severity is Severity.ERROR for f in found)
    assert {f.rule for f in found if f.rule.startswith("narrative.")} == {
        "narrative.received_includes_carried",
        "narrative.other_scope",
    }


def test_pingtan_2025_has_no_error_and_its_prose_is_true() -> None:
    found = check(_report("pingtan-2025"))
    assert [f.severity for f in found] == [Severity.NOTE] * len(found)
    assert not any(f.rule.startswith("narrative.") for f in found)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("pingtan-2025", "requests.received_this_year/total"),
        ("pingtan-2025", "requests.concluded_total/total"),
        ("pingtan-2025", "requests.carried_to_next_year/total"),
        ("pingtan-2025", "reconsideration/total"),
        ("pingtan-2025", "direct_suit/total"),
        ("suqian-2023", "requests.received_this_year/total"),
        ("suqian-2023", "requests.received_this_year/natural_person"),
        ("suqian-2023", "requests.disclosed/total"),
        ("suqian-2023", "requests.withheld.prohibited_by_law/total"),
        ("suqian-2023", "requests.unable_to_provide.needs_creation/total"),
        ("suqian-2023", "requests.otherwise_concluded.fee_unpaid/total"),
        ("suqian-2023", "requests.carried_to_next_year/total"),
    ],
)
def test_a_true_number_in_the_prose_turns_false_with_the_table(name: str, cell: str) -> None:
    report = _report(name)
    value = report.number(cell) + 1000
    wrong = replace(report, cells={**report.cells, cell: Cell(value, str(value))})
    assert "narrative.count_differs" in _rules(wrong)
    # And where it is unread the prose is not passed over either.
    cells = {a: v for a, v in report.cells.items() if a != cell}
    assert "narrative.undecidable" in _rules(replace(report, cells=cells, unread=(cell,)))


def test_free_form_report_is_not_held_to_the_form() -> None:
    assert check(_report("pingtan-2014")) == ()
