"""A case from JSON and its account to JSON: every mistake is said in one Chinese sentence."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongkai.core.days import WorkingDays
from gongkai.core.errors import HistoryError
from gongkai.core.handling.channels import Channel
from gongkai.core.handling.clock import account
from gongkai.core.handling.history import Act, History, Service
from gongkai.core.handling.interchange import account_data, parse_history
from gongkai.core.handling.transitions import ActKind

DAYS = WorkingDays()
CASE: dict[str, Any] = {"received": "2025-09-22", "channel": "counter"}


def with_act(**fields: Any) -> dict[str, Any]:
    return {**CASE, "acts": [fields]}


def test_a_case_as_it_is_written() -> None:
    given = {
        **CASE,
        "misaddressed": True,
        "acts": [
            {"act": "consult_agency", "on": "2025-09-26", "received": "2025-09-29", "party": "乙局",
             "co_maker": False},
            {"act": "extend", "on": "2025-10-10", "days": 10},
            {"act": "served", "on": "2025-10-20", "service": "post", "posted_on": "2025-10-17",
             "outcome": "disclosed", "until": None},
        ],
    }  # fmt: skip
    assert parse_history(given) == History(
        date(2025, 9, 22),
        Channel.COUNTER,
        (
            Act(
                ActKind.CONSULT_AGENCY,
                date(2025, 9, 26),
                received_on=date(2025, 9, 29),
                party="乙局",
                co_maker=False,
            ),
            Act(ActKind.EXTEND, date(2025, 10, 10), days=10),
            Act(
                ActKind.SERVED,
                date(2025, 10, 20),
                service=Service.POST,
                posted_on=date(2025, 10, 17),
                outcome="disclosed",
            ),
        ),
        misaddressed=True,
    )


def test_received_and_received_on_are_the_same() -> None:
    one = with_act(act="consult_third_party", on="2025-09-26", received="2025-09-29")
    other = with_act(act="consult_third_party", on="2025-09-26", received_on="2025-09-29")
    assert parse_history(one) == parse_history(other)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "应当是一个 JSON 对象，写明 received、channel 和 acts。"),
        ("2025-09-22", "应当是一个 JSON 对象，写明 received、channel 和 acts。"),
        ({"channel": "counter"}, "没有写 received。"),
        ({"received": "2025-09-22"}, "没有写 channel。"),
        ({**CASE, "received": None}, "没有写 received。"),
        (
            {**CASE, "received": "2025/09/22"},
            "received 应当写成 2025-09-22 这样的日期，现在是 “2025/09/22”。",
        ),
        (
            {**CASE, "received": 20250922},
            "received 应当写成 2025-09-22 这样的日期，现在是 “20250922”。",
        ),
        ({**CASE, "received": "2025-02-30"}, "received 写的 2025-02-30 不是日历上的日子。"),
        ({**CASE, "received": "0001-01-01"}, "0001-01-01 不像是办理申请的日期。"),
        (
            {**CASE, "channel": "pigeon"},
            "channel 认不出 “pigeon”，应为 counter、registered_post、plain_post、fax、online、email、"
            "oral 之一。",
        ),
        ({**CASE, "misaddressed": 1}, "misaddressed 应当写成 true 或者 false，现在是 “1”。"),
        ({**CASE, "acts": {}}, "acts 应当是一个列表。"),
        ({**CASE, "acts": ["extend"]}, "acts 第 1 项应当是一个 JSON 对象，写明 act 和 on。"),
        ({**CASE, "acts": [{}] * 501}, "acts 有 501 项，最多 500 项。"),
        (with_act(on="2025-09-26"), "acts 第 1 项没有写 act。"),
        (with_act(act="corrected"), "acts 第 1 项（收到补正）没有写 on。"),
        (
            with_act(act="extend", on="2025-10-10"),
            "acts 第 1 项（延长答复期限）没有写 days（延长几个工作日）。",
        ),
        (
            with_act(act="extend", on="2025-10-10", days="10"),
            "acts 第 1 项（延长答复期限）的 days 应当写成整数，现在是 “10”。",
        ),
        (
            with_act(act="extend", on="2025-10-10", days=True),
            "acts 第 1 项（延长答复期限）的 days 应当写成整数，现在是 “True”。",
        ),
        (
            with_act(act="delay", on="2025-10-10"),
            "acts 第 1 项（确定延迟答复的期限）没有写 until（延迟到哪一天）。",
        ),
        (
            with_act(act="served", on="2025-10-10", service="drone"),
            "acts 第 1 项（送达答复）的 service 认不出 “drone”，应为 direct、entrusted、post、electronic、"
            "public_notice 之一。",
        ),
        (
            with_act(act="consult_third_party", on="2025-10-10", party="甲" * 201),
            "acts 第 1 项（征求第三方意见）的 party 应当是 200 字以内的文字。",
        ),
    ],
)
def test_what_cannot_be_understood_is_said(given: object, said: str) -> None:
    with pytest.raises(HistoryError) as refused:
        parse_history(given)
    assert str(refused.value) == said


def test_an_unknown_word_is_shown_short_and_on_one_line() -> None:
    with pytest.raises(HistoryError) as refused:
        parse_history({**CASE, "channel": "a\nb" + "c" * 100})
    assert "\n" not in str(refused.value)
    assert "…”" in str(refused.value)


def test_a_key_that_nobody_knows_is_said_and_the_rest_counts() -> None:
    history = parse_history(
        {**CASE, "note": "x", "acts": [{"act": "extend", "on": "2025-10-10", "days": 5, "by": 1}]}
    )
    told = account(history, DAYS, date(2025, 10, 10))
    assert told.due_on == date(2025, 10, 31)
    assert [found.text for found in told.findings] == [
        "认不出 note、acts 第 1 项的 by，没有用。核对写法。"
    ]


def test_a_moment_is_no_day() -> None:
    with pytest.raises(HistoryError, match="带着时刻"):
        History(datetime(2025, 9, 22, 8, 0, tzinfo=UTC), Channel.COUNTER)


def test_the_account_as_json_is_the_account() -> None:
    history = parse_history(
        {
            **CASE,
            "acts": [
                {"act": "consult_third_party", "on": "2025-09-26", "received": "2025-09-29"},
                {"act": "extend", "on": "2025-10-10", "days": 30},
            ],
        }
    )
    data = account_data(account(history, DAYS, date(2025, 10, 13)))
    assert json.loads(json.dumps(data)) == data
    assert data["due_on"] == "2025-11-18"
    assert (data["state"], data["state_label"]) == ("awaiting_third_party", "征求第三方意见")
    assert (data["late"], data["provisional"]) == (False, True)
    assert data["why"] == "还没有收到第三方的意见，按 2025-10-27 逾期未提出推算"
    assert data["account"][0] == {
        "day": "2025-09-22",
        "counted": False,
        "number": None,
        "why": "收到申请当日，不计入",
        "article": "《中华人民共和国民法典》（主席令第四十五号）第二百零一条",
    }
    assert data["account"][-1]["day"] == "2025-11-18"
    assert [line["number"] for line in data["account"] if line["counted"]] == list(range(1, 21))
    assert data["pauses"] == [
        {
            "act": "consult_third_party",
            "party": "",
            "sent_on": "2025-09-26",
            "last_day": "2025-10-27",
            "answered_on": None,
            "ended_on": "2025-10-27",
            "running": True,
        }
    ]
    assert [found["rule"] for found in data["findings"]] == ["clock.extension_length"]
    assert data["findings"][0]["act"] == 2
    assert data["findings"][0]["ignored"]
    assert data["findings"][0]["article"].endswith("第三十三条第二款")
    answered = next(c for c in data["changes"] if c["act"] == "third_party_answered")
    assert answered["due_on"] == "2025-11-04"
    assert {limit["limit"] for limit in data["limits"]} == {
        "correction_notice",
        "third_party_opinion",
        "full_extension",
        "early_warning",
    }
    assert "extend" in {act["act"] for act in data["acts_open"]}
    assert any("未核实" in note for note in data["notes"])


@pytest.mark.parametrize(
    ("day", "today"),
    [
        (date(1990, 1, 1), date(1, 1, 1)),
        (date(1990, 1, 1), date(1992, 1, 1)),
        (date(2100, 12, 31), date(1, 1, 1)),
        (date(2100, 12, 31), date(2102, 12, 31)),
    ],
)
def test_the_ends_of_the_calendar_raise_nothing(day: date, today: date) -> None:
    for channel in (Channel.COUNTER, Channel.ONLINE):
        for kind in ActKind:
            acts = (
                Act(ActKind.CONFIRMED, day),
                Act(ActKind.CONSULT_THIRD_PARTY, day),
                Act(kind, day),
            )
            told = account(History(day, channel, acts), DAYS, today)
            assert json.dumps(account_data(told))
