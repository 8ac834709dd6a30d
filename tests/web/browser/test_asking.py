"""Asking in a real browser, with and without script, and every page of it before axe-core."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as configured
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from gongkai.web.people.models import Role
from gongkai.web.requests.acts.confirm import confirm
from gongkai.web.requests.acts.correction import ask_for_correction
from gongkai.web.requests.acts.review_letter import submit_letter
from gongkai.web.requests.acts.serve import serve
from gongkai.web.requests.acts.sign import sign
from gongkai.web.requests.models import DisclosureRequest, RequestSettings
from tests.web.public.conftest import Region
from tests.web.requests.asking.conftest import (
    IDENTITY_NUMBER,
    NAME,
    PHONE,
    UNIFIED_CODE,
)
from tests.web.samples import PIXEL

from .conftest import Opening
from .looking import faults

# A page looks the same whichever database it is made from.
pytestmark = pytest.mark.once

ASK = f"{configured.MOUNT}ask/"


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    path = tmp_path / "身份证.png"
    path.write_bytes(PIXEL)
    return path


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=words, exact=True).click()


def fill_in_who(page: Page, proof: Path) -> None:
    page.get_by_label("姓名", exact=True).fill(NAME)
    page.get_by_label("证件号码").fill(IDENTITY_NUMBER)
    page.locator("#id_identity").set_input_files(proof)
    page.get_by_label("联系电话").fill(PHONE)


@pytest.mark.parametrize("script", [True, False])
def test_a_citizen_asks_and_looks_how_far_it_is(
    live_server: LiveServer, region: Region, opening: Opening, proof: Path, script: bool
) -> None:
    page = opening(base_url=live_server.url, java_script_enabled=script)
    page.goto(f"{configured.MOUNT}qh0401/request.html")
    page.get_by_role("link", name="网上申请", exact=True).click()
    page.get_by_role("link", name="开始填写").click()
    page.get_by_label("信息的名称、文号，或者能找到它的描述").press_sequentially(
        "听泉街道加装电梯补助的办法"
    )
    offered = page.get_by_role("region", name="可能已经公开")
    if not script:
        press(page, "继续")
    expect(offered).to_contain_text("听泉街道加装电梯补助办法")
    press(page, "继续")
    expect(page.get_by_role("heading", level=1)).to_have_text("您是谁？")
    press(page, "继续")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("填姓名")
    if script:
        expect(alert).to_be_focused()
    alert.get_by_role("link", name="填姓名").click()
    fill_in_who(page, proof)
    press(page, "继续")
    press(page, "提交申请")
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到您的申请")
    code = page.locator("#code").inner_text()
    case = DisclosureRequest.objects.get()
    page.get_by_role("link", name="查进度").click()
    page.get_by_label("查询码").fill(code.lower())
    press(page, "查进度")
    expect(page.get_by_role("heading", level=1)).to_have_text("已提交，等机关与您确认收到")
    expect(page.get_by_role("main")).to_contain_text(case.number)
    assert code not in page.url


def test_a_file_too_big_is_told_before_it_is_sent(
    live_server: LiveServer, region: Region, opening: Opening, settings: Settings, proof: Path
) -> None:
    settings.ASKING_FILE_BYTES = 10
    page = opening(f"{live_server.url}{reverse('asking:what', args=['qh0401'])}")
    page.get_by_label("信息的名称、文号，或者能找到它的描述").fill("月球车停放点")
    press(page, "继续")
    page.locator("#id_identity").set_input_files(proof)
    expect(page.get_by_role("alert")).to_contain_text("没有选上")
    assert page.locator("#id_identity").input_value() == ""


def test_the_pages_of_asking(
    live_server: LiveServer, region: Region, opening: Opening, proof: Path, settings: Settings
) -> None:
    settings.ASKING_WITHOUT_SUM = 0
    street = region.office.street
    page = opening(base_url=live_server.url)
    wrong: list[str] = []

    def look(name: str) -> None:
        wrong.extend(faults(page, name))

    page.goto(ASK)
    look("the chooser")
    page.goto(f"{ASK}?q=月球")
    look("no agency found")
    page.goto(f"{ASK}to/{street.slug}/")
    look("an agency")
    page.get_by_role("link", name="开始填写").click()
    look("what")
    press(page, "继续")
    look("what, with nothing written")
    page.get_by_label("信息的名称、文号，或者能找到它的描述").fill("听泉街道加装电梯补助的办法")
    expect(page.get_by_role("region", name="可能已经公开")).to_be_visible()
    look("what, perhaps public already")
    press(page, "保存草稿")
    look("what, saved")
    page.goto(f"{ASK}to/{street.slug}/")
    look("an agency with a draft")
    page.get_by_role("link", name="接着写").click()
    press(page, "继续")
    press(page, "继续")
    look("who")
    page.get_by_text("由别人代办", exact=True).click()
    press(page, "改为以法人或者其他组织的名义")
    look("who, an organisation")
    page.get_by_label("统一社会信用代码").fill(UNIFIED_CODE[:-1])
    press(page, "继续")
    look("who, with errors")
    press(page, "改为以个人名义")
    fill_in_who(page, proof)
    press(page, "继续")
    look("check")
    press(page, "提交申请")
    look("check, with a wrong sum")
    settings.ASKING_WITHOUT_SUM = 9
    press(page, "提交申请")
    look("receipt")
    code = page.locator("#code").inner_text()
    page.goto(f"{ASK}progress/")
    look("progress")
    press(page, "查进度")
    look("progress, nothing typed")
    page.get_by_label("查询码").fill(code)
    press(page, "查进度")
    look("a case to be confirmed")
    case = _confirmed(region)
    page.reload()
    look("a case in hand")
    page.goto(f"{ASK}progress/contact/")
    look("contact")
    page.goto(f"{ASK}progress/hand-in/withdrawal/")
    look("withdrawal")
    page.goto(f"{ASK}progress/hand-in/correction/")
    look("nothing to correct")
    _asked_for_correction(region, case)
    page.goto(f"{ASK}progress/case/")
    look("a case to be corrected, with a letter")
    page.get_by_role("link", name="交补正材料").click()
    press(page, "交上")
    look("a correction with nothing in it")
    RequestSettings.objects.filter(agency=street).update(accepts_online=False)
    page.goto(f"{ASK}to/{street.slug}/")
    look("an agency that takes nothing online")
    assert not wrong


def _confirmed(region: Region) -> DisclosureRequest:
    case = DisclosureRequest.objects.get()
    RequestSettings.objects.create(
        agency=region.office.street, reconsideration_address="https://example.gov.cn/", court="法院"
    )
    clerk = region.office.actor(Role.DISCLOSURE_OFFICE)
    return confirm(clerk, case, case.arrived_on, "电话")


def _asked_for_correction(region: Region, case: DisclosureRequest) -> None:
    office = region.office
    letter = ask_for_correction(
        office.actor(Role.AUTHOR), case, points=["没有写明哪一年"], guidance=["可以写年份"]
    )
    letter = submit_letter(office.actor(Role.AUTHOR), letter)
    letter = sign(office.actor(Role.APPROVER), letter)
    serve(office.actor(Role.DISCLOSURE_OFFICE), letter, "online", case.arrived_on)
