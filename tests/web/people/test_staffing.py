"""Whether an agency has people enough is said before anything is drafted."""

from __future__ import annotations

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.administration.people.staffing import shortages, unfilled
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Appointment, Role
from tests.web.conftest import Office, make_person

TODAY = timezone.localdate()


def test_a_full_office_lacks_nobody(office: Office) -> None:
    assert shortages(office.street, TODAY) == []


def test_an_empty_office_is_told_what_it_lacks(office: Office) -> None:
    assert shortages(office.neighbour, TODAY) == [
        "没有人能起草。",
        "没有人能办“科室审核”。",
        "没有人能办“保密审查”。",
        "没有人能办“签发”。",
    ]


def test_steps_left_out_need_nobody(office: Office) -> None:
    Agency.objects.filter(pk=office.neighbour.pk).update(section_review=False, approval=False)
    office.neighbour.refresh_from_db()
    make_person("a", "甲", office.neighbour, Role.AUTHOR)
    assert shortages(office.neighbour, TODAY) == ["没有人能办“保密审查”。"]


def test_one_person_in_all_roles_is_not_enough(office: Office) -> None:
    make_person(
        "a", "甲", office.neighbour,
        Role.AUTHOR, Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER,
    )  # fmt: skip
    found = shortages(office.neighbour, TODAY)
    assert len(found) == 3
    assert all("谁起草的信息" in one for one in found)


def test_a_second_hat_is_told_by_name(office: Office) -> None:
    # 签发 may only be done by the author 甲, so what 甲 drafts cannot be signed; 乙's can.
    make_person("a", "甲", office.neighbour, Role.AUTHOR, Role.APPROVER)
    make_person("b", "乙", office.neighbour, Role.AUTHOR)
    make_person("c", "丙", office.neighbour, Role.SECTION_REVIEWER)
    make_person("d", "丁", office.neighbour, Role.SECRECY_REVIEWER)
    found = shortages(office.neighbour, TODAY)
    assert found == ["甲起草的信息，“签发”都没有别的人能办（起草和各步审查要由不同的人）。"]


def test_the_disabled_and_the_ended_do_not_count(office: Office) -> None:
    approver = office.people[Role.APPROVER]
    approver.is_active = False
    approver.save()
    Appointment.objects.filter(role=Role.SECRECY_REVIEWER).update(until=TODAY.replace(year=2025))
    assert shortages(office.street, TODAY) == [
        "没有人能办“保密审查”。",
        "没有人能办“签发”。",
    ]


@given(st.lists(st.frozensets(st.integers(0, 4)), max_size=4))
def test_the_matching_fills_the_most_steps(holders: list[frozenset[int]]) -> None:
    choices = {f"s{n}": sorted(held) for n, held in enumerate(holders)}
    # Against every possible choice of people, tried one by one.
    most = 0

    def tried(at: int, used: frozenset[int]) -> int:
        if at == len(holders):
            return 0
        best = tried(at + 1, used)
        for person in holders[at] - used:
            best = max(best, 1 + tried(at + 1, used | {person}))
        return best

    most = tried(0, frozenset())
    assert len(choices) - len(unfilled(choices)) == most


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.DISCLOSURE_OFFICE])
def test_both_roles_that_draft_count_as_authors(office: Office, role: Role) -> None:
    make_person("a", "甲", office.neighbour, role)
    assert "没有人能起草。" not in shortages(office.neighbour, TODAY)
