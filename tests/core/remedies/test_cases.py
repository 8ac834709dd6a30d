"""Cases and their results; what may be done against a reply."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.core.errors import HandlingError
from gongkai.core.handling.outcomes import Outcome, Remedy
from gongkai.core.remedies.cases import RemedyCase, RemedyKind, ResultColumn, result, results
from gongkai.core.remedies.limits import remedy_limit
from gongkai.core.remedies.means import Part, means

SOUND: dict[str, Any] = {
    "number": "复1",
    "kind": RemedyKind.RECONSIDERATION,
    "opened_on": date(2025, 3, 3),
}


def test_the_results_of_either_kind() -> None:
    assert results("direct_suit") == results(RemedyKind.SUIT_AFTER_RECONSIDERATION)
    assert not any(r.litigation for r in results("reconsideration"))
    for kind in RemedyKind:
        assert kind.label
        assert {r.column for r in results(kind)} == set(ResultColumn)
        labels = [r.label for r in results(kind)]
        assert len(labels) == len(set(labels))


def test_an_order_to_redo_names_the_limit_of_the_new_reply() -> None:
    ordered = {r.id: r.redo for kind in RemedyKind for r in results(kind) if r.redo}
    assert set(ordered) == {
        "annulled_and_redo",
        "ordered_to_perform",
        "suit_annulled_and_redo",
        "suit_ordered_to_perform",
    }
    for limit in ordered.values():
        assert remedy_limit(limit).length == 20


@pytest.mark.parametrize(
    "changed",
    [
        {"number": ""},
        {"closed_on": date(2025, 4, 1)},
        {"result": "annulled"},
        {"closed_on": date(2025, 3, 2), "result": "annulled"},
        {"closed_on": date(2025, 4, 1), "result": "suit_annulled"},
        {"closed_on": date(2025, 4, 1), "result": "forgotten"},
    ],
)
def test_a_case_that_contradicts_itself_is_never_made(changed: dict[str, Any]) -> None:
    assert RemedyCase(**SOUND).closed_on is None
    with pytest.raises(HandlingError):
        RemedyCase(**{**SOUND, **changed})


def test_every_column_is_named() -> None:
    assert [c.label for c in ResultColumn] == ["结果维持", "结果纠正", "其他结果"]
    assert result("annulled").column is ResultColumn.CORRECTED


def test_what_is_withheld_has_no_direct_suit_since_2024() -> None:
    (one,) = means(Outcome.STATE_SECRET, date(2024, 1, 1))
    assert one.direct_suit is None
    assert one.reconsideration is not None
    assert any("第二十三条第一款第（四）项" in c for c in one.citations)
    (before,) = means(Outcome.STATE_SECRET, date(2023, 12, 31))
    assert before.remedy is Remedy.CHOICE
    assert before.direct_suit is not None
    # The law of the day is cited, not a later one.
    assert not any("reconsideration-2023" in b or "court" in b for b in before.basis)


def test_a_partial_disclosure_has_two_means() -> None:
    withheld, disclosed = means(Outcome.PARTLY_DISCLOSED, date(2025, 10, 20))
    assert (withheld.part, disclosed.part) == (Part.WITHHELD, Part.DISCLOSED)
    assert withheld.direct_suit is None
    assert disclosed.direct_suit is not None


def test_where_the_court_hears_no_case_a_lawyer_confirms_the_notice() -> None:
    (one,) = means(Outcome.PETITION, date(2025, 10, 20))
    assert one.remedy is Remedy.NOT_ACCEPTED_BY_COURT
    assert "法制人员确认" in one.confirm
    assert any("第十条第二款第（七）项" in c for c in one.citations)


def test_nothing_is_told_of_a_withdrawn_request() -> None:
    assert means(Outcome.WITHDRAWN, date(2025, 10, 20)) == ()
