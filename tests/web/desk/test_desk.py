"""The desk: what waits for whom, with its clock; and search over what one may see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gongkai.web.desk.waiting import desk_of
from gongkai.web.disclosure.acts.draft import start
from gongkai.web.disclosure.acts.review import return_item
from gongkai.web.disclosure.acts.submit import submit
from gongkai.web.people.models import Role
from gongkai.web.registers.days import working_days
from tests.web.conftest import Office, signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 20)
WRITTEN = {
    "title": "2026年8月临时救助发放情况公示",
    "body_html": "<p>共发放4人。</p>",
    "made_on": date(2026, 9, 22),
    "statutory": "20-11",
}


def waiting(office: Office, role: Role) -> dict[str, list[str]]:
    desk = desk_of(office.actor(role), TODAY, working_days())
    return {
        name: [f"{w.clock.heading}｜{w.what}" for w in rows]
        for name, rows in (("today", desk.today), ("soon", desk.soon), ("others", desk.others))
    }


def test_a_draft_waits_for_its_author_with_the_days_left(office: Office) -> None:
    start(office.actor(Role.AUTHOR), office.street, **WRITTEN)
    assert waiting(office, Role.AUTHOR)["soon"] == ["还剩 5 个工作日｜写完并送审"]
    assert waiting(office, Role.SECRECY_REVIEWER) == {"today": [], "soon": [], "others": []}


def test_what_is_handed_in_waits_for_the_next_and_is_seen_by_the_author(office: Office) -> None:
    author = office.actor(Role.AUTHOR)
    item = submit(author, start(author, office.street, **WRITTEN))
    assert waiting(office, Role.SECTION_REVIEWER)["soon"] == ["还剩 5 个工作日｜科室审核"]
    assert waiting(office, Role.AUTHOR)["soon"] == []
    assert [w.split("｜")[1] for w in waiting(office, Role.AUTHOR)["others"]] == ["等科室审核"]
    return_item(office.actor(Role.SECTION_REVIEWER), item, "改数字")
    assert waiting(office, Role.AUTHOR)["soon"] == ["还剩 5 个工作日｜修改被退回的信息"]


def test_late_and_due_today_stand_first(office: Office) -> None:
    author = office.actor(Role.AUTHOR)
    start(author, office.street, **{**WRITTEN, "made_on": date(2026, 9, 1)})
    start(author, office.street, **{**WRITTEN, "made_on": date(2026, 9, 16)})
    today = waiting(office, Role.AUTHOR)["today"]
    assert today[0].startswith("超期 ")
    assert today[-1] == "今天到期｜写完并送审"


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_a_first_page(office: Office, role: Role) -> None:
    page = signed_in(office, role).get(reverse("desk:home"))
    assert page.status_code == 200
    assert "今天没有到期的事" in page.content.decode()


def test_search_finds_only_what_one_may_see(office: Office) -> None:
    start(office.actor(Role.AUTHOR), office.street, **WRITTEN)
    address = reverse("desk:search")
    found = signed_in(office, Role.AUTHOR).get(address, {"q": "临时救助"}).content.decode()
    assert "2026年8月临时救助发放情况公示" in found
    admin = signed_in(office, Role.SYSTEM_ADMIN).get(address, {"q": "临时救助"}).content.decode()
    assert "没有找到" in admin
    people = signed_in(office, Role.SYSTEM_ADMIN).get(address, {"q": "李敏"}).content.decode()
    assert reverse("people:person", args=[office.people[Role.AUTHOR].pk]) in people
    short = signed_in(office, Role.AUTHOR).get(address, {"q": "临"}).content.decode()
    assert "至少输入两个字" in short


def test_the_bar_shows_only_places_one_may_go(office: Office) -> None:
    def bar(role: Role) -> Any:
        return signed_in(office, role).get(reverse("desk:home")).content.decode()

    assert "信息发布" in bar(Role.AUTHOR)
    assert "操作记录" not in bar(Role.AUTHOR)
    assert "操作记录" in bar(Role.AUDIT_ADMIN)
    assert "信息发布" not in bar(Role.AUDIT_ADMIN)
