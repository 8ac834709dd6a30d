"""Who asks stays with who may know it: limits, guesses, addresses, logs, trail, database, caches."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.web.audit.models import AuditEntry
from gongkai.web.requests.asking import sums, tries
from gongkai.web.requests.models import DisclosureRequest, Tries
from tests.web.samples import PIXEL

from .conftest import DESCRIPTION, IDENTITY_NUMBER, PERSONAL, WHAT, Citizen, picture

DOOR = reverse("asking:progress")


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_wrong_codes_are_counted_and_then_refused(citizen: Citizen, settings: Settings) -> None:
    settings.ASKING_WRONG_CODES_AN_HOUR = 3
    citizen.ask()
    code = citizen.code()
    said = {text_of(citizen.open(f"WRONG-{n}")).count("没有找到") for n in range(3)}
    assert said == {1}
    # Not even the right one opens now: who guesses learns nothing from the answer.
    for tried in ("WRONG-9", code):
        answer = citizen.open(tried)
        assert answer.status_code == 429
        assert "错的次数太多" in text_of(answer)
    elsewhere = Client(REMOTE_ADDR="10.1.2.3").post(DOOR, {"code": code})
    assert elsewhere.status_code == 302
    Tries.objects.update(since=timezone.now() - timedelta(hours=2))
    assert citizen.open(code).status_code == 302


def test_the_right_code_is_not_counted(citizen: Citizen, settings: Settings) -> None:
    settings.ASKING_WRONG_CODES_AN_HOUR = 2
    citizen.ask()
    code = citizen.code()
    assert {citizen.open(code).status_code for _ in range(5)} == {302}


def test_a_wrong_number_is_told_as_a_wrong_code_is(citizen: Citizen) -> None:
    case = citizen.ask()
    code = citizen.code()

    def said(code: str, number: str) -> str:
        page = text_of(citizen.open(code, number))
        return page[page.index('id="errors"') : page.index("<form")]

    right_number = said("ZZZZ-ZZZZ-ZZZZ", case.number)
    assert right_number == said("ZZZZ-ZZZZ-ZZZZ", "没有这个编号") == said(code, "没有这个编号")


def test_too_many_submissions_wait_and_keep_what_was_typed(
    citizen: Citizen, settings: Settings
) -> None:
    settings.ASKING_AN_HOUR, settings.ASKING_WITHOUT_SUM = 2, 10
    citizen.ask()
    citizen.ask()
    citizen.browser.post(citizen.address("leave"))
    citizen.what()
    citizen.who()
    refused = citizen.check()
    assert refused.status_code == 422
    assert "这个网络地址一小时内提交的申请太多" in text_of(refused)
    assert DESCRIPTION in text_of(refused)
    assert DisclosureRequest.objects.count() == 2
    Tries.objects.all().delete()
    assert citizen.check().status_code == 302


def test_too_many_uploads_wait(citizen: Citizen, settings: Settings) -> None:
    settings.ASKING_UPLOADS_AN_HOUR = 2
    citizen.what()
    for _ in range(2):
        assert citizen.who().status_code == 302
    answer = citizen.who()
    assert answer.status_code == 422
    assert "交的文件太多" in text_of(answer)


def test_a_sum_is_asked_for_where_much_is_submitted(citizen: Citizen, settings: Settings) -> None:
    settings.ASKING_WITHOUT_SUM = 1
    citizen.ask()
    citizen.browser.post(citizen.address("leave"))
    citizen.what()
    citizen.who()
    page = citizen.get("check")
    assert "算一道加法：" in text_of(page)
    wrong = citizen.check(answer="1", token=page.context["token"])
    assert wrong.status_code == 422
    assert "加法没有算对" in text_of(wrong)
    question, token = wrong.context["question"], wrong.context["token"]
    first, second = ("零一二三四五六七八九".index(c) for c in (question[0], question[2]))
    done = citizen.check(answer=str(first + second), token=token)
    assert done.url == citizen.address("receipt")


@pytest.mark.parametrize("limit", ["ASKING_WITHOUT_SUM", "ASKING_WITHOUT_SUM_ALL"])
def test_from_the_first_request_or_everybody_s(
    citizen: Citizen, settings: Settings, limit: str
) -> None:
    citizen.ask()
    setattr(settings, limit, 0)
    other = Citizen(citizen.agency, Client(REMOTE_ADDR="10.9.9.9"))
    other.what()
    other.who()
    assert other.check().status_code == 422


def test_sums_in_digits_and_in_words() -> None:
    question, token = sums.ask("draft")
    first, second = ("零一二三四五六七八九".index(c) for c in (question[0], question[2]))
    total = first + second
    words = (
        "零一二三四五六七八九十"[total]
        if total <= 10
        else f"十{'零一二三四五六七八九'[total - 10]}"
    )
    wide = str(total).translate({ord(str(d)): "０１２３４５６７８９"[d] for d in range(10)})
    for answer in (str(total), f" {total} ", wide, words):
        assert sums.right(answer, token, "draft")
    for answer in ("", "x", str(total + 1), "十十", "9" * 400, "²"):
        assert not sums.right(answer, token, "draft")
    assert not sums.right(str(total), token, "another draft")
    assert not sums.right(str(total), token + "x", "draft")
    assert not sums.right(str(total), "", "draft")


def test_a_network_of_ipv6_counts_as_one(citizen: Citizen, settings: Settings) -> None:
    settings.ASKING_WRONG_CODES_AN_HOUR = 2
    for n in (1, 2):
        Client(REMOTE_ADDR=f"2001:db8::{n}").post(DOOR, {"code": "X"})
    assert Client(REMOTE_ADDR="2001:db8::3").post(DOOR, {"code": "X"}).status_code == 429
    assert Client(REMOTE_ADDR="2001:db8:1::3").post(DOOR, {"code": "X"}).status_code == 422
    assert not Tries.objects.filter(source__contains="2001").exists()
    Tries.objects.update(since=timezone.now() - timedelta(days=2))
    tries.forget()
    assert not Tries.objects.exists()


@pytest.fixture
def asked(citizen: Citizen) -> tuple[Citizen, DisclosureRequest, str]:
    case = citizen.ask()
    return citizen, case, citizen.code()


Asked = tuple[Citizen, DisclosureRequest, str]


def test_nothing_personal_in_the_database_files_or_trail(asked: Asked) -> None:
    _, case, code = asked
    secrets = [*PERSONAL, code, code.replace("-", "")]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = str(cursor.fetchall())
            assert not [s for s in secrets if s in rows], table
    entry = AuditEntry.objects.get(act="request.submit")
    assert entry.person_name == "申请人（网上）"
    assert entry.address is None
    assert entry.subject_name == case.number
    told = json.dumps([entry.before, entry.after, entry.reason], ensure_ascii=False)
    assert not [s for s in secrets if s in told]
    proof = case.papers.get()
    assert proof.stored != proof.digest
    for path in Path(configured.FILES).glob("*/*"):
        assert PIXEL not in path.read_bytes() or path.name == proof.digest


def test_nothing_personal_in_addresses_or_logs(
    citizen: Citizen, caplog: pytest.LogCaptureFixture
) -> None:
    visited: list[str] = []
    request = citizen.browser.generic

    def noted(method: str, path: str, *args: Any, **kwargs: Any) -> Any:
        answer = request(method, path, *args, **kwargs)
        visited.append(f"{path}?{kwargs.get('QUERY_STRING', '')} {answer.get('Location', '')}")
        return answer

    citizen.browser.generic = noted
    with caplog.at_level(logging.INFO):
        citizen.ask()
        code = citizen.code()
        citizen.open(code)
        citizen.browser.get(reverse("asking:case"))
        citizen.open("WRONG")
    secrets = [*PERSONAL, code, code.replace("-", ""), DESCRIPTION[:8]]
    assert len(visited) > 8
    assert not [s for s in secrets for line in visited if s in line]
    assert not [s for s in secrets if s in caplog.text]


def test_pages_are_kept_nowhere(citizen: Citizen) -> None:
    pages = [
        citizen.browser.get(reverse("asking:choose")),
        citizen.get("agency"),
        citizen.get("what"),
        citizen.what(),
        citizen.who(),
        citizen.get("check"),
        citizen.check(),
        citizen.get("receipt"),
        citizen.browser.get(DOOR),
        citizen.open("WRONG"),
        citizen.open(citizen.code()),
        citizen.browser.get(reverse("asking:case")),
        citizen.browser.get(reverse("asking:contact")),
        citizen.browser.get(reverse("asking:hand_in", args=["supplement"])),
    ]
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]


def test_another_browser_sees_nothing_of_a_draft_or_a_case(asked: Asked) -> None:
    citizen, case, _ = asked
    citizen.what()
    citizen.who()
    stranger = Citizen(citizen.agency)
    addresses = [
        *(citizen.address(name) for name in ("agency", "what", "who", "check", "receipt")),
        *(reverse(f"asking:{name}") for name in ("progress", "case", "contact")),
        reverse("asking:hand_in", args=["supplement"]),
    ]
    for address in addresses:
        page = text_of(stranger.browser.get(address, follow=True))
        for secret in (*PERSONAL, DESCRIPTION, case.number):
            assert secret not in page, address


def test_the_case_page_never_shows_who_asks(asked: Asked) -> None:
    citizen, _, code = asked
    citizen.open(code)
    for name in ("case", "contact"):
        page = text_of(citizen.browser.get(reverse(f"asking:{name}")))
        assert not [secret for secret in (*PERSONAL, code) if secret in page]


def test_forged_forms_are_refused(citizen: Citizen) -> None:
    strict = Client(enforce_csrf_checks=True)
    for address, sent in (
        (citizen.address("what"), WHAT),
        (citizen.address("who"), {"name": "x", "identity": picture()}),
        (citizen.address("check"), {}),
        (citizen.address("leave"), {}),
        (DOOR, {"code": "x"}),
        (reverse("asking:hand_in", args=["supplement"]), {"text": "x"}),
        (reverse("asking:contact"), {"phone": "13800000000"}),
    ):
        assert strict.post(address, sent).status_code == 403, address


def test_the_cookies_hold_no_words(asked: Asked) -> None:
    citizen, _, code = asked
    citizen.open(code)
    kept = str(citizen.browser.cookies)
    assert not [secret for secret in (*PERSONAL, code, IDENTITY_NUMBER) if secret in kept]
