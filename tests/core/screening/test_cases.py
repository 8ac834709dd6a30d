"""The cases a reviewer can read: an item in, findings out, word for word."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.core.rules import rule, rules, say
from gongkai.core.screening import (
    Part,
    Published,
    Spotted,
    Visit,
    Word,
    WordKind,
    WordList,
    default_list,
    screen,
    text_with_places,
)

TODAY = date(2026, 10, 20)
CASES = [
    case
    for path in sorted((Path(__file__).parents[2] / "cases" / "screening").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.fixture(params=CASES, ids=lambda case: case["name"])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    told: dict[str, Any] = request.param
    return told


def screened(case: dict[str, Any]) -> tuple[Spotted, ...]:
    own = WordList(
        "本区词表",
        "",
        tuple(Word(w, WordKind(k), r, why) for w, k, r, why in case.get("words", ())),
    )
    visits = {
        address: Visit(None if status == "none" else status, TODAY)
        for address, status in case.get("visits", {}).items()
    }
    return screen(
        case.get("title", "关于公示的通知"),
        case.get("body", ""),
        (own, default_list()),
        TODAY,
        links=visits,
        alike=[Published(**other) for other in case.get("alike", ())],
    )


def test_finds_what_the_case_expects_and_nothing_else(case: dict[str, Any]) -> None:
    found = screened(case)
    expected = case.get("expect", [])
    assert [(s.rule, say(s.finding)) for s in found] == [(e["rule"], e["says"]) for e in expected]
    text = text_with_places(case.get("body", "")).text
    for spotted, wanted in zip(found, expected, strict=True):
        if "text" in wanted:
            assert spotted.start is not None
            assert text[spotted.start : spotted.end] == wanted["text"]
        else:
            assert spotted.part is not Part.BODY


def test_says_it_in_english_too(case: dict[str, Any]) -> None:
    for spotted in screened(case):
        assert "{" not in say(spotted.finding, "en")


def test_every_finding_has_its_answers_and_its_fingerprint(case: dict[str, Any]) -> None:
    found = screened(case)
    assert len({s.fingerprint for s in found}) == len(found)
    for spotted in found:
        assert spotted.answers == tuple(choice.id for choice in rule(spotted.rule).answers)
        assert spotted.severity is rule(spotted.rule).severity
        assert spotted.values["part"] == spotted.part
        assert spotted.values["spans"] == spotted.spans


def test_every_rule_has_a_case_that_finds() -> None:
    shown = {expected["rule"] for case in CASES for expected in case.get("expect", ())}
    assert {r.id for r in rules().values() if r.family == "screening"} == shown


def test_there_are_cases_that_must_not_find() -> None:
    assert len([case for case in CASES if not case.get("expect")]) >= 7


def test_every_rule_can_be_answered() -> None:
    for told in rules().values():
        if told.family != "screening":
            continue
        ids = [choice.id for choice in told.answers]
        assert any(choice.returns for choice in told.answers), told.id
        assert not all(choice.returns for choice in told.answers), told.id
        for choice in told.answers:
            letting = choice.id in ("mistaken", "may_stay")
            assert choice.needs_reason is letting, (told.id, choice.id)
            assert ("理由" in choice.words.zh or "依据" in choice.words.zh) is letting
        assert set(ids) <= {
            "return_to_author", "redact", "correct", "unlink", "mistaken", "may_stay", "looked_at",
        }  # fmt: skip
