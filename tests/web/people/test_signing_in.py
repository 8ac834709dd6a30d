"""Signing in: passwords, codes, locks, sessions, and what a one-time password opens."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.lockout import locked_until
from gongkai.web.people.models import Person, Role, SignIn
from tests.web.conftest import PASSWORD, Office

SIGN_IN = reverse("people:sign_in")
ME = reverse("people:me")
NEW = "Qing-he-2026-wan"


def sign_in(client: Client, person: Person, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"username": person.username, "password": password, **more})


def signed_in(client: Client) -> bool:
    return client.get(ME).status_code == 200


def code(device: TOTPDevice, steps: int = 0) -> str:
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


@pytest.fixture
def author(office: Office) -> Person:
    return office.people[Role.AUTHOR]


def test_name_and_password_open_the_desk(client: Client, author: Person) -> None:
    answer = sign_in(client, author)
    assert answer.status_code == 302
    assert answer.url == reverse("desk:home")
    assert signed_in(client)
    last = AuditEntry.objects.get(act="session.begin")
    assert (last.person, last.agency, last.address) == ("author", "QH0401", "127.0.0.1")


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/desk/people/me/", "/desk/people/me/"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example/", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
        (r"/\evil.example", "/desk/"),
    ],
)
def test_next_leads_only_to_ourselves(
    client: Client, author: Person, wanted: str, goes: str
) -> None:
    assert resolve_url(sign_in(client, author, next=wanted).url) == goes
    # Signed in already: the page sends on, and only to ourselves too.
    assert resolve_url(client.get(SIGN_IN, {"next": wanted}).url) == goes


def test_empty_fields_are_named(client: Client, author: Person) -> None:
    answer = client.post(SIGN_IN, {"username": "李", "password": ""})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "密码：填密码。" in text
    assert 'value="李"' in text


def test_a_wrong_password_says_how_many_tries_are_left(client: Client, author: Person) -> None:
    for left in (4, 3, 2, 1):
        answer = sign_in(client, author, "wrong")
        assert answer.status_code == 422
        assert f"还可以试 {left} 次，之后锁定 15 分钟" in answer.content.decode()
    answer = sign_in(client, author, "wrong")
    assert answer.status_code == 429
    assert "已经锁定" in answer.content.decode()
    assert "解锁" in answer.content.decode()
    # Locked for the right password too, and the lock is not prolonged by trying.
    until = lock_end(author)
    assert sign_in(client, author).status_code == 429
    assert lock_end(author) == until
    acts = list(AuditEntry.objects.order_by("number").values_list("act", flat=True))
    assert acts == ["session.refuse"] * 4 + ["session.lock"]


def lock_end(person: Person) -> Any:
    return locked_until(person.username)


def test_an_unknown_name_is_answered_like_a_known_one(client: Client, author: Person) -> None:
    known = sign_in(client, author, "wrong").content.decode()
    unknown = client.post(SIGN_IN, {"username": "nobody", "password": "wrong"}).content.decode()
    for word in ("用户名、密码或者动态口令不对", "还可以试 4 次"):
        assert word in known
        assert word in unknown
    assert AuditEntry.objects.filter(person="nobody").count() == 0


def test_a_lock_ends_after_a_quarter_of_an_hour(client: Client, author: Person) -> None:
    for _ in range(5):
        sign_in(client, author, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client, author).status_code == 302


def test_a_lock_is_for_one_address(client: Client, author: Person) -> None:
    for _ in range(5):
        sign_in(client, author, "wrong")
    assert Client(REMOTE_ADDR="10.0.0.9").post(
        SIGN_IN, {"username": author.username, "password": PASSWORD}
    ).status_code == 302  # fmt: skip


def test_what_was_typed_is_not_kept_by_the_lock(client: Client, author: Person) -> None:
    sign_in(client, author, "geheim-1", otp="123456")
    kept = AccessAttempt.objects.get().post_data
    assert "geheim-1" not in kept
    assert "123456" not in kept


def test_a_disabled_account_stays_out(client: Client, author: Person) -> None:
    Person.objects.filter(pk=author.pk).update(is_active=False)
    assert sign_in(client, author).status_code == 422


class TestSecondFactor:
    @pytest.fixture
    def device(self, author: Person) -> TOTPDevice:
        return TOTPDevice.objects.create(user=author, name="动态口令", confirmed=True)

    def test_the_code_is_asked_for(
        self, client: Client, author: Person, device: TOTPDevice
    ) -> None:
        assert sign_in(client, author).status_code == 422
        assert not signed_in(client)
        TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
        assert sign_in(client, author, otp=code(device)).status_code == 302
        assert AuditEntry.objects.get(act="session.begin").after["second_factor"] is True

    def test_a_code_is_good_once(self, client: Client, author: Person, device: TOTPDevice) -> None:
        now = code(device)
        assert sign_in(client, author, otp=now).status_code == 302
        assert sign_in(Client(), author, otp=now).status_code == 422

    def test_wrong_codes_lock_as_wrong_passwords_do(
        self, client: Client, author: Person, device: TOTPDevice
    ) -> None:
        for _ in range(4):
            assert sign_in(client, author, otp="000000").status_code == 422
        assert sign_in(client, author, otp="000000").status_code == 429

    def test_it_is_set_up_with_a_code_drawn_here(self, client: Client, author: Person) -> None:
        client.force_login(author)
        page = client.get(reverse("people:add_device"))
        assert b"<svg" in page.content
        assert b"http://" not in page.content.replace(b"http://www.w3.org/", b"")
        key = client.session["second_factor_key"]
        device = TOTPDevice(key=key)
        wrong = client.post(reverse("people:add_device"), {"password": PASSWORD, "code": "12345"})
        assert wrong.status_code == 422
        assert not TOTPDevice.objects.exists()
        right = {"password": PASSWORD, "code": code(device)}
        assert client.post(reverse("people:add_device"), right).status_code == 302
        assert TOTPDevice.objects.get().user == author
        assert AuditEntry.objects.filter(act="person.add_device").exists()
        # The code that set it up opens nothing more; the next one does.
        assert sign_in(Client(), author, otp=right["code"]).status_code == 422
        TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
        assert sign_in(Client(), author, otp=code(device, 1)).status_code == 302

    def test_switching_it_off_asks_for_the_password(
        self, client: Client, author: Person, device: TOTPDevice
    ) -> None:
        client.force_login(author)
        address = reverse("people:remove_device")
        assert client.post(address, {"password": "wrong"}).status_code == 422
        assert client.post(address, {"password": PASSWORD}).status_code == 302
        assert not TOTPDevice.objects.exists()


class TestOneTimePassword:
    @pytest.fixture
    def fresh(self, author: Person) -> Person:
        Person.objects.filter(pk=author.pk).update(must_change_password=True)
        return author

    def test_it_opens_only_the_page_that_sets_another(self, client: Client, fresh: Person) -> None:
        sign_in(client, fresh)
        change = reverse("people:change_password")
        for closed in (reverse("desk:home"), ME, reverse("agencies:list")):
            assert client.get(closed).url == change
        partial = client.get(reverse("desk:home"), headers={"HX-Request": "true"})
        assert partial.status_code == 403
        page = client.get(change)
        assert page.status_code == 200
        assert "先设自己的密码" in page.content.decode()
        assert client.post(change, {"password": NEW, "again": NEW}).status_code == 302
        assert signed_in(client)
        fresh.refresh_from_db()
        assert fresh.check_password(NEW)
        assert fresh.password_changed_at is not None

    def test_one_may_still_sign_out(self, client: Client, fresh: Person) -> None:
        sign_in(client, fresh)
        assert client.post(reverse("people:sign_out")).status_code == 302
        assert not signed_in(client)

    def test_the_same_password_again_is_refused(self, client: Client, fresh: Person) -> None:
        sign_in(client, fresh)
        again = {"password": PASSWORD, "again": PASSWORD}
        answer = client.post(reverse("people:change_password"), again)
        assert answer.status_code == 422
        assert "和现在的一样" in answer.content.decode()


class TestSessions:
    def test_the_key_is_new_after_sign_in(self, client: Client, author: Person) -> None:
        client.get(SIGN_IN)
        session = client.session
        session["x"] = 1
        session.save()
        before = session.session_key
        client.cookies[settings.SESSION_COOKIE_NAME] = before
        sign_in(client, author)
        assert client.session.session_key != before
        assert not Session.objects.filter(session_key=before).exists()

    def test_the_newest_win_and_the_others_are_told(self, author: Person) -> None:
        clients = [Client() for _ in range(settings.SESSIONS_A_PERSON + 1)]
        for one in clients:
            sign_in(one, author)
        assert [signed_in(one) for one in clients[1:]] == [True] * settings.SESSIONS_A_PERSON
        answer = clients[0].get(ME, follow=True)
        assert answer.redirect_chain[0][0].startswith(SIGN_IN)
        assert "你在别处登录" in answer.content.decode()

    def test_idle_sessions_end_and_say_so(self, client: Client, author: Person) -> None:
        sign_in(client, author)
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
        assert "30 分钟没有操作" in client.get(ME, follow=True).content.decode()
        assert settings.SESSION_COOKIE_AGE == 30 * 60
        assert settings.SESSION_SAVE_EVERY_REQUEST is True

    def test_idle_sessions_do_not_count(self, author: Person) -> None:
        first = Client()
        sign_in(first, author)
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
        others = [Client() for _ in range(settings.SESSIONS_A_PERSON)]
        for one in others:
            sign_in(one, author)
        assert all(signed_in(one) for one in others)

    def test_one_may_end_his_own_elsewhere(self, client: Client, author: Person) -> None:
        there = Client()
        sign_in(there, author)
        sign_in(client, author)
        page = client.get(ME).content.decode()
        assert "现在这里" in page
        far = SignIn.objects.get(session_key=there.session.session_key)
        client.post(reverse("people:end_session", args=[far.pk]))
        assert not signed_in(there)
        assert signed_in(client)
        near = SignIn.objects.get(session_key=client.session.session_key)
        client.post(reverse("people:end_session", args=[near.pk]))
        assert signed_in(client)

    def test_nobody_ends_a_session_of_another(
        self, client: Client, author: Person, office: Office
    ) -> None:
        there = Client()
        sign_in(there, office.people[Role.APPROVER])
        far = SignIn.objects.get(session_key=there.session.session_key)
        sign_in(client, author)
        answer = client.post(reverse("people:end_session", args=[far.pk]))
        assert answer.status_code == 404
        assert signed_in(there)

    def test_a_new_password_ends_the_others(self, client: Client, author: Person) -> None:
        there = Client()
        sign_in(there, author)
        sign_in(client, author)
        change = {"present": PASSWORD, "password": NEW, "again": NEW}
        assert client.post(reverse("people:change_password"), change).status_code == 302
        assert signed_in(client)
        assert "密码改了" in there.get(ME, follow=True).content.decode()
        # The session goes on under its new key and is still counted.
        assert author.sign_ins.open().get().session_key == client.session.session_key

    def test_sign_out_is_by_post_only(self, client: Client, author: Person) -> None:
        sign_in(client, author)
        assert client.get(reverse("people:sign_out")).status_code == 405
        assert signed_in(client)
        client.post(reverse("people:sign_out"))
        assert not signed_in(client)
        assert AuditEntry.objects.filter(act="session.end").exists()


def test_look_is_kept_in_cookies(client: Client, author: Person) -> None:
    client.force_login(author)
    client.post(reverse("people:look"), {"gk_size": "large"})
    assert client.cookies["gk_size"].value == "large"
    assert b'data-size="large"' in client.get(ME).content
    client.post(reverse("people:look"), {"gk_contrast": "high"})
    assert client.cookies["gk_size"].value == ""
    page = client.get(ME).content
    assert b'data-contrast="high"' in page
    assert b"data-size" not in page
