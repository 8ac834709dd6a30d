"""Counting working days: the examples of the reference, what is provisional, and the inverse."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.days import Count, DueDay, WorkingDays, parse_year

DAYS = WorkingDays()
NEXT = parse_year(
    """
year = 2027
[[notice]]
title = "国务院办公厅关于2027年部分节假日安排的通知"
number = "国办发明电〔2026〕9号"
made_on = 2026-11-05
[[holiday]]
name = "元旦"
from = 2026-12-31
until = 2027-01-02
makeup = [2026-12-27]
"""
)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        # National Day 2025: 1 to 8 October off, 28 September and 11 October worked.
        (date(2025, 9, 22), 7, date(2025, 9, 30)),
        (date(2025, 9, 22), 20, date(2025, 10, 24)),
        (date(2025, 10, 24), 20, date(2025, 11, 21)),
        (date(2025, 10, 13), 20, date(2025, 11, 10)),
        (date(2025, 9, 29), 15, date(2025, 10, 27)),
        (date(2025, 9, 30), 20, date(2025, 11, 4)),
        (date(2025, 10, 20), 20, date(2025, 11, 17)),
        # Spring Festival 2025: 28 January to 4 February off, 26 January and 8 February worked.
        (date(2025, 1, 20), 7, date(2025, 2, 5)),
        (date(2025, 1, 20), 20, date(2025, 2, 21)),
        # Received on a Saturday: the first day is the Monday after.
        (date(2025, 3, 8), 1, date(2025, 3, 10)),
        # The extension of 2020: without it, 1 February would have been the first day.
        (date(2020, 1, 30), 1, date(2020, 2, 3)),
    ],
)
def test_the_nth_working_day_after(start: date, n: int, due: date) -> None:
    assert DAYS.nth_after(start, n) == DueDay(due)


def test_count_between() -> None:
    assert DAYS.count_between(date(2025, 9, 22), date(2025, 10, 24)) == Count(20)
    assert DAYS.count_between(date(2025, 10, 1), date(2025, 10, 8)) == Count(0)
    assert DAYS.count_between(date(2025, 10, 8), date(2025, 10, 8)) == Count(0)
    assert DAYS.count_between(date(2025, 10, 8), date(2025, 10, 1)) == Count(0)


def test_a_day_and_its_name() -> None:
    assert not DAYS.is_working_day(date(2026, 10, 1))
    assert DAYS.is_working_day(date(2026, 10, 10))
    assert DAYS.name_of(date(2026, 10, 1)) == "国庆节"
    assert DAYS.name_of(date(2026, 10, 10)) == "国庆节"
    assert DAYS.name_of(date(2026, 10, 12)) == ""


@pytest.mark.parametrize(
    ("start", "n", "due", "why"),
    [
        (date(2026, 12, 25), 1, DueDay(date(2026, 12, 28), True, ""), "元旦可能调休"),
        (date(2026, 12, 31), 1, DueDay(date(2027, 1, 1), True, ""), "按周一至周五暂算"),
        (date(2028, 3, 1), 1, DueDay(date(2028, 3, 2), True, ""), "2028年的放假安排还没有公布"),
        (date(2018, 6, 1), 1, DueDay(date(2018, 6, 4), True, ""), "2018年的放假安排没有收录"),
    ],
)
def test_a_year_not_announced_is_said(start: date, n: int, due: DueDay, why: str) -> None:
    found = DAYS.nth_after(start, n)
    assert (found.day, found.provisional) == (due.day, True)
    assert why in found.why


def test_the_reason_names_every_year_missing() -> None:
    long = DAYS.count_between(date(2026, 12, 1), date(2028, 1, 31))
    assert long.why == "2027年、2028年的放假安排还没有公布，按周一至周五暂算"
    exact = DAYS.nth_after(date(2026, 12, 20), 20)
    assert exact.why == "2027年的放假安排还没有公布，按周一至周五暂算"


def test_what_was_announced_is_not_provisional() -> None:
    assert DAYS.nth_after(date(2026, 11, 27), 20) == DueDay(date(2026, 12, 25))
    assert DAYS.nth_after(date(2025, 12, 31), 1) == DueDay(date(2026, 1, 4))
    # The notice of 2019 names 29 to 31 December 2018, and no other day of that year.
    assert DAYS.count_between(date(2018, 12, 28), date(2018, 12, 31)) == Count(1)


def test_the_platforms_newer_notice_settles_the_end_of_the_year() -> None:
    days = WorkingDays({2027: NEXT})
    assert days.is_working_day(date(2026, 12, 27))
    assert not days.is_working_day(date(2026, 12, 31))
    assert days.nth_after(date(2026, 12, 25), 6) == DueDay(date(2027, 1, 5))
    assert days.nth_after(date(2025, 9, 22), 20) == DueDay(date(2025, 10, 24))


def test_a_changed_notice_replaces_the_year_that_ships() -> None:
    changed = parse_year(
        "year = 2026\n[[notice]]\ntitle = '甲'\nnumber = '乙'\nmade_on = 2026-01-05\n"
        "[[holiday]]\nname = '国庆节'\nfrom = 2026-10-01\nuntil = 2026-10-03\n"
    )
    assert WorkingDays({2026: changed}).is_working_day(date(2026, 10, 5))
    assert not DAYS.is_working_day(date(2026, 10, 5))


def test_a_moment_is_not_a_day() -> None:
    moment = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    with pytest.raises(TypeError):
        DAYS.nth_after(moment, 1)


def test_the_nth_is_at_least_the_first() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        DAYS.nth_after(date(2026, 10, 1), 0)


DATES = st.dates(date(2018, 1, 1), date(2029, 12, 31))


@given(start=DATES, n=st.integers(1, 120))
def test_counting_to_the_nth_gives_n(start: date, n: int) -> None:
    due = DAYS.nth_after(start, n)
    assert DAYS.is_working_day(due.day)
    counted = DAYS.count_between(start, due.day)
    assert (counted.days, counted.provisional, counted.why) == (n, due.provisional, due.why)
    assert DAYS.count_between(start, due.day - timedelta(days=1)).days == n - 1


@given(start=DATES, length=st.integers(1, 400))
def test_the_last_working_day_of_a_span_is_its_count_th(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    counted = DAYS.count_between(start, end)
    if counted.days:
        assert DAYS.nth_after(start, counted.days).day <= end
    assert DAYS.nth_after(start, counted.days + 1).day > end


@given(start=DATES, n=st.integers(1, 60))
def test_provisional_exactly_where_a_reason_is_given(start: date, n: int) -> None:
    due = DAYS.nth_after(start, n)
    assert due.provisional == bool(due.why)
    # The first day that counts is named by the notice of 2019, or later.
    settled = start >= date(2018, 12, 28) and due.day < date(2026, 12, 28)
    assert due.provisional is not settled
