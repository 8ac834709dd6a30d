"""From a citizen's question to the reply in the citizen's hands, on the platform as it is started.

Every due day that the citizen or the staff see is held against the core's own account, and the
letters are opened and read.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import docx
import pytest
from django.conf import settings
from django.utils import timezone
from pikepdf import Pdf
from playwright.sync_api import FilePayload, Page, expect

from gongkai.core.days import WorkingDays
from gongkai.core.handling.channels import Channel
from gongkai.core.handling.clock import Account, account
from gongkai.core.handling.history import Act, History, Service
from gongkai.core.handling.settings import ClockSettings
from gongkai.core.handling.transitions import ActKind
from gongkai.web.people.models import Role
from gongkai.web.requests.views.clocks import day_words
from tests.web.installation import installation
from tests.web.requests.secrets_told import (
    ADDRESS,
    IDENTITY_IMAGE,
    NAME,
    NUMBER,
    PHONE,
    THIRD_PARTY,
    told_in,
)
from tests.web.running.test_up import Up, free_port

from .conftest import Opening
from .test_publishing import press, sign_in

# A page looks the same whichever database it is made from.
pytestmark = pytest.mark.once

ASKED = "听泉街道老旧住宅加装电梯补助发放明细"
POINT, CORRECTED = "没有写明要哪一年的", "要2024年的。"
# So short that each stands on one line of its cell.
WITHHELD, WHY = "明细表第3列的收款账号", "是个人的银行账号"
TABLE = "补助明细（隐去账号）.pdf"
# What an office enters once, before its first request.
READY = """
import django; django.setup()
from gongkai.web.agencies.models import Agency
from gongkai.web.requests.models import RequestSettings
street = Agency.objects.get(slug="qh0401")
street.disclosure_office, street.phone = "听泉街道党政办公室", "0531-88880001"
street.address, street.postcode = "听泉路1号", "250001"
street.save()
RequestSettings.objects.create(agency=street, letter_mark="听公开", request_mark="听公开申",
    reconsideration_body="青禾区人民政府", court="青禾区人民法院",
    reconsideration_address="https://example.gov.cn/fuyi")
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """``gongkai up`` with the people of the street, ready to take requests."""
    with installation(tmp_path / "data", migrated=True) as environment:
        for made in (["-m", "tests.web.browser.staffed"], ["-c", READY]):
            subprocess.run([sys.executable, *made], env=environment, check=True)
        up = Up(environment, free_port())
        try:
            up.until_well()
            yield f"http://127.0.0.1:{up.port}"
        finally:
            up.process.terminate()
            up.process.communicate()


@dataclass
class Course:
    """What was done on the request so far, as the core knows it."""

    today: date = field(default_factory=timezone.localdate)
    acts: list[Act] = field(default_factory=list)

    def then(self, kind: ActKind, **facts: Any) -> Account:
        """The core's account after one more act today."""
        self.acts.append(Act(kind, self.today, **facts))
        return self.told()

    def told(self) -> Account:
        history = History(self.today, Channel.ONLINE, tuple(self.acts))
        return account(history, WorkingDays({}), self.today, ClockSettings())


