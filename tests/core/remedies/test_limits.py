"""The limits of reconsideration and litigation: each reckoned by hand on the calendar of 2025."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.days import WorkingDays
from gongkai.core.errors import HandlingError
from gongkai.core.remedies.limits import Unit, remedy_due, remedy_limit, remedy_limits

DAYS = WorkingDays()


@pytest.mark.parametrize(
    ("limit", "start", "due"),
    [
        # Working days: 28 September and 11 October 2025 are worked, 1 to 8 October are off.
        ("answer_simplified", date(2025, 9, 22), date(2025, 9, 28)),
        ("answer_ordinary", date(2025, 9, 22), date(2025, 10, 11)),
        ("copy_simplified", date(2025, 9, 22), date(2025, 9, 25)),
        ("copy_ordinary", date(2025, 9, 22), date(2025, 9, 30)),
        ("redo_by_judgment", date(2025, 9, 22), date(2025, 10, 24)),
        ("redo_by_reconsideration", date(2025, 9, 22), date(2025, 10, 24)),
        # Natural days, the last of which is worked.
        ("sue_after_reconsideration", date(2025, 3, 3), date(2025, 3, 18)),
        ("decide_simplified", date(2025, 3, 3), date(2025, 4, 2)),
        ("apply_for_reconsideration", date(2025, 7, 3), date(2025, 9, 1)),
        # Natural days that end on a day off: the next working day.
        ("decide_ordinary", date(2025, 3, 3), date(2025, 5, 6)),
        ("apply_for_reconsideration", date(2025, 8, 2), date(2025, 10, 9)),
        ("defend", date(2025, 9, 20), date(2025, 10, 9)),
        ("sue_where_not_heard", date(2025, 9, 13), date(2025, 9, 28)),
        # Months and years.
        ("sue_directly", date(2025, 3, 10), date(2025, 9, 10)),
        ("sue_directly", date(2025, 8, 31), date(2026, 2, 28)),
        ("sue_directly", date(2025, 4, 3), date(2025, 10, 9)),
        ("apply_uninformed", date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_the_last_day(limit: str, start: date, due: date) -> None:
    reckoned = remedy_due(limit, start, DAYS)
    assert reckoned.day == due
    assert not reckoned.provisional


def test_a_year_not_announced_is_provisional_with_its_reason() -> None:
    reckoned = remedy_due("apply_for_reconsideration", date(2099, 3, 3), DAYS)
    assert reckoned.provisional
    assert "2099年" in reckoned.why


def test_only_the_last_day_needs_the_arrangement() -> None:
    # 2026 is announced; that the limit begins before any year we hold is no matter.
    assert not remedy_due("apply_uninformed", date(2018, 9, 3), DAYS).provisional


def test_every_limit_is_cited_and_what_is_not_verified_says_so() -> None:
    for limit in remedy_limits().values():
        assert limit.citation.startswith("《")
        assert limit.starts
        assert limit.label
        if not limit.verified:
            assert limit.note
    assert str(remedy_limit("answer_simplified")) == "5个工作日"
    assert str(remedy_limit("sue_directly")) == "6个月"
    assert remedy_limit("apply_uninformed").unit is Unit.YEARS


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(HandlingError):
        remedy_limit("whenever")
