"""Classes of disclosure, the grounds that may be chosen, and what a reason must say."""

from __future__ import annotations

import pytest

from gongkai.core.catalogue import DisclosureClass, Strength, ground, grounds_for
from gongkai.core.errors import CatalogueError
from gongkai.core.forms import edition


def test_disclosure_is_the_rule() -> None:
    assert [c.label for c in DisclosureClass] == ["主动公开", "依申请公开", "不予公开"]
    assert [c.reason_needed for c in DisclosureClass] == [False, True, True]
    assert [c.reassessed for c in DisclosureClass] == [False, False, True]


@pytest.mark.parametrize(
    ("name", "strength", "place"),
    [
        ("state_secret", Strength.ABSOLUTE, "第十四条"),
        ("prohibited_by_law", Strength.ABSOLUTE, "第十四条"),
        ("security_and_stability", Strength.ABSOLUTE, "第十四条"),
        ("third_party_interest", Strength.BALANCED, "第十五条"),
        ("internal_affairs", Strength.DISCRETIONARY, "第十六条第一款"),
        ("process_information", Strength.DISCRETIONARY, "第十六条第二款"),
        ("enforcement_case_file", Strength.DISCRETIONARY, "第十六条第二款"),
    ],
)
def test_grounds_for_withholding(name: str, strength: Strength, place: str) -> None:
    found = ground(name)
    assert found.disclosure_class is DisclosureClass.WITHHELD
    assert found.strength is strength
    assert found.citation.endswith(place)
    assert found.ask


def test_grounds_for_withholding_are_rows_of_the_report() -> None:
    names = [g.id for g in grounds_for("withheld")]
    rows = [
        c.partition(".")[2].partition("/")[0]
        for c in edition("2021").cells
        if c.startswith("requests.withheld.") and c.endswith("/total")
    ]
    # The eighth row, administrative enquiries, is a reply to a request and no ground of 14-16.
    assert names == [r.removeprefix("withheld.") for r in rows[:7]]


@pytest.mark.parametrize(
    ("name", "places"),
    [
        (
            "proactive",
            ["第二十条", "第二十一条", "第十九条", "第二十二条", "第四十四条", "第十八条"],
        ),
        ("on_request", ["第二十七条", "第三十七条"]),
    ],
)
def test_grounds_for_disclosing(name: str, places: list[str]) -> None:
    found = grounds_for(name)
    assert [g.citation.partition("）")[2] for g in found] == places
    assert all(g.strength is None and g.text and g.label for g in found)


def test_every_reason_that_is_needed_is_asked_for() -> None:
    for wanted in DisclosureClass:
        if wanted.reason_needed:
            assert all(g.ask for g in grounds_for(wanted))


def test_no_such_ground() -> None:
    with pytest.raises(CatalogueError, match="embarrassing"):
        ground("embarrassing")
