"""The limits of responses run by the clock, are met by the right release, and say their source."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from gongkai.core.law import instruments
from gongkai.core.watching.responding import response_limits, responses
from gongkai.core.watching.systems import systems

BEGAN = datetime(2026, 2, 13, 22, 0, tzinfo=timezone(timedelta(hours=8)))


def hours(count: float) -> datetime:
    return BEGAN + timedelta(hours=count)


def test_a_major_emergency_has_two_limits_and_each_its_own_release() -> None:
    told = [("press_conference", hours(25)), ("authoritative", hours(4.9))]
    first, conference = responses(BEGAN, told, major=True, own_hours={})
    assert (first.limit.id, first.due_at, first.met_at) == ("first_release", hours(5), hours(4.9))
    assert not first.late(hours(100))
    assert (conference.due_at, conference.met_at) == (hours(24), hours(25))
    assert conference.late(hours(25))
    # A release that is no press conference meets the first limit alone.
    _, missing = responses(BEGAN, told[1:], major=True, own_hours={})
    assert missing.met_at is None
    assert [missing.near(hours(h)) for h in (17, 18.5, 24, 24.1)] == [False, True, True, False]
    assert [missing.late(hours(h)) for h in (24, 24.1)] == [False, True]


def test_another_matter_has_one_limit_that_a_region_may_shorten() -> None:
    (usual,) = responses(BEGAN, [], major=False, own_hours={})
    (own,) = responses(BEGAN, [], major=False, own_hours={"response": 24, "first_release": 1})
    assert (usual.due_at, own.due_at) == (hours(48), hours(24))


def test_every_limit_and_system_cites_what_we_hold_and_says_what_was_not_read() -> None:
    for one in (*response_limits().values(), *systems().values()):
        assert one.basis.partition("#")[0] in instruments()
        assert "《" in one.citation
    assert all(limit.verified or limit.note for limit in response_limits().values())
    assert {s.id for s in systems().values() if s.of_governments} == {
        "assessment",
        "appraisal",
        "accountability",
    }