@dataclass
class Desk:
    """The people of the office, each at a window of their own, and one request."""

    address: str
    opening: Opening
    case: str = ""
    pages: dict[Role, Page] = field(default_factory=dict)

    def of(self, role: Role, path: str = "") -> Page:
        """The window of ``role`` at a page of the request."""
        if role not in self.pages:
            self.pages[role] = self.opening(self.address + "/desk/")
            sign_in(self.pages[role], role)
        page = self.pages[role]
        page.goto(f"{self.case}{path}")
        return page

    def says(self, told: Account) -> None:
        """The due day on the page of the request is the core's; none where it has none."""
        page = self.of(Role.AUTHOR)
        due = page.locator("dl.gk-meta div").filter(has=page.get_by_text("到期", exact=True))
        words = day_words(told.due_on, told.today) if told.due_on else "现在没有到期日"
        expect(due.first).to_contain_text(words)

    def sign_and_serve(self, way: str, **given: str) -> None:
        """What the author has begun: handed in, read by all who must, signed, served."""
        author = self.pages[Role.AUTHOR]
        letter = re.sub(r"^.*(letters/\d+/).*$", r"\1", author.url)
        button = author.get_by_role("button", name=re.compile("^送(审|签)$"))
        in_full = button.inner_text() == "送审"
        button.click()
        if in_full:
            press(self.of(Role.SECTION_REVIEWER, letter), "审核通过")
            press(self.of(Role.SECRECY_REVIEWER, letter), "审查通过")
        approver = self.of(Role.APPROVER, letter)
        approver.get_by_role("link", name="去签发").click()
        press(approver, "签发")
        expect(approver.get_by_role("status").first).to_contain_text("已签发")
        office = self.of(Role.DISCLOSURE_OFFICE, letter)
        office.get_by_role("link", name="送达", exact=True).click()
        office.get_by_label("方式").select_option(label=way)
        for label, value in given.items():
            office.get_by_label(label).fill(value)
        press(office, "送达")
        expect(office.get_by_role("status").first).to_contain_text(f"已{way}")


@dataclass
class Citizen:
    """Who asks, at a window of his own; the code is on the receipt."""

    page: Page
    home: str
    code: str = ""

    def ask(self) -> None:
        page = self.page
        page.goto(f"{self.home}ask/to/qh0401/")
        page.get_by_role("link", name="开始填写").click()
        page.get_by_label("信息的名称、文号，或者能找到它的描述").fill(ASKED)
        page.get_by_label("在本网站下载").check()
        self._press("继续")
        page.get_by_label("姓名", exact=True).fill(NAME)
        page.get_by_label("证件号码").fill(NUMBER)
        page.locator("#id_identity").set_input_files(
            FilePayload(name="身份证.png", mimeType="image/png", buffer=IDENTITY_IMAGE)
        )
        page.get_by_label("联系电话").fill(PHONE)
        page.get_by_label("通信地址").fill(ADDRESS)
        self._press("继续")
        self._press("提交申请")
        expect(page.get_by_role("heading", level=1)).to_have_text("已收到您的申请")
        self.code = page.locator("#code").inner_text()
        page.get_by_role("link", name="查进度").click()
        page.get_by_label("查询码").fill(self.code)
        self._press("查进度")

    def sees(self, *words: str) -> None:
        """What the heading of the page of progress says now."""
        self.page.goto(f"{self.home}ask/progress/case/")
        heading = self.page.get_by_role("heading", level=1)
        for one in words:
            expect(heading).to_contain_text(one)

    def is_told(self, told: Account) -> None:
        """The day until which the reply comes is the core's."""
        assert told.due_on is not None
        self.sees(f"{short(told.due_on)} 答复您")
        if told.days_left and not told.running_pauses:
            expect(self.page.get_by_role("main")).to_contain_text(f"{told.days_left} 个工作日")

    def correct(self) -> None:
        self.page.get_by_role("link", name="交补正材料").first.click()
        self.page.locator("#id_text").fill(CORRECTED)
        self._press("交上")
        expect(self.page.get_by_role("status")).to_contain_text("补正已收到")

    def downloads(self, label: str, form: str) -> bytes:
        """A letter, by the link on the page."""
        line = self.page.get_by_role("listitem").filter(has_text=f"下载{label}（pdf）")
        link = line.get_by_role("link", name=re.compile("^docx" if form == "docx" else "^下载"))
        answer = self.page.request.get(urljoin(self.home, link.first.get_attribute("href")))
        assert answer.ok
        return answer.body()

    def _press(self, words: str) -> None:
        main = self.page.get_by_role("main")
        with self.page.expect_navigation():
            main.get_by_role("button", name=words, exact=True).last.click()


def words_of(data: bytes) -> str:
    """What a letter says, without its breaks."""
    if data.startswith(b"%PDF"):
        run = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
        # A sentence may go on after the number of the page.
        return re.sub(r"—\d+—", "", "".join(run.stdout.decode().split()))
    document = docx.Document(io.BytesIO(data))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "".join("".join([*(p.text for p in document.paragraphs), *cells]).split())


