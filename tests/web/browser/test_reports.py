"""An annual report in a browser: walked by keyboard, pasted into, checked as one types."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.web.people.models import Role
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import AnnualReport
from tests.web.conftest import Office
from tests.web.reports.compiled import NOT_HELD, compiled

from .conftest import Opening

# A page looks the same whichever database it is made from.
pytestmark = pytest.mark.once

ROW = "requests.received_this_year"
_PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def report(live_server: LiveServer, office: Office) -> AnnualReport:
    return compiled(office)


def table(page: Page, report: AnnualReport) -> None:
    page.goto(reverse("reports:section", args=[report.pk, "disclosure_on_request"]))


def field(page: Page, address: str) -> Any:
    return page.locator(f'[id="c-{address}"]')


def square(page: Page, address: str) -> Any:
    return page.locator(f'td[data-cell="{address}"]')


def printed(report: AnnualReport, address: str) -> str | None:
    return Filled(AnnualReport.objects.get(pk=report.pk).version).printed[address]


def test_the_keyboard_walks_the_cells(report: AnnualReport, desk: Opening) -> None:
    page = desk(Role.AUTHOR)
    table(page, report)
    field(page, f"{ROW}/natural_person").focus()
    for key, at in (
        ("ArrowDown", "requests.carried_from_last_year/natural_person"),
        ("ArrowRight", "requests.carried_from_last_year/business"),
        ("Enter", "requests.disclosed/business"),
        ("ArrowUp", "requests.carried_from_last_year/business"),
    ):
        page.keyboard.press(key)
        expect(field(page, at)).to_be_focused()
    # Escape takes back what was typed and not kept yet.
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    expect(field(page, "requests.carried_from_last_year/business")).to_have_value("0")


def test_findings_and_totals_follow_what_is_typed(report: AnnualReport, desk: Opening) -> None:
    page = desk(Role.AUTHOR)
    table(page, report)
    expect(page.locator("#findings")).to_contain_text("改了数没有写理由")
    at = field(page, NOT_HELD)
    at.focus()
    expect(page.locator("#cell")).to_contain_text("改回 1")
    at.fill("1")
    page.keyboard.press("Tab")
    expect(page.locator("#findings")).to_contain_text("这一部分没有发现问题")
    expect(page.locator("td.gk-cell--bad")).to_have_count(0)
    expect(square(page, "requests.unable_to_provide.not_held/total")).to_contain_text("1")
    assert printed(report, NOT_HELD) == "1"


def test_a_block_is_pasted_from_a_sheet(report: AnnualReport, desk: Opening) -> None:
    page = desk(Role.AUTHOR)
    table(page, report)
    field(page, f"{ROW}/natural_person").focus()
    page.evaluate(_PASTE, "7\t1\t0\t0\t0\t0\t9\r\n1\t0\t0\t0\t0\t0\t1\r\n")
    expect(page.locator("#grid-said")).to_contain_text("粘贴了 12 格")
    # The total that came along says 9; the parts add up to 8.
    expect(page.locator("#grid-said")).to_contain_text("有 1 个与各项之和不同")
    expect(square(page, f"{ROW}/total")).to_contain_text("8")
    assert printed(report, f"{ROW}/natural_person") == "7"


def test_the_length_of_a_text_is_told_while_it_is_written(
    report: AnnualReport, desk: Opening
) -> None:
    page = desk(Role.AUTHOR)
    page.goto(reverse("reports:section", args=[report.pk, "overview"]))
    page.locator("#text").fill("甲" * 1002)
    expect(page.locator("#measured")).to_contain_text("1002 字")
    expect(page.locator("#measured")).to_contain_text("超过 1000 字")


def test_without_script_the_table_is_kept_by_its_button(
    report: AnnualReport, desk: Opening
) -> None:
    page = desk(Role.AUTHOR, java_script_enabled=False)
    table(page, report)
    field(page, NOT_HELD).fill("约3")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".gk-errors")).to_contain_text("“约3”不是数")
    field(page, NOT_HELD).fill("1")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".gk-flash")).to_contain_text("已保存")
    assert printed(report, NOT_HELD) == "1"
    page.locator("#open-cell").select_option(NOT_HELD)
    page.get_by_role("button", name="打开").click()
    expect(page.locator("#cell")).to_contain_text("信息不存在")
