"""The questions of the law: their order, where they lead, and that no walk ends nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongkai.core.errors import HandlingError
from gongkai.core.handling.guide import (
    FIRST_OF_A_PIECE,
    First,
    Proposal,
    Question,
    next_question,
    questions,
)
from gongkai.core.handling.outcomes import Outcome, lacking

# Answers that lead past every question to a plain disclosure.
PLAIN = {
    "clear": "yes", "volume": "no", "aim": "information", "repeated": "no",
    "government_information": "yes", "responsible": "yes", "already_public": "no",
    "special_provision": "no", "held": "found", "ready": "yes", "state_secret": "no",
    "prohibited_by_law": "no", "security_and_stability": "no", "third_party_interest": "no",
    "internal_affairs": "no", "process_information": "no", "enforcement_case_file": "no",
}  # fmt: skip


def _ends(answers: dict[str, str]) -> Iterator[tuple[dict[str, str], Proposal | First]]:
    """Every walk to its end."""
    reached = next_question(answers)
    if isinstance(reached, Question):
        for answer in reached.answers:
            yield from _ends({**answers, reached.id: answer.id})
    else:
        yield answers, reached


def test_the_questions_come_in_the_order_of_the_law() -> None:
    asked = []
    answers: dict[str, str] = {}
    while isinstance(reached := next_question(answers), Question):
        asked.append(reached.id)
        answers[reached.id] = PLAIN[reached.id]
    assert asked == list(PLAIN)
    assert isinstance(reached, Proposal)
    assert reached.outcome is Outcome.DISCLOSED
    assert [r.id for r in reached.required] == ["means_of_supply", "disclosure_review"]


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"clear": "still_not"}, Outcome.UNCLEAR_AFTER_CORRECTION),
        ({"clear": "lapsed"}, Outcome.CORRECTION_LAPSED),
        ({"volume": "unfounded"}, Outcome.EXCESSIVE),
        ({"aim": "petition"}, Outcome.PETITION),
        ({"aim": "publication"}, Outcome.PUBLIC_PUBLICATION),
        ({"aim": "reissue"}, Outcome.REISSUE),
        ({"repeated": "disclosed"}, Outcome.REPEATED),
        ({"government_information": "no"}, Outcome.OTHERWISE_CONCLUDED),
        ({"responsible": "no"}, Outcome.NOT_THIS_AGENCY),
        ({"already_public": "yes"}, Outcome.ALREADY_PUBLIC),
        ({"special_provision": "yes"}, Outcome.ADMINISTRATIVE_ENQUIRY),
        ({"held": "not_found"}, Outcome.NOT_HELD),
        ({"ready": "no"}, Outcome.NEEDS_CREATION),
        ({"state_secret": "yes", "separable": "no"}, Outcome.STATE_SECRET),
        ({"prohibited_by_law": "yes", "separable": "no"}, Outcome.PROHIBITED_BY_LAW),
        ({"security_and_stability": "yes", "separable": "no"}, Outcome.SECURITY_AND_STABILITY),
        (
            {"third_party_interest": "objects", "public_interest": "no", "separable": "no"},
            Outcome.THIRD_PARTY_INTEREST,
        ),
        ({"internal_affairs": "withhold", "separable": "no"}, Outcome.INTERNAL_AFFAIRS),
        ({"process_information": "withhold", "separable": "no"}, Outcome.PROCESS_INFORMATION),
        ({"enforcement_case_file": "withhold", "separable": "no"}, Outcome.ENFORCEMENT_CASE_FILE),
        ({"process_information": "withhold", "separable": "yes"}, Outcome.PARTLY_DISCLOSED),
    ],
)
def test_an_answer_leads_to_its_outcome(answers: dict[str, str], outcome: Outcome) -> None:
    reached = next_question({**PLAIN, **answers})
    assert isinstance(reached, Proposal)
    assert reached.outcome is outcome


def test_a_part_taken_out_brings_its_ground() -> None:
    reached = next_question(
        {**PLAIN, "third_party_interest": "silent", "harm": "yes", "public_interest": "no",
         "separable": "yes"}
    )  # fmt: skip
    assert isinstance(reached, Proposal)
    assert reached.withheld_under == (Outcome.THIRD_PARTY_INTEREST,)
    assert "third_party_harm" in [r.id for r in reached.required]


def test_silence_of_the_third_party_is_no_consent() -> None:
    reached = next_question({**PLAIN, "third_party_interest": "silent", "harm": "no"})
    assert isinstance(reached, Proposal)
    held = {"means_of_supply", "disclosure_review", "third_party_silence"}
    left = lacking(reached.outcome, held, reached.circumstances)
    assert [r.id for r in left] == ["own_decision_reasons"]


def test_the_public_interest_overrides_and_must_be_weighed() -> None:
    reached = next_question({**PLAIN, "third_party_interest": "objects", "public_interest": "yes"})
    assert isinstance(reached, Proposal)
    assert reached.outcome is Outcome.DISCLOSED
    wanted = {"public_interest_weighing", "third_party_told", "third_party_opinion"}
    assert wanted <= {r.id for r in reached.required}


@pytest.mark.parametrize(
    ("answers", "act"),
    [
        ({"clear": "no"}, "ask_for_correction"),
        ({"volume": "not_asked"}, "ask_for_reasons"),
        ({"aim": "own_record"}, "correct_own_record"),
        ({"responsible": "lead_not_consulted"}, "consult_agency"),
        ({"held": "not_searched"}, "search"),
        ({"state_secret": "unsure"}, "ask_for_secrecy_ruling"),
        ({"third_party_interest": "not_consulted"}, "consult_third_party"),
    ],
)
def test_what_must_come_first(answers: dict[str, str], act: str) -> None:
    reached = next_question({**PLAIN, **answers})
    assert isinstance(reached, First)
    assert reached.act == act
    assert reached.says
    assert reached.path[-1] in answers


def test_every_walk_ends_and_every_outcome_of_a_decision_is_reached() -> None:
    reached: set[Outcome] = set()
    asked: set[str] = set()
    for answers, end in _ends({}):
        # Nothing is asked in vain.
        assert set(end.path) == set(answers)
        asked |= set(end.path)
        if isinstance(end, Proposal):
            reached.add(end.outcome)
            assert end.required
    assert asked == {question.id for question in questions()}
    # These two come of the clock and of the requester, not of questions.
    assert set(Outcome) - reached == {Outcome.FEE_LAPSED, Outcome.WITHDRAWN}


def test_answers_that_no_longer_apply_are_passed_over() -> None:
    reached = next_question({**PLAIN, "aim": "petition", "separable": "yes"})
    assert isinstance(reached, Proposal)
    assert reached.path == ("clear", "volume", "aim")


def test_a_further_piece_begins_at_the_grounds() -> None:
    reached = next_question({}, start=FIRST_OF_A_PIECE)
    assert isinstance(reached, Question)
    assert reached.id == "state_secret"
    assert reached.citations[0].endswith("第十四条")


def test_what_is_not_settled_is_said() -> None:
    reached = next_question({**PLAIN, "government_information": "no"})
    assert isinstance(reached, Proposal)
    assert "未核实" in "".join(reached.notes)


def test_an_answer_that_is_none_is_refused() -> None:
    with pytest.raises(HandlingError, match="no answer"):
        next_question({"clear": "perhaps"})
