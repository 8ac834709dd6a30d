"""A history from JSON, and an account to JSON: one shape for the command line and other programs.

    {"received": "2025-09-22", "channel": "counter",
     "acts": [{"act": "ask_for_correction", "on": "2025-09-26"}]}

Days are written 2025-09-22.  What is missing or cannot be understood is refused in one Chinese
sentence (HistoryError); a key that nobody knows is kept and said, never dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from ..errors import HistoryError
from .channels import Channel
from .clock import Account
from .course import Consultation
from .history import Act, History, Service
from .transitions import ActKind

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OF_HISTORY = {"received", "channel", "acts", "misaddressed"}
_OF_ACT = {
    "act", "on", "days", "until", "received", "received_on", "party", "co_maker", "outcome",
    "service", "posted_on",
}  # fmt: skip
# Far more than any case has: beyond it the input is something else.
_MOST_ACTS = 500
_LONGEST_PARTY = 200
Word = TypeVar("Word", bound=StrEnum)


def parse_history(data: object) -> History:
    """``data``, as read from JSON, as a history."""
    if not isinstance(data, Mapping):
        raise HistoryError("应当是一个 JSON 对象，写明 received、channel 和 acts。")
    given = data.get("acts", [])
    if not isinstance(given, list):
        raise HistoryError("acts 应当是一个列表。")
    if len(given) > _MOST_ACTS:
        raise HistoryError(f"acts 有 {len(given)} 项，最多 {_MOST_ACTS} 项。")
    unread = [str(key) for key in data if key not in _OF_HISTORY]
    acts = []
    for number, act in enumerate(given, 1):
        where = f"acts 第 {number} 项"
        if not isinstance(act, Mapping):
            raise HistoryError(f"{where}应当是一个 JSON 对象，写明 act 和 on。")
        acts.append(_act(act, where))
        unread += [f"{where}的 {key}" for key in act if key not in _OF_ACT]
    return History(
        received=_day(data, "received", ""),
        channel=_word(data, "channel", "", Channel),
        acts=tuple(acts),
        misaddressed=_flag(data, "misaddressed", "", False),
        unread=tuple(unread),
    )


def account_data(told: Account) -> dict[str, Any]:
    """``told`` as JSON can hold it; days are written 2025-09-22."""
    return {
        "received": _iso(told.history.received),
        "channel": told.history.channel.value,
        "today": _iso(told.today),
        "received_on": _iso(told.received_on),
        "state": told.state.value,
        "state_label": told.state.label,
        "due_on": _iso(told.due_on),
        "says": told.says,
        "late": told.late,
        "provisional": told.provisional,
        "why": told.why,
        "started_on": _iso(told.started_on),
        "concluded_on": _iso(told.concluded_on),
        "days_used": told.used,
        "days_left": told.days_left,
        "account": [
            {
                "day": _iso(line.day),
                "counted": line.counted,
                "number": line.number,
                "why": line.why,
                "article": line.article,
            }
            for line in told.days
        ],
        "pauses": [_pause(pause, told) for pause in told.pauses],
        "limits": [
            {
                "limit": limit.id,
                "label": limit.label,
                "last_day": _iso(limit.last_day),
                "running": limit.running,
                "met_on": _iso(limit.met_on),
                "late": limit.late,
                "party": limit.party,
                "assumed": limit.assumed,
                "article": limit.citation,
            }
            for limit in told.limits
        ],
        "changes": [
            {
                "act": change.act.value,
                "label": change.act.label,
                "effect": change.move.effect.value,
                "on": _iso(change.on),
                "due_on": _iso(change.due_on),
                "says": change.says,
                "article": change.move.citation,
            }
            for change in told.changes
        ],
        "acts_open": [{"act": act.value, "label": act.label} for act in told.acts_open],
        "findings": [
            {
                "rule": found.rule,
                "severity": found.finding.severity.value,
                "act": None if found.place is None else found.place + 1,
                "ignored": found.ignored,
                "says": found.text,
                "article": found.citation,
            }
            for found in told.findings
        ],
        "notes": list(told.notes),
    }


def _pause(pause: Consultation, told: Account) -> dict[str, Any]:
    return {
        "act": pause.kind.value,
        "party": pause.party,
        "sent_on": _iso(pause.sent_on),
        "last_day": _iso(pause.last_day),
        "answered_on": _iso(pause.answered_on),
        "ended_on": _iso(pause.ended_on),
        "running": pause in told.running_pauses,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _act(data: Mapping[str, Any], where: str) -> Act:
    kind = _word(data, "act", where, ActKind)
    here = f"{where}（{kind.label}）"
    if kind is ActKind.EXTEND and data.get("days") is None:
        raise HistoryError(f"{here}没有写 days（延长几个工作日）。")
    if kind is ActKind.DELAY and data.get("until") is None:
        raise HistoryError(f"{here}没有写 until（延迟到哪一天）。")
    received = "received_on" if data.get("received_on") is not None else "received"
    return Act(
        kind=kind,
        on=_day(data, "on", here),
        days=_number(data, "days", here),
        until=_optional_day(data, "until", here),
        received_on=_optional_day(data, received, here),
        party=_text(data, "party", here),
        co_maker=_flag(data, "co_maker", here, True),
        outcome=_text(data, "outcome", here),
        service=None if data.get("service") is None else _word(data, "service", here, Service),
        posted_on=_optional_day(data, "posted_on", here),
    )


def _day(data: Mapping[str, Any], key: str, where: str) -> date:
    value = data.get(key)
    if value is None:
        raise HistoryError(f"{where}没有写 {key}。")
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise HistoryError(
            f"{_at(where, key)} 应当写成 2025-09-22 这样的日期，现在是 {_shown(value)}。"
        )
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise HistoryError(f"{_at(where, key)} 写的 {value} 不是日历上的日子。") from None


def _optional_day(data: Mapping[str, Any], key: str, where: str) -> date | None:
    return None if data.get(key) is None else _day(data, key, where)


def _word(data: Mapping[str, Any], key: str, where: str, kind: type[Word]) -> Word:
    value = data.get(key)
    if value is None:
        raise HistoryError(f"{where}没有写 {key}。")
    known = {word.value: word for word in kind}
    if not isinstance(value, str) or value not in known:
        raise HistoryError(
            f"{_at(where, key)} 认不出 {_shown(value)}，应为 {'、'.join(known)} 之一。"
        )
    return known[value]


def _number(data: Mapping[str, Any], key: str, where: str) -> int | None:
    value = data.get(key)
    if value is not None and type(value) is not int:
        raise HistoryError(f"{_at(where, key)} 应当写成整数，现在是 {_shown(value)}。")
    return value


def _flag(data: Mapping[str, Any], key: str, where: str, otherwise: bool) -> bool:
    value = data.get(key, otherwise)
    if type(value) is not bool:
        raise HistoryError(f"{_at(where, key)} 应当写成 true 或者 false，现在是 {_shown(value)}。")
    return value


def _text(data: Mapping[str, Any], key: str, where: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str) or len(value) > _LONGEST_PARTY:
        raise HistoryError(f"{_at(where, key)} 应当是 {_LONGEST_PARTY} 字以内的文字。")
    return value


def _at(where: str, key: str) -> str:
    return f"{where}的 {key}" if where else key


def _shown(value: object) -> str:
    """A value as it was given, short and on one line."""
    text = value if isinstance(value, str) else repr(value)
    line = "".join(c if c.isprintable() else " " for c in text)
    return f"“{line[:40]}…”" if len(line) > 40 else f"“{line}”"
