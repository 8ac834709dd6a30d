"""Undoing, what requesters hand in, filing, orders to redo, turning a reply public."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from gongkai.core.handling.tally import tally_requests
from gongkai.web.disclosure.models import State
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.requests.acts.add_paper import add_paper
from gongkai.web.requests.acts.archive import archive, contents_of, missing_from_file
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.acts.conclude import conclude_otherwise
from gongkai.web.requests.acts.confirm import confirm
from gongkai.web.requests.acts.consult import answer_received, consult
from gongkai.web.requests.acts.correction import ask_for_correction
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.draft_letter import draft_letter, draft_reply
from gongkai.web.requests.acts.fee import charge_fee, fee_paid
from gongkai.web.requests.acts.handle_message import handle_message, put_aside
from gongkai.web.requests.acts.identity import open_paper
from gongkai.web.requests.acts.redo import redo
from gongkai.web.requests.acts.turn_public import turn_public
from gongkai.web.requests.acts.undo import undo
from gongkai.web.requests.acts.withdraw import withdraw
from gongkai.web.requests.earlier import earlier_of, in_last_year, of_same_matter
from gongkai.web.requests.ledger import entry_of
from gongkai.web.requests.models import DisclosureRequest, LetterState, Message
from gongkai.web.requests.papers import bytes_of
from gongkai.web.requests.steps import OutOfTurn

from .conftest import DESCRIPTION, MONDAY, NAME, PHONE, Desk

pytestmark = pytest.mark.django_db
WAYS = {"access_ways": ["到窗口领取"], "access_on": "随时"}


def came(case: DisclosureRequest, kind: str, day: date = MONDAY, text: str = "见正文") -> Message:
    at = datetime.combine(day, time(10), tzinfo=timezone.get_current_timezone())
    return Message.objects.create(request=case, kind=kind, text=text, at=at)


def answered(desk: Desk, outcome: str = "disclosed", **told: Any) -> DisclosureRequest:
    case = desk.asked()
    decide(desk.author, case, outcome, **{"facts": WAYS, **told})
    case.refresh_from_db()
    desk.replied(case)
    case.refresh_from_db()
    return case


# -- undoing -----------------------------------------------------------------------------


def test_the_last_act_is_undone_with_a_reason(desk: Desk) -> None:
    case = desk.asked("fax")
    with pytest.raises(Forbidden, match="还没有可以撤销"):
        undo(desk.clerk, case, "点错")
    confirm(desk.clerk, case, MONDAY, "电话")
    with pytest.raises(Forbidden, match="写明原因"):
        undo(desk.clerk, case, " ")
    with pytest.raises(Forbidden, match=r"孙梅.*本人或者公开工作机构"):
        undo(desk.author, case, "点错")
    event = undo(desk.clerk, case, f"{NAME}说没有接到电话")
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("awaiting_confirmation", None)
    assert event.undone_by == desk.clerk.person
    assert NAME not in event.undone_reason
    assert case.events.count() == 1
    confirm(desk.clerk, case, MONDAY, "回信")


def test_what_left_the_house_is_not_undone(desk: Desk) -> None:
    case = desk.asked()
    desk.served(ask_for_correction(desk.author, case, points=["年份"], guidance=["写年份"]))
    with pytest.raises(Forbidden, match="已经编号签发或者送出"):
        undo(desk.clerk, case, "点错")


def test_an_outcome_undone_takes_its_letter_along_and_brings_back_the_one_before(
    desk: Desk,
) -> None:
    case = desk.asked()
    first = decide(desk.author, case, "disclosed", facts=WAYS)
    decide(desk.author, case, "needs_creation", facts={"creation_because": "要重新统计"})
    case.refresh_from_db()
    letter = draft_reply(desk.author, case)
    undo(desk.author, case, "选错")
    case.refresh_from_db()
    letter.refresh_from_db()
    first.refresh_from_db()
    assert (case.outcome, letter.state) == ("disclosed", LetterState.DISCARDED)
    assert first.superseded_at is None
    assert draft_reply(desk.author, case).kind == "reply_disclosed"


def test_an_opinion_and_a_payment_undone_are_waited_for_again(desk: Desk) -> None:
    case = desk.asked()
    one = consult(desk.author, case, "third_party", party="陶乐公司", what=["价格"])
    assert one.letter is not None
    desk.served(one.letter)
    answer_received(desk.author, one, on=MONDAY, answer="agrees")
    undo(desk.author, case, "记错")
    one.refresh_from_db()
    case.refresh_from_db()
    assert (one.answer, case.state) == ("", "awaiting_third_party")
    answer_received(desk.author, one, on=MONDAY, answer="refuses", reasons="秘密")

    other = desk.asked()
    notice = charge_fee(desk.author, other, by_volume=True, pages=100, reasons="量大")
    assert notice.letter is not None
    desk.served(notice.letter)
    fee_paid(desk.author, other, MONDAY)
    undo(desk.author, other, "没有到账")
    notice.refresh_from_db()
    other.refresh_from_db()
    assert (notice.paid_on, other.state) == (None, "awaiting_fee")


# -- what requesters hand in -------------------------------------------------------------


def test_a_correction_handed_in_is_taken_for_one(desk: Desk) -> None:
    case = desk.asked()
    desk.served(ask_for_correction(desk.author, case, points=["年份"], guidance=["写年份"]))
    desk.on(date(2025, 10, 14))
    message = handle_message(desk.author, came(case, "correction", date(2025, 10, 13)))
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("processing", date(2025, 11, 10))
    assert (message.handled_by, message.handled_at is None) == (desk.author.person, False)
    with pytest.raises(Forbidden, match="已经处理过"):
        handle_message(desk.author, message)
    undo(desk.author, case, "不是补正")
    message.refresh_from_db()
    assert message.handled_at is None
    put_aside(desk.author, message, "与这件申请无关")
    message.refresh_from_db()
    assert message.handled_at is not None


def test_the_corrected_request_is_what_is_answered_and_the_former_stays_in_the_file(
    desk: Desk,
) -> None:
    case = desk.asked()
    before = case.description
    desk.served(ask_for_correction(desk.author, case, points=["年份"], guidance=["写年份"]))
    desk.on(date(2025, 10, 14))
    message = came(case, "correction", date(2025, 10, 13))
    handle_message(desk.author, message, corrected_description="2024年的发放明细表")
    case.refresh_from_db()
    assert case.description == "2024年的发放明细表"
    assert before in [bytes_of(paper).decode() for paper in case.papers.filter(kind="request")]
    undo(desk.author, case, "来件看错了")
    case.refresh_from_db()
    assert case.description == before


def test_a_correction_that_changes_no_word_keeps_no_copy(desk: Desk) -> None:
    case = desk.asked()
    desk.served(ask_for_correction(desk.author, case, points=["年份"], guidance=["写年份"]))
    desk.on(date(2025, 10, 14))
    message = came(case, "correction", date(2025, 10, 13))
    handle_message(desk.author, message, corrected_description=f" {case.description} ")
    assert not case.papers.filter(kind="request").exists()


def test_a_correction_nobody_asked_for_is_put_aside(desk: Desk) -> None:
    case = desk.asked()
    message = came(case, "correction")
    with pytest.raises(Forbidden, match="没有发出过补正告知书"):
        handle_message(desk.author, message)
    with pytest.raises(Forbidden, match="为什么不作处理"):
        put_aside(desk.author, message, "")
    message.refresh_from_db()
    assert message.handled_at is None


def test_a_withdrawal_and_a_contact_handed_in(desk: Desk) -> None:
    case = desk.asked()
    case = assign(desk.clerk, case, desk.author.person)
    with pytest.raises(Forbidden, match="照来件填"):
        handle_message(desk.author, came(case, "contact"))
    handle_message(desk.author, came(case, "contact"), contact={"phone": "13911112222"})
    case.requester.refresh_from_db()
    assert case.requester.phone == "13911112222"
    handle_message(desk.author, came(case, "supplement"))
    handle_message(desk.author, came(case, "withdrawal"))
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert entry_of(case).outcome == "withdrawn"


# -- filing --------------------------------------------------------------------------------


def test_a_file_is_closed_when_it_is_complete(desk: Desk) -> None:
    open_ = desk.asked()
    assert missing_from_file(open_) == ["还没有办结"]
    case = answered(desk)
    came(case, "supplement")
    draft_letter(
        desk.author, case, "consultation_notice",
        {"consulted": "agency", "consulted_on": MONDAY},
    )  # fmt: skip
    with pytest.raises(Forbidden, match=r"还在“起草”.*1 件申请人来件没有处理"):
        archive(desk.clerk, case)
    case.messages.update(handled_at=timezone.now())
    case.letters.filter(state=LetterState.DRAFT).update(state=LetterState.DISCARDED)
    with pytest.raises(Forbidden, match="公开工作机构"):
        archive(desk.author, case)
    listed = contents_of(case)
    assert [row[1] for row in listed] == ["申请表", "答复书（予以公开）", "送达凭证（邮寄送达）"]
    case = archive(desk.clerk, case)
    assert contents_of(case) == listed
    contents = case.papers.get()
    assert contents.sealed
    assert open_paper(desk.clerk, contents, "核对").startswith(b"%PDF-")
    with pytest.raises(Forbidden, match="已经归档"):
        add_paper(desk.clerk, case, "other", "a.pdf", b"%PDF-")
    with pytest.raises(Forbidden, match="已经归档"):
        undo(desk.clerk, case, "点错")


# -- redone by order -----------------------------------------------------------------------


def test_an_order_to_redo_opens_a_new_limit_and_counts_beside_the_first(desk: Desk) -> None:
    case = answered(desk, "internal_affairs", reasons="考勤表", facts={
        "facts_found": "是考勤表", "internal_kind": "personnel"})  # fmt: skip
    desk.on(date(2025, 11, 3))
    with pytest.raises(Forbidden, match="文号"):
        redo(desk.clerk, case, desk.day, order=" ")
    with pytest.raises(Forbidden, match="不晚于"):
        redo(desk.clerk, case, desk.day, order="青政复〔2025〕3号", until=desk.day)
    redo(desk.clerk, case, desk.day, order="青禾区人民政府 青政复〔2025〕3号")
    case.refresh_from_db()
    assert (case.state, case.due_on, case.concluded_on) == (
        "processing", date(2025, 12, 1), None,
    )  # fmt: skip
    assert entry_of(case).outcome == "internal_affairs"
    desk.on(date(2025, 11, 10))
    decide(desk.author, case, "disclosed", facts=WAYS)
    case.refresh_from_db()
    letter = draft_letter(
        desk.author, case, "renewed_reply",
        {
            "order_kind": "reconsideration_decision", "order_body": "青禾区人民政府",
            "order_number": "青政复〔2025〕3号", "order_said": "撤销原答复，责令重新答复",
            "new_findings": "查明可以公开", "new_reasons": "不属于内部事务",
            "new_basis": "条例第三十六条第（二）项", "new_decision": ["明细表"],
        },
    )  # fmt: skip
    desk.served(letter)
    case.refresh_from_db()
    assert case.state == "served"
    line = entry_of(case)
    assert (line.concluded_on, line.outcome) == (MONDAY, "internal_affairs")
    assert (line.redone_on, line.redone_outcome) == (desk.day, "disclosed")
    cells = tally_requests([line], 2025, "2021").cells
    assert cells["requests.disclosed/total"] == 1


def test_other_conclusions_take_a_second_person(desk: Desk) -> None:
    case = desk.asked()
    with pytest.raises(OutOfTurn, match="其他处理"):
        conclude_otherwise(desk.approver, case, MONDAY, "电话")
    decide(desk.author, case, "otherwise_concluded", facts={"why_otherwise": "党组织的信息"})
    case.refresh_from_db()
    with pytest.raises(OutOfTurn, match="不以答复书办结"):
        draft_reply(desk.author, case)
    with pytest.raises(Forbidden, match="没有这个角色"):
        conclude_otherwise(desk.author, case, MONDAY, "电话")
    with pytest.raises(Forbidden, match="怎样告知"):
        conclude_otherwise(desk.approver, case, MONDAY, " ")
    case = conclude_otherwise(desk.approver, case, MONDAY, f"电话告知{PHONE}")
    assert (case.state, PHONE in case.events.last().note) == ("served", False)


# -- many ask for it -----------------------------------------------------------------------


def test_a_reply_many_ask_for_becomes_a_draft_without_the_requester(desk: Desk) -> None:
    open_ = desk.asked()
    told = {"title": "加装电梯补贴发放明细", "body_html": "<p>明细见附件。</p>"}
    with pytest.raises(Forbidden, match="已经送达"):
        turn_public(desk.author, open_, **told)
    case = answered(desk)
    held = io.BytesIO()
    Image.new("RGB", (20, 10), "white").save(held, "PNG")
    given = add_paper(desk.author, case, "information", "明细表.png", held.getvalue())
    theirs = add_paper(desk.author, case, "other", "来信.png", held.getvalue(), from_requester=True)
    for words in (NAME, PHONE, "欧阳 晓岚"):
        with pytest.raises(Forbidden, match="申请人的信息"):
            turn_public(desk.author, case, **{**told, "body_html": f"<p>答复{words}</p>"})
    with pytest.raises(Forbidden, match="不能公开"):
        turn_public(desk.author, case, **told, papers=[theirs])
    with pytest.raises(Forbidden):
        turn_public(desk.approver, case, **told)
    item = turn_public(desk.author, case, **told, papers=[given])
    assert item.state == State.DRAFT
    assert [one.name for one in item.version.attachments.all()] == ["明细表.png"]
    assert desk.who(Role.AUTHOR).person == item.author


# -- before --------------------------------------------------------------------------------


def test_earlier_requests_of_the_person_and_of_the_matter(desk: Desk) -> None:
    first = desk.asked()
    withdraw(desk.author, first, MONDAY, "来信")
    other = desk.asked(requester={"document_number": "护照E1"}, description="街道2024年预算公开")
    third = desk.asked(description=f"再要{DESCRIPTION}")
    (before,) = earlier_of(third)
    assert (before.case, before.outcome, before.alike) == (first, "申请人撤回", True)
    assert [one.case for one in of_same_matter(third)] == [first]
    assert in_last_year(third) == 2
    assert earlier_of(other) == []
    nobody = desk.asked(requester={"document_number": ""})
    assert earlier_of(nobody) == []
    assert {one.case for one in of_same_matter(nobody)} == {first, third}
