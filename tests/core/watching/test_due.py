"""What is late, near, or cannot be known to be: items, days of release, requests, reports."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.days import DueDay, WorkingDays
from gongkai.core.finding import Finding
from gongkai.core.watching.due import judge_message, judge_report, judge_request
from gongkai.core.watching.items import (
    Days,
    judge_days,
    judge_interpretation,
    judge_release,
    judge_waiting,
)

TODAY = date(2026, 10, 20)
DAYS = WorkingDays()


def _rule(found: Finding | None) -> str:
    return found.rule.removeprefix("watch.") if found else ""


def test_an_item_that_waits() -> None:
    made = date(2026, 9, 1)
    for due, rule in (
        (DueDay(date(2026, 10, 20)), ""),
        (DueDay(date(2026, 10, 19)), "item_late"),
        (DueDay(date(2026, 10, 19), provisional=True, why="没有公布"), "item_late_provisional"),
    ):
        assert _rule(judge_waiting("某通知", made, due, "起草", TODAY)) == rule


@pytest.mark.parametrize(
    ("made", "out", "rule"),
    [
        # National Day week and the make-up days lie between: the twentieth day is 14 October.
        ("2026-09-10", "2026-10-14", ""),
        ("2026-09-10", "2026-10-15", "item_published_late"),
        # 2028 is not announced: nobody is called late by a guess.
        ("2028-03-01", "2028-06-01", ""),
    ],
)
def test_an_item_that_came_out(made: str, out: str, rule: str) -> None:
    found = judge_release("某通知", date.fromisoformat(made), date.fromisoformat(out), DAYS, 20)
    assert _rule(found) == rule


@pytest.mark.parametrize(
    ("days", "rule"),
    [
        (Days(date(2026, 3, 9)), ""),
        (Days(date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 9), date(2026, 3, 9)), ""),
        (Days(date(2026, 1, 5), trail=date(2026, 3, 9)), "date_changed"),
        (Days(date(2026, 1, 5), first=date(2026, 3, 9)), "date_changed"),
        (Days(date(2026, 1, 5), listed=date(2026, 3, 9)), "date_changed"),
        (Days(date(2026, 10, 21)), "date_ahead"),
        (Days(date(2026, 3, 9), made_on=date(2026, 3, 10)), "date_before_made"),
        (Days(date(2026, 3, 9), made_on=date(2026, 3, 9)), ""),
    ],
)
def test_days_of_release(days: Days, rule: str) -> None:
    assert _rule(judge_days("某通知", days, TODAY)) == rule


@pytest.mark.parametrize(
    ("published", "wanted", "rule"),
    [
        ("2026-10-15", True, ""),
        ("2026-10-14", True, "interpretation_late"),
        ("2020-01-02", False, "interpretation_none"),
    ],
)
def test_interpretations(published: str, wanted: bool, rule: str) -> None:
    on = date.fromisoformat(published)
    assert _rule(judge_interpretation("某办法", on, wanted, DAYS, 3, TODAY)) == rule


@pytest.mark.parametrize(
    ("due", "provisional", "rule"),
    [
        ("2026-10-19", False, "request_late"),
        ("2026-10-19", True, "request_late_provisional"),
        ("2026-10-20", False, "request_near"),
        ("2026-10-27", False, "request_near"),
        ("2026-10-28", False, ""),
    ],
)
def test_requests(due: str, provisional: bool, rule: str) -> None:
    found = judge_request("8号", "办理中", date.fromisoformat(due), provisional, TODAY, DAYS, 5)
    assert _rule(found) == rule


@pytest.mark.parametrize(
    ("received", "own", "rule"),
    [
        ("2026-07-22", None, ""),
        ("2026-07-21", None, "message_unanswered"),
        ("2026-10-01", date(2026, 10, 19), "message_past_own_day"),
        ("2026-10-01", date(2026, 10, 20), ""),
    ],
)
def test_messages(received: str, own: date | None, rule: str) -> None:
    found = judge_message("投诉", date.fromisoformat(received), own, 90, TODAY)
    assert _rule(found) == rule


@pytest.mark.parametrize(
    ("published", "settled", "rule"),
    [
        (None, True, "report_missing"),
        (date(2026, 1, 31), True, ""),
        (date(2026, 2, 1), True, "report_late"),
        (date(2026, 2, 1), False, ""),
    ],
)
def test_reports(published: date | None, settled: bool, rule: str) -> None:
    due = date(2026, 1, 31)
    assert _rule(judge_report(2025, due, published, settled, TODAY)) == rule
    assert judge_report(2025, due, None, settled, due) is None
