"""From a Word file to the public and back, in a browser, on the platform as it is started.

``gongkai up`` runs web and worker as processes of their own, on a database of their own.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from gongkai.web.people.models import Role
from tests.web.conftest import PASSWORD
from tests.web.installation import installation
from tests.web.running.test_up import Up, free_port

from .conftest import Opening
from .items import IDENTITY_NUMBER, picture, word_file

TITLE = "八月临时救助发放公示"
WORDS = "急难型"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SECONDS_TO_THE_PUBLIC = 5.0
# The check runs beside, in a process that the worker starts.
_CHECK_MILLISECONDS = 30_000


@dataclass
class Platform:
    """A platform that runs: its address, and the folder of its baked files."""

    address: str
    site: Path

    @property
    def home(self) -> str:
        """The public site."""
        return self.address + settings.MOUNT


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """``gongkai up`` with the people of the street."""
    with installation(tmp_path / "data", migrated=True) as environment:
        subprocess.run(
            [sys.executable, "-m", "tests.web.browser.staffed"], env=environment, check=True
        )
        port = free_port()
        up = Up(environment, port)
        try:
            up.until_well()
            site = tmp_path / "data" / "site"
            up.until((site / "sitemap.xml").exists)
            yield Platform(f"http://127.0.0.1:{port}", site)
        finally:
            up.process.terminate()
            up.process.communicate()


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def sign_in(page: Page, role: Role) -> None:
    """Through the form, as everybody does."""
    page.get_by_label("用户名").fill(role.value)
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "登录")
    expect(page.get_by_role("heading", level=1)).to_contain_text("今日待办")


def until(holds: Callable[[], bool], seconds: float) -> None:
    """Wait for it, but no longer than that."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds} seconds"
        time.sleep(0.05)


def baked_with(site: Path, words: str) -> list[str]:
    """The baked files that say ``words``, their compressed twins among them."""
    sought, found = words.encode(), []
    # The worker takes files and folders away meanwhile: what is gone says nothing any more.
    for folder, _, names in os.walk(site):
        for path in (Path(folder, name) for name in names):
            with suppress(FileNotFoundError):
                data = path.read_bytes()
                if sought in (gzip.decompress(data) if path.suffix == ".gz" else data):
                    found.append(path.relative_to(site).as_posix())
    return sorted(found)


def draft_from_word(page: Page) -> None:
    """A Word file read in, completed, with a picture beside it, and handed in."""
    page.get_by_role("link", name="从 Word 文件起草").click()
    file = FilePayload(name="公示.docx", mimeType=WORD, buffer=word_file(TITLE))
    page.get_by_label("Word 文件").set_input_files(file)
    press(page, "读入")
    expect(page.get_by_label("标题（")).to_have_value(TITLE)
    expect(page.get_by_role("textbox", name="正文").locator("table")).to_contain_text(WORDS)
    page.get_by_label("成文日期").fill(str(timezone.localdate()))
    page.get_by_label("放在哪个栏目").select_option("statutory/20-11")
    press(page, "保存")
    attached = FilePayload(name="流程图.png", mimeType="image/png", buffer=picture())
    page.get_by_label("加附件").set_input_files(attached)
    press(page, "加上")
    expect(page.get_by_role("status").first).to_contain_text("流程图.png")
    press(page, "保存并送审")
    expect(page.get_by_role("status").first).to_contain_text("已送科室审核")


def review_secrecy(page: Page) -> None:
    """What the check found stops the review, until it is answered."""
    page.get_by_role("link", name="去审").click()
    findings = page.get_by_role("region", name="发布前检查")
    expect(findings).to_contain_text("还有 1 项要答复", timeout=_CHECK_MILLISECONDS)
    expect(findings).to_contain_text("身份证号码")
    spot = page.locator("article .gk-spot")
    expect(spot).to_contain_text(IDENTITY_NUMBER)
    spot.click()
    expect(page.locator("#find1")).to_be_in_viewport()
    press(page, "审查通过")
    expect(page.get_by_role("alert").first).to_contain_text("还有 1 项检查发现没有答复")
    page.locator("#find1").get_by_label("生成打码副本，用副本公开").check()
    press(page, "答复第 1 项")
    expect(page.locator("#find1")).to_contain_text("已答复")
    press(page, "审查通过")
    expect(page.get_by_role("status").first).to_contain_text("保密审查已通过")


