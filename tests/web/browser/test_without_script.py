"""The essential acts in a browser that runs no script: draft, review with answers, approve, find."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.web.disclosure.models import InformationItem, State
from gongkai.web.oversight.measures.models import AppraisalAnswer
from gongkai.web.people.models import Role
from tests.web.conftest import PASSWORD, Office
from tests.web.oversight.measures.made import make_measures

from .conftest import Opening
from .items import IDENTITY_NUMBER, TABLE

# A page looks the same whichever database it is made from.
pytestmark = pytest.mark.once


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def test_from_draft_to_public_and_found(
    live_server: LiveServer, office: Office, opening: Opening
) -> None:
    def signed_in(role: Role) -> Page:
        page = opening(live_server.url + "/desk/", java_script_enabled=False)
        page.get_by_label("用户名").fill(office.people[role].username)
        page.get_by_label("密码").fill(PASSWORD)
        press(page, "登录")
        expect(page.get_by_role("heading", level=1)).to_contain_text("今日待办")
        return page

    author = signed_in(Role.AUTHOR)
    author.get_by_role("link", name="起草信息").click()
    author.get_by_label("标题").fill("八月临时救助发放公示")
    author.locator("textarea[name=body_html]").fill(TABLE)
    author.get_by_label("成文日期").fill(str(timezone.localdate() - timedelta(days=3)))
    author.get_by_label("放在哪个栏目").select_option("statutory/20-11")
    press(author, "保存")
    press(author, "保存并送审")
    expect(author.get_by_role("status").first).to_contain_text("已送科室审核")

    section = signed_in(Role.SECTION_REVIEWER)
    section.get_by_role("link", name="去审").click()
    section.get_by_role("textbox", name="意见").fill("数字与发放表一致。")
    press(section, "审核通过")

    secrecy = signed_in(Role.SECRECY_REVIEWER)
    secrecy.get_by_role("link", name="去审").click()
    press(secrecy, "审查通过")
    expect(secrecy.get_by_role("alert")).to_contain_text("还有 2 项检查发现没有答复")
    expect(secrecy.locator(".gk-spot")).to_have_count(2)
    for number in (1, 2):
        finding = secrecy.locator(f"#find{number}")
        finding.get_by_label("生成打码副本，用副本公开").check()
        press(secrecy, f"答复第 {number} 项")
        expect(finding).to_contain_text("已答复")
    press(secrecy, "审查通过")

    approver = signed_in(Role.APPROVER)
    approver.get_by_role("link", name="去审").click()
    press(approver, "签发并发布")
    assert InformationItem.objects.get().state == State.PUBLISHED

    public = opening(live_server.url + settings.MOUNT, java_script_enabled=False)
    public.get_by_role("searchbox").first.fill("临时救助")
    public.get_by_role("button", name="查找").first.click()
    public.get_by_role("link", name="八月临时救助发放公示").click()
    expect(public.get_by_role("main")).to_contain_text("急难型")
    assert IDENTITY_NUMBER not in public.content()
    author.goto(live_server.url + reverse("disclosure:list"))
    expect(author.get_by_role("row", name="八月临时救助发放公示")).to_contain_text("已发布")


def test_the_public_appraises_an_agency_and_sees_the_result(
    live_server: LiveServer, office: Office, opening: Opening
) -> None:
    made = make_measures(office)
    page = opening(live_server.url + reverse("appraisal:list"), java_script_enabled=False)
    page.get_by_role("link", name=made.appraisal.title).click()
    page.get_by_role("link", name="枕流街道办事处").click()
    press(page, "交评议")
    expect(page.get_by_role("alert")).to_contain_text("至少选一题")
    page.get_by_role("group", name="总的来看").get_by_label("比较满意").check()
    page.get_by_label("有什么意见？").fill("答复能写得短些。")
    press(page, "交评议")
    expect(page.get_by_role("heading", level=1)).to_have_text("评议已收到")
    page.reload()
    answer = AppraisalAnswer.objects.get(agency=office.neighbour)
    assert (answer.ratings, answer.comment.standing) == ({"q5": "4"}, "unread")
    page.get_by_role("navigation", name="当前位置").get_by_role(
        "link", name="社会评议", exact=True
    ).click()
    page.get_by_role("link", name=f"{made.published.title}结果").click()
    expect(page.get_by_role("main")).to_contain_text("更新快")
    expect(page.get_by_role("main")).to_contain_text("份数少，不算比例（1 份）")
