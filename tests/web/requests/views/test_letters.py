"""A letter's screens: what it lacks is listed, its text is edited, different people read and sign."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gongkai.web.people.models import Role
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.acts.consult import consult
from gongkai.web.requests.acts.correction import ask_for_correction
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.draft_letter import draft_reply
from gongkai.web.requests.acts.search import record_search
from gongkai.web.requests.models import DisclosureRequest, IdentityView, Letter, LetterState
from tests.web.requests.acts.conftest import NAME

from .conftest import Desk, Opening

pytestmark = pytest.mark.django_db


def page(name: str, letter: Letter, *more: object) -> str:
    return reverse(f"requests:{name}", args=[letter.request_id, letter.pk, *more])


@pytest.fixture
def reply(desk: Desk) -> Letter:
    """A reply that nothing was found, drafted."""
    case = desk.asked(title="1998年征地批文")
    assign(desk.clerk, case, desk.author.person)
    record_search(
        desk.author, case, on=desk.day, places="综合档案室", words="征地", found=False,
        result="没有查到",
    )  # fmt: skip
    decide(desk.author, case, "not_held")
    return draft_reply(desk.author, DisclosureRequest.objects.get(pk=case.pk))


def test_the_preview_is_the_letter_with_the_requester_masked(reply: Letter, as_: Opening) -> None:
    said = as_(Role.SECTION_REVIEWER).get(page("letter", reply)).content.decode()
    assert "政府信息公开申请告知书" in said
    assert "（签发时编号）" in said
    assert "以“征地”检索，没有查到" in said
    assert "申请行政复议" in said
    assert NAME not in said


def test_what_it_lacks_is_listed_and_leads_to_the_field(
    reply: Letter, as_: Opening, desk: Desk
) -> None:
    street = desk.office.street
    street.phone = ""
    street.save()
    desk.office.street.request_settings.delete()
    author = as_(Role.AUTHOR)
    reply.request.searches.all().delete()
    said = author.get(page("letter", reply)).content.decode()
    assert "还缺" in said
    assert f"{page('letter_facts', reply)}#id_search_account" in said
    refused = author.post(page("submit", reply), {"text": "请审查这一份"})
    assert refused.status_code == 422
    assert "文书还不全" in refused.content.decode()
    assert "请审查这一份" in refused.content.decode()


def test_facts_are_typed_and_only_what_was_typed_is_kept(reply: Letter, as_: Opening) -> None:
    author, address = as_(Role.AUTHOR), page("letter_facts", reply)
    form = author.get(address).context["form"]
    assert "requester_name" not in form.fields
    sent = {name: form[name].value() or "" for name in form.fields}
    sent["search_account"] = "查了综合档案室和办公系统，没有"
    answer = author.post(address, sent, follow=True)
    assert "查了综合档案室和办公系统，没有" in answer.content.decode()
    reply.refresh_from_db()
    assert reply.facts["search_account"] == "查了综合档案室和办公系统，没有"
    assert "contact_phone" not in reply.facts


def test_the_text_is_edited_but_never_what_the_law_wants(reply: Letter, as_: Opening) -> None:
    author, address = as_(Role.AUTHOR), page("letter_text", reply)
    text = author.get(address).context["form"].initial["text"]
    assert "【申请人】" in text
    kept = text.replace("没有查到", "没有查到。档案目录也查过")
    author.post(address, {"text": kept})
    reply.refresh_from_db()
    assert "档案目录也查过" in reply.text
    lost = "\n".join(line for line in kept.splitlines() if "复议" not in line)
    author.post(address, {"text": lost})
    said = author.get(page("letter", reply)).content.decode()
    assert "救济告知不全" in said
    assert author.post(page("submit", reply), {}).status_code == 422
    author.post(address, {"text": lost, "reset": "1"})
    reply.refresh_from_db()
    assert reply.text == ""
    author.post(address, {"text": text})
    reply.refresh_from_db()
    assert reply.text == ""


def test_different_people_read_and_sign(reply: Letter, as_: Opening) -> None:
    author, address = as_(Role.AUTHOR), page("letter", reply)
    answer = author.post(page("submit", reply), {"text": "请审"}, follow=True)
    assert "已送科室审核" in answer.content.decode()
    assert author.post(page("review", reply), {"pass": "1"}).status_code == 403
    section = as_(Role.SECTION_REVIEWER)
    assert "审核通过" in section.get(address).content.decode()
    bare = section.post(page("review", reply), {"return": "1", "text": " "})
    assert bare.status_code == 422
    assert "退回要写明原因" in bare.content.decode()
    returned = section.post(
        page("review", reply), {"return": "1", "text": "补上档案目录"}, follow=True
    )
    assert "已退回李敏" in returned.content.decode()
    assert "补上档案目录" in author.get(address).content.decode()
    author.post(page("submit", reply), {})
    section.post(page("review", reply), {"pass": "1", "text": "同意"})
    secrecy = as_(Role.SECRECY_REVIEWER)
    secrecy.post(page("review", reply), {"pass": "1"})
    reply.refresh_from_db()
    assert reply.state == LetterState.SIGNING
    approver = as_(Role.APPROVER)
    assert approver.post(page("review", reply), {"pass": "1"}).status_code == 422
    asked = approver.get(page("sign", reply)).content.decode()
    assert "签发后编号" in asked
    signed = approver.post(page("sign", reply), {"text": "同意"}, follow=True)
    assert "已签发：听公开〔2025〕1号" in signed.content.decode()
    assert approver.get(page("sign", reply)).headers["Location"] == address


def test_the_writer_is_told_who_could_sign(desk: Desk, as_: Opening) -> None:
    case = desk.asked()
    notice = ask_for_correction(desk.clerk, case, points=["哪一年"], guidance=["写年份"])
    clerk = as_(Role.DISCLOSURE_OFFICE)
    clerk.post(page("submit", notice), {})
    said = clerk.get(page("letter", notice)).content.decode()
    assert "不能再审、签" in said
    assert "陈立" in said
    refused = clerk.post(page("sign", notice), {})
    assert refused.status_code == 422
    assert "必须不同" in refused.content.decode()


def test_taken_back_before_anybody_read_it(reply: Letter, as_: Opening) -> None:
    author = as_(Role.AUTHOR)
    author.post(page("submit", reply), {})
    assert author.get(page("letter_facts", reply)).status_code == 409
    author.post(page("recall", reply))
    reply.refresh_from_db()
    assert reply.state == LetterState.DRAFT
    assert author.post(page("recall", reply)).status_code == 409


def test_signed_files_are_for_those_who_may_know_and_each_look_is_kept(
    reply: Letter, as_: Opening, desk: Desk
) -> None:
    early = as_(Role.AUTHOR).get(page("download", reply, "pdf"))
    assert early.status_code == 404
    desk.signed(reply)
    for role in (Role.AUTHOR, Role.DISCLOSURE_OFFICE):
        answer = as_(role).get(page("download", reply, "pdf"))
        assert answer.content.startswith(b"%PDF-")
        assert answer.headers["Cache-Control"] == "no-store"
    assert as_(Role.AUTHOR).get(page("download", reply, "docx")).content.startswith(b"PK")
    assert as_(Role.AUTHOR).get(page("download", reply, "exe")).status_code == 404
    for role in (Role.APPROVER, Role.SECTION_REVIEWER, Role.COMPETENT_DEPARTMENT):
        assert as_(role).get(page("download", reply, "pdf")).status_code == 403
    assert IdentityView.objects.count() == 3


def test_delivery_right_and_wrong(reply: Letter, as_: Opening, desk: Desk) -> None:
    clerk, address = as_(Role.DISCLOSURE_OFFICE), page("deliver", reply)
    assert clerk.get(address).headers["Location"] == page("letter", reply)
    desk.signed(reply)
    for sent, words in (
        ({"way": "post", "sent_on": "2025-09-23", "tracking_number": "X"}, "晚于今天"),
        ({"way": "post", "sent_on": "2025-09-21", "tracking_number": "X"}, "早于签发日期"),
        ({"way": "post", "sent_on": "2025-09-22"}, "邮政单号"),
        ({"way": "direct", "sent_on": "2025-09-22"}, "签收人"),
        ({"way": "public_notice", "sent_on": "2025-09-22"}, "公告登在哪里"),
        ({"way": "pigeon", "sent_on": "2025-09-22"}, "pigeon"),
        ({"way": "post", "tracking_number": "XA12345678911"}, "没有填"),
    ):
        answer = clerk.post(address, sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    good = {"way": "post", "sent_on": "2025-09-22", "tracking_number": "XA12345678911"}
    assert "已邮寄送达" in clerk.post(address, good, follow=True).content.decode()
    case = DisclosureRequest.objects.get()
    assert (case.state, case.concluded_on, case.outcome) == ("served", desk.day, "not_held")
    delivery = reply.deliveries.get()
    desk.on(date(2025, 9, 26))
    address = page("arrived", reply, delivery.pk)
    early = clerk.post(address, {"what": "came", "on": "2025-09-20"})
    assert early.status_code == 422
    assert "早于交出日期" in early.content.decode()
    said = clerk.post(
        address, {"what": "returned", "on": "2025-09-25", "note": "查无此人"}, follow=True
    )
    assert "可以再送一次" in said.content.decode()
    assert "再送一次" in clerk.get(page("letter", reply)).content.decode()
    again = {**good, "sent_on": "2025-09-26"}
    assert clerk.post(page("deliver", reply), again).status_code == 302
    assert reply.deliveries.count() == 2


def test_a_draft_is_dropped_with_a_reason(reply: Letter, as_: Opening) -> None:
    author, address = as_(Role.AUTHOR), page("discard", reply)
    assert author.post(address, {"reason": " "}).status_code == 422
    assert "已作废" in author.post(address, {"reason": "写错了结果"}, follow=True).content.decode()
    again = author.post(address, {"reason": "再来一次"})
    assert again.status_code in (409, 422)
    assert as_(Role.SECTION_REVIEWER).get(address).status_code == 403


def test_other_letters(desk: Desk, as_: Opening) -> None:
    case = desk.asked()
    address = reverse("requests:other_letter", args=[case.pk])
    author = as_(Role.AUTHOR)
    for wanted in ("", "correction_notice", "reply_disclosed", "nothing"):
        answer = author.post(address, {"kind": wanted})
        assert answer.status_code == 422
        assert "选一种文书" in answer.content.decode()
    answer = author.post(address, {"kind": "consultation_notice"}, follow=True)
    assert "征求意见的对象" in answer.content.decode()


def test_to_which_third_party(desk: Desk, as_: Opening) -> None:
    case = desk.asked()
    for party in ("甲公司", "乙公司"):
        desk.served(consult(desk.author, case, "third_party", what=["单价"], party=party).letter)
    address = reverse("requests:other_letter", args=[case.pk])
    author = as_(Role.AUTHOR)
    answer = author.post(address, {"kind": "disclosure_notice_to_third_party"})
    assert answer.status_code == 422
    assert "写明发给哪一个第三方" in answer.content.decode()
    assert "甲公司" not in answer.content.decode()
    chosen = case.consultations.last()
    sent = {"kind": "disclosure_notice_to_third_party", "to": chosen.pk}
    assert author.post(address, sent).status_code == 302
    assert Letter.objects.last().act_facts == {"consultation": chosen.pk}
