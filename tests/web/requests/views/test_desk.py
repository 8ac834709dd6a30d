"""Requests on the desk's first page, and in the search over everything."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gongkai.core.handling.channels import Channel
from gongkai.web.people.models import Role
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.acts.correction import ask_for_correction
from gongkai.web.requests.acts.review_letter import submit_letter
from tests.web.requests.acts.conftest import NAME

from .conftest import Desk, Opening

pytestmark = pytest.mark.django_db
HOME = reverse("desk:home")


def test_who_has_it_sees_it_and_the_office_sees_what_nobody_has(desk: Desk, as_: Opening) -> None:
    case = desk.asked(title="路灯")
    for number in range(7):
        desk.asked(title=f"第 {number} 件")
    office = as_(Role.DISCLOSURE_OFFICE).get(HOME).content.decode()
    assert "分办：路灯" in office
    assert "还有 3 件" in office
    assert "路灯" not in as_(Role.AUTHOR).get(HOME).content.decode()
    assign(desk.clerk, case, desk.author.person)
    said = as_(Role.AUTHOR).get(HOME).content.decode()
    assert "定结果、写答复：路灯" in said
    assert "还剩 20 个工作日" in said
    assert NAME not in said


def test_what_waits_for_a_reader_and_for_others(desk: Desk, as_: Opening) -> None:
    case = desk.asked(title="路灯")
    assign(desk.clerk, case, desk.author.person)
    letter = ask_for_correction(desk.author, case, points=["哪一年"], guidance=["写年份"])
    submit_letter(desk.author, letter)
    assert "签发：补正告知书：路灯" in as_(Role.APPROVER).get(HOME).content.decode()
    assert "等签发：补正告知书：路灯" in as_(Role.AUTHOR).get(HOME).content.decode()
    assert "签发：补正告知书" not in as_(Role.SECTION_REVIEWER).get(HOME).content.decode()


def test_late_ones_are_trouble(desk: Desk, as_: Opening) -> None:
    desk.asked(title="路灯")
    desk.asked(Channel.FAX, title="传真来的")
    desk.on(date(2025, 10, 30))
    said = as_(Role.DISCLOSURE_OFFICE).get(HOME).content.decode()
    assert "1 件申请超过答复期限没有答复" in said


def test_found_by_number_and_matter_never_by_name(desk: Desk, as_: Opening) -> None:
    case = desk.asked(title="路灯维修")
    search = reverse("desk:search")
    for query in ("路灯", case.number, "加装电梯 补贴"):
        assert case.number in as_(Role.AUTHOR).get(search, {"q": query}).content.decode()
    assert "没有找到" in as_(Role.AUTHOR).get(search, {"q": NAME}).content.decode()
    assert "没有找到" in as_(Role.AUDIT_ADMIN).get(search, {"q": "路灯"}).content.decode()
