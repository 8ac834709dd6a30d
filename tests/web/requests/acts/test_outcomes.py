"""Every outcome once, through the acts, to the tally of both editions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from gongkai.core.forms import address
from gongkai.core.forms import edition as edition_of
from gongkai.core.handling.channels import Channel
from gongkai.core.handling.outcomes import Outcome, outcome_of
from gongkai.core.handling.tally import tally_requests
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.requests.acts.conclude import conclude_otherwise
from gongkai.web.requests.acts.consult import answer_received, consult
from gongkai.web.requests.acts.correction import (
    ask_for_correction,
    correction_lapsed,
    correction_received,
)
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.draft_letter import draft_reply
from gongkai.web.requests.acts.fee import charge_fee, fee_lapsed
from gongkai.web.requests.acts.reasons import ask_for_reasons, reasons_received
from gongkai.web.requests.acts.search import record_search
from gongkai.web.requests.acts.withdraw import withdraw
from gongkai.web.requests.ledger import entry_of
from gongkai.web.requests.letters import preview
from gongkai.web.requests.models import DisclosureRequest, Letter
from gongkai.web.requests.models.letters import LetterState

from .conftest import MONDAY, Desk

pytestmark = pytest.mark.django_db

Before = Callable[[Desk, DisclosureRequest], None]
GIVEN = {"access_ways": ["本机关网站：https://example.gov.cn/a.html"], "access_on": "随时"}


def searched(desk: Desk, case: DisclosureRequest) -> None:
    record_search(
        desk.author, case, on=desk.day, places="档案室、办公系统", words="加装电梯", found=False,
        result="没有查到",
    )  # fmt: skip


def corrected(desk: Desk, case: DisclosureRequest) -> None:
    desk.served(ask_for_correction(desk.author, case, points=["不清楚"], guidance=["写年份"]))
    desk.on(date(2025, 10, 13))
    correction_received(desk.author, case, desk.day, text="都要。")


def objected(desk: Desk, case: DisclosureRequest) -> None:
    asked = consult(desk.author, case, "third_party", party="陶乐电梯公司", what=["价格"])
    assert asked.letter is not None
    desk.served(asked.letter, "direct")
    desk.on(date(2025, 9, 29))
    answer_received(
        desk.author, asked, on=desk.day, answer="refuses", reasons="价格是商业秘密",
        weighed="理由成立",
    )  # fmt: skip


def explained(desk: Desk, case: DisclosureRequest) -> None:
    letter = ask_for_reasons(
        desk.author, case, volume_facts="9月申请120件", reasons_due_on=date(2025, 10, 10)
    )
    desk.served(letter)
    desk.on(date(2025, 9, 29))
    reasons_received(desk.author, case, desk.day, text="想看。")


def nothing(desk: Desk, case: DisclosureRequest) -> None:
    """No step before."""


@dataclass(frozen=True)
class Course:
    """What comes before the outcome is chosen, and what is written for it."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    before: Before = nothing
    reasons: str = ""
    withheld: tuple[dict[str, str], ...] = ()


