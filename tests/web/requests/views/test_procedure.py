"""A request through all its letters by the screens alone: each step right, and wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gongkai.web.people.models import Role
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.clock import account_of
from gongkai.web.requests.models import DisclosureRequest, Letter, LetterState

from .conftest import Desk, Opening

pytestmark = pytest.mark.django_db


def page(name: str, case: DisclosureRequest, *more: object) -> str:
    return reverse(f"requests:{name}", args=[case.pk, *more])


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


def refused(browser: Client, address: str, sent: dict[str, Any], words: str) -> None:
    """The form comes back, says why, and keeps what was typed."""
    answer = browser.post(address, sent)
    assert answer.status_code == 422
    assert words in said(answer)
    assert 'role="alert"' in said(answer)
    for value in sent.values():
        if isinstance(value, str) and len(value) > 8 and not value[:4].isdigit():
            assert value in said(answer)


def fresh(case: DisclosureRequest) -> DisclosureRequest:
    return DisclosureRequest.objects.get(pk=case.pk)


def out(as_: Opening, case: DisclosureRequest, letter: Letter, on: date, **told: str) -> None:
    """Handed in by its writer, signed by another, given to the post."""
    author, approver, clerk = (
        as_(role) for role in (Role.AUTHOR, Role.APPROVER, Role.DISCLOSURE_OFFICE)
    )
    author.post(page("submit", case, letter.pk), {})
    letter.refresh_from_db()
    for role, state in (
        (Role.SECTION_REVIEWER, LetterState.SECTION_REVIEW),
        (Role.SECRECY_REVIEWER, LetterState.SECRECY_REVIEW),
    ):
        if letter.state == state:
            as_(role).post(page("review", case, letter.pk), {"pass": "1", "text": "同意"})
            letter.refresh_from_db()
    assert letter.state == LetterState.SIGNING
    approver.post(page("sign", case, letter.pk), {"text": "同意"})
    sent = {"way": "post", "sent_on": on.isoformat(), "tracking_number": "XA12345678911", **told}
    answer = clerk.post(page("deliver", case, letter.pk), sent, follow=True)
    assert "邮寄送达" in said(answer), said(answer)
    letter.refresh_from_db()
    assert letter.state == LetterState.SERVED


@pytest.fixture
def case(desk: Desk) -> DisclosureRequest:
    made = desk.asked(title="加装电梯补助", way_of_delivery="post")
    return assign(desk.clerk, made, desk.author.person)


def test_correction(desk: Desk, as_: Opening, case: DisclosureRequest) -> None:
    author, address = as_(Role.AUTHOR), page("correction", case)
    points = {"points": "没有写明要哪一年的明细表", "guidance": "可以写年份、小区名称"}
    assert "最迟 9月30日 告知" in said(author.get(address))
    refused(author, address, {**points, "guidance": ""}, "没有填")
    refused(author, address, {**points, "due_on": "2025-09-22"}, "要晚于今天")
    refused(author, address, {**points, "due_on": "2025-99-22"}, "日期")
    answer = author.post(address, points, follow=True)
    letter = Letter.objects.get()
    assert letter.kind == "correction_notice"
    assert "没有写明要哪一年的明细表" in said(answer)
    assert "送签" in said(answer)
    refused(author, address, points, "已有一份“补正告知书”在办")
    # Nothing has happened to the request until the notice is out.
    assert fresh(case).state == "processing"
    out(as_, case, letter, desk.day)
    assert fresh(case).state == "awaiting_correction"
    assert "等补正" in said(author.get(page("case", case)))
    refused(author, address, points, "补正")
    desk.on(date(2025, 9, 29))
    address = page("corrected", case)
    refused(author, address, {"on": "2025-09-29"}, "写下补正的内容")
    refused(author, address, {"on": "2025-09-30", "text": "要2024年的明细表"}, "不能晚于今天")
    told = {"on": "2025-09-29", "text": "要2024年的明细表", "corrected_description": "2024年明细表"}
    answer = author.post(address, told, follow=True)
    assert "已登记收到补正，答复最迟" in said(answer)
    after = fresh(case)
    assert (after.state, after.description) == ("processing", "2024年明细表")
    assert after.due_on == account_of(after).due_on == date(2025, 11, 3)


def test_a_correction_that_never_came(desk: Desk, as_: Opening, case: DisclosureRequest) -> None:
    author = as_(Role.AUTHOR)
    sent = {"points": "没有写明年份的明细表", "guidance": "可以写年份", "due_on": "2025-09-30"}
    author.post(page("correction", case), sent)
    out(as_, case, Letter.objects.get(), desk.day)
    address = page("correction_lapsed", case)
    desk.on(date(2025, 9, 30))
    answer = author.post(address)
    assert answer.status_code == 422
    assert "2025-09-30" in said(answer)
    desk.on(date(2025, 10, 9))
    assert "视为放弃申请" in said(author.get(address))
    author.post(address)
    letter = Letter.objects.get(kind="correction_lapsed_notice")
    out(as_, case, letter, desk.day)
    assert fresh(case).state == "abandoned_correction"


def test_extension(desk: Desk, as_: Opening, case: DisclosureRequest) -> None:
    author, address = as_(Role.AUTHOR), page("extend", case)
    before = account_of(case).due_on
    assert before == date(2025, 10, 24)
    assert "2025年11月21日" in said(author.get(address))
    for days in ("0", "21", "-1", "x", ""):
        refused(author, address, {"days": days, "reasons": "要逐页核对发放明细"}, "有 1 处需要改")
    author.post(address, {"days": "20", "reasons": "要逐页核对"})
    letter = Letter.objects.get()
    assert letter.facts["extended_to"] == "2025-11-21"
    out(as_, case, letter, desk.day)
    assert fresh(case).due_on == date(2025, 11, 21)
    refused(author, address, {"days": "5", "reasons": "再延长几天才行"}, "延长")


def test_no_extension_after_the_due_day(desk: Desk, as_: Opening, case: DisclosureRequest) -> None:
    desk.on(date(2025, 10, 27))
    author = as_(Role.AUTHOR)
    sent = {"days": "5", "reasons": "要逐页核对发放明细"}
    refused(author, page("extend", case), sent, "2025-10-24")


def test_reasons_and_delay(desk: Desk, as_: Opening, case: DisclosureRequest) -> None:
    author, address = as_(Role.AUTHOR), page("reasons", case)
    facts = "2025年9月以来同一申请人申请了三十件内容雷同的事项"
    refused(author, address, {"volume_facts": facts, "reasons_due_on": "2025-09-22"}, "晚于今天")
    delayed = {"until": "2025-12-31", "volume_facts": facts, "reasons": "数量多，要逐件核对才行"}
    refused(author, page("delay", case), delayed, "理由")
    author.post(address, {"volume_facts": facts, "reasons_due_on": "2025-09-30"})
    out(as_, case, Letter.objects.get(), desk.day)
    assert fresh(case).state == "awaiting_reasons"
    desk.on(date(2025, 9, 26))
    refused(author, page("reasons_given", case), {"on": "2025-09-26"}, "写下申请人说明的理由")
    sent = {"on": "2025-09-26", "text": "要做研究，涉及三十个小区的全部情况"}
    assert "已登记申请人的理由" in said(author.post(page("reasons_given", case), sent, follow=True))
    refused(author, page("delay", case), {**delayed, "until": "2025-10-01"}, "不晚于原来的期限")
    author.post(page("delay", case), delayed)
    out(as_, case, Letter.objects.get(kind="delay_notice"), desk.day)
    assert fresh(case).due_on == date(2025, 12, 31)


def test_third_party(desk: Desk, as_: Opening, case: DisclosureRequest) -> None:
    author, address = as_(Role.AUTHOR), page("consult_third_party", case)
    told = {"party": "示范云梯工程有限公司", "what": "2024年采购合同单价\n付款账号"}
    refused(author, address, {**told, "what": ""}, "没有填")
    refused(author, address, {**told, "party": ""}, "没有填")
    author.post(address, told | {"interest_concerned": "商业秘密"})
    letter = Letter.objects.get()
    preview = said(author.get(page("letter", case, letter.pk)))
    assert "2024年采购合同单价" in preview
    assert "欧" not in preview.split("gk-paper")[1].split("经过")[0]
    one = case.consultations.get()
    answered = {"on": "2025-09-22", "answer": "agrees"}
    refused(author, page("answer", case, one.pk), answered, "还没有送出去")
    out(as_, case, letter, desk.day)
    assert fresh(case).paused
    assert "计时暂停" in said(author.get(page("case", case)))
    desk.on(date(2025, 10, 13))
    address = page("answer", case, one.pk)
    assert author.get(page("answers", case)).headers["Location"] == address
    refused(author, address, {"on": "2025-10-13", "answer": "refuses"}, "写对方的理由")
    refused(author, address, {"on": "2025-10-14", "answer": "agrees"}, "晚于今天")
    refused(author, address, {"silent": "1"}, "还没有过")
    sent = {"on": "2025-10-13", "answer": "partly", "reasons": "合同单价是商业秘密"}
    assert "意见已登记" in said(author.post(address, sent, follow=True))
    after = fresh(case)
    assert not after.paused
    assert after.due_on == account_of(after).due_on
    assert "合同单价是商业秘密" in said(author.get(address))
    refused(author, address, {"weighed": " "}, "没有填")
    author.post(address, {"weighed": "单价是商业秘密，理由成立"})
    one.refresh_from_db()
    assert one.weighed == "单价是商业秘密，理由成立"


def test_a_third_party_that_kept_silent(desk: Desk, as_: Opening, case: DisclosureRequest) -> None:
    author = as_(Role.AUTHOR)
    author.post(page("consult_third_party", case), {"party": "某小吃店", "what": "处罚决定书"})
    out(as_, case, Letter.objects.get(), desk.day, came_on="")
    desk.on(date(2025, 11, 3))
    one = case.consultations.get()
    address = page("answer", case, one.pk)
    assert "逾期没有提出意见" in said(author.get(address))
    assert "已记逾期没有提出意见" in said(author.post(address, {"silent": "1"}, follow=True))
    one.refresh_from_db()
    assert one.answer == "silent"


def test_another_agency(desk: Desk, as_: Opening, case: DisclosureRequest) -> None:
    author, address = as_(Role.AUTHOR), page("consult_agency", case)
    refused(author, address, {"kind": "co_maker", "what": "联合制发的分配方案"}, "选一个机关")
    author.post(
        address,
        {"kind": "co_maker", "what": "联合制发的分配方案", "agency": desk.office.neighbour.pk},
    )
    one = case.consultations.get()
    assert one.agency == desk.office.neighbour
    out(as_, case, Letter.objects.get(), desk.day)
    assert fresh(case).state == "awaiting_agency"


def test_fee(desk: Desk, as_: Opening, case: DisclosureRequest) -> None:
    author, address = as_(Role.AUTHOR), page("fee", case)
    worked = said(author.get(f"{address}?pages=260"))
    for words in ("本月第 1 件", "不收费", "5100 元", "第 31—100 页：70 页 × 10 元 = 700 元"):
        assert words in worked
    assert "页数是 1 到 1000000 的整数" in said(author.get(f"{address}?pages=0"))
    why = {"charge": "1", "reasons": "本月申请数量明显超过合理范围"}
    refused(author, address, {**why, "way": "by_page"}, "写提供多少页")
    refused(author, address, {**why, "way": "by_item"}, "没有达到收费的数量")
    refused(author, address, {**why, "way": "by_page", "pages": "20"}, "没有达到收费的数量")
    refused(author, address, {**why, "way": ""}, "没有填")
    author.post(address, {**why, "way": "by_page", "pages": "260"})
    out(as_, case, Letter.objects.get(), desk.day)
    assert fresh(case).state == "awaiting_fee"
    assert "5100.00 元，没有缴清" in said(author.get(page("case", case)))
    desk.on(date(2025, 9, 26))
    refused(author, page("fee_paid", case), {"on": "2025-09-29"}, "不能晚于今天")
    answer = author.post(page("fee_paid", case), {"on": "2025-09-26"}, follow=True)
    assert "已登记缴清，答复最迟" in said(answer)
    refused(author, page("fee_paid", case), {"on": "2025-09-26"}, "没有发过收费通知")
    assert author.post(page("fee_lapsed", case)).status_code == 422


def test_withdrawal_and_filing(desk: Desk, as_: Opening, case: DisclosureRequest) -> None:
    author, clerk = as_(Role.AUTHOR), as_(Role.DISCLOSURE_OFFICE)
    missing = clerk.post(page("archive", case))
    assert missing.status_code == 422
    assert "还没有办结" in said(missing)
    refused(author, page("withdraw", case), {"on": "2025-09-22", "how": ""}, "没有填")
    answer = author.post(page("withdraw", case), {"on": "2025-09-22", "how": "来信"}, follow=True)
    assert "已登记撤回" in said(answer)
    assert "归档目录" in said(clerk.get(page("archive", case)))
    assert "已归档" in said(clerk.post(page("archive", case), follow=True))
    assert fresh(case).state == "archived"
    add = author.post(page("remark", case), {"text": "归档后还能备注"}, follow=True)
    assert add.status_code == 200


def test_what_does_not_fit_its_place_is_refused_at_each_form(
    desk: Desk, as_: Opening, case: DisclosureRequest
) -> None:
    author = as_(Role.AUTHOR)
    for name, sent in (
        ("corrected", {"on": "2025-09-22", "text": "没有要求过补正的内容"}),
        ("reasons_given", {"on": "2025-09-22", "text": "没有要求过理由的内容"}),
        ("fee_paid", {"on": "2025-09-22"}),
        ("confirm", {"on": "2025-09-22", "how": "电话"}),
    ):
        answer = author.post(page(name, case), sent)
        assert answer.status_code == 422, name
        assert "gk-errors" in said(answer)
    for name in ("correction_lapsed", "fee_lapsed"):
        assert author.post(page(name, case)).status_code == 422
