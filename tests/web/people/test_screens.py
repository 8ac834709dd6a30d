"""The screens about people: lists, one person, one-time passwords shown once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.web import sheets
from gongkai.web.people.models import Appointment, Person, Role, SignIn
from tests.web.conftest import PASSWORD, Office

ONCE = re.compile(r"<code>([^<]+)</code>")


@pytest.fixture
def system(client: Client, office: Office) -> Client:
    client.force_login(office.people[Role.SYSTEM_ADMIN])
    return client


@pytest.fixture
def security(client: Client, office: Office) -> Client:
    client.force_login(office.people[Role.SECURITY_ADMIN])
    return client


def names(page: Any) -> list[str]:
    return [person.name for person in page.context["page"]]


def lock(person: Person) -> None:
    for _ in range(5):
        Client().post(reverse("people:sign_in"), {"username": person.username, "password": "wrong"})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "李"}, ["李敏"]),
        ({"q": "appro"}, ["陈立"]),
        ({"agency": "QH0401", "role": "approver"}, ["陈立"]),
        ({"role": "competent_department"}, ["周远"]),
        ({"role": "none"}, []),
        ({"state": "disabled"}, []),
        ({"state": "locked"}, ["李敏"]),
    ],
)
def test_filters(system: Client, office: Office, query: dict[str, str], found: list[str]) -> None:
    lock(office.people[Role.AUTHOR])
    assert names(system.get(reverse("people:list"), query)) == found


def test_export_is_what_the_filters_leave(system: Client, office: Office) -> None:
    answer = system.get(reverse("people:export"), {"agency": "QH0401"})
    rows = sheets.read_rows(answer.content, ["用户名", "角色"])
    assert len(rows) == 5
    assert {row["角色"] for row in rows} >= {"听泉街道 起草", "听泉街道 签发"}


def test_a_new_account_shows_its_password_once(system: Client, office: Office) -> None:
    made = system.post(reverse("people:make"), {"username": "wangfang", "name": "王芳"})
    found = ONCE.search(made.content.decode())
    assert found is not None
    assert made["Cache-Control"].startswith("max-age=0")
    person = Person.objects.get(username="wangfang")
    assert person.check_password(found[1])
    page = system.get(reverse("people:person", args=[person.pk])).content.decode()
    assert found[1] not in page
    # And it opens the page that sets another.
    browser = Client()
    browser.post(reverse("people:sign_in"), {"username": "wangfang", "password": found[1]})
    assert browser.get(reverse("desk:home")).url == reverse("people:change_password")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"username": "AUTHOR", "name": "某"}, "已经有人用了"),
        ({"username": "a b", "name": "某"}, "用户名只能用"),
        ({"username": "x", "name": ""}, "姓名：填姓名。"),
        ({"username": "x", "name": "某", "mailbox": "x"}, "电子邮箱："),
    ],
)
def test_a_bad_account_keeps_what_was_typed(
    system: Client, given: dict[str, str], said: str
) -> None:
    answer = system.post(reverse("people:make"), given)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert f'value="{given["username"]}"' in text


def test_disabling_ends_the_sessions_and_can_be_undone(system: Client, office: Office) -> None:
    author = office.people[Role.AUTHOR]
    there = Client()
    there.post(reverse("people:sign_in"), {"username": "author", "password": PASSWORD})
    answer = system.post(reverse("people:disable", args=[author.pk]), follow=True)
    assert "undo:" not in answer.content.decode()
    assert reverse("people:enable", args=[author.pk]) in answer.content.decode()
    assert there.get(reverse("people:me")).status_code == 302
    system.post(reverse("people:enable", args=[author.pk]))
    assert Person.objects.get(pk=author.pk).is_active


def test_a_reset_shows_a_new_password_and_ends_the_lock(security: Client, office: Office) -> None:
    author = office.people[Role.AUTHOR]
    lock(author)
    address = reverse("people:person", args=[author.pk])
    assert "现在解锁" in security.get(address).content.decode()
    answer = security.post(reverse("people:reset_password", args=[author.pk]))
    found = ONCE.search(answer.content.decode())
    assert found is not None
    again = {"username": "author", "password": found[1]}
    assert Client().post(reverse("people:sign_in"), again).status_code == 302
    assert SignIn.objects.filter(person=author).count() == 1
    own = security.post(
        reverse("people:reset_password", args=[office.people[Role.SECURITY_ADMIN].pk])
    )
    assert own.status_code == 403
    assert "我的设置" in own.content.decode()


def test_unlocking_lets_him_in(security: Client, office: Office) -> None:
    author = office.people[Role.AUTHOR]
    lock(author)
    security.post(reverse("people:unlock", args=[author.pk]))
    right = {"username": "author", "password": PASSWORD}
    assert Client().post(reverse("people:sign_in"), right).status_code == 302


def test_appointing_and_its_refusals(security: Client, office: Office) -> None:
    author = office.people[Role.AUTHOR]
    given = {
        "agency": office.street.pk, "role": "section_reviewer",
        "since": timezone.localdate().isoformat(),
    }  # fmt: skip
    address = reverse("people:appoint", args=[author.pk])
    assert security.post(address, given).status_code == 302
    held = Appointment.objects.get(person=author, role=Role.SECTION_REVIEWER)
    refused = security.post(address, {**given, "role": "audit_admin", "until": ""})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "管理员不参加发布审查" in text
    assert '<option value="audit_admin" selected>' in text
    missing = security.post(address, {"role": "approver", "since": "昨天"})
    assert "选一个机关" in missing.content.decode()
    assert security.post(reverse("people:end_appointment", args=[held.pk])).status_code == 302
    assert not Appointment.objects.filter(pk=held.pk).exists()


def test_the_two_administrators_see_only_their_own_acts(security: Client, office: Office) -> None:
    address = reverse("people:person", args=[office.people[Role.AUTHOR].pk])
    text = security.get(address).content.decode()
    assert "重置密码" in text
    assert "停用账号" not in text
    other = Client()
    other.force_login(office.people[Role.SYSTEM_ADMIN])
    text = other.get(address).content.decode()
    assert "重置密码" not in text
    assert "停用账号" in text


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120", "Edge，Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/88 Safari/537.36", "Chrome，Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604", "Safari，iPhone"),
        ("curl/8", "不认得的浏览器，不知道的系统"),
    ],
)  # fmt: skip
def test_browsers_have_names(said: str, name: str) -> None:
    assert SignIn(browser=said).browser_name == name
