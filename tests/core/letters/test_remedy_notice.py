"""What a letter tells of reconsideration and litigation: cases a lawyer can read."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from gongkai.core.letters import LetterSettings, NoSuitNotice, letter_kinds

from .told import CASES, written

TABLE = tomllib.loads((CASES / "remedies.toml").read_text(encoding="utf-8"))["case"]
NO_SUIT = (
    "reply_administrative_enquiry",
    "reply_needs_creation",
    "reply_petition",
    "reply_repeated",
    "reply_public_publication",
)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_the_notice(case: dict[str, Any]) -> None:
    changed = {"served_online": False, "court": None, **case.get("facts", {})}
    if not case["says"]:
        # A letter that tells of no remedy knows nothing of where one is sought either.
        changed |= {"reconsideration_bodies": None}
    letter = written(case["kind"], made_on=case["made_on"], **changed)
    for phrase in case["says"]:
        assert phrase in letter.text
    for phrase in case["never"]:
        assert phrase not in letter.text
    for phrase in case.get("notes", ()):
        assert any(phrase in note for note in letter.notes)


def test_there_are_cases_enough_and_of_every_letter_with_a_notice() -> None:
    assert len(TABLE) >= 40
    told = {case["kind"] for case in TABLE if case["says"]}
    assert told == {kind.id for kind in letter_kinds().values() if kind.tells_of_remedies}


@pytest.mark.parametrize("kind", NO_SUIT)
def test_where_the_court_takes_no_case_the_agency_decides(kind: str) -> None:
    only = written(kind, settings=LetterSettings(NoSuitNotice.RECONSIDERATION_ONLY))
    assert "申请行政复议" in only.text
    assert "行政诉讼" not in only.text
    silent = written(kind, settings=LetterSettings(NoSuitNotice.OMITTED))
    assert "行政复议" not in silent.text
    for letter, setting in ((only, "只写可以复议"), (silent, "不写")):
        assert any(f"现按“{setting}”办理" in note for note in letter.notes)


def test_before_the_interpretation_the_setting_changes_nothing() -> None:
    settings = LetterSettings(NoSuitNotice.OMITTED)
    letter = written("reply_petition", made_on="2024-05-06", settings=settings)
    assert "6个月内" in letter.text


def test_the_notice_is_part_of_no_other_paragraph() -> None:
    letter = written("reply_partly_disclosed", served_online=False)
    told = [line for line in letter.text.splitlines() if "60日内" in line]
    assert len(told) == 2
    assert all(line.startswith("如不服本答复书中") for line in told)
