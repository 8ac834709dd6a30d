"""Ten thousand random histories: the clock equals a slow one that lives through them day by day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from gongkai.core.days import WorkingDays
from gongkai.core.handling.clock import Account, account
from gongkai.core.handling.transitions import ActKind, State

from .histories import history_of, random_case
from .oracle import Told, tell

DAYS = WorkingDays()
PARTS = 10
IN_A_PART = 1000


def seen_by_the_clock(told: Account) -> Told:
    """What the clock says, in the oracle's words."""
    return Told(
        due=told.due_on,
        state=told.state.value,
        late=told.late,
        got=told.received_on,
        ignored=tuple(sorted(f.place or 0 for f in told.course.findings if f.ignored)),
        counted=_counted(told),
        pay_by=told.course.pay_by,
        last_days=tuple(pause.last_day for pause in told.pauses),
        states=tuple(state.value for state in told.states),
    )


def _counted(told: Account) -> dict[date, int]:
    limit = told.course.round
    if told.due_on is None or limit is None or limit.until:
        return {}
    return {line.day: line.number for line in told.days if line.number is not None}


def expected(case: dict[str, Any], today: date) -> Told:
    told = tell(case, today)
    return told if told.due else Told(**{**vars(told), "counted": {}})


@pytest.mark.parametrize("part", range(PARTS))
def test_the_clock_equals_the_oracle(part: int) -> None:
    random = Random(20190515 + part)
    seen: Counter[str] = Counter()
    for number in range(IN_A_PART):
        case = random_case(random)
        today = case["received"] + timedelta(days=random.randrange(120))
        told = account(history_of(case), DAYS, today)
        assert seen_by_the_clock(told) == expected(case, today), (part, number, case, today)
        seen[told.state.value] += 1
        seen["late" if told.late else "in time"] += 1
        seen["due" if told.due_on else "no day"] += 1
    # A generator that makes only one kind of history would prove nothing.
    assert set(seen) >= {state.value for state in State} - {"received"} | {"late", "due", "no day"}
    assert min(seen["late"], seen["no day"]) > IN_A_PART / 20


def test_the_histories_hold_every_act_allowed_and_refused() -> None:
    random = Random(20190515)
    allowed: Counter[ActKind] = Counter()
    refused: Counter[str] = Counter()
    for _ in range(2 * IN_A_PART):
        told = account(history_of(random_case(random)), DAYS, date(2026, 6, 30))
        allowed.update(act.kind for _, act in told.course.accepted)
        refused.update(f.rule for f in told.course.findings if f.ignored)
    assert set(allowed) == set(ActKind)
    assert len(refused) >= 15


@pytest.mark.parametrize("part", range(2))
def test_the_account_hangs_together(part: int) -> None:
    """Every day once, in order; numbers without a gap; the due day is the last that counts."""
    random = Random(711 + part)
    for number in range(IN_A_PART // 2):
        case = random_case(random)
        today = case["received"] + timedelta(days=random.randrange(120))
        told = account(history_of(case), DAYS, today)
        days = [line.day for line in told.days]
        where = (part, number, case)
        assert days[0] == case["received"], where
        assert all(b - a == timedelta(days=1) for a, b in pairwise(days)), where
        numbers = [line.number for line in told.days if line.counted]
        assert numbers == list(range(1, len(numbers) + 1)), where
        assert all(line.why and line.article for line in told.days), where
        assert all((line.number is None) == (not line.counted) for line in told.days), where
        if told.due_on:
            assert days[-1] == told.due_on, where
            limit = told.course.round
            assert limit, where
            if not limit.until:
                assert numbers[-1] == limit.in_full, where
                assert told.days[-1].counted, where
            assert told.days[-1].why.endswith("期限届满"), where
        assert told.provisional == bool(told.why), where
        assert told.says, where
        for found in told.findings:
            assert found.text, where
            assert "{" not in found.text, where


def test_what_may_come_next_is_then_accepted() -> None:
    random = Random(2025)
    for _ in range(150):
        case = random_case(random)
        today = case["received"] + timedelta(days=random.randrange(90))
        told = account(history_of(case), DAYS, today)
        for change in told.changes:
            assert change.says.endswith("。")
        for act in told.acts_open:
            fields = {"extend": {"days": 20}, "delay": {"until": _late(told)}}.get(act.value, {})
            on = max([today, case["received"], *(a["on"] for a in case["acts"])])
            more = {**case, "acts": [*case["acts"], {"act": act.value, "on": on, **fields}]}
            assert len(case["acts"]) not in tell(more, today).ignored, (act, more)


def _late(told: Account) -> date:
    last = max([told.today, told.history.received, *(act.on for act in told.history.acts)])
    return max(last, told.due_on or last) + timedelta(days=30)
