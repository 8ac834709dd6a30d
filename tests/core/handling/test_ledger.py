"""The ledger: its columns, what a line must hold, and the lines of old ledgers (``tests/cases/ledger``)."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.core.errors import HandlingError
from gongkai.core.handling.channels import Channel
from gongkai.core.handling.ledger import (
    LedgerEntry,
    RequesterKind,
    channel_words,
    columns,
    line_of,
    requester_kind_words,
)
from gongkai.core.handling.ledger_reading import read_line
from gongkai.core.handling.ledger_words import parse_day, parse_outcome, parse_text
from gongkai.core.handling.outcomes import Outcome, outcomes
from gongkai.core.rules import rules, say

FILE = Path(__file__).parents[2] / "cases" / "ledger" / "lines.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
TODAY = date(2025, 12, 1)
AGENCY = "青听市司法局"


def _read(case: dict[str, Any]) -> Any:
    return read_line(case["line"], "第 5 行", AGENCY, TODAY)


def _value(entry: LedgerEntry, name: str) -> Any:
    value = getattr(entry, name)
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return str(value)


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["name"]))
def test_a_line_of_an_old_ledger(case: dict[str, Any]) -> None:
    read = _read(case)
    said = [say(finding) for finding in read.findings]
    if "says_start" in case:
        assert len(said) == len(case["says_start"])
        assert all(s.startswith(w) for s, w in zip(said, case["says_start"], strict=True))
    else:
        assert said == case.get("says", [])
    assert (read.entry is not None) == ("entry" in case)
    for name, value in case.get("entry", {}).items():
        assert _value(read.entry, name) == value
    assert dict(read.kept_aside) == case.get("aside", {})
    assert all("{" not in say(finding, "en") for finding in read.findings)


def test_every_rule_of_the_ledger_is_shown() -> None:
    shown = {finding.rule for case in CASES for finding in _read(case).findings}
    # These are found by counting: tests/cases/tally.
    shown |= {"ledger.number_twice", "ledger.not_yet_received", "ledger.redone_in_later_year"}
    assert shown == {r.id for r in rules().values() if r.family == "ledger"}


def test_every_field_has_its_column_and_no_heading_is_two() -> None:
    assert {c.id for c in columns()} == {f.name for f in fields(LedgerEntry)}
    headings = [h for c in columns() for h in (c.label, *c.variants, *c.doubtful)]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_line_written_and_read_is_the_same(outcome: Outcome) -> None:
    grounds = (Outcome.STATE_SECRET, Outcome.PROHIBITED_BY_LAW)
    entry = LedgerEntry(
        number="2025-031",
        agency=AGENCY,
        requester_kind=RequesterKind.PUBLIC_WELFARE,
        received_on=date(2025, 9, 22),
        channel=Channel.REGISTERED_POST,
        arrived_on=date(2025, 9, 22),
        due_on=date(2025, 10, 24),
        concluded_on=date(2025, 10, 20),
        outcome=outcome,
        withheld_under=grounds if outcome is Outcome.PARTLY_DISCLOSED else (),
        reply_number="青司公开〔2025〕第31号",
        redone_on=date(2025, 11, 20),
        redone_outcome=Outcome.DISCLOSED,
        split_from="2025-030",
        requester="赵某",
        matter="2024 年度法律援助经费",
        note="",
    )
    read = read_line(line_of(entry), "第 1 行", today=TODAY)
    assert [say(f) for f in read.findings] == []
    assert read.entry == entry


def test_the_words_of_the_form_are_understood() -> None:
    for kind in RequesterKind:
        assert requester_kind_words()[kind.label] is kind
    for channel in Channel:
        assert channel_words()[channel.label] is channel
    for rule in outcomes():
        for word in (rule.label, rule.outcome.value, *rule.variants):
            assert parse_outcome(word).outcome is rule.outcome, word


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-9-2", date(2025, 9, 2)),
        ("2025年09月02日", date(2025, 9, 2)),
        ("2025/09/02 08:30", date(2025, 9, 2)),
        ("2025-09-02T08:30:00", date(2025, 9, 2)),
        ("9月2日", None),
        ("2025-13-01", None),
        (True, None),
        (None, None),
    ],
)
def test_a_day(value: Any, day: date | None) -> None:
    assert parse_day(value) == day


def test_words_of_a_cell() -> None:
    assert parse_text(12.0) == "12"
    assert parse_text(12.5) == "12.5"
    assert parse_text(None) == ""
    assert parse_text(" 青听 ") == "青听"
    assert parse_text(date(2025, 9, 2)) == "2025-09-02"


_SOUND: dict[str, Any] = {
    "number": "1",
    "agency": AGENCY,
    "requester_kind": RequesterKind.OTHER,
    "received_on": date(2025, 9, 22),
}


@pytest.mark.parametrize(
    "changed",
    [
        {"number": ""},
        {"concluded_on": date(2025, 9, 23)},
        {"outcome": Outcome.DISCLOSED},
        {"concluded_on": date(2025, 9, 1), "outcome": Outcome.DISCLOSED},
        {"arrived_on": date(2025, 9, 23)},
        {"redone_on": date(2025, 9, 23), "redone_outcome": Outcome.DISCLOSED},
        {"withheld_under": (Outcome.STATE_SECRET,)},
        {
            "concluded_on": date(2025, 9, 23),
            "outcome": Outcome.PARTLY_DISCLOSED,
            "withheld_under": (Outcome.NOT_HELD,),
        },
    ],
)
def test_a_line_that_contradicts_itself_is_never_made(changed: dict[str, Any]) -> None:
    assert LedgerEntry(**_SOUND).final_outcome is None
    with pytest.raises(HandlingError, match="ledger"):
        LedgerEntry(**{**_SOUND, **changed})
