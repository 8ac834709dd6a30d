"""Who has which columns, in which order, and on what basis."""

from __future__ import annotations

import pytest

from gongkai.core.catalogue import AgencyKind, columns, columns_for, duty_of
from gongkai.core.errors import CatalogueError
from gongkai.core.law import cite

FIVE = [
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
]
ARTICLE_20 = [f"20-{n}" for n in range(1, 16)]


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        ("government", [*ARTICLE_20, "21-A"]),
        ("department", [*ARTICLE_20, "21-A"]),
        ("street", ARTICLE_20),
        ("township", [*ARTICLE_20, "21-B"]),
        ("dispatched_body", ARTICLE_20),
    ],
)
def test_five_columns_in_their_order(kind: str, items: list[str]) -> None:
    found = columns_for(kind)
    assert [c.name for c in found] == FIVE
    assert [c.id for c in found] == ["guide", "rules", "statutory", "annual_report", "request"]
    assert [i.code for c in found for i in c.items] == items
    assert [c.id for c in found if c.items] == ["statutory"]


def test_a_community_has_none_of_its_own() -> None:
    assert columns_for(AgencyKind.COMMUNITY) == ()
    duty = duty_of(AgencyKind.COMMUNITY)
    assert not duty.own_columns
    assert duty.items == ()
    assert [cite(b)[-3:] for b in duty.basis] == ["第二条", "第十条"]


def test_the_first_four_are_fixed_and_marked_as_not_verified() -> None:
    assert [c.fixed for c in columns()] == [True, True, True, True, False]
    assert not any(c.verified for c in columns())


def test_every_kind_has_a_duty_with_a_basis() -> None:
    assert {k.label for k in AgencyKind} == {
        "人民政府",
        "政府部门",
        "街道办事处",
        "乡镇人民政府",
        "派出机构",
        "社区（村）",
    }
    for kind in AgencyKind:
        duty = duty_of(kind)
        assert duty.kind is kind
        assert all(cite(b) for b in duty.basis)
        assert duty.verified or duty.note
    for column in columns():
        assert all(cite(b) for b in column.basis)


def test_what_the_articles_do_not_say_in_words_is_marked() -> None:
    assert [k.value for k in AgencyKind if not duty_of(k).verified] == [
        "street",
        "dispatched_body",
        "community",
    ]


def test_no_such_kind() -> None:
    with pytest.raises(CatalogueError, match="ministry"):
        columns_for("ministry")
