"""The registers of the region agree with what its annual reports say, and name nobody they must not."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from .conftest import read

# (times, people) as section one of a report tells them.
_TRAINED = re.compile(r"开展培训 (\d+) 次 (\d+) 人次")


@pytest.fixture(scope="module")
def measures() -> dict[str, Any]:
    return read("measures.toml")


def test_trainings_of_2025_are_those_of_the_reports(
    measures: dict[str, Any], items: dict[str, dict[str, Any]]
) -> None:
    said = {}
    for item in items.values():
        if "2025年政府信息公开工作年度报告" in item["title"] and item["published_on"].year == 2026:
            found = _TRAINED.search(item["body"])
            assert found, item["key"]
            said[item["agency"]] = (int(found[1]), int(found[2]))
            # What the reports deny, the registers do not tell.
            assert re.search("没有.{0,12}追究", item["body"]) or item["agency"] == "qh0401"
    held = [one for one in measures["training"] if one["held_on"].year == 2025]
    times = Counter(one["agency"] for one in held)
    people: Counter[str] = Counter()
    for one in held:
        people[one["agency"]] += one["people"]
    assert said
    assert {slug: (times[slug], people[slug]) for slug in said} == said
    assert times.keys() == said.keys()
    assert not [o for o in measures["accountability"] if o["decided_on"].year == 2025]


def test_every_line_names_what_there_is(
    measures: dict[str, Any],
    items: dict[str, dict[str, Any]],
    agencies: dict[str, dict[str, Any]],
    people: list[dict[str, Any]],
) -> None:
    for table in measures.values():
        for one in table:
            assert one.get("agency", "qh0101") in agencies
            assert one.get("about", "qh0101") in agencies
            assert one.get("item", "qh0401-rule-duty") in items
    known = {person["name"] for person in people}
    known |= {o["name"] for agency in agencies.values() for o in agency.get("officer", ())}
    holders = [o for o in measures["duty_holder"] if o["kind"] not in ("office", "leading_group")]
    assert {one["name"] for one in holders} <= known
    told = str(measures["accountability"])
    assert not [name for name in known if name in told]
