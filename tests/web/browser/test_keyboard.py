"""Everything with the keyboard alone: one sees where one is, gets everywhere, and out again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.web.disclosure.acts.draft import start
from gongkai.web.disclosure.models import InformationItem, State
from gongkai.web.people.models import Role
from tests.web.conftest import PASSWORD, Office
from tests.web.public.conftest import Region

from .conftest import Opening
from .items import Items

# A page looks the same whichever database it is made from.
pytestmark = pytest.mark.once

# More stops than any page has between two things that belong together.
_MOST_STOPS = 80
_WHERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const named = at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.innerText || at.value || "";
  const byId = at.getAttribute("aria-labelledby");
  return {
    name: (byId ? document.getElementById(byId).textContent : named).trim(),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    html: at.outerHTML.slice(0, 120),
  };
}"""


def step(page: Page, key: str = "Tab") -> str:
    """Go one stop on; what is there, which must be seen and ringed. Empty past the last one."""
    page.keyboard.press(key)
    at = page.evaluate(_WHERE)
    if at is None:
        return ""
    assert at["ring"], f"no ring around {at['html']}"
    assert at["seen"], f"out of sight: {at['html']}"
    return str(at["name"])


def go_to(page: Page, name: str, key: str = "Tab") -> None:
    """Step until one stands on ``name``."""
    passed = []
    for _ in range(_MOST_STOPS):
        passed.append(step(page, key))
        if passed[-1].startswith(name):
            return
    raise AssertionError(f"{name!r} is not reached: {passed}")


def enter(page: Page) -> None:
    """Press what one stands on, and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_from_sign_in_to_handing_in(
    live_server: LiveServer, office: Office, opening: Opening
) -> None:
    start(
        office.actor(Role.AUTHOR),
        office.street,
        title="便民服务中心中午不休息",
        made_on=timezone.localdate() - timedelta(days=3),
        statutory="20-11",
    )
    page = opening(live_server.url + reverse("disclosure:list"))
    go_to(page, "用户名")
    page.keyboard.type("author")
    go_to(page, "密码")
    page.keyboard.type(PASSWORD)
    go_to(page, "登录")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("信息发布")

    go_to(page, "标题、索引号、文号")
    page.keyboard.type("便民")
    enter(page)
    go_to(page, "便民服务中心")
    enter(page)
    go_to(page, "修改")
    enter(page)

    go_to(page, "正文（送审前要填）")
    page.keyboard.type("窗口")
    page.keyboard.press("Control+b")
    page.keyboard.type("中午不休息")
    page.keyboard.press("Control+b")
    page.keyboard.type("。")
    page.once("dialog", lambda dialog: dialog.accept("2x2"))
    go_to(page, "表格", "Shift+Tab")
    page.keyboard.press("Enter")
    editor = page.get_by_role("textbox", name="正文")
    expect(editor.locator("table th")).to_have_count(2)
    expect(editor).to_be_focused()
    go_to(page, "保存")
    enter(page)
    body = InformationItem.objects.get().version.body_html
    assert "窗口<strong>中午不休息</strong>。" in body
    assert "<table>" in body
    go_to(page, "保存并送审")
    enter(page)
    assert InformationItem.objects.get().state == State.SECTION_REVIEW
    go_to(page, "撤销")
    enter(page)
    assert InformationItem.objects.get().state == State.DRAFT


def test_answering_what_was_found(live_server: LiveServer, office: Office, desk: Opening) -> None:
    item = Items(office).with_findings
    page = desk(Role.SECRECY_REVIEWER, reverse("disclosure:review", args=[item.pk]))
    expect(page.get_by_role("heading", name="发布前检查")).to_contain_text("还有 3 项要答复")
    go_to(page, "退回起草人改成办公电话")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    go_to(page, "答复第 1 项")
    page.keyboard.press("Enter")
    # It asks for the reason, and one stands there.
    expect(page.locator("#find1").get_by_role("alert")).to_be_focused()
    go_to(page, "理由")
    page.keyboard.type("是文件编号")
    go_to(page, "答复第 1 项")
    page.keyboard.press("Enter")
    expect(page.locator("#find1")).to_contain_text("已答复")
    expect(page.locator("#find1 h3")).to_be_focused()
    expect(page.get_by_role("heading", name="发布前检查")).to_contain_text("还有 2 项要答复")
    expect(page.locator("#why")).to_contain_text("还有 2 项")


@pytest.mark.parametrize("path", ["/desk/", "/desk/information/new/", "/desk/registers/days/"])
def test_one_gets_through_every_page_and_out(
    live_server: LiveServer, office: Office, desk: Opening, path: str
) -> None:
    page = desk(Role.AUTHOR, path)
    assert step(page) == "跳到正文"
    for _ in range(_MOST_STOPS):
        if not step(page):
            return
    raise AssertionError("there is no way out of the page")


def test_the_public_site(live_server: LiveServer, region: Region, opening: Opening) -> None:
    page = opening(live_server.url + settings.MOUNT)
    assert step(page) == "跳到正文"
    page.keyboard.press("Enter")
    # What follows is within the text, not the head.
    step(page)
    assert page.evaluate("document.activeElement.closest('main') !== null")
    go_to(page, "标题、文号或内容", "Shift+Tab")
    page.keyboard.type("电梯")
    enter(page)
    go_to(page, "听泉街道加装电梯补助办法")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("听泉街道加装电梯补助办法")
