"""The written cases: what a lawyer says of them, the clock says, and so does the slow oracle."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from gongkai.core.days import WorkingDays
from gongkai.core.handling.clock import Account, account
from gongkai.core.handling.settings import ClockSettings
from gongkai.core.rules import rules

from .histories import history_of
from .notation import CASES, STATES, plain, today_of
from .oracle import tell

DAYS = WorkingDays()
WRITTEN = {
    f"{path.stem}: {case['name']}": case
    for path in sorted(CASES.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
}
_KNOWN = {
    "name", "received", "channel", "misaddressed", "acts", "today", "due", "state", "late",
    "finds", "limits", "provisional", "days_left", "says", "settings", "receipt", "ignored",
}  # fmt: skip


@pytest.fixture(params=list(WRITTEN))
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    return WRITTEN[request.param]


def told_of(case: dict[str, Any]) -> Account:
    settings = replace(ClockSettings(), **case.get("settings", {}))
    return account(history_of(plain(case)), DAYS, today_of(case), settings)


def test_the_clock_says_what_is_written(case: dict[str, Any]) -> None:
    told = told_of(case)
    assert set(case) <= _KNOWN
    assert (told.due_on or "没有") == case["due"]
    assert told.state.label == case["state"]
    assert told.late is case.get("late", False)
    assert told.why == case.get("provisional", "")
    if "receipt" in case:
        assert told.received_on == case["receipt"]
    if "days_left" in case:
        assert told.days_left == case["days_left"]
    if "says" in case:
        assert told.says == case["says"]
    limits = {limit.label + limit.party: limit.last_day for limit in told.limits}
    assert {name: limits.get(name) for name in case.get("limits", {})} == case.get("limits", {})


def test_the_clock_finds_what_is_written_and_nothing_else(case: dict[str, Any]) -> None:
    """A finding is written as its sentence, or as the name of its rule."""
    found = told_of(case).findings
    written = case.get("finds", [])
    assert [
        f.text if "，" in line or "。" in line else f.rule.removeprefix("clock.")
        for f, line in zip(found, written, strict=False)
    ] == written
    assert len(found) == len(written)
    assert sum(f.ignored for f in found) == case.get("ignored", 0)


def test_the_slow_oracle_agrees(case: dict[str, Any]) -> None:
    """Where the defaults hold: the oracle knows no settings."""
    if "settings" in case:
        with_defaults = {k: v for k, v in case.items() if k != "settings"}
        told = told_of(with_defaults)
        assert told.due_on == tell(plain(case), today_of(case)).due
        assert told.due_on != case["due"], "the setting makes no difference"
        return
    told_by_oracle = tell(plain(case), today_of(case))
    assert (told_by_oracle.due or "没有") == case["due"]
    assert told_by_oracle.state == STATES[case["state"]]
    assert told_by_oracle.late is case.get("late", False)
    assert len(told_by_oracle.ignored) == case.get("ignored", 0)


def test_every_finding_of_the_clock_is_written_out_in_a_case() -> None:
    written = {line for case in WRITTEN.values() for line in case.get("finds", [])}
    shown = {f.rule for c in WRITTEN.values() for f in told_of(c).findings if f.text in written}
    ours = {name for name, rule in rules().items() if rule.family == "clock"}
    # A key that nobody reads comes from JSON only: see test_interchange.
    assert ours - shown == {"clock.unread"}


def test_there_are_enough_cases() -> None:
    assert len(WRITTEN) >= 150
