"""The board: what is due first, filters that stay, several assigned at once, nobody's name."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.core.handling.channels import Channel
from gongkai.web.people.models import Role
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.acts.withdraw import withdraw
from gongkai.web.requests.clock import account_of
from gongkai.web.requests.models import DisclosureRequest
from tests.web.conftest import Office, make_person, signed_in_as

from .conftest import Desk, Opening

pytestmark = pytest.mark.django_db
BOARD = reverse("requests:board")


@pytest.fixture
def some(desk: Desk) -> dict[str, DisclosureRequest]:
    """Late, due soon, fresh, unconfirmed, withdrawn; it is 30 October 2025."""
    made = {}
    for name, day in (("late", 9), ("soon", 11), ("fresh", 29)):
        desk.on(date(2025, 9 if name == "late" else 10, day))
        made[name] = desk.asked(title=f"{name} 的事")
    desk.on(date(2025, 10, 30))
    made["fax"] = desk.asked(Channel.FAX, title="fax 的事")
    made["gone"] = desk.asked(title="gone 的事")
    withdraw(desk.clerk, made["gone"], desk.day, "书面")
    return made


def titles(answer: Any) -> list[str]:
    return [row.case.title for row in answer.context["rows"]]


def test_what_is_due_first_stands_first(some: dict[str, DisclosureRequest], as_: Opening) -> None:
    answer = as_(Role.AUTHOR).get(BOARD)
    assert titles(answer) == ["late 的事", "soon 的事", "fresh 的事", "fax 的事"]
    said = answer.content.decode()
    for row in answer.context["rows"]:
        told = account_of(row.case)
        assert row.case.due_on == told.due_on
        if told.due_on:
            assert f"{told.due_on.month}月{told.due_on.day}日" in row.clock.text
    late = answer.context["rows"][0].told
    assert f"超期 {-late.days_left} 个工作日" in said
    assert "期限没有起算" in said


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("late=on", ["late 的事"]),
        ("due=10", ["soon 的事"]),
        ("state=awaiting_confirmation", ["fax 的事"]),
        ("state=waiting", ["fax 的事"]),
        ("state=concluded", ["gone 的事"]),
        ("state=all&channel=fax", ["fax 的事"]),
        ("outcome=withdrawn&state=all", ["gone 的事"]),
        ("handler=nobody&q=soon", ["soon 的事"]),
        ("q=听公开申〔2025〕1号", ["late 的事"]),
        ("q=明细表 fresh", ["fresh 的事"]),
        ("year=2024&state=all", []),
    ],
)
def test_filters(
    some: dict[str, DisclosureRequest], as_: Opening, query: str, left: list[str]
) -> None:
    assert titles(as_(Role.AUTHOR).get(f"{BOARD}?{query}")) == left


def test_a_condition_that_cannot_be_read_is_told_and_the_others_hold(
    some: dict[str, DisclosureRequest], as_: Opening
) -> None:
    answer = as_(Role.AUTHOR).get(f"{BOARD}?year=12&q=soon")
    assert titles(answer) == ["soon 的事"]
    assert answer.context["filters"].errors["year"]


def test_nothing_there_says_what_would_be(desk: Desk, as_: Opening) -> None:
    said = as_(Role.AUTHOR).get(BOARD).content.decode()
    assert "没有在办的申请" in said
    assert "清除条件" in as_(Role.AUTHOR).get(f"{BOARD}?q=无此一事").content.decode()


def test_nobody_is_named(some: dict[str, DisclosureRequest], as_: Opening) -> None:
    for role in (Role.AUTHOR, Role.COMPETENT_DEPARTMENT, Role.DISCLOSURE_OFFICE):
        said = as_(role).get(BOARD).content.decode()
        assert "欧***" in said
        assert "欧阳" not in said
        assert "13800002222" not in said


def test_another_agency_sees_none_of_it(some: dict[str, DisclosureRequest], office: Office) -> None:
    clerk = make_person("next", "邻人", office.neighbour, Role.DISCLOSURE_OFFICE)
    assert titles(signed_in_as(clerk).get(f"{BOARD}?state=all")) == []


def test_several_to_one_person(
    some: dict[str, DisclosureRequest], as_: Opening, office: Office
) -> None:
    author = office.people[Role.AUTHOR]
    answer = as_(Role.DISCLOSURE_OFFICE).post(
        reverse("requests:together"),
        {
            "case": [some["soon"].pk, some["fresh"].pk, some["gone"].pk],
            "handler": author.pk,
            "back": "?handler=nobody",
        },
        follow=True,
    )
    assert answer.redirect_chain[-1][0].endswith("?handler=nobody")
    said = answer.content.decode()
    assert "已分给李敏 2 件" in said
    assert "没有分办：这件申请 2025-10-30 已经办结" in said
    assert titles(answer) == ["late 的事", "fax 的事"]
    assert titles(as_(Role.AUTHOR).get(f"{BOARD}?handler={author.pk}")) == [
        "soon 的事",
        "fresh 的事",
    ]


@pytest.mark.parametrize(
    "sent", [{}, {"case": ["1"]}, {"handler": "1"}, {"case": ["x"], "handler": "y"}]
)
def test_nothing_chosen(
    some: dict[str, DisclosureRequest], as_: Opening, sent: dict[str, object]
) -> None:
    answer = as_(Role.DISCLOSURE_OFFICE).post(reverse("requests:together"), sent, follow=True)
    assert "选几件申请，再选分给谁" in answer.content.decode()


def test_back_leads_nowhere_else(some: dict[str, DisclosureRequest], as_: Opening) -> None:
    for back in ("//evil.example/", "https://evil.example/", "?"):
        answer = as_(Role.DISCLOSURE_OFFICE).post(reverse("requests:together"), {"back": back})
        assert answer.headers["Location"] == BOARD


def test_the_page_that_was_exported(
    some: dict[str, DisclosureRequest], as_: Opening, desk: Desk
) -> None:
    assign(desk.clerk, some["soon"], desk.author.person)
    answer = as_(Role.DISCLOSURE_OFFICE).get(reverse("requests:export") + "?q=soon")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [line[2] for line in lines] == ["事由", "soon 的事"]
    assert lines[1][9] == "李敏"
    assert lines[1][12] == "否"
    assert b"\xe6\xac\xa7\xe9\x98\xb3" not in answer.content


def test_more_rows_ask_no_more_questions(
    desk: Desk, as_: Opening, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        desk.asked()
    browser = as_(Role.DISCLOSURE_OFFICE)
    with CaptureQueriesContext(connection) as few:
        browser.get(BOARD)
    for _ in range(12):
        desk.asked()
    with django_assert_max_num_queries(len(few)):
        assert len(titles(browser.get(BOARD))) == 15
