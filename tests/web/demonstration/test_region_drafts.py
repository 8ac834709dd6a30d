"""What is on its way in the demonstration region, and the faults planted in it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from gongkai.core.personal_numbers import NumberKind, personal_numbers
from gongkai.core.screening import default_list

# What the region holds is the same in either database.
pytestmark = pytest.mark.once

Data = dict[str, Any]
Many = dict[str, Data]

# What a step leaves behind it; a draft's last step says where it stands.
_LEAVES = {
    "created": "draft",
    "section_passed": "secrecy_review",
    "secrecy_passed": "approval",
    "section_returned": "returned",
    "secrecy_returned": "returned",
    "submitted": "section_review",
    "scheduled": "scheduled",
    "withdrawn": "withdrawn",
}
_ROLE_OF = {
    "created": "author",
    "submitted": "author",
    "section_passed": "section_reviewer",
    "section_returned": "section_reviewer",
    "secrecy_passed": "secrecy_reviewer",
    "secrecy_returned": "secrecy_reviewer",
    "approved": "approver",
}


def test_every_unfinished_state_has_drafts(drafts: Many, items: Many) -> None:
    assert 25 <= len(drafts) <= 30
    assert not set(drafts) & set(items)
    states = Counter(draft["state"] for draft in drafts.values())
    assert set(states) == {
        "draft",
        "section_review",
        "secrecy_review",
        "approval",
        "scheduled",
        "returned",
        "withdrawn",
    }
    assert min(states.values()) >= 3


def test_steps_are_in_order_and_taken_by_those_who_may(
    drafts: Many, people: list[Data], region: Data
) -> None:
    by_name = {person["username"]: person for person in people}
    for key, draft in drafts.items():
        steps = draft["step"]
        moments = [step["at"] for step in steps]
        assert moments == sorted(moments), key
        assert moments[-1].date() <= region["as_of"]
        assert _LEAVES[steps[-1]["act"]] == draft["state"], key
        assert draft["author"] == steps[0]["by"]
        for step in steps:
            person = by_name[step["by"]]
            if step["act"] in _ROLE_OF:
                assert _ROLE_OF[step["act"]] in person["roles"], key
            if step["act"].startswith("secrecy_"):
                assert step["by"] != draft["author"], "nobody reviews what they wrote"
            if step["act"].endswith("returned"):
                assert step["opinion"]


def test_what_is_scheduled_lies_ahead_and_what_is_withdrawn_says_why(
    drafts: Many, region: Data
) -> None:
    for draft in drafts.values():
        if draft["state"] == "scheduled":
            assert draft["scheduled_for"].date() > region["as_of"]
        if draft["state"] == "withdrawn":
            assert draft["published_on"] < draft["withdrawn_on"]
            assert len(draft["withdrawal_reason"]) >= 10


def texts(item: Data) -> str:
    parts = [item["title"], item["body"]]
    for attachment in item.get("attachment", []):
        parts += [attachment.get("text", ""), attachment.get("hidden_text", "")]
        parts += [sheet["text"] for sheet in attachment.get("sheet", [])]
    return "\n".join(parts)


def test_the_planted_faults_are_there(drafts: Many) -> None:
    kinds = Counter(n.kind for d in drafts.values() for n in personal_numbers(texts(d)))
    assert kinds[NumberKind.IDENTITY] >= 2
    assert kinds[NumberKind.MOBILE] >= 2
    assert kinds[NumberKind.BANK_CARD] >= 3
    for draft in drafts.values():
        for found in personal_numbers(texts(draft)):
            # Numbers that are nobody's: no region 99, the number of every sample.
            assert re.match(r"990000|13800000000|62000000000", found.digits)
    attachments = [a for d in drafts.values() for a in d.get("attachment", [])]
    sheets = [sheet for a in attachments for sheet in a.get("sheet", [])]
    assert any(sheet.get("hidden") for sheet in sheets)
    assert any(sheet.get("hidden_columns") for sheet in sheets)
    assert any("tracked_change" in a for a in attachments)
    assert any("hidden_text" in a for a in attachments)
    assert any(a["kind"] == "png" and "alt" not in a for a in attachments)
    assert any("](https://civil.qinghe.example/" in d["body"] for d in drafts.values())
    assert any("![](" in d["body"] for d in drafts.values())
    assert "布署" in drafts["qh0107-draft-flu"]["title"]
    assert drafts["qh0401-draft-temporary-08"]["earlier"][0]["body"]


def test_one_draft_repeats_what_is_published(drafts: Many, items: Many) -> None:
    again = drafts["qh0103-draft-assistance-again"]["body"]
    assert again == items["qh0103-assistance-2026-10"]["body"]


def test_nothing_published_has_a_fault_of_that_kind(published: list[Data]) -> None:
    misspelt = [w for w in default_list().words if w.kind in ("misspelt", "forbidden")]
    for item in published:
        said = texts(item)
        assert not personal_numbers(said), item["key"]
        assert not re.search(r"请您|系统提示|[!！]", item["title"]), item["key"]
        wrong = [w.word for w in misspelt if w.word in said and not w.unless]
        assert not wrong, (item["key"], wrong)
        for attachment in item.get("attachment", []):
            assert attachment["kind"] != "png" or attachment["alt"]
            assert not {"tracked_change", "hidden_text", "author"} & set(attachment)
            assert not [s for s in attachment.get("sheet", []) if {"hidden", "comment"} & set(s)]


def test_names_in_public_notices_are_masked(published: list[Data]) -> None:
    listed = 0
    for item in published:
        for row in re.findall(r"(?m)^\| \d+ \| (.+?) \|", item["body"]):
            if item["key"].split("-")[1] == "temporary":
                listed += 1
                assert re.fullmatch(r".某某", row), item["key"]
    assert listed >= 30


def test_images_in_a_body_are_attachments_of_it(items: Many, drafts: Many) -> None:
    for item in (*items.values(), *drafts.values()):
        inline = {a["name"] for a in item.get("attachment", []) if a.get("inline")}
        assert set(re.findall(r"\]\(attachment:(.+?)\)", item["body"])) == inline, item["key"]
        names = [a["name"] for a in item.get("attachment", [])]
        assert len(names) == len(set(names))
        for attachment in item.get("attachment", []):
            assert attachment["name"].endswith("." + attachment["kind"])
            made_of = {"docx": "text", "pdf": "text", "xlsx": "sheet", "png": "boxes"}
            assert attachment[made_of[attachment["kind"]]]
