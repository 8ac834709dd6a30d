"""The outcomes, by cases that a lawyer can read (``tests/cases/outcomes``)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gongkai.core.errors import HandlingError
from gongkai.core.forms import edition, editions
from gongkai.core.handling.grounds import withholding_ground, withholding_grounds
from gongkai.core.handling.outcomes import (
    Outcome,
    OutcomeGroup,
    Remedy,
    lacking,
    outcome_of,
    outcomes,
    required,
)
from gongkai.core.handling.requirements import circumstances, requirement, requirements
from gongkai.core.law import cite
from gongkai.core.remedies.means import Means, Part, means

FOLDER = Path(__file__).parents[2] / "cases" / "outcomes"
CASES = [
    {**case, "file": path.stem}
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
BY_LABEL = {rule.label: rule.outcome for rule in outcomes()}
CIRCUMSTANCES = {c.label: c.id for c in circumstances().values()}
EVIDENCE = {e.label: e.id for r in requirements().values() for e in r.any_of} | {
    r.label: r.id for r in requirements().values()
}


@pytest.fixture(params=CASES, ids=lambda c: f"{c['file']}: {c['name']}")
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    given: dict[str, Any] = request.param
    return given


def _circumstances(case: dict[str, Any]) -> list[str]:
    return [CIRCUMSTANCES[label] for label in case.get("circumstances", ())]


def _printed_row(edition_id: str, row_id: str) -> str:
    """A row as the form prints it, with its head."""
    table = edition(edition_id).requests
    row = next(r for r in table.rows if r.id == row_id)
    head = {g.id: g.label for g in table.row_groups}.get(row.group, "")
    return head + row.label


def _said(one: Means) -> str:
    part = "" if one.part is Part.WHOLE else f"{one.part.label}·"
    limits = [
        text
        for text in (
            f"{one.reconsideration}内复议" if one.reconsideration else "",
            f"{one.direct_suit}内起诉" if one.direct_suit else "",
        )
        if text
    ]
    confirm = "，须确认" if one.confirm else ""
    return f"{part}{one.remedy.label}：{'，'.join(limits)}{confirm}"


def test_the_rows_the_letter_and_the_articles(case: dict[str, Any]) -> None:
    rule = outcome_of(BY_LABEL[case["outcome"]])
    assert rule.ref == case["ref"]
    for name in ("2019", "2021"):
        printed = _printed_row(name, rule.row(name))
        assert printed.startswith(case[f"row_{name}"]), printed
    assert rule.letter == case["letter"]
    for article in case["articles"]:
        assert any(c.endswith(f"711号）{article}") for c in rule.citations), article


def test_the_remedy_by_the_law_of_the_day(case: dict[str, Any]) -> None:
    outcome = BY_LABEL[case["outcome"]]
    told = means(outcome, case["decided_on"], _circumstances(case))
    assert [_said(one) for one in told] == case["remedy"]


def test_what_the_file_lacks(case: dict[str, Any]) -> None:
    held = {EVIDENCE[label] for label in case["holds"]}
    under = [BY_LABEL[label] for label in case.get("withheld_under", ())]
    found = lacking(BY_LABEL[case["outcome"]], held, _circumstances(case), under)
    assert [r.label for r in found] == case["lacks"]


def test_every_outcome_has_its_cases() -> None:
    for file in ("each_outcome", "empty_file"):
        assert [c["outcome"] for c in CASES if c["file"] == file] == [r.label for r in outcomes()]


def test_every_result_row_of_either_edition_is_some_outcome_s() -> None:
    for name, form in editions().items():
        counted = {rule.row(name) for rule in outcomes()}
        assert counted == {row.id for row in form.requests.rows if row.result}


def test_the_head_of_an_outcome_is_that_of_its_row() -> None:
    for rule in outcomes():
        head = rule.row("2021").partition(".")[0]
        assert head == rule.group.value
        assert rule.group.label in {g.label for g in OutcomeGroup}


def test_everything_is_cited_and_told() -> None:
    for rule in outcomes():
        assert rule.label == rule.outcome.label
        assert rule.plain.endswith("。")
        assert all(cite(b).startswith("《") for b in (*rule.basis, *rule.remedy_basis))
        assert rule.remedy.label
        assert rule.basis or rule.note, rule.outcome
    for needed in requirements().values():
        assert needed.says.endswith("。")
        assert all(c.startswith("《") for c in needed.citations)
    # Each is some outcome's, or it would never be asked for.
    asked = {r for rule in outcomes() for r in rule.requires}
    asked |= {r for rule in outcomes() for more in rule.requires_when.values() for r in more}
    assert asked == set(requirements().values())


def test_no_word_is_two_outcomes() -> None:
    words = [w for rule in outcomes() for w in (rule.label, rule.ref, *rule.variants)]
    twice = {w for w in words if words.count(w) > 1}
    assert twice == {"O43"}


def test_only_articles_14_to_16_go_to_reconsideration_first() -> None:
    first = {rule.outcome for rule in outcomes() if rule.withheld}
    assert first == {ground.outcome for ground in withholding_grounds()}
    for ground in withholding_grounds():
        assert any(f"第十{n}条" in ground.citation for n in "四五六")
        assert outcome_of(ground.outcome).remedy is Remedy.RECONSIDERATION_FIRST
        assert ground.must == (ground.strength != "discretionary")
        assert ground.text
        assert ground.proof_citations


def test_an_administrative_enquiry_is_no_ground_for_withholding() -> None:
    # It stands under （三）不予公开 in the form, but rests on article 36(7).
    with pytest.raises(HandlingError):
        withholding_ground(Outcome.ADMINISTRATIVE_ENQUIRY)


@pytest.mark.parametrize(
    ("outcome", "under"),
    [(Outcome.DISCLOSED, Outcome.STATE_SECRET), (Outcome.PARTLY_DISCLOSED, Outcome.NOT_HELD)],
)
def test_only_a_partial_disclosure_takes_out_parts(outcome: Outcome, under: Outcome) -> None:
    with pytest.raises(HandlingError, match="takes out no part"):
        required(outcome, withheld_under=[under])


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(HandlingError):
        outcome_of("half_disclosed")
    with pytest.raises(HandlingError):
        requirement("good_will")
    with pytest.raises(HandlingError):
        lacking(Outcome.DISCLOSED, (), ["bad_weather"])
    with pytest.raises(HandlingError):
        outcome_of(Outcome.DISCLOSED).row("2008")
