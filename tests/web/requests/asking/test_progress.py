"""Progress by code: the sentence, the account of days, letters, and what may be handed in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.requests import clock
from gongkai.web.requests.acts.confirm import confirm
from gongkai.web.requests.acts.correction import ask_for_correction
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.extend import extend
from gongkai.web.requests.acts.handle_message import handle_message
from gongkai.web.requests.acts.search import record_search
from gongkai.web.requests.asking import key
from gongkai.web.requests.keeping import add_event
from gongkai.web.requests.models import (
    DeliveryWay,
    DisclosureRequest,
    Letter,
    Message,
    MessageKind,
    Paper,
    PaperKind,
)
from gongkai.web.requests.papers import bytes_of
from tests.web.requests.acts.conftest import Desk, desk
from tests.web.samples import PIXEL

from .conftest import ADDRESS, IDENTITY_NUMBER, MAILBOX, NAME, PHONE, Citizen

__all__ = ["desk"]

CASE = reverse("asking:case")
CONTACT = reverse("asking:contact")


def text_of(response: Any) -> str:
    return str(response.content.decode())


def heading(response: Any) -> str:
    found = re.search(r"<h1>([^<]+)</h1>", text_of(response))
    assert found
    return found[1]


def fresh(case: DisclosureRequest) -> DisclosureRequest:
    return DisclosureRequest.objects.get(pk=case.pk)


@pytest.fixture
def asked(citizen: Citizen, desk: Desk) -> DisclosureRequest:
    """A request of 22 September 2025, its page opened."""
    case = citizen.ask()
    assert citizen.open(citizen.code()).url == CASE
    return case


def hand_in(citizen: Citizen, kind: str, **sent: Any) -> Any:
    address = reverse("asking:hand_in", args=[kind])
    sent.setdefault("submission", str(uuid.uuid4()))
    return citizen.browser.post(address, sent)


def test_code_alone_or_with_the_number(citizen: Citizen) -> None:
    case = citizen.ask()
    code = citizen.code()
    spellings = [code, code.lower(), code.replace("-", ""), f"　{code.replace('-', ' ')} "]
    for spelling in spellings:
        for number in ("", case.number, case.number.replace("〔", "[").replace("〕", "］")):
            assert Citizen(citizen.agency).open(spelling, number).url == CASE
    wrong = citizen.open(code, "听泉街道公开申〔2026〕999号")
    assert wrong.status_code == 422
    assert "没有找到" in text_of(wrong)


def test_before_confirmation_no_limit_is_named(citizen: Citizen, asked: DisclosureRequest) -> None:
    page = citizen.browser.get(CASE)
    assert heading(page) == "已提交，等机关与您确认收到"
    assert "日历账" not in text_of(page)
    assert "双方确认之日为收到申请之日" in text_of(page)


def test_every_day_shown_is_the_core_s(
    citizen: Citizen, desk: Desk, asked: DisclosureRequest
) -> None:
    desk.on(date(2025, 9, 23))
    confirm(desk.clerk, asked, date(2025, 9, 23), "电话")
    told = clock.account_of(fresh(asked))
    assert told.due_on == date(2025, 10, 27)
    page = citizen.browser.get(CASE)
    assert heading(page) == "正在办理，最迟 10月27日 答复您"
    shown = text_of(page)
    for line in told.days:
        if line.number:
            assert f"第{line.number}日" in shown
    assert "28 班" in shown
    assert "10/1 休" in shown
    assert f"还剩 {told.days_left} 个工作日" in shown


def test_a_correction_is_handed_in(citizen: Citizen, desk: Desk, asked: DisclosureRequest) -> None:
    confirm(desk.clerk, asked, desk.day, "电话")
    letter = ask_for_correction(
        desk.author, fresh(asked), points=["没有写明哪一年"], guidance=["可以写年份"]
    )
    desk.served(letter, way="online")
    page = citizen.browser.get(CASE)
    assert heading(page).startswith("要您补正，最迟 ")
    assert "还没有打开过" in text_of(page)
    assert "交补正材料" in text_of(page)

    desk.on(date(2025, 9, 24))
    opened = citizen.browser.get(reverse("asking:letter", args=[letter.pk]))
    assert opened.content.startswith(b"%PDF-")
    delivery = letter.deliveries.get()
    assert (delivery.way, delivery.came_on) == (DeliveryWay.ONLINE, date(2025, 9, 24))
    desk.on(date(2025, 9, 25))
    assert citizen.browser.get(reverse("asking:letter", args=[letter.pk]) + "?form=docx").content
    assert letter.deliveries.get().came_on == date(2025, 9, 24)
    assert AuditEntry.objects.filter(act="request.read_letter").count() == 1

    submission = str(uuid.uuid4())
    files = [
        SimpleUploadedFile("清单.pdf", b"%PDF-1.4 x"),
        SimpleUploadedFile("照片.png", PIXEL),
    ]
    for _ in range(2):
        for file in files:
            file.seek(0)
        done = hand_in(
            citizen, "correction", text="要2024年的。", papers=files, submission=submission,
            identity=SimpleUploadedFile("证件.png", PIXEL),
        )  # fmt: skip
        assert done.url == f"{CASE}?arrived=correction"
    message = Message.objects.get()
    assert (message.kind, message.text) == (MessageKind.CORRECTION, "要2024年的。")
    # Names are sealed, so they are compared here and not in the database.
    handed = {p.name: p for p in Paper.objects.filter(request=asked) if p.name != "身份证.png"}
    kinds = sorted((paper.kind, paper.sealed) for paper in handed.values())
    assert kinds == [(PaperKind.CORRECTION, True)] * 2 + [(PaperKind.IDENTITY, True)]
    assert bytes_of(handed["清单.pdf"]) == b"%PDF-1.4 x"
    assert "补正已收到" in text_of(citizen.browser.get(done.url))
    # The desk takes it for what it is; then no second correction is waited for.
    handle_message(desk.author, message, on=desk.day)
    assert fresh(asked).state == "processing"
    refused = hand_in(citizen, "correction", text="再补")
    assert refused.status_code == 409
    assert "不能交补正" in text_of(refused)


def test_an_extension_and_a_consultation_are_told_without_names(
    citizen: Citizen, desk: Desk, asked: DisclosureRequest
) -> None:
    confirm(desk.clerk, asked, desk.day, "电话")
    add_event(
        fresh(asked), "consult_third_party", desk.day, desk.author, facts={"party": "星海电梯公司"}
    )
    page = text_of(citizen.browser.get(CASE))
    assert "正在征求第三方意见，计时暂停" in page
    assert "星海" not in page
    assert "第三方1" in page
    desk.on(date(2025, 9, 28))
    add_event(
        fresh(asked), "third_party_answered", desk.day, desk.author, facts={"party": "星海电梯公司"}
    )
    desk.served(extend(desk.author, fresh(asked), 10, "要逐页核对"), way="online")
    page = text_of(citizen.browser.get(CASE))
    assert "延长答复期限 10 个工作日" in page
    told = clock.account_of(fresh(asked))
    assert told.due_on
    assert f"{told.due_on.month}月{told.due_on.day}日" in page


def test_a_reply_is_read_with_its_remedies(
    citizen: Citizen, desk: Desk, asked: DisclosureRequest
) -> None:
    confirm(desk.clerk, asked, desk.day, "电话")
    record_search(
        desk.author, fresh(asked), on=desk.day, places="综合档案室", words="加装电梯", found=False,
        result="没有查到。",
    )  # fmt: skip
    decide(desk.author, fresh(asked), "not_held")
    desk.replied(fresh(asked))
    page = citizen.browser.get(CASE)
    assert heading(page) == "已答复（9月22日）"
    shown = text_of(page)
    assert "不服怎么办" in shown
    assert "行政复议" in shown
    assert "60" in shown
    # By post: nothing to download here.
    assert "给您的文书" not in shown
    for kind in ("supplement", "withdrawal", "correction"):
        assert hand_in(citizen, kind, text="x").status_code == 409
    assert "改联系方式" in shown


def test_letters_to_others_and_not_served_here_do_not_open(
    citizen: Citizen, desk: Desk, asked: DisclosureRequest
) -> None:
    confirm(desk.clerk, asked, desk.day, "电话")
    posted = ask_for_correction(
        desk.author, fresh(asked), points=["没有写明哪一年"], guidance=["可以写年份"]
    )
    desk.served(posted)
    assert citizen.browser.get(reverse("asking:letter", args=[posted.pk])).status_code == 404
    Letter.objects.filter(pk=posted.pk).update(kind="third_party_consultation")
    posted.deliveries.update(way=DeliveryWay.ONLINE)
    assert citizen.browser.get(reverse("asking:letter", args=[posted.pk])).status_code == 404
    proof = asked.papers.get()
    assert citizen.browser.get(reverse("asking:paper", args=[proof.pk])).status_code == 404


def test_a_letter_of_another_case_does_not_open(
    citizen: Citizen, another: Callable[[], Citizen], desk: Desk, asked: DisclosureRequest
) -> None:
    confirm(desk.clerk, asked, desk.day, "电话")
    letter = ask_for_correction(
        desk.author, fresh(asked), points=["没有写明哪一年"], guidance=["可以写年份"]
    )
    desk.served(letter, way="online")
    stranger = another()
    stranger.ask()
    stranger.open(stranger.code())
    assert stranger.browser.get(reverse("asking:letter", args=[letter.pk])).status_code == 404
    nobody = Client().get(reverse("asking:letter", args=[letter.pk]))
    assert nobody.url.startswith(reverse("asking:progress"))
    assert letter.deliveries.get().came_on is None


def test_contact_is_shown_masked_and_changed(citizen: Citizen, asked: DisclosureRequest) -> None:
    page = text_of(citizen.browser.get(CONTACT))
    assert "138****0123" in page
    for secret in (PHONE, MAILBOX, ADDRESS, NAME, IDENTITY_NUMBER):
        assert secret not in page
    empty = citizen.browser.post(CONTACT, {})
    assert empty.status_code == 422
    assert "没有写新的联系方式" in text_of(empty)
    wrong = citizen.browser.post(CONTACT, {"phone": "1390000"})
    assert "手机号码应为 11 位，您填了 7 位" in text_of(wrong)
    done = citizen.browser.post(CONTACT, {"phone": "13900000456"})
    assert done.url == f"{CASE}?arrived=contact"
    requester = fresh(asked).requester
    assert (requester.phone, requester.mailbox) == ("13900000456", MAILBOX)
    message = Message.objects.get()
    assert message.text == "改了联系电话"
    assert message.handled_at


def test_withdrawing_is_confirmed_and_left_to_the_desk(
    citizen: Citizen, asked: DisclosureRequest
) -> None:
    address = reverse("asking:hand_in", args=["withdrawal"])
    page = text_of(citizen.browser.get(address))
    assert "撤回这件申请？" in page
    assert 'type="file"' not in page
    assert hand_in(citizen, "withdrawal").status_code == 302
    assert Message.objects.get().kind == MessageKind.WITHDRAWAL
    assert fresh(asked).state == "awaiting_confirmation"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": ""}, "没有内容，也没有材料"),
        ({"text": "长" * 5001}, "写了 5001 个字，最多 5000 个"),
        ({"text": "好", "papers": SimpleUploadedFile("a.exe", b"MZ")}, "只收 pdf、jpg、png、doc、docx"),
        ({"text": "好", "papers": SimpleUploadedFile("b.pdf", b"%PDF-" + b"0" * (10 * 2**20))}, "一个文件最多 10 MB"),
    ],
)  # fmt: skip
def test_wrong_papers_are_refused_and_the_words_stay(
    citizen: Citizen, asked: DisclosureRequest, sent: dict[str, Any], said: str
) -> None:
    for value in sent.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    answer = hand_in(citizen, "supplement", **sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert sent["text"] in text_of(answer)
    assert not Message.objects.exists()


def test_kinds_that_do_not_exist(citizen: Citizen, asked: DisclosureRequest) -> None:
    assert hand_in(citizen, "nothing").status_code == 404
    missing = hand_in(citizen, "contact")
    assert missing.status_code == 404
    assert "没有这一页" in text_of(missing)


def test_the_case_closes_after_half_an_hour_and_by_hand(
    citizen: Citizen, asked: DisclosureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = citizen.browser.cookies[key.COOKIE]
    assert (cookie["httponly"], cookie["max-age"]) == (True, 1800)
    assert cookie["path"] == reverse("asking:progress")
    assert citizen.browser.post(reverse("asking:progress_leave")).status_code == 302
    assert citizen.browser.get(CASE).status_code == 302
    citizen.open(citizen.code())
    import time

    later = time.time() + 1801
    monkeypatch.setattr(time, "time", lambda: later)
    closed = citizen.browser.get(CASE)
    assert closed.url == reverse("asking:progress") + "?closed=1"
    assert "半小时没有动" in text_of(citizen.browser.get(closed.url))


@pytest.mark.parametrize("value", ["", "1", "1:abc", "WzFd:1abc:xyz"])
def test_a_forged_cookie_opens_nothing(asked: DisclosureRequest, value: str) -> None:
    browser = Client()
    browser.cookies[key.COOKIE] = value
    assert browser.get(CASE).status_code == 302


def test_a_request_from_the_counter_is_followed_too(citizen: Citizen, desk: Desk) -> None:
    from gongkai.web.requests.numbers import digest_of_code

    case = desk.asked(Channel.COUNTER)
    DisclosureRequest.objects.filter(pk=case.pk).update(
        code_digest=digest_of_code("ABCD-EFGH-JKLM")
    )
    assert citizen.open("abcdefghjklm").url == CASE
    page = citizen.browser.get(CASE)
    assert "您提出申请（当面提交）" in text_of(page)
    assert heading(page) == "正在办理，最迟 10月24日 答复您"
    assert desk.who(Role.AUTHOR).person.name not in text_of(page)


def test_a_late_case_says_what_one_may_do(citizen: Citizen, desk: Desk) -> None:
    from gongkai.web.requests.numbers import digest_of_code

    case = desk.asked(Channel.COUNTER)
    DisclosureRequest.objects.filter(pk=case.pk).update(
        code_digest=digest_of_code("ABCD-EFGH-JKLM")
    )
    citizen.open("abcdefghjklm")
    desk.on(date(2025, 10, 27))
    page = citizen.browser.get(CASE)
    assert "答复期限已于 10月24日 到期" in heading(page)
    assert "申请行政复议" in text_of(page)
    assert timezone.localdate() - timedelta(days=3) == date(2025, 10, 24)
