"""The cases a lawyer can read: report in, findings out, word for word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.core.checks import check
from gongkai.core.finding import Finding
from gongkai.core.report import AnnualReport
from gongkai.core.rules import rule, rules, say

Build = Callable[..., AnnualReport]

# Families whose findings the checks make, all of their rules.
_CHECKED = {
    "requests", "remedies", "disclosure", "relation", "amount", "carry_forward",
    "dates", "section", "overview", "problems", "other_matters", "narrative", "similarity",
    "privacy", "parts",
}  # fmt: skip
# Families that readers add to as well: the rules of the checks.
_OF_SHARED_FAMILIES = {
    "report.agency_missing",
    "report.year_missing",
    "report.signed_by_another",
    "cell.blank_total",
    "cell.blank_counted_as_zero",
    "cell.left_blank",
    "cell.negative",
    "cell.fraction",
}


def _findings(build: Build, case: dict[str, Any]) -> tuple[Finding, ...]:
    return check(
        build(**case),
        build(**case["previous"]) if "previous" in case else None,
        [build(**other) for other in case.get("others", ())],
        [build(**part) for part in case.get("parts", ())],
    )


def test_finds_what_the_case_expects_and_nothing_else(case: dict[str, Any], build: Build) -> None:
    found = _findings(build, case)
    expected = case.get("expect", [])
    assert [f"{f.severity}: {f.rule}" for f in found] == [
        f"{rule(e['rule']).severity}: {e['rule']}" for e in expected
    ]
    assert [say(f) for f in found] == [e["says"] for e in expected]


def test_says_it_in_english_too(case: dict[str, Any], build: Build) -> None:
    for finding in _findings(build, case):
        said = say(finding, "en")
        assert said
        assert "{" not in said


def test_names_only_cells_of_the_report(case: dict[str, Any], build: Build) -> None:
    report = build(**case)
    before = build(**case["previous"]) if "previous" in case else report
    local = {cell for table in report.local_tables for cell in table.cells}
    known = {*report.cells, *report.unread, *before.unread, *local}
    for finding in _findings(build, case):
        assert set(finding.cells) <= known


def test_every_rule_of_the_checks_has_a_case(all_cases: list[dict[str, Any]]) -> None:
    shown = {e["rule"] for case in all_cases for e in case.get("expect", [])}
    ours = {r.id for r in rules().values() if r.family in _CHECKED} | _OF_SHARED_FAMILIES
    assert ours - shown == set()
