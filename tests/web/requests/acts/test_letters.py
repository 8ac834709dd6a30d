"""Letters: written, edited, read by others than the writer, signed, numbered."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.web.people.models import Appointment, Role
from gongkai.web.policies import Forbidden, actor_of
from gongkai.web.requests import letters
from gongkai.web.requests.acts.correction import ask_for_correction
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.draft_letter import (
    discard_letter,
    draft_letter,
    draft_reply,
    edit_letter,
)
from gongkai.web.requests.acts.extend import extend
from gongkai.web.requests.acts.review_letter import (
    pass_secrecy_review,
    pass_section_review,
    recall_letter,
    return_letter,
    submit_letter,
)
from gongkai.web.requests.acts.serve import serve
from gongkai.web.requests.acts.sign import sign
from gongkai.web.requests.models import DisclosureRequest, Letter, LetterState, RequestSettings
from gongkai.web.requests.steps import OutOfTurn
from gongkai.web.sealed import unseal

from .conftest import NAME, Desk

pytestmark = pytest.mark.django_db
FACTS = {"creation_because": "没有按楼栋汇总的表，要重新统计"}


def decided(desk: Desk) -> DisclosureRequest:
    case = desk.asked()
    decide(desk.author, case, "needs_creation", facts=FACTS)
    case.refresh_from_db()
    return case


def reply(desk: Desk) -> Letter:
    return draft_reply(desk.author, decided(desk))


def test_who_wrote_it_does_not_read_or_sign_it(desk: Desk) -> None:
    letter = reply(desk)
    person = desk.author.person
    for role in (Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER):
        Appointment.objects.create(
            person=person, agency=desk.office.street, role=role, since=date(2020, 1, 1)
        )
    letter = submit_letter(desk.author, letter)
    with pytest.raises(Forbidden, match=r"必须不同.*可以由赵红办理"):
        pass_section_review(actor_of(person), letter)


def test_no_two_steps_are_one_persons(desk: Desk) -> None:
    letter = submit_letter(desk.author, reply(desk))
    reviewer = desk.office.people[Role.SECTION_REVIEWER]
    Appointment.objects.create(
        person=reviewer, agency=desk.office.street, role=Role.SECRECY_REVIEWER,
        since=date(2020, 1, 1),
    )  # fmt: skip
    letter = pass_section_review(actor_of(reviewer), letter)
    with pytest.raises(Forbidden, match=r"这一步要换一个人.*王建国"):
        pass_secrecy_review(actor_of(reviewer), letter)


def test_who_edits_it_later_is_a_writer_too(desk: Desk) -> None:
    letter = reply(desk)
    letter = edit_letter(desk.clerk, letter, given={"existing_information": ["分户明细表"]})
    clerk = desk.office.people[Role.DISCLOSURE_OFFICE]
    Appointment.objects.create(
        person=clerk, agency=desk.office.street, role=Role.SECTION_REVIEWER, since=date(2020, 1, 1)
    )
    letter = submit_letter(desk.author, letter)
    with pytest.raises(Forbidden, match="起草、改过"):
        pass_section_review(actor_of(clerk), letter)


def test_an_office_with_too_few_people_hears_it_before_anything_is_handed_in(desk: Desk) -> None:
    letter = reply(desk)
    Appointment.objects.filter(role=Role.SECRECY_REVIEWER).delete()
    with pytest.raises(Forbidden, match="人手不够：保密审查"):
        submit_letter(desk.author, letter)


def test_a_letter_of_the_procedure_is_signed_by_another(desk: Desk) -> None:
    case = desk.asked()
    letter = ask_for_correction(desk.clerk, case, points=["年份"], guidance=["写年份"])
    letter = submit_letter(desk.clerk, letter)
    assert letter.state == LetterState.SIGNING
    with pytest.raises(Forbidden, match=r"必须不同.*陈立"):
        sign(desk.clerk, letter)
    with pytest.raises(Forbidden, match="没有这个角色"):
        sign(desk.author, letter)
    letter = sign(desk.approver, letter, "同意")
    assert (letter.state, letter.number, letter.dated) == (
        LetterState.SIGNED, "听公开〔2025〕1号", date(2025, 9, 22),
    )  # fmt: skip


def test_the_head_of_the_office_agrees_to_an_extension_by_signing(desk: Desk) -> None:
    case = desk.asked()
    letter = sign(desk.clerk, submit_letter(desk.author, extend(desk.author, case, 20, "量大")))
    assert letter.facts["extended_to"] == "2025-11-21"
    assert letter.signed_by == desk.office.people[Role.DISCLOSURE_OFFICE]
    case.refresh_from_db()
    assert case.due_on == date(2025, 10, 24)
    serve(desk.clerk, letter, "post", desk.day, tracking_number="XA1")
    case.refresh_from_db()
    assert case.due_on == date(2025, 11, 21)


def test_a_returned_letter_is_read_anew_by_all(desk: Desk) -> None:
    letter = submit_letter(desk.author, reply(desk))
    letter = pass_section_review(desk.who(Role.SECTION_REVIEWER), letter, "可以")
    with pytest.raises(Forbidden, match="写明原因"):
        return_letter(desk.who(Role.SECRECY_REVIEWER), letter, " ")
    letter = return_letter(desk.who(Role.SECRECY_REVIEWER), letter, f"{NAME}的称呼写错")
    assert letter.state == LetterState.DRAFT
    assert NAME not in letter.opinions.last().text
    letter = edit_letter(desk.author, letter, given={"creation_because": "要从凭证里逐笔汇总"})
    letter = desk.signed(letter)
    assert letter.state == LetterState.SIGNED
    assert letter.opinions.filter(verdict="passed").count() == 4


def test_handing_in_is_taken_back_until_somebody_read_it(desk: Desk) -> None:
    letter = submit_letter(desk.author, reply(desk))
    letter = recall_letter(desk.author, letter)
    assert letter.state == LetterState.DRAFT
    letter = submit_letter(desk.author, letter)
    letter = pass_section_review(desk.who(Role.SECTION_REVIEWER), letter)
    with pytest.raises(OutOfTurn, match="已经有人审过"):
        recall_letter(desk.author, letter)
    with pytest.raises(OutOfTurn, match="起草"):
        edit_letter(desk.author, letter, text="改一改")


def test_what_changed_after_the_review_is_not_signed(desk: Desk) -> None:
    letter = submit_letter(desk.author, reply(desk))
    letter = pass_section_review(desk.who(Role.SECTION_REVIEWER), letter)
    letter = pass_secrecy_review(desk.who(Role.SECRECY_REVIEWER), letter)
    Letter.objects.filter(pk=letter.pk).update(facts={"creation_because": "别的理由"})
    with pytest.raises(OutOfTurn, match="审过的不是现在这一份"):
        sign(desk.approver, letter)
    assert not Letter.objects.exclude(number="").exists()


def test_a_missing_fact_is_told_and_never_blank(desk: Desk) -> None:
    case = desk.asked(form_of_supply="")
    decide(
        desk.author, case, "disclosed",
        facts={"access_ways": ["到窗口领取"]},
    )  # fmt: skip
    case.refresh_from_db()
    letter = draft_reply(desk.author, case)
    lacks = {lack.fact for lack in letters.lacks_of(letter)}
    assert lacks == {"supply_form", "access_on"}
    with pytest.raises(Forbidden, match=r"没有填“提供形式”.*没有填“获取时间”"):
        submit_letter(desk.author, letter)


def test_an_edited_text_keeps_what_the_law_wants(desk: Desk) -> None:
    letter = reply(desk)
    text = letters.text_to_edit(letter)
    assert NAME not in text
    assert "【申请人】" in text
    letter = edit_letter(desk.author, letter, text=text.replace("经审查，", "经逐项审查，"))
    assert letters.lacks_of(letter) == ()
    made = letters.final(letter, "听公开〔2025〕9号", desk.day)
    assert "经逐项审查" in getattr(made, "text", "")
    assert f"{NAME}：" in getattr(made, "text", "")
    assert NAME not in getattr(letters.preview(letter), "text", NAME)
    without = "\n".join(line for line in text.splitlines() if "行政复议" not in line)
    letter = edit_letter(desk.author, letter, text=without)
    with pytest.raises(Forbidden, match="救济告知不全"):
        submit_letter(desk.author, letter)
    letter = edit_letter(desk.author, letter, text=text.replace("要重新统计", "做不了"))
    with pytest.raises(Forbidden, match="需要加工分析的理由"):
        submit_letter(desk.author, letter)
    letter = edit_letter(desk.author, letter, text="")
    assert letters.lacks_of(letter) == ()


def test_an_edited_letter_keeps_its_tables_and_its_slip(desk: Desk) -> None:
    case = desk.asked()
    part = {"where": "第3列", "ground": "internal_affairs", "reasons": "内部编号"}
    decide(
        desk.author, case, "partly_disclosed", withheld=[part],
        facts={"access_ways": ["窗口领取"], "access_on": "随时", "disclosed_parts": ["金额"],
               "severed_copy": "隐去第3列", "internal_kind": "workflow"},
    )  # fmt: skip
    case.refresh_from_db()
    letter = draft_reply(desk.author, case)
    text = letters.text_to_edit(letter)
    assert "【表1】" in text
    letter = edit_letter(desk.author, letter, text=text.replace("经审查，", "经审核，"))
    made = letters.preview(letter)
    assert "第3列　内部编号" in getattr(made, "text", "")
    letter = edit_letter(desk.author, letter, text=text.replace("【表1】", ""))
    assert "不予公开的内容" in letters.lacks_of(letter)[0].sentence


def test_letters_lie_sealed_in_the_store(desk: Desk) -> None:
    from gongkai.web import filestore

    letter = desk.signed(reply(desk))
    for stored in (letter.docx, letter.pdf):
        assert filestore.read(stored).startswith(b"gk1")
        assert unseal(filestore.read(stored))[:2] in (b"PK", b"%P")
    assert NAME not in f"{letter.facts} {letter.addressee} {letter.text}"


def test_a_signed_letter_that_is_dropped_keeps_its_number(desk: Desk) -> None:
    letter = desk.signed(reply(desk))
    case = letter.request
    case.refresh_from_db()
    assert case.state == "signed"
    with pytest.raises(Forbidden):
        discard_letter(desk.author, letter, "写错")
    with pytest.raises(Forbidden, match="写明原因"):
        discard_letter(desk.approver, letter, "")
    letter = discard_letter(desk.approver, letter, "依据写错")
    case.refresh_from_db()
    assert (letter.state, letter.number, case.state) == (
        LetterState.DISCARDED, "听公开〔2025〕1号", "decided",
    )  # fmt: skip
    again = desk.signed(draft_reply(desk.author, case))
    assert again.number == "听公开〔2025〕2号"


def test_a_letter_that_needs_an_act_is_not_drafted_without_it(desk: Desk) -> None:
    case = desk.asked()
    for kind in ("extension_notice", "reply_not_held"):
        with pytest.raises(Forbidden, match="要先办对应的事项"):
            draft_letter(desk.author, case, kind, {})
    with pytest.raises(Forbidden, match="不走审签"):
        draft_letter(desk.author, case, "search_record", {})
    with pytest.raises(OutOfTurn, match="还没有选定办理结果"):
        draft_reply(desk.author, case)
    told = draft_letter(
        desk.author, case, "consultation_notice",
        {"consulted": "third_party", "consulted_on": desk.day, "requester_name": "别人"},
    )  # fmt: skip
    assert "requester_name" not in told.facts
    desk.served(told)
    case.refresh_from_db()
    assert case.state == "processing"


def test_a_changed_template_is_used(desk: Desk) -> None:
    letter = reply(desk)
    template = letters.text_to_edit(letter)
    assert "经审查" in template
    from gongkai.core.letters import default_template

    changed = default_template("reply_needs_creation").replace("经审查", "经本街道审查")
    RequestSettings.objects.update(templates={"reply_needs_creation": changed})
    assert "经本街道审查" in getattr(letters.preview(letter), "text", "")


def test_an_agency_without_section_review_goes_straight_to_the_secrecy_review(desk: Desk) -> None:
    street = desk.office.street
    street.section_review = False
    street.save()
    letter = submit_letter(desk.author, reply(desk))
    assert letter.state == LetterState.SECRECY_REVIEW
    with pytest.raises(OutOfTurn, match="科室审核"):
        pass_section_review(desk.who(Role.SECTION_REVIEWER), letter)
