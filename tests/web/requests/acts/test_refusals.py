"""Bad input at each step gets its own sentence, and nothing is changed by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongkai.core.handling.channels import Channel
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.acts.confirm import confirm
from gongkai.web.requests.acts.correction import ask_for_correction, correction_received
from gongkai.web.requests.acts.delay import delay
from gongkai.web.requests.acts.extend import extend
from gongkai.web.requests.acts.fee import charge_fee, fee_for_item, fee_paid
from gongkai.web.requests.acts.reasons import ask_for_reasons, reasons_received
from gongkai.web.requests.acts.register import NewRequest, problems, register
from gongkai.web.requests.acts.remark import remark
from gongkai.web.requests.acts.search import record_search
from gongkai.web.requests.acts.split import Matter, split
from gongkai.web.requests.acts.withdraw import withdraw
from gongkai.web.requests.models import DisclosureRequest, LetterState, Requester
from gongkai.web.requests.papers import bytes_of
from gongkai.web.requests.steps import OutOfTurn

from .conftest import DESCRIPTION, MONDAY, NAME, PHONE, REQUESTER, Desk

pytestmark = pytest.mark.django_db
NEW = NewRequest(Channel.COUNTER, MONDAY, DESCRIPTION, REQUESTER)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"arrived_on": date(2025, 9, 23)}, "晚于今天"),
        ({"description": "  "}, "没有写要什么信息"),
        ({"requester": {**REQUESTER, "name": " "}}, "姓名或者名称"),
        ({"requester": {**REQUESTER, "kind": "company"}}, "申请人类型"),
        ({"requester": {"kind": "other", "name": "某某"}}, "联系方式"),
        ({"channel": Channel.ORAL}, "签名确认"),
        ({"title": "长" * 121}, "120 字"),
    ],
)
def test_what_cannot_be_registered(desk: Desk, change: dict[str, Any], why: str) -> None:
    wrong = replace(NEW, **change)
    assert list(problems(wrong).values()) != []
    with pytest.raises(Forbidden, match=why):
        register(desk.clerk, desk.office.street, wrong)
    assert not DisclosureRequest.objects.exists()
    assert not Requester.objects.exists()
    # The number that was not used is the next one's.
    assert desk.asked().number == "听公开申〔2025〕1号"


def test_an_oral_request_that_was_signed_is_received_at_once(desk: Desk) -> None:
    case = desk.asked(Channel.ORAL, signature_confirmed=True)
    assert case.received_on == MONDAY


def test_an_agency_that_ended_takes_nothing_new(desk: Desk) -> None:
    street = desk.office.street
    street.ended_on = MONDAY
    street.save()
    with pytest.raises(Forbidden, match="撤销"):
        register(desk.clerk, street, NEW)


@pytest.mark.parametrize("on", [date(2025, 9, 21), date(2025, 9, 23)])
def test_a_confirmation_on_a_wrong_day(desk: Desk, on: date) -> None:
    case = desk.asked(Channel.EMAIL)
    with pytest.raises(Forbidden, match=r"早于|晚于"):
        confirm(desk.clerk, case, on, "电话")
    assert not case.events.exists()
    assert AuditEntry.objects.count() == 1


def test_correction_is_asked_for_once(desk: Desk) -> None:
    case = desk.asked()
    first = ask_for_correction(desk.author, case, points=["年份"], guidance=["写年份"])
    with pytest.raises(OutOfTurn, match="已有一份"):
        ask_for_correction(desk.author, case, points=["小区"], guidance=["写小区"])
    desk.served(first)
    desk.on(date(2025, 9, 29))
    with pytest.raises(Forbidden, match="写下补正的内容"):
        correction_received(desk.author, case, desk.day)
    correction_received(
        desk.author, case, desk.day, text="要2024年的", corrected_description="2024年明细表"
    )
    case.refresh_from_db()
    assert case.description == "2024年明细表"
    kept = {paper.name: bytes_of(paper).decode() for paper in case.papers.all()}
    assert kept == {"补正的内容.txt": "要2024年的", "补正前的申请内容.txt": DESCRIPTION}
    with pytest.raises(Forbidden, match="一次性告知"):
        ask_for_correction(desk.author, case, points=["小区"], guidance=["写小区"])
    with pytest.raises(Forbidden, match="补正已经收到"):
        correction_received(desk.author, case, desk.day, text="再补")


def test_a_correction_limit_in_the_past(desk: Desk) -> None:
    with pytest.raises(Forbidden, match="要晚于今天"):
        ask_for_correction(
            desk.author, desk.asked(), points=["年份"], guidance=["写年份"], due_on=MONDAY
        )


@pytest.mark.parametrize(("days", "why"), [(21, "20"), (0, "20"), (-1, "20")])
def test_an_extension_of_a_wrong_length(desk: Desk, days: int, why: str) -> None:
    with pytest.raises(Forbidden, match=why):
        extend(desk.author, desk.asked(), days)


def test_an_extension_after_the_due_day(desk: Desk) -> None:
    case = desk.asked()
    desk.on(date(2025, 10, 24))
    letter = desk.signed(extend(desk.author, case, 10))
    desk.on(date(2025, 10, 27))
    with pytest.raises(Forbidden, match="2025-10-24"):
        desk_served(desk, letter)
    case.refresh_from_db()
    assert (case.due_on, letter.state) == (date(2025, 10, 24), LetterState.SIGNED)
    with pytest.raises(Forbidden, match="2025-10-24"):
        extend(desk.author, case, 10)


def desk_served(desk: Desk, letter: Any) -> None:
    from gongkai.web.requests.acts.serve import serve

    serve(desk.clerk, letter, "post", desk.day, tracking_number="XA1")


def test_a_second_extension(desk: Desk) -> None:
    case = desk.asked()
    desk.served(extend(desk.author, case, 10))
    with pytest.raises(Forbidden, match="延长"):
        extend(desk.author, case, 5)


def test_a_delay_comes_after_the_reasons(desk: Desk) -> None:
    case = desk.asked()
    told: dict[str, Any] = {"reasons": "理由合理，但件数多", "volume_facts": "9月120件"}
    with pytest.raises(Forbidden, match="理由"):
        delay(desk.author, case, date(2026, 1, 30), **told)
    with pytest.raises(Forbidden, match="要晚于今天"):
        ask_for_reasons(desk.author, case, volume_facts="9月120件", reasons_due_on=MONDAY)
    desk.served(
        ask_for_reasons(
            desk.author, case, volume_facts="9月120件", reasons_due_on=date(2025, 10, 10)
        )
    )
    desk.on(date(2025, 9, 29))
    with pytest.raises(Forbidden, match="写下申请人说明的理由"):
        reasons_received(desk.author, case, desk.day)
    reasons_received(desk.author, case, desk.day, text="用于诉讼")
    with pytest.raises(Forbidden, match="2025-10-24"):
        delay(desk.author, case, date(2025, 10, 20), **told)
    desk.served(delay(desk.author, case, date(2026, 1, 30), **told))
    case.refresh_from_db()
    assert case.due_on == date(2026, 1, 30)


def test_a_fee_follows_the_persons_count_in_the_month(desk: Desk) -> None:
    with pytest.raises(Forbidden, match="没有达到收费的数量"):
        charge_fee(desk.author, desk.asked(), by_volume=False, reasons="量大")
    for _ in range(9):
        case = desk.asked()
    other = desk.asked(requester={"document_number": "护照E12345678"})
    case = desk.asked()
    assert str(fee_for_item(other).sum_yuan) == "0"
    notice = charge_fee(desk.author, case, by_volume=False, reasons="一个月内第十一件")
    assert (notice.count, str(notice.sum_yuan)) == (11, "100")
    with pytest.raises(Forbidden, match="多少页"):
        charge_fee(desk.author, case, by_volume=True, reasons="量大")
    with pytest.raises(Forbidden, match="收费通知"):
        fee_paid(desk.author, case, desk.day)
    assert notice.letter is not None
    desk.served(notice.letter)
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("awaiting_fee", None)
    desk.on(date(2025, 10, 9))
    fee_paid(desk.author, case, desk.day)
    case.refresh_from_db()
    notice.refresh_from_db()
    assert notice.paid_on == desk.day
    assert case.due_on == date(2025, 11, 5)
    # In October the count begins anew.
    assert fee_for_item(desk.asked()).already == 0


def test_several_matters_become_requests_of_their_own(desk: Desk) -> None:
    case = desk.asked(Channel.FAX)
    confirm(desk.clerk, case, desk.day, "电话")
    with pytest.raises(Forbidden, match="至少两项"):
        split(desk.clerk, case, [Matter("明细表")])
    with pytest.raises(Forbidden, match="每一项"):
        split(desk.clerk, case, [Matter("明细表"), Matter(" ")])
    parts = split(desk.clerk, case, [Matter("明细表"), Matter("验收表"), Matter("会议纪要")])
    assert [part.number for part in parts] == [f"听公开申〔2025〕{n}号" for n in (1, 2, 3)]
    assert {part.due_on for part in parts} == {date(2025, 10, 24)}
    assert {part.requester_id for part in parts} == {case.requester_id}
    assert [part.split_from_id for part in parts] == [None, case.pk, case.pk]
    assert bytes_of(parts[0].papers.get()).decode() == DESCRIPTION
    with pytest.raises(Forbidden, match="已经拆分过"):
        split(desk.clerk, parts[1], [Matter("甲"), Matter("乙")])


def test_a_request_on_its_way_is_not_split(desk: Desk) -> None:
    case = desk.asked()
    ask_for_correction(desk.author, case, points=["年份"], guidance=["写年份"])
    with pytest.raises(Forbidden, match="不能再拆分"):
        split(desk.clerk, case, [Matter("甲"), Matter("乙")])


def test_a_case_is_given_to_who_may_handle_it(desk: Desk) -> None:
    case = desk.asked()
    with pytest.raises(Forbidden, match="不能承办"):
        assign(desk.clerk, case, desk.office.people[Role.APPROVER])
    with pytest.raises(Forbidden, match="早于今天"):
        assign(desk.clerk, case, desk.author.person, date(2025, 9, 19))
    with pytest.raises(Forbidden, match="晚于答复到期日"):
        assign(desk.clerk, case, desk.author.person, date(2025, 10, 27))
    with pytest.raises(Forbidden, match="公开工作机构"):
        assign(desk.author, case, desk.author.person)
    case = assign(desk.clerk, case, desk.author.person, date(2025, 9, 30))
    assert (case.handler, case.internal_due_on) == (desk.author.person, date(2025, 9, 30))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"on": date(2025, 9, 23)}, "晚于今天"),
        ({"on": date(2025, 9, 21)}, "早于申请到达"),
        ({"places": " "}, "档案、系统"),
        ({"words": ""}, "检索词"),
        ({"result": ""}, "结果"),
    ],
)
def test_a_search_record_proves_something(desk: Desk, change: dict[str, Any], why: str) -> None:
    told: dict[str, Any] = {
        "on": MONDAY, "places": "档案室", "words": "加装电梯", "found": False, "result": "没有",
        **change,
    }  # fmt: skip
    with pytest.raises(Forbidden, match=why):
        record_search(desk.author, desk.asked(), **told)


def test_withdrawn_it_is_over_and_its_letters_are_dropped(desk: Desk) -> None:
    case = desk.asked()
    letter = ask_for_correction(desk.author, case, points=["年份"], guidance=["写年份"])
    with pytest.raises(Forbidden, match="怎样撤回"):
        withdraw(desk.author, case, desk.day, " ")
    withdraw(desk.author, case, desk.day, f"{NAME}来窗口书面撤回，电话{PHONE}")
    case.refresh_from_db()
    letter.refresh_from_db()
    assert (case.state, case.concluded_on, letter.state) == ("withdrawn", MONDAY, "discarded")
    assert NAME not in case.events.get().note
    assert PHONE not in case.events.get().note
    with pytest.raises(Forbidden, match="已撤回"):
        extend(desk.author, case, 5)
    with pytest.raises(Forbidden, match="已经办结"):
        assign(desk.clerk, case, desk.author.person)


def test_a_remark_names_nobody(desk: Desk) -> None:
    case = desk.asked()
    kept = remark(desk.author, case, f"{NAME}（{PHONE}）又来电")
    assert kept.text == "欧***（***）又来电"
    with pytest.raises(Forbidden, match="空的"):
        remark(desk.author, case, " ")
