"""The first run: one page, one word, three people; and the demonstration's first passwords."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.chain import verify_all
from gongkai.web.audit.models import AuditEntry
from gongkai.web.first_run import acts, sign_ins, token
from gongkai.web.first_run.sign_ins import SignIn
from gongkai.web.people.models import Appointment, Person, Role
from gongkai.web.policies import Forbidden
from gongkai.web.publication.models import SiteSettings
from gongkai.web.stage import Stage, stage
from tests.web.conftest import Office

pytestmark = pytest.mark.django_db

PAGE = "/first-run/"
PASSWORD = "Qinghe-2026-tingquan"
BEGIN = {
    "agency": "听泉街道办事处",
    "short_name": "听泉街道",
    "code": "QH0401",
    "kind": "street",
    "unified_code": "",
    "name": "李敏",
    "username": "limin",
    "password": PASSWORD,
    "again": PASSWORD,
}
OTHERS = {
    "security_name": "王建国",
    "security_username": "wangjianguo",
    "audit_name": "赵红",
    "audit_username": "zhaohong",
}


@pytest.fixture
def opened(data: Path, client: Client) -> Client:
    """A browser that has given the word."""
    answer = client.get(PAGE, {"token": token.make()})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    return client


def test_the_page_wants_the_word_of_the_terminal(data: Path, client: Client) -> None:
    word = token.make()
    assert "终端里的口令" in client.get(PAGE).content.decode()
    assert client.post(PAGE, BEGIN).status_code == 403
    assert client.post(PAGE, {"token": "wrong"}).status_code == 403
    assert not Person.objects.exists()
    assert client.post(PAGE, {"token": word}).status_code == 302
    assert "建第一个机关" in client.get(PAGE).content.decode()


def test_a_new_word_closes_what_the_old_one_opened(opened: Client) -> None:
    token.make()
    assert "终端里的口令" in opened.get(PAGE).content.decode()


def test_three_people_and_an_agency_are_made(opened: Client) -> None:
    assert stage() is Stage.AGENCY
    opened.post(PAGE, BEGIN)
    assert stage() is Stage.ADMINISTRATORS
    page = opened.post(PAGE, OTHERS)
    agency = Agency.objects.get()
    assert (agency.name, agency.slug, agency.kind) == ("听泉街道办事处", "qh0401", "street")
    held = {a.role: a.person.name for a in Appointment.objects.select_related("person")}
    assert held == {
        Role.SYSTEM_ADMIN: "李敏",
        Role.SECURITY_ADMIN: "王建国",
        Role.AUDIT_ADMIN: "赵红",
    }
    assert Person.objects.get(username="limin").check_password(PASSWORD)
    for person in Person.objects.exclude(username="limin"):
        assert person.must_change_password
        shown = [p for p in page.context["opened"] if p.person.pk == person.pk]
        assert person.check_password(shown[0].password)
        assert shown[0].password in page.content.decode()
    assert not token.exists()
    assert verify_all().broken is None
    assert [e.act for e in AuditEntry.objects.order_by("number")] == [
        "agency.make",
        *["person.make", "person.appoint"] * 3,
    ]


def test_passwords_are_not_kept_anywhere(opened: Client) -> None:
    opened.post(PAGE, BEGIN)
    page = opened.post(PAGE, OTHERS)
    passwords = [p.password for p in page.context["opened"]] + [PASSWORD]
    kept = [str(vars(e)) for e in AuditEntry.objects.all()]
    assert not any(password in line for password in passwords for line in kept)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("agency", "", "填机关全称。"),
        ("code", "QH-0401", "只能用字母和数字。"),
        ("code", "search", "平台自己用的网址"),
        ("unified_code", "123", "应为 18 位数字和大写字母。"),
        ("username", "李 敏", "用户名只能用字母、数字、汉字和 . _ -"),
        ("password", "short", "密码要 12 位以上，现在 5 位。"),
        ("again", "something else", "两次填的密码不一样。"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    opened: Client, field: str, value: str, said: str
) -> None:
    page = opened.post(PAGE, BEGIN | {field: value}).content.decode()
    assert said in page
    assert 'value="李敏"' in page
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"security_username": "LiMin"}, "三个管理员的用户名不能一样。"),
        ({"audit_username": "wangjianguo"}, "三个管理员的用户名不能一样。"),
        ({"audit_name": "李敏"}, "三个管理员要是三个人。"),
        ({"audit_name": ""}, "填姓名。"),
    ],
)
def test_the_three_are_different_people(opened: Client, changed: dict[str, str], said: str) -> None:
    opened.post(PAGE, BEGIN)
    assert said in opened.post(PAGE, OTHERS | changed).content.decode()
    assert Person.objects.count() == 1


def test_passwords_that_were_lost_can_be_given_again_until_one_was_used(
    opened: Client, client: Client
) -> None:
    opened.post(PAGE, BEGIN)
    first = opened.post(PAGE, OTHERS).context["opened"]
    assert client.get(PAGE).status_code == 404, "the word is used up"
    client.get(PAGE, {"token": token.make()})
    again = client.post(PAGE).context["opened"]
    assert [p.person.username for p in again] == ["wangjianguo", "zhaohong"]
    security = Person.objects.get(username="wangjianguo")
    assert not security.check_password(first[0].password)
    assert security.check_password(again[0].password)
    security.last_login = "2026-01-01T00:00:00Z"
    security.save()
    assert stage() is Stage.DONE
    token.make()
    assert client.get(PAGE).status_code == 404
    with pytest.raises(Forbidden):
        acts.open_again()


def test_an_installation_with_people_has_no_such_page(office: Office, data: Path) -> None:
    Person.objects.filter(pk=office.people[Role.SECURITY_ADMIN].pk).update(
        last_login="2026-01-01T00:00:00Z"
    )
    assert stage() is Stage.DONE
    word = token.make()
    assert Client().get(PAGE, {"token": word}).status_code == 404
    with pytest.raises(Forbidden):
        acts.begin(Agency(name="x", slug="x", code="X", kind="street"), "x", "x", PASSWORD)


def test_the_demonstration_gives_one_of_each_role_a_password_once(office: Office) -> None:
    SiteSettings.objects.create(demonstration=True)
    Person.objects.update(password="!")
    shown: list[SignIn] = []

    def show(made: Sequence[SignIn]) -> None:
        shown.extend(made)

    sign_ins.give(show)
    assert {s.role for s in shown} == {role.label for role in Role}
    assert len({s.username for s in shown}) == len(shown)
    for one in shown:
        person = Person.objects.get(username=one.username)
        assert person.check_password(one.password)
        assert person.must_change_password
    shown.clear()
    sign_ins.give(show)
    assert shown == []


def test_passwords_that_were_not_shown_are_not_kept(office: Office) -> None:
    SiteSettings.objects.create(demonstration=True)
    Person.objects.update(password="!")

    def cut_off(made: Sequence[SignIn]) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        sign_ins.give(cut_off)
    assert not Person.objects.exclude(password="!").exists()


def test_nobody_gets_a_password_where_the_data_are_real(office: Office) -> None:
    Person.objects.update(password="!")
    sign_ins.give(lambda made: pytest.fail("shown"))
    assert not Person.objects.exclude(password="!").exists()


def test_an_appointment_that_is_over_gives_no_password(office: Office) -> None:
    Appointment.objects.filter(role=Role.AUTHOR).update(until=date(2021, 1, 1))
    assert Role.AUTHOR not in {a.role for a in sign_ins.one_for_each_role()}
