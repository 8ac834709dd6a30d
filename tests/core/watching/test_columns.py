"""How columns stand by promise, by the usual rhythm, by confirmation; and what they add up to."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.rules import say
from gongkai.core.watching.columns import Column, ColumnState, judge_column, judge_together
from gongkai.core.watching.limits import default_limits, watch_limits
from gongkai.core.watching.rhythms import Rhythm, RhythmKind, usual_rhythm

TODAY = date(2026, 10, 20)
LIMITS = default_limits()
_K = RhythmKind


@pytest.mark.parametrize(
    ("rhythm", "newest", "promised", "state", "due", "rule"),
    [
        # The columns of the mock-up.
        (Rhythm(_K.QUARTERLY), "2026-07-31", True, "fine", "2026-10-31", ""),
        (Rhythm(_K.QUARTERLY), "2026-07-29", True, "soon", "2026-10-29", "column_due"),
        (Rhythm(_K.BY_MONTH, 9), "2025-09-22", True, "stale", "2026-09-30", "column_stale"),
        (Rhythm(_K.BY_MONTH, 9), "2025-10-01", True, "fine", "2027-09-30", ""),
        (Rhythm(_K.BY_MONTH, 12), "2025-12-31", True, "fine", "2026-12-31", ""),
        (Rhythm(_K.HALF_YEARLY), "2026-02-11", True, "stale", "2026-08-14", "column_stale"),
        (Rhythm(_K.MONTHLY), "2026-10-16", True, "fine", "2026-11-16", ""),
        (Rhythm(_K.AS_IT_COMES), "2019-05-08", True, "fine", None, ""),
        (Rhythm(_K.ON_CHANGE), "2024-11-20", True, "fine", None, ""),
        (Rhythm(_K.DYNAMIC), "2026-10-06", True, "soon", "2026-10-20", "column_due"),
        (Rhythm(_K.DYNAMIC), "2026-10-05", True, "stale", "2026-10-19", "column_stale"),
        (Rhythm(_K.WITHIN_DAYS, 60), "2026-08-20", True, "stale", "2026-10-19", "column_stale"),
        # Without a promise: a warning at the most, and nothing ahead of its day.
        (Rhythm(_K.NOTICE), "2026-04-23", False, "fine", "2026-10-20", ""),
        (Rhythm(_K.NOTICE), "2026-04-22", False, "stale", "2026-10-19", "column_stale_by_default"),
    ],
)
def test_a_column_with_something_in_it(
    rhythm: Rhythm, newest: str, promised: bool, state: str, due: str | None, rule: str
) -> None:
    column = Column(
        "规划", 3, date.fromisoformat(newest), rhythm, date(2026, 1, 1) if promised else None
    )
    verdict = judge_column(column, LIMITS, TODAY)
    assert (verdict.state.value, verdict.due_on and verdict.due_on.isoformat()) == (state, due)
    found = verdict.finding
    assert (found.rule if found else "") == (f"watch.{rule}" if rule else "")
    if found is not None:
        assert newest in say(found)
        assert rule != "column_stale_by_default" or found.severity.value == "warning"


@pytest.mark.parametrize(
    ("promised_on", "confirmed_until", "state", "rule"),
    [
        (None, None, "blank", "column_blank"),
        (None, date(2026, 10, 20), "confirmed", ""),
        (None, date(2026, 10, 19), "blank", "column_blank"),
        (date(2026, 9, 18), None, "blank", "column_blank_promised"),
        # Promised within the month: not yet due.
        (date(2026, 9, 19), None, "blank", "column_blank"),
        (date(2026, 9, 18), date(2026, 12, 31), "confirmed", ""),
    ],
)
def test_a_blank_column(
    promised_on: date | None, confirmed_until: date | None, state: str, rule: str
) -> None:
    column = Column("收费", 0, None, Rhythm(_K.MONTHLY), promised_on, confirmed_until)
    verdict = judge_column(column, LIMITS, TODAY)
    assert verdict.state.value == state
    assert (verdict.finding.rule if verdict.finding else "") == (f"watch.{rule}" if rule else "")


def test_a_stale_column_that_was_confirmed_is_not_stale() -> None:
    column = Column("招考", 1, date(2025, 5, 8), Rhythm(_K.MONTHLY), date(2025, 1, 1), TODAY)
    assert judge_column(column, LIMITS, TODAY).state is ColumnState.CONFIRMED


def test_columns_together_are_a_veto_from_the_number_set() -> None:
    def verdicts(stale: int, blank: int, newest: date) -> list[str]:
        every = {
            f"栏{n}": judge_column(
                Column(f"栏{n}", 1, newest, Rhythm(_K.MONTHLY), date(2020, 1, 1)), LIMITS, TODAY
            )
            for n in range(stale)
        } | {
            f"空{n}": judge_column(Column(f"空{n}", 0, None, Rhythm(_K.AS_IT_COMES)), LIMITS, TODAY)
            for n in range(blank)
        }
        return [found.rule.removeprefix("watch.") for found in judge_together(every, LIMITS)]

    lately, long_ago = date(2026, 8, 1), date(2025, 10, 1)
    assert verdicts(4, 4, lately) == []
    assert verdicts(5, 4, lately) == ["columns_stale_together"]
    assert verdicts(10, 0, lately) == ["columns_stale_together"]
    assert verdicts(10, 5, long_ago) == [
        "columns_stale_together", "columns_stale_for_long", "columns_blank_together",
    ]  # fmt: skip


def test_numbers_tell_their_source_and_what_is_not_verified() -> None:
    limits = watch_limits()
    told = (limits["dynamic_days"].default, limits["notice_days"].default)
    assert told == (14, 180)
    for limit in limits.values():
        assert limit.note
        assert limit.citation or "自定" in limit.note or not limit.verified or "确认" in limit.note
    assert not limits["longterm_days"].verified
    assert "〔2019〕19号" in limits["blank_columns"].citation
    assert limits["visit_links"].default == 0


def test_what_nobody_promised_is_looked_at_by_the_inspection_or_as_it_comes() -> None:
    assert usual_rhythm("statutory", "20-1").kind is _K.NOTICE
    assert usual_rhythm("statutory", "20-9").kind is _K.AS_IT_COMES
    assert usual_rhythm("rules").kind is _K.AS_IT_COMES
    for kind in _K:
        number = {_K.BY_MONTH: 9, _K.WITHIN_DAYS: 30}.get(kind, 0)
        assert Rhythm(kind, number).label
    for kind, number in ((_K.BY_MONTH, 13), (_K.WITHIN_DAYS, 0)):
        with pytest.raises(ValueError, match="no "):
            Rhythm(kind, number)