FOUND = {"facts_found": "查明是一份明细表，含有个人账号"}
COURSES: Mapping[str, Course] = {
    "already_public": Course({"access_ways": GIVEN["access_ways"]}),
    "disclosed": Course(GIVEN),
    "partly_disclosed": Course(
        {**GIVEN, "disclosed_parts": ["发放金额"], "severed_copy": "隐去账号后的明细表",
         "third_party_harm": "涉及个人账号", "third_party_opinion": "已书面征求，见卷"},
        withheld=({"where": "第3列账号", "ground": "third_party_interest", "reasons": "个人隐私"},),
    ),
    "state_secret": Course({**FOUND, "secrecy_mark": "秘密，10年，区保密局"}, reasons="定为秘密"),
    "prohibited_by_law": Course(
        {**FOUND, "prohibiting_law": "《中华人民共和国统计法》第九条"}, reasons="统计原始资料"
    ),
    "security_and_stability": Course(
        {**FOUND, "endangered": ["公共安全"], "risk_assessment": "9月25日评估，结论为高"},
        reasons="暴露管网位置",
    ),
    "third_party_interest": Course(
        {**FOUND, "interest_concerned": "商业秘密"}, objected, "公开会损害其报价"
    ),
    "internal_affairs": Course({**FOUND, "internal_kind": "personnel"}, reasons="考勤表"),
    "process_information": Course(
        {**FOUND, "process_kind": "draft", "no_duty_to_disclose": "查过，没有规定"},
        reasons="是征求意见前的过程稿",
    ),
    "enforcement_case_file": Course(
        {**FOUND, "case_file": "听街执〔2025〕3号案卷", "no_duty_to_disclose": "查过，没有规定"},
        reasons="在案卷内",
    ),
    "administrative_enquiry": Course(
        {"information_title": "不动产登记资料", "special_law": "《不动产登记暂行条例》第二十七条",
         "enquiry_office": "青禾区不动产登记中心，0531-88880009"}
    ),
    "not_held": Course(before=searched),
    "not_this_agency": Course(
        {"not_responsible_because": "由区住建局制作", "responsible_agency": "青禾区住建局",
         "responsible_contact": "0531-88880003"}
    ),
    "needs_creation": Course({"creation_because": "没有按楼栋汇总的表，要重新统计"}),
    "unclear_after_correction": Course({"still_unclear": "没有年份，也没有小区"}, corrected),
    "petition": Course({"petition_nature": "complaint", "petition_because": "要求查处楼上漏水"}),
    "repeated": Course(
        {"previous_number": "听公开〔2024〕9号", "previous_on": date(2024, 5, 6),
         "previous_service": "2024年5月6日邮寄送达", "previous_disclosed": True}
    ),
    "public_publication": Course({"information_title": "《青禾年鉴》2024", **GIVEN}),
    "excessive": Course(
        {"volume_facts": "9月申请120件，内容雷同", "unreasonable_because": "与自身没有关系",
         "requester_reasons": "想看"},
        explained,
    ),
    "reissue": Course({"previous_supply": "2024年5月6日已经提供", "local_basis": "省办理规范第四条"}),
}  # fmt: skip


def reply(desk: Desk, outcome: str, case: DisclosureRequest) -> Letter:
    """The case answered with ``outcome``."""
    course = COURSES[outcome]
    course.before(desk, case)
    decide(
        desk.author, case, outcome,
        facts=course.facts, reasons=course.reasons, withheld=course.withheld,
    )  # fmt: skip
    case.refresh_from_db()
    return desk.replied(case)


def test_no_outcome_is_left_out() -> None:
    by_reply = {one for one in Outcome if outcome_of(one).by_reply}
    assert set(COURSES) == by_reply


@pytest.mark.parametrize("outcome", COURSES)
def test_each_reply(desk: Desk, outcome: str) -> None:
    case = desk.asked()
    course = COURSES[outcome]
    rule = outcome_of(outcome)
    if rule.requires and rule.requires != outcome_of("disclosed").requires:
        with pytest.raises(Forbidden, match=r"还缺|逐处"):
            decide(desk.author, case, outcome)
    letter = reply(desk, outcome, case)
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("served", outcome)
    document = preview(letter)
    text = getattr(document, "text", "")
    assert letter.number in text
    assert "行政复议" in text
    assert case.requester.name not in text
    assert entry_of(case).outcome == outcome
    assert course is COURSES[outcome]


def not_corrected(desk: Desk, case: DisclosureRequest) -> None:
    letter = ask_for_correction(
        desk.author, case, points=["不清楚"], guidance=["写年份"], due_on=date(2025, 10, 17)
    )
    desk.served(letter)
    desk.on(date(2025, 10, 17))
    with pytest.raises(Forbidden, match="期限"):
        correction_lapsed(desk.author, case)
    desk.on(date(2025, 10, 20))
    desk.served(correction_lapsed(desk.author, case))


def not_paid(desk: Desk, case: DisclosureRequest) -> None:
    notice = charge_fee(desk.author, case, by_volume=True, pages=68, reasons="一年申请300件")
    assert str(notice.sum_yuan) == "380"
    assert notice.letter is not None
    desk.served(notice.letter)
    desk.on(date(2025, 11, 3))
    desk.served(fee_lapsed(desk.author, case))


def taken_back(desk: Desk, case: DisclosureRequest) -> None:
    withdraw(desk.author, case, desk.day, "来信撤回")


def otherwise(desk: Desk, case: DisclosureRequest) -> None:
    decide(desk.author, case, "otherwise_concluded", facts={"why_otherwise": "是党组织的信息"})
    conclude_otherwise(desk.approver, case, desk.day, "电话告知")


ENDS: Mapping[str, Before] = {
    "correction_lapsed": not_corrected,
    "fee_lapsed": not_paid,
    "withdrawn": taken_back,
    "otherwise_concluded": otherwise,
}