def doors_of(path: str) -> dict[str, str]:
    """Every way to the item on the public site, and what one reads there while it is public."""
    number = path.rsplit("/", 1)[-1].removesuffix(".html")
    return {
        path: WORDS,
        f"files/{number}/{quote('流程图.png')}": "PNG",
        "": TITLE,
        "qh0401/": TITLE,
        "qh0401/statutory/20-11/": TITLE,
        "statutory/20-11/": TITLE,
        "feed.xml": TITLE,
        "atom.xml": TITLE,
        "qh0401/feed.xml": TITLE,
        "qh0401/statutory/20-11/feed.xml": TITLE,
        f"search?q={quote(TITLE)}": f">{TITLE}<",
        f"search/feed.xml?q={quote(TITLE)}": f"<item><title>{TITLE}<",
        "sitemap-items-0.xml": path,
        f"api/v1/items/{number}.json": WORDS,
        "api/v1/items.json": TITLE,
        "api/v1/items.csv": TITLE,
    }


def open_doors(page: Page, platform: Platform, doors: dict[str, str]) -> list[str]:
    """Those behind which the item is found."""

    def is_open(door: str) -> bool:
        answer = page.request.get(platform.home + door)
        return answer.ok and doors[door].encode() in answer.body()

    return [door for door in doors if is_open(door)]


def test_from_a_word_file_to_the_public_and_back(platform: Platform, opening: Opening) -> None:
    def window(role: Role) -> Page:
        page = opening(platform.address + "/desk/")
        sign_in(page, role)
        return page

    draft_from_word(window(Role.AUTHOR))
    assert not baked_with(platform.site, TITLE)
    section = window(Role.SECTION_REVIEWER)
    section.get_by_role("link", name="去审").click()
    press(section, "审核通过")
    review_secrecy(window(Role.SECRECY_REVIEWER))
    assert not baked_with(platform.site, TITLE)

    approver = window(Role.APPROVER)
    approver.get_by_role("link", name="去审").click()
    began = time.monotonic()
    press(approver, "签发并发布")
    year = timezone.localdate().year
    folder = platform.site / "item" / str(year)
    until(lambda: bool(list(folder.glob("*.html"))), SECONDS_TO_THE_PUBLIC)
    (baked,) = folder.glob("*.html")
    path = baked.relative_to(platform.site).as_posix()
    public = opening()
    answer = public.goto(platform.home + path)
    assert time.monotonic() - began < SECONDS_TO_THE_PUBLIC
    assert answer is not None
    assert answer.status == 200
    expect(public.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(public.get_by_role("main").locator("table")).to_contain_text([WORDS])
    assert IDENTITY_NUMBER not in public.content()
    assert WORDS in baked.read_text(encoding="utf-8")
    assert not baked_with(platform.site, IDENTITY_NUMBER)

    doors = doors_of(path)
    assert open_doors(public, platform, doors) == list(doors)
    for place in range(len(TITLE) - 1):
        two = TITLE[place : place + 2]
        public.goto(f"{platform.home}search?q={quote(two)}")
        expect(public.get_by_role("main").get_by_role("link", name=TITLE)).to_be_visible()
    attached = platform.site / "files" / baked.stem / "流程图.png"
    assert attached.read_bytes() == picture()

    approver.goto(f"{platform.address}/desk/information/{baked.stem}/")
    approver.get_by_role("link", name="撤回公开").click()
    approver.get_by_label("原因").fill("发放名单有误。")
    press(approver, "撤回公开")
    expect(approver.get_by_role("status").first).to_contain_text("已撤回")
    # At once from the application, and as soon as the worker comes to it from the files.
    assert open_doors(public, platform, doors) == []
    until(lambda: not baked_with(platform.site, TITLE), SECONDS_TO_THE_PUBLIC)
    assert not attached.exists()
    assert not [one for one in baked_with(platform.site, path) if one.startswith("sitemap")]
    notice = public.goto(platform.home + path)
    assert notice is not None
    assert notice.status == 410
    expect(public.get_by_role("main")).to_contain_text("发放名单有误。")
    assert TITLE not in public.content()
    assert "发放名单有误。" in baked.read_text(encoding="utf-8")
    public.goto(f"{platform.home}search?q={quote(TITLE[:2])}")
    expect(public.get_by_role("link", name=TITLE)).to_have_count(0)
