"""Whether a normative document holds on a day, and what the year's counts are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.core.catalogue import Validity
from gongkai.core.forms import edition
from gongkai.core.normative_document import (
    Event,
    EventKind,
    Life,
    Standing,
    count_year,
    problems_of,
    standing_on,
    validity_on,
)

AMENDED = Event(EventKind.AMENDED, date(2026, 11, 1), "青政规〔2026〕4号")
# Issued in April, in force from June for five years, amended in part after a year and a half.
LIFE = Life("3", date(2025, 4, 21), date(2025, 6, 1), date(2030, 5, 31), (AMENDED,))


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2025, 4, 20), None),
        (date(2025, 4, 21), Standing(Validity.PENDING, date(2025, 4, 21))),
        (date(2025, 5, 31), Standing(Validity.PENDING, date(2025, 4, 21))),
        (date(2025, 6, 1), Standing(Validity.IN_FORCE, date(2025, 6, 1))),
        (date(2026, 10, 31), Standing(Validity.IN_FORCE, date(2025, 6, 1))),
        (date(2026, 11, 1), Standing(Validity.AMENDED, date(2026, 11, 1), "青政规〔2026〕4号")),
        (date(2030, 5, 31), Standing(Validity.AMENDED, date(2026, 11, 1), "青政规〔2026〕4号")),
        (date(2030, 6, 1), Standing(Validity.LAPSED, date(2030, 6, 1))),
    ],
)
def test_a_life_day_by_day(day: date, standing: Standing | None) -> None:
    assert standing_on(LIFE, day) == standing
    assert validity_on(LIFE, day) == (standing.validity if standing else None)


def test_repealed_and_declared_lapsed() -> None:
    repeal = Event(EventKind.REPEALED, date(2027, 1, 1), "青政规〔2026〕9号")
    life = Life("a", date(2025, 4, 21), events=(AMENDED, repeal))
    assert validity_on(life, date(2026, 12, 31)) is Validity.AMENDED
    assert standing_on(life, date(2028, 1, 1)) == Standing(
        Validity.REPEALED, date(2027, 1, 1), "青政规〔2026〕9号"
    )
    lapse = Event(EventKind.LAPSED, date(2027, 1, 1), "清理结果公告")
    assert standing_on(Life("b", date(2025, 4, 21), events=(lapse,)), date(2027, 1, 1)) == Standing(
        Validity.LAPSED, date(2027, 1, 1), "清理结果公告"
    )


def test_an_extension_moves_or_lifts_the_last_day() -> None:
    issued, ends = date(2020, 1, 1), date(2025, 12, 31)
    longer = Event(EventKind.EXTENDED, date(2025, 11, 1), "甲", until=date(2027, 12, 31))
    life = Life("a", issued, expires_on=ends, events=(longer,))
    assert validity_on(life, date(2026, 6, 1)) is Validity.IN_FORCE
    assert validity_on(life, date(2028, 1, 1)) is Validity.LAPSED
    lifted = Life("b", issued, expires_on=ends, events=(Event(EventKind.EXTENDED, ends),))
    assert validity_on(lifted, date(2050, 1, 1)) is Validity.IN_FORCE


def test_nothing_happens_to_it_after_its_term() -> None:
    late = Event(EventKind.EXTENDED, date(2026, 3, 1), "甲", until=date(2030, 12, 31))
    life = Life("a", date(2020, 1, 1), expires_on=date(2025, 12, 31), events=(late,))
    assert standing_on(life, date(2026, 6, 1)) == Standing(Validity.LAPSED, date(2026, 1, 1))
    assert problems_of(life) == ("2026-03-01 延长有效期，但有效期在 2025-12-31 已满。",)


def test_amended_before_it_came_into_force() -> None:
    early = Event(EventKind.AMENDED, date(2025, 5, 1), "甲")
    life = Life("a", date(2025, 4, 21), date(2025, 6, 1), events=(early,))
    assert validity_on(life, date(2025, 5, 2)) is Validity.PENDING
    assert standing_on(life, date(2025, 7, 1)) == Standing(Validity.AMENDED, date(2025, 6, 1), "甲")


def test_labels() -> None:
    assert [v.label for v in Validity] == ["尚未施行", "现行有效", "已修改", "已废止", "已失效"]
    assert [v.holds for v in Validity] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("life", "problem"),
    [
        (Life("a", date(2025, 5, 1), date(2025, 4, 1)), "施行日期 2025-04-01 早于成文日期"),
        (Life("a", date(2025, 5, 1), expires_on=date(2025, 4, 1)), "有效期至 2025-04-01，早于"),
        (
            Life("a", date(2025, 5, 1), events=(Event(EventKind.AMENDED, date(2025, 4, 1)),)),
            "2025-04-01 修改，早于成文日期",
        ),
        (
            Life(
                "a",
                date(2025, 5, 1),
                events=(
                    Event(EventKind.AMENDED, date(2027, 1, 1)),
                    Event(EventKind.REPEALED, date(2026, 1, 1)),
                ),
            ),
            "2027-01-01 修改，但 2026-01-01 已经废止。",
        ),
        (
            Life(
                "a",
                date(2025, 5, 1),
                events=(Event(EventKind.EXTENDED, date(2026, 5, 1), until=date(2026, 4, 1)),),
            ),
            "2026-05-01 延长有效期到 2026-04-01，早于延长的日期。",
        ),
        (
            Life(
                "a",
                date(2025, 5, 1),
                events=(Event(EventKind.LAPSED, date(2026, 5, 1), until=date(2027, 4, 1)),),
            ),
            "2026-05-01 宣布失效不该写新的有效期。",
        ),
    ],
)
def test_what_cannot_be_is_said(life: Life, problem: str) -> None:
    (found,) = problems_of(life)
    assert found.startswith(problem)


def test_a_sound_life_has_no_problem() -> None:
    assert problems_of(LIFE) == ()


def test_the_counts_of_a_year() -> None:
    repeal = Event(EventKind.REPEALED, date(2026, 7, 1), "甲")
    lives = [
        Life("old", date(2019, 1, 1)),
        Life("repealed", date(2020, 1, 1), events=(repeal,)),
        Life("made and repealed", date(2026, 2, 1), events=(repeal,)),
        Life(
            "repealed before",
            date(2020, 1, 1),
            events=(Event(EventKind.REPEALED, date(2025, 12, 31)),),
        ),
        Life("lapsed", date(2021, 1, 1), expires_on=date(2026, 6, 30)),
        Life("last day", date(2021, 1, 1), expires_on=date(2026, 12, 31)),
        Life("new", date(2026, 5, 1)),
        Life("still to come", date(2026, 12, 20), date(2027, 1, 1)),
        Life("next year", date(2027, 1, 2)),
    ]
    counted = count_year(lives, 2026)
    assert counted.issued == ("made and repealed", "new", "still to come")
    assert counted.repealed == ("repealed", "made and repealed")
    assert counted.lapsed == ("lapsed",)
    assert counted.in_force == ("old", "last day", "new")
    assert counted.pending == ("still to come",)
    assert counted.cells("normative_documents") == {
        "normative_documents/issued": 3,
        "normative_documents/repealed": 2,
        "normative_documents/in_force": 3,
    }


@pytest.mark.parametrize("table", ["normative_documents", "government_rules"])
def test_the_counts_are_cells_of_the_form(table: str) -> None:
    assert set(count_year([], 2026).cells(table)) <= set(edition("2021").cells)


DAYS = st.dates(date(2019, 1, 1), date(2028, 12, 31))
EVENTS = st.builds(Event, st.sampled_from(EventKind), DAYS, st.just(""), st.none() | DAYS)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A life, sound or not."""
    issued = draw(DAYS)
    return Life(
        str(draw(st.integers())),
        issued,
        draw(st.none() | st.dates(issued, date(2029, 12, 31))),
        draw(st.none() | st.dates(issued, date(2031, 12, 31))),
        tuple(draw(st.lists(EVENTS, max_size=3))),
    )


@given(st.lists(lives(), max_size=8))
def test_from_year_to_year_the_counts_tie(documents: list[Life]) -> None:
    sound = [life for life in documents if not problems_of(life)]
    before, after = (count_year(sound, year) for year in (2023, 2024))
    entered = len(before.in_force) + len(before.pending) + len(after.issued)
    left = len(after.in_force) + len(after.pending) + len(after.repealed) + len(after.lapsed)
    assert entered == left


@given(lives(), DAYS)
def test_what_has_ended_does_not_come_back(life: Life, day: date) -> None:
    assume(not problems_of(life))
    validity = validity_on(life, day)
    if validity in (Validity.REPEALED, Validity.LAPSED):
        assert validity_on(life, day + timedelta(days=400)) is validity