@pytest.mark.parametrize("outcome", ENDS)
def test_each_end_without_reply(desk: Desk, outcome: str) -> None:
    case = desk.asked()
    with pytest.raises(Forbidden):
        decide(desk.author, case, outcome)
    ENDS[outcome](desk, case)
    case.refresh_from_db()
    assert case.concluded_on == desk.day
    assert entry_of(case).outcome == outcome


ALIKE = {
    "disclosed": 2, "partly_disclosed": 1, "withheld.state_secret": 1,
    "withheld.prohibited_by_law": 1, "withheld.security_and_stability": 1,
    "withheld.third_party_interest": 1, "withheld.internal_affairs": 1,
    "withheld.process_information": 1, "withheld.enforcement_case_file": 1,
    "withheld.administrative_enquiry": 1, "unable_to_provide.not_held": 2,
    "unable_to_provide.needs_creation": 1, "unable_to_provide.unclear_after_correction": 1,
    "not_processed.petition": 1, "not_processed.repeated": 1,
    "not_processed.public_publication": 1, "not_processed.excessive": 1,
    "not_processed.reconfirmation": 1,
}  # fmt: skip
# Counted by hand from the list above, one of each outcome.
BY_HAND = {
    "2019": {**ALIKE, "otherwise_concluded": 4},
    "2021": {
        **ALIKE, "otherwise_concluded.not_corrected": 1, "otherwise_concluded.fee_unpaid": 1,
        "otherwise_concluded.other": 2,
    },
}  # fmt: skip


def test_all_of_them_counted(desk: Desk) -> None:
    """One of each, and one still open: table three of both editions as counted by hand."""
    kinds = ["natural_person", "business", "research", "public_welfare", "legal_service", "other"]
    cases = []
    for number, outcome in enumerate([*COURSES, *ENDS]):
        desk.on(MONDAY)
        case = desk.asked(requester={"kind": kinds[number % 6], "document_number": f"护照{number}"})
        if outcome in COURSES:
            reply(desk, outcome, case)
        else:
            ENDS[outcome](desk, case)
        cases.append(case)
    desk.on(MONDAY)
    open_ = desk.asked(Channel.PLAIN_POST)
    entries = [entry_of(one) for one in DisclosureRequest.objects.order_by("pk")]
    assert len(entries) == len(cases) + 1
    for edition, by_hand in BY_HAND.items():
        cells = tally_requests(entries, 2025, edition).cells
        total = {
            "received_this_year": 24, "carried_from_last_year": 0, "concluded_total": 24,
            "carried_to_next_year": 0, **by_hand,
        }  # fmt: skip
        for row in edition_of(edition).requests.rows:
            count = cells[address("requests", "total", row.id)]
            assert count == total.get(row.id, 0), (edition, row.id)
        for kind in kinds:
            assert cells[address("requests", kind, "received_this_year")] == 4
    assert entry_of(open_).received_on is None


def test_a_reply_on_its_way_is_dropped_with_its_outcome(desk: Desk) -> None:
    case = desk.asked()
    decide(desk.author, case, "disclosed", facts=GIVEN)
    case.refresh_from_db()
    letter = draft_reply(desk.author, case)
    decide(desk.author, case, "needs_creation", facts={"creation_because": "要重新统计"})
    letter.refresh_from_db()
    assert letter.state == LetterState.DISCARDED
    case.refresh_from_db()
    assert case.outcome == "needs_creation"
    signed = desk.signed(draft_reply(desk.author, case))
    assert signed.state == LetterState.SIGNED
    with pytest.raises(Exception, match="已经签发"):
        decide(desk.author, case, "disclosed", facts=GIVEN)


def test_the_guide_leads_and_may_be_left_with_reasons(desk: Desk) -> None:
    case = desk.asked()
    answers = {"clear": "yes", "volume": "no", "aim": "petition"}
    with pytest.raises(Forbidden, match="写明理由"):
        decide(desk.author, case, "disclosed", answers=answers, facts=GIVEN)
    decision = decide(
        desk.author, case, "disclosed", answers=answers, facts=GIVEN, reasons="其中也要明细表"
    )
    assert decision.answers == answers
    with pytest.raises(Forbidden, match="逐问"):
        decide(desk.author, case, "disclosed", answers={"clear": "perhaps"}, facts=GIVEN)


@pytest.mark.parametrize("role", [Role.SECTION_REVIEWER, Role.APPROVER, Role.COMPETENT_DEPARTMENT])
def test_who_reviews_does_not_choose(desk: Desk, role: Role) -> None:
    case = desk.asked()
    with pytest.raises(Forbidden):
        decide(desk.who(role), case, "disclosed", facts=GIVEN)
