"""Names of agencies: the same one, another one, and who signs."""

from __future__ import annotations

import pytest

from gongkai.core.checks.agencies import apart, same, signatory


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云溪市水务局", "水务局"),
        ("云溪市青石区水务局", "青石区水务局"),
        ("青石区", "云溪市青石区人民政府"),
        ("莲花街道", "吉林市昌邑区莲花街道办事处"),
        ("青听高新区管理委员会", "青听高新区管委会"),
    ],
)
def test_one_agency_with_its_place_or_without(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云溪市水务局", "云溪市教育局"),
        ("云溪市水务局", "云溪市青石区水务局"),
        ("青石区人民政府", "青石区人民政府办公室"),
        ("莲花街道办事处", "吉利街道办事处"),
    ],
)
def test_two_agencies(one: str, other: str) -> None:
    assert not same(one, other)


def test_the_signatory_stands_on_a_line_of_its_own() -> None:
    assert signatory("云溪市教育局（盖章）\n2024年1月22日") == "云溪市教育局"
    assert signatory("莲花街道办事处\n主要领导签字：\n2020年1月20号") == "莲花街道办事处"
    assert signatory("2024年1月22日") == ""
    assert signatory("云溪市水务局\n云溪市财政局") == ""


@pytest.mark.parametrize(
    "signed",
    ["青石区水务局", "水务局", "云溪市青石区水利和水务局", "云溪市青石区水务局公开中心"],
)
def test_short_and_longer_names_are_not_apart(signed: str) -> None:
    assert not apart("云溪市青石区水务局", signed)


def test_another_bureau_is_apart_and_a_government_may_have_its_office_sign() -> None:
    assert apart("云溪市青石区水务局", "云溪市青石区教育局")
    assert apart("云溪市发展和改革委员会", "云溪市水务局")
    assert not apart("云溪市发展和改革委员会", "云溪市发改委员会")
    assert not apart("青石区人民政府", "青石区行政审批局")
    assert not apart("青石区", "青石区行政审批局")
