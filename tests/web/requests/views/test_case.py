"""The page of a request: its clock is the core's, who asks is shown only with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.acts.consult import answer_received, consult
from gongkai.web.requests.clock import account_of
from gongkai.web.requests.models import DisclosureRequest, IdentityView, Message, Paper
from gongkai.web.requests.views.weeks import weeks_of
from tests.web.conftest import Office, make_person, signed_in_as
from tests.web.requests.acts.conftest import ADDRESS, NAME, NUMBER, PHONE

from .conftest import Desk, Opening

pytestmark = pytest.mark.django_db
SECRETS = (NAME, NUMBER, PHONE, ADDRESS)


def page(name: str, case: DisclosureRequest, *more: object) -> str:
    return reverse(f"requests:{name}", args=[case.pk, *more])


@pytest.fixture
def heard(desk: Desk) -> DisclosureRequest:
    """A request of 22 September whose third party was asked and answered; it is 20 October."""
    case = desk.asked(title="加装电梯补助")
    assign(desk.clerk, case, desk.author.person)
    desk.on(date(2025, 9, 26))
    one = consult(desk.author, case, "third_party", what=["合同单价"], party="示范云梯公司")
    desk.served(one.letter, "direct")
    desk.on(date(2025, 10, 13))
    one.refresh_from_db()
    answer_received(desk.author, one, on=desk.day, answer="partly", reasons="单价是商业秘密")
    desk.on(date(2025, 10, 20))
    return DisclosureRequest.objects.get(pk=case.pk)


def test_the_page_says_what_the_core_reckons(heard: DisclosureRequest, as_: Opening) -> None:
    told = account_of(heard)
    answer = as_(Role.AUTHOR).get(page("case", heard))
    said = answer.content.decode()
    assert told.due_on == heard.due_on
    assert told.due_on is not None
    assert f"还剩 {told.days_left} 个工作日" in said
    assert f"{told.due_on.month}月{told.due_on.day}日" in said
    assert f"{told.used} 个工作日" in said
    assert "定办理结果、写答复" in said
    for event in heard.events.all():
        assert event.on.isoformat() in said
    assert not [secret for secret in (*SECRETS, "示范云梯公司") if secret in said]


def test_the_calendar_is_the_account(heard: DisclosureRequest, desk: Desk) -> None:
    told = account_of(heard)
    weeks, cut = weeks_of(told)
    days = {one.day: one for week in weeks for one in week.days}
    assert not cut
    for line in told.days:
        shown = days[line.day]
        assert (f"第{line.number}日" in shown.words) == line.counted
        assert shown.why == line.why
    assert days[date(2025, 9, 22)].words == "收到"
    assert days[date(2025, 9, 28)].name == "28 班"
    assert (days[date(2025, 10, 1)].name, days[date(2025, 10, 1)].words) == ("10/1 休", "不计")
    assert (days[date(2025, 9, 29)].words, days[date(2025, 9, 29)].style) == ("停计", "is-stop")
    assert [one.day for one in days.values() if one.today] == [date(2025, 10, 20)]
    assert told.due_on is not None
    assert days[told.due_on].words == f"第{told.days[-1].number}日到期"


def test_the_account_day_by_day_has_a_line_for_each_day(
    heard: DisclosureRequest, as_: Opening
) -> None:
    said = as_(Role.AUTHOR).get(page("days", heard)).content.decode()
    told = account_of(heard)
    assert said.count('<th scope="row" class="gk-no">') == len(told.days)
    for line in told.days:
        assert line.day.isoformat() in said
        assert line.why in said


@pytest.mark.parametrize("channel", [Channel.FAX, Channel.PLAIN_POST])
def test_what_is_not_confirmed_has_no_due_day(desk: Desk, as_: Opening, channel: Channel) -> None:
    case = desk.asked(channel)
    said = as_(Role.AUTHOR).get(page("case", case)).content.decode()
    assert "期限没有起算" in said
    assert "登记双方确认" in said
    address = page("confirm", case)
    wrong = as_(Role.AUTHOR).post(address, {"on": "2025-09-23", "how": "电话"})
    assert wrong.status_code == 422
    assert "日期不能晚于今天" in wrong.content.decode()
    assert "没有填" in as_(Role.AUTHOR).post(address, {"on": "2025-09-22"}).content.decode()
    done = as_(Role.AUTHOR).post(address, {"on": "2025-09-22", "how": "电话"}, follow=True)
    assert "已登记双方确认，答复最迟 10月24日（星期五）" in done.content.decode()
    again = as_(Role.AUTHOR).post(address, {"on": "2025-09-22", "how": "电话"})
    assert again.status_code == 422
    assert "已经双方确认" in again.content.decode()


def test_what_was_recorded_last_is_undone_with_a_reason(desk: Desk, as_: Opening) -> None:
    case = desk.asked(Channel.FAX)
    browser = as_(Role.AUTHOR)
    browser.post(page("confirm", case), {"on": "2025-09-22", "how": "电话"})
    event = case.events.get()
    address = page("undo", case)
    asked = browser.post(address)
    assert asked.status_code == 200
    assert "撤销“双方确认”" in asked.content.decode()
    assert browser.post(address, {"reason": " ", "event": event.pk}).status_code == 422
    stale = browser.post(address, {"reason": "记错", "event": event.pk + 1})
    assert stale.status_code == 422
    assert "后来又有人办了别的事" in stale.content.decode()
    done = browser.post(address, {"reason": "拨错了号码", "event": event.pk}, follow=True)
    said = done.content.decode()
    assert "已撤销：双方确认" in said
    assert "拨错了号码" in said
    assert "期限没有起算" in said
    assert "还没有可以撤销的事" in browser.get(address).content.decode()


def test_who_asks_is_shown_only_with_a_reason_which_is_kept(
    heard: DisclosureRequest, as_: Opening
) -> None:
    browser, address = as_(Role.AUTHOR), page("identity", heard)
    closed = browser.get(address).content.decode()
    assert not [secret for secret in SECRETS if secret in closed]
    refused = browser.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert not [secret for secret in SECRETS if secret in refused.content.decode()]
    assert not IdentityView.objects.exists()
    shown = browser.post(address, {"reason": "寄答复书"})
    assert not [secret for secret in SECRETS if secret not in shown.content.decode()]
    assert shown.headers["Cache-Control"] == "no-store"
    assert IdentityView.objects.get().reason == "寄答复书"
    assert AuditEntry.objects.filter(act="request.view_identity").count() == 1
    assert "寄答复书" in browser.get(address).content.decode()


def test_who_has_not_the_case_does_not_see_who_asks(desk: Desk, office: Office) -> None:
    case = desk.asked()
    other = make_person("second", "钱二", office.street, Role.AUTHOR)
    browser = signed_in_as(other)
    for name in ("identity", "contact", "code"):
        for answer in (
            browser.get(page(name, case)),
            browser.post(page(name, case), {"reason": "x"}),
        ):
            assert answer.status_code == 403
            assert "只给公开工作机构和承办人看" in answer.content.decode()
    assert "查看身份信息" not in browser.get(page("case", case)).content.decode()


@pytest.mark.parametrize("role", [Role.APPROVER, Role.SECRECY_REVIEWER, Role.COMPETENT_DEPARTMENT])
def test_nobody_above_or_beside_opens_what_is_sealed(
    heard: DisclosureRequest, as_: Opening, role: Role
) -> None:
    from tests.web.samples import PIXEL

    sealed = Paper.objects.create(
        request=heard, kind="identity", name=f"{NAME}.png", stored="0" * 64, digest="0" * 64,
        size=len(PIXEL), media_type="image/png", sealed=True, from_requester=True,
    )  # fmt: skip
    browser = as_(role)
    said = browser.get(page("case", heard)).content.decode()
    assert not [secret for secret in SECRETS if secret in said]
    assert browser.post(page("paper", heard, sealed.pk), {"reason": "看看"}).status_code == 403


def test_contact_and_code_are_renewed(heard: DisclosureRequest, as_: Opening) -> None:
    browser = as_(Role.DISCLOSURE_OFFICE)
    address = page("contact", heard)
    assert "填一种新的联系方式" in browser.post(address, {"reason": "来电"}).content.decode()
    assert browser.post(address, {"phone": "13900001111", "reason": ""}).status_code == 422
    done = browser.post(address, {"phone": "13900001111", "reason": "申请人来电"}, follow=True)
    assert "139****1111" in done.content.decode()
    before = heard.code_digest
    answer = browser.post(page("code", heard), {"reason": "当面核对身份证"})
    assert "新的查询码" in answer.content.decode()
    heard.refresh_from_db()
    assert heard.code_digest != before


def test_assign_search_remark(desk: Desk, as_: Opening, office: Office) -> None:
    case = desk.asked()
    office_browser, author = as_(Role.DISCLOSURE_OFFICE), office.people[Role.AUTHOR]
    address = page("assign", case)
    assert office_browser.post(address, {"handler": ""}).status_code == 422
    late = office_browser.post(address, {"handler": author.pk, "internal_due_on": "2025-12-31"})
    assert "晚于答复到期日" in late.content.decode()
    early = office_browser.post(address, {"handler": author.pk, "internal_due_on": "2025-09-01"})
    assert "早于今天" in early.content.decode()
    done = office_browser.post(address, {"handler": author.pk}, follow=True)
    assert "已分给李敏" in done.content.decode()
    browser = as_(Role.AUTHOR)
    found = {
        "on": "2025-09-22",
        "places": "档案室",
        "words": "电梯",
        "found": "no",
        "result": "没有",
    }
    for wrong, words in (
        ({"on": "2025-09-30"}, "晚于今天"),
        ({"on": "2025-09-01"}, "早于申请到达之日"),
        ({"places": ""}, "没有填"),
        ({"found": ""}, "没有填"),
    ):
        answer = browser.post(page("search", case), found | wrong)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert "检索记录" in browser.post(page("search", case), found, follow=True).content.decode()
    assert case.searches.get().found is False
    noted = browser.post(page("remark", case), {"text": f"{NAME}打过电话"}, follow=True)
    assert "打过电话" in noted.content.decode()
    assert NAME not in noted.content.decode()
    empty = browser.post(page("remark", case), {"text": " "}, follow=True)
    assert "备注是空的" in empty.content.decode()


def test_papers_are_added_and_opened(heard: DisclosureRequest, as_: Opening) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.web.samples import PIXEL

    browser, address = as_(Role.AUTHOR), page("add_paper", heard)
    assert browser.post(address, {"kind": "information"}).status_code == 422
    bad = {"kind": "information", "uploads": [SimpleUploadedFile("坏.png", b"no picture")]}
    assert "不能收" in browser.post(address, bad).content.decode()
    good = {"kind": "information", "uploads": [SimpleUploadedFile("明细表.png", PIXEL)]}
    assert "加了 1 份材料" in browser.post(address, good, follow=True).content.decode()
    paper = Paper.objects.get(kind="information")
    assert browser.get(page("paper", heard, paper.pk)).content == PIXEL
    sealed = {"kind": "identity", "uploads": [SimpleUploadedFile("证.png", PIXEL)]}
    browser.post(address, sealed)
    paper = Paper.objects.get(kind="identity")
    asked = browser.get(page("paper", heard, paper.pk))
    assert "写明原因" in asked.content.decode()
    assert browser.post(page("paper", heard, paper.pk), {"reason": " "}).status_code == 422
    opened = browser.post(page("paper", heard, paper.pk), {"reason": "核对姓名"})
    assert opened.content == PIXEL
    assert opened.headers["Cache-Control"] == "no-store"
    assert IdentityView.objects.filter(reason="核对姓名").count() == 1


def test_what_the_requester_handed_in(heard: DisclosureRequest, as_: Opening) -> None:
    message = Message.objects.create(
        request=heard, kind="withdrawal", text=f"我是{NAME}，不要了。", at=timezone.now()
    )
    browser, address = as_(Role.AUTHOR), page("message", heard, message.pk)
    assert "申请人提交：撤回申请" in browser.get(page("case", heard)).content.decode()
    said = browser.get(address).content.decode()
    assert "不要了" in said
    assert NAME not in said
    aside = browser.post(address, {"aside": "1"})
    assert aside.status_code == 422
    done = browser.post(address, {"on": "2025-10-20"}, follow=True)
    assert "已按“撤回申请”处理" in done.content.decode()
    heard.refresh_from_db()
    assert heard.state == "withdrawn"
    again = browser.post(address, {"on": "2025-10-20"})
    assert again.status_code == 422
    assert "已经处理过" in again.content.decode()
