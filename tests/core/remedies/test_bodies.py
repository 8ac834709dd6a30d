"""Who reviews: by what the agency is (Reconsideration Law arts. 24-28)."""

from __future__ import annotations

import pytest

from gongkai.core.errors import HandlingError
from gongkai.core.remedies.bodies import RespondentKind, body_rule, reviewing_bodies

# Whoever may stand above an agency of the county of 青听.
NAMES = {
    "own_government": "青听县人民政府",
    "government_above": "青山市人民政府",
    "itself": "本机关自己",
    "higher_department": "青山市司法局",
    "founding_government": "青听县人民政府",
    "government_of_founder": "青山市人民政府",
    "local_government": "青听县人民政府",
    "ministry": "某部",
    "governing_government": "青听县人民政府",
}


@pytest.mark.parametrize(
    ("kind", "bodies", "article"),
    [
        ("department", ["青听县人民政府"], "第二十四条"),
        ("government", ["青山市人民政府"], "第二十四条"),
        ("provincial_government", ["本机关自己"], "第二十四条"),
        ("state_council_department", ["本机关自己"], "第二十五条"),
        ("vertical_agency", ["青山市司法局"], "第二十七条"),
        ("justice_department", ["青听县人民政府", "青山市司法局"], "第二十八条"),
        ("dispatched_office", ["青听县人民政府"], "第二十四条"),
        ("dispatched_body", ["青山市人民政府", "青听县人民政府"], "第二十四条"),
        ("central_dispatched_body", ["某部"], "第二十五条"),
        ("authorised_organisation", ["青听县人民政府"], "第二十四条"),
    ],
)
def test_who_reviews(kind: str, bodies: list[str], article: str) -> None:
    found = reviewing_bodies(kind, NAMES)
    assert [body.name for body in found] == bodies
    assert body_rule(kind).citation.endswith(article)


def test_every_kind_has_its_rule() -> None:
    for kind in RespondentKind:
        assert kind.label
        assert body_rule(kind).slots


def test_nobody_is_guessed() -> None:
    (body,) = reviewing_bodies(RespondentKind.DEPARTMENT, {})
    assert body.name == ""
    assert body.slot.label == "本级人民政府"


def test_what_is_not_verified_says_so() -> None:
    (first, second) = reviewing_bodies(RespondentKind.DISPATCHED_BODY, NAMES)
    assert not first.verified
    assert "未核实" in first.note
    assert second.slot.when


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(HandlingError):
        reviewing_bodies("club", NAMES)
