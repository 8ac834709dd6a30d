"""The limits by name, and the day by which information must be public (art. 26)."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.days import DueDay, WorkingDays
from gongkai.core.law import cite
from gongkai.core.time_limits import TimeLimit, Unit, due_day, publication_due, time_limits

DAYS = WorkingDays()


@pytest.mark.parametrize(
    ("name", "said", "article"),
    [
        ("publish", "20个工作日", "第二十六条"),
        ("ask_for_correction", "7个工作日", "第三十条"),
        ("third_party_opinion", "15个工作日", "第三十二条"),
        ("reply", "20个工作日", "第三十三条"),
        ("extension", "20个工作日", "第三十三条"),
        ("agency_opinion", "15个工作日", "第三十四条"),
        ("fee_payment", "20个工作日", "第六条"),
        ("redo", "20个工作日", "第十一条"),
    ],
)
def test_a_limit_and_its_basis(name: str, said: str, article: str) -> None:
    limit = time_limits()[name]
    assert str(limit) == said
    assert cite(limit.basis).endswith(article)
    assert limit.label
    assert limit.starts


def test_every_limit_is_named_above() -> None:
    assert len(time_limits()) == 8


def test_public_within_twenty_working_days() -> None:
    assert publication_due(date(2025, 9, 22), DAYS) == DueDay(date(2025, 10, 24))
    assert publication_due(date(2025, 1, 20), DAYS) == DueDay(date(2025, 2, 21))


def test_into_a_year_not_announced_is_provisional() -> None:
    due = publication_due(date(2026, 12, 15), DAYS)
    assert due.provisional
    assert due.why == "2027年的放假安排还没有公布，按周一至周五暂算"


def test_a_reply_extended_to_the_full() -> None:
    first = due_day(time_limits()["reply"], date(2025, 9, 22), DAYS)
    assert due_day(time_limits()["extension"], first.day, DAYS).day == date(2025, 11, 21)


def test_another_laws_limit_may_stand_in() -> None:
    budget = TimeLimit("budget", "预算公开", 20, Unit.DAYS, "", "批复之日")
    assert str(budget) == "20日"
    assert publication_due(date(2025, 9, 22), DAYS, budget) == DueDay(date(2025, 10, 12))
