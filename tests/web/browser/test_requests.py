"""Requests in a real browser: without script to the served reply, and what a draft never keeps."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.web.people.models import Role
from gongkai.web.requests.clock import account_of
from gongkai.web.requests.models import DisclosureRequest, RequestSettings
from tests.web.conftest import Office
from tests.web.requests.made import REQUESTER

from .conftest import Opening

DESCRIPTION = "听泉街道2024年加装电梯补贴发放明细表"


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).first.click()


def registered(page: Page) -> DisclosureRequest:
    """What a clerk types for a request from the counter."""
    page.goto(reverse("requests:register"))
    page.get_by_label("当面提交").check()
    page.locator("[name=description]").fill(DESCRIPTION)
    page.locator("[name=title]").fill("加装电梯补贴")
    page.locator("[name=name]").fill(REQUESTER["name"])
    page.locator("[name=document_kind]").select_option("identity_card")
    page.locator("[name=document_number]").fill(REQUESTER["document_number"])
    page.locator("[name=phone]").fill(REQUESTER["phone"])
    press(page, "登记")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已登记")
    return DisclosureRequest.objects.get()


def test_from_the_counter_to_the_served_reply_without_script(desk: Opening, office: Office) -> None:
    street = office.street
    street.phone, street.disclosure_office = "0531-88880001", "听泉街道党政办公室"
    street.save()
    RequestSettings.objects.create(agency=street, court="青禾区人民法院")

    def opened(role: Role) -> Page:
        return desk(role, java_script_enabled=False)

    clerk, author = opened(Role.DISCLOSURE_OFFICE), opened(Role.AUTHOR)
    case = registered(clerk)
    told = account_of(case)
    assert told.due_on is not None
    due = f"{told.due_on.month}月{told.due_on.day}日"
    clerk.get_by_role("link", name="打开这件申请").click()
    expect(clerk.locator(".gk-clock")).to_contain_text(due)
    clerk.get_by_role("link", name="分办").click()
    clerk.get_by_label("承办人").select_option(label="李敏")
    press(clerk, "分办")

    author.goto(reverse("requests:board"))
    row = author.get_by_role("row", name="加装电梯补贴")
    expect(row).to_contain_text(due)
    row.get_by_role("link").click()
    author.get_by_role("link", name="记检索").click()
    author.locator("[name=places]").fill("综合档案室、办公系统")
    author.locator("[name=words]").fill("加装电梯")
    author.get_by_label("没有找到", exact=True).check()
    author.locator("[name=result]").fill("没有查到")
    press(author, "保存检索记录")
    author.get_by_role("link", name="定办理结果、写答复").click()
    answers = (
        "明确", "没有", "获取信息", "没有", "是", "由本机关负责", "没有", "没有", "检索过，没有",
    )  # fmt: skip
    for answer in answers:
        author.get_by_role("radio", name=answer, exact=True).or_(
            author.locator(".gk-choice").filter(has_text=answer).locator("input")
        ).first.check()
        press(author, "继续")
    expect(author.get_by_role("heading", level=1)).to_contain_text("信息不存在")
    press(author, "定为“信息不存在”，起草答复")
    expect(author.locator(".gk-paper")).to_contain_text("现告知你该政府信息不存在")
    assert REQUESTER["name"] not in author.content()
    press(author, "送审")

    for role, words in (
        (Role.SECTION_REVIEWER, "审核通过"),
        (Role.SECRECY_REVIEWER, "审查通过"),
    ):
        reader = opened(role)
        reader.get_by_role("link", name="打开：加装电梯补贴").click()
        press(reader, words)
    approver = opened(Role.APPROVER)
    approver.get_by_role("link", name="打开：加装电梯补贴").click()
    approver.get_by_role("link", name="去签发").click()
    press(approver, "签发")
    expect(approver.get_by_role("status")).to_contain_text("已签发")

    clerk.goto(reverse("requests:case", args=[case.pk]))
    clerk.get_by_role("link", name="送达告知书（信息不存在）").click()
    clerk.locator("[name=way]").select_option("post")
    clerk.locator("[name=sent_on]").fill(timezone.localdate().isoformat())
    clerk.locator("[name=tracking_number]").fill("XA12345678911")
    press(clerk, "送达")
    expect(clerk.locator(".gk-clock")).to_contain_text("已办结")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.late) == ("served", "not_held", False)


def test_a_draft_in_the_browser_names_nobody(desk: Opening) -> None:
    page = desk(Role.DISCLOSURE_OFFICE, reverse("requests:register"))
    page.locator("[name=description]").fill(DESCRIPTION)
    for name in ("name", "document_number", "phone", "address"):
        page.locator(f"[name={name}]").fill(REQUESTER[name])
    expect(page.get_by_text("已留在这台电脑上")).to_be_visible()
    kept: dict[str, Any] = page.evaluate("({...localStorage})")
    said = "".join(kept.values())
    assert DESCRIPTION in said
    assert not [secret for secret in REQUESTER.values() if secret in said and len(secret) > 3]
    page.reload()
    page.get_by_role("button", name="取回来").click()
    expect(page.locator("[name=description]")).to_have_value(DESCRIPTION)
    expect(page.locator("[name=name]")).to_have_value("")