def short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def in_full(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@pytest.mark.once
def test_from_the_question_to_the_reply(address: str, opening: Opening) -> None:
    home = address + settings.MOUNT
    citizen, desk, course = Citizen(opening(), home), Desk(address, opening), Course()
    today = in_full(course.today)
    citizen.ask()
    citizen.sees("已提交，等机关与您确认收到")

    desk.case = f"{address}/desk/requests/"
    office = desk.of(Role.DISCLOSURE_OFFICE)
    office.get_by_role("link", name=ASKED).click()
    desk.case = office.url
    assert not told_in(office.content().encode())
    office.get_by_role("link", name="登记双方确认").click()
    office.get_by_label("怎样确认的").fill("电话")
    press(office, "登记")
    told = course.then(ActKind.CONFIRMED)
    desk.says(told)
    citizen.is_told(told)
    office = desk.of(Role.DISCLOSURE_OFFICE, "assign/")
    office.get_by_label("承办人").select_option(label="李敏")
    press(office, "分办")

    author = desk.of(Role.AUTHOR, "correction/")
    author.get_by_label("要补正什么").fill(POINT)
    author.get_by_label("怎样补正").fill("写年份")
    press(author, "起草补正告知书")
    desk.sign_and_serve("网上送达")
    days = WorkingDays({})
    until = days.nth_after(course.today, 15).day
    told = course.then(ActKind.ASK_FOR_CORRECTION, until=until)
    assert told.course.correct_by == until
    desk.says(told)
    citizen.sees("要您补正", f"{short(until)} 交来")
    notice = words_of(citizen.downloads("补正告知书", "pdf"))
    for said in (NAME, POINT, "写年份", in_full(until), "第三十条", "视为放弃申请", "重新计算"):
        assert said in notice
    assert "行政复议" not in notice

    citizen.sees("要您补正")
    citizen.correct()
    author = desk.of(Role.AUTHOR)
    author.get_by_role("link", name="打开、处理").click()
    expect(author.get_by_role("main")).to_contain_text(CORRECTED)
    press(author, "按“补正”处理")
    told = course.then(ActKind.CORRECTED)
    desk.says(told)
    citizen.is_told(told)

    author = desk.of(Role.AUTHOR, "third-party/")
    author.get_by_label("第三方的姓名或者名称").fill(THIRD_PARTY)
    author.get_by_label("拟公开的内容").fill("发放金额")
    author.get_by_label("申请内容摘要").fill("加装电梯补助")
    author.get_by_label("可能涉及的权益").fill("个人隐私")
    press(author, "起草征求意见书")
    desk.sign_and_serve("直接送达", 签收日期=course.today.isoformat(), 签收人=THIRD_PARTY)
    told = course.then(ActKind.CONSULT_THIRD_PARTY, party="第三方1", received_on=course.today)
    assert told.running_pauses
    desk.says(told)
    citizen.sees("计时暂停")
    citizen.is_told(told)
    author = desk.of(Role.AUTHOR, "opinions/")
    author.get_by_label("部分同意").check()
    author.get_by_label("对方的理由").fill("账号不能公开")
    author.get_by_label("本机关的判断").fill("账号是个人隐私，理由成立；金额公开")
    press(author, "登记意见")
    told = course.then(ActKind.THIRD_PARTY_ANSWERED, party="第三方1")
    desk.says(told)
    citizen.is_told(told)

    before = told.due_on
    author = desk.of(Role.AUTHOR, "extend/")
    author.get_by_label("延长几个工作日").fill("5")
    author.get_by_label("为什么延长").fill("要逐页核对账号")
    press(author, "起草延期告知书")
    desk.sign_and_serve("网上送达")
    told = course.then(ActKind.EXTEND, days=5)
    assert before is not None
    assert told.due_on == days.nth_after(before, 5).day
    desk.says(told)
    citizen.is_told(told)
    notice = words_of(citizen.downloads("延期答复告知书", "pdf"))
    for said in (in_full(before), "5个工作日", in_full(told.due_on), "第三十三条"):
        assert said in notice

    decide_partly(desk)
    desk.sign_and_serve("网上送达")
    told = course.then(ActKind.DECIDE, outcome="partly_disclosed")
    told = course.then(ActKind.SERVED, service=Service.ELECTRONIC)
    assert told.concluded_on == course.today
    expect(desk.of(Role.AUTHOR).get_by_role("main")).to_contain_text("已办结")
    citizen.sees("已答复")
    for form in ("pdf", "docx"):
        reply = words_of(citizen.downloads("答复书（部分公开）", form))
        for said in (
            "政府信息公开申请答复书", "听公开〔", NAME, ASKED, today, "第三十六条", "第三十七条",
            "发放金额", WITHHELD, WHY, "第十五条", "60日", "行政复议", "青禾区人民政府",
            "https://example.gov.cn/fuyi", "人民法院", "听泉街道办事处", "0531-88880001", TABLE,
        ):  # fmt: skip
            assert said in reply, f"{form}: {said}"
        assert NUMBER not in reply
        assert THIRD_PARTY not in reply
    citizen.page.reload()
    expect(citizen.page.get_by_role("main")).to_contain_text(TABLE)
    expect(desk.of(Role.DISCLOSURE_OFFICE).get_by_role("main")).to_contain_text("归档")
    by_post_some_days_ago(desk, course.today)


def by_post_some_days_ago(desk: Desk, today: date) -> None:
    """What came by registered post was received when it was signed for; its days have run."""
    came = today - timedelta(days=24)
    told = account(History(came, Channel.REGISTERED_POST), WorkingDays({}), today, ClockSettings())
    page = desk.of(Role.DISCLOSURE_OFFICE)
    page.goto(f"{desk.address}/desk/requests/register/")
    page.locator("[name=channel][value=registered_post]").check()
    page.get_by_label("到达日期").fill(came.isoformat())
    page.get_by_label("申请内容").fill("听泉街道2023年防汛预案")
    page.get_by_label("姓名或者名称").fill(NAME)
    page.get_by_label("联系电话").fill(PHONE)
    press(page, "登记")
    assert told.due_on is not None
    expect(page.get_by_role("main")).to_contain_text(in_full(came))
    page.get_by_role("link", name="打开这件申请").click()
    desk.case = page.url
    desk.says(told)
    expect(page.get_by_role("main")).to_contain_text(f"{told.days_left} 个工作日")


def decide_partly(desk: Desk) -> None:
    """部分公开, by the questions of the law in their order."""
    page = desk.of(Role.AUTHOR, "search/")
    page.get_by_label("检索的档案、系统").fill("财务系统、档案室")
    page.get_by_label("检索词").fill("加装电梯 补助")
    page.get_by_label("找到了").check()
    page.get_by_label("找到什么，或者怎样没有找到").fill("找到 2024 年发放明细表")
    press(page, "保存检索记录")
    page = desk.of(Role.AUTHOR, "decide/")
    for answer in (
        "yes", "no", "information", "no", "yes", "yes", "no", "no", "found", "yes",
        "no", "no", "no", "objects", "no", "yes",
    ):  # fmt: skip
        page.locator(f"#a-{answer}").check()
        press(page, "继续")
    expect(page.get_by_role("heading", level=1)).to_contain_text("部分公开")
    aside = page.get_by_role("complementary")
    for said in ("第三十七条", "表三", "1 件", "行政复议"):
        expect(aside).to_contain_text(said)
    page.locator("[name=part1-where]").fill(WITHHELD)
    page.locator("[name=part1-ground]").select_option("third_party_interest")
    page.locator("[name=part1-reasons]").fill(WHY)
    page.locator("[name=disclosed_parts]").fill("发放金额、发放日期")
    page.get_by_label("区分处理后的文本").fill("隐去第3列账号的明细表")
    page.get_by_label("对第三方的损害").fill("涉及个人银行账号，公开会损害财产安全")
    table = FilePayload(name=TABLE, mimeType="application/pdf", buffer=one_page())
    page.locator("[name=new_papers]").set_input_files(table)
    press(page, "定为“部分公开”，起草答复")
    expect(page.get_by_role("status").first).to_contain_text("核对答复")


def one_page() -> bytes:
    """A page as PDF."""
    made = Pdf.new()
    made.add_blank_page()
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()
