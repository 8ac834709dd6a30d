"""The notation of the cases (``tests/cases/clock/*.toml``): dates and acts in the law's own words.

2025-09-26 征求第三方意见 甲公司 2025-09-29收到
2025-10-10 延长答复期限 10个工作日
2025-12-01 确定延迟答复的期限 到2025-12-31
2025-10-24 送达答复 邮寄送达 2025-10-22交邮
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.history import Service
from gongkai.core.handling.transitions import ActKind, State

CASES = Path(__file__).parents[2] / "cases" / "clock"
CHANNELS = {channel.label: channel.value for channel in Channel}
STATES = {state.label: state.value for state in State}
_ACTS = {kind.label: kind.value for kind in ActKind}
_SERVICES = {service.label: service.value for service in Service}
_DAY = r"\d{4}-\d{2}-\d{2}"


def plain(case: dict[str, Any]) -> dict[str, Any]:
    """A written case with its acts as the oracle takes them."""
    acts = [act_of(line) for line in case.get("acts", [])]
    return {
        "received": case["received"],
        "channel": CHANNELS[case["channel"]],
        "misaddressed": case.get("misaddressed", False),
        "acts": acts,
    }


def act_of(line: str) -> dict[str, Any]:
    """One line of ``acts``."""
    day, label, *details = line.split()
    act: dict[str, Any] = {"act": _ACTS[label], "on": date.fromisoformat(day)}
    for detail in details:
        act.update(_detail(detail))
    return act


def _detail(detail: str) -> dict[str, Any]:
    if found := re.fullmatch(r"(-?\d+)个工作日", detail):
        return {"days": int(found[1])}
    for pattern, key in (
        (f"到({_DAY})", "until"),
        (f"({_DAY})收到", "received_on"),
        (f"({_DAY})交邮", "posted_on"),
    ):
        if found := re.fullmatch(pattern, detail):
            return {key: date.fromisoformat(found[1])}
    if detail in _SERVICES:
        return {"service": _SERVICES[detail]}
    if detail == "不是共同制作":
        return {"co_maker": False}
    assert not re.search(r"\d", detail), f"not understood: {detail}"
    return {"party": detail}


def today_of(case: dict[str, Any]) -> date:
    """The day on which the case is looked at: if it doesn't say, the day of its last act."""
    days = [act["on"] for act in plain(case)["acts"]]
    given: date = case.get("today", max([case["received"], *days]))
    return given
