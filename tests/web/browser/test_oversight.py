"""A fault on its way through oversight in a browser: found, ordered, mended, confirmed by another.

Afterwards it stands in the brief and in the draft of the annual report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.web.oversight.rectification.models import RectificationTask, TaskState
from gongkai.web.oversight.watching.models import Standing, Watch, WatchFinding
from gongkai.web.people.models import Role
from gongkai.web.reports.models import AnnualReport
from tests.web.conftest import Office
from tests.web.oversight.rectification.made import PNG, found, telephone

from .conftest import Opening

# A page looks the same whichever database it is made from.
pytestmark = pytest.mark.once


@dataclass
class Mended:
    """What the walk left: the finding, its task, who confirmed."""

    finding: WatchFinding
    task: RectificationTask


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    path = tmp_path / "更新后的栏目.png"
    path.write_bytes(PNG)
    return path


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    page.get_by_role("link", name=words, exact=True).click()


def ordered(page: Page, finding: WatchFinding) -> RectificationTask:
    """The competent department makes a task of what the watch found, with its 督办单."""
    page.goto(reverse("watching:finding", args=[finding.pk]))
    follow(page, "督办")
    expect(page.locator("h1")).to_have_text("督办")
    page.get_by_label("怎样改").fill("公开 2025 年度决算，并核对往年。")
    press(page, "督办")
    expect(page.locator(".gk-flash")).to_contain_text("已督办")
    expect(page.locator(".gk-time .is-now")).to_contain_text("等签收")
    return finding.tasks.get()


def rectified(page: Page, task: RectificationTask, proof: Path) -> None:
    """The agency finds it on its desk, signs for it, and reports it done with a file."""
    page.goto("/desk/")
    page.get_by_role("link", name=f"签收督办：{task.title}").click()
    follow(page, "签收")
    page.get_by_label("答复").fill("决算已批复，正在核对金额。")
    press(page, "签收")
    follow(page, "报改好")
    page.get_by_label("改了什么").fill("已公开 2025 年度决算。")
    press(page, "报改好")
    # Without a proof it is not taken, and what was written is still there.
    expect(page.locator(".gk-errors")).to_contain_text("还没有证明材料")
    expect(page.get_by_label("改了什么")).to_have_value("已公开 2025 年度决算。")
    page.get_by_label("证明材料").set_input_files(proof)
    press(page, "报改好")
    expect(page.locator(".gk-time .is-now")).to_contain_text("等另一人确认")
    expect(page.get_by_role("link", name="确认改好")).to_have_count(0)


def confirmed(page: Page, task: RectificationTask) -> None:
    """The watch looks again and no longer finds it; a person of the department confirms."""
    WatchFinding.objects.filter(tasks=task).update(state=Standing.MENDED, mended_at=timezone.now())
    page.goto("/desk/")
    page.get_by_role("link", name=f"确认整改：{task.title}").click()
    expect(page.locator(".gk-banner--ok")).to_contain_text("系统复查：已不再出现")
    follow(page, "确认改好")
    expect(page.locator("main")).to_contain_text("已公开 2025 年度决算。")
    press(page, "确认改好")
    expect(page.locator(".gk-flash")).to_contain_text("已确认改好")


@pytest.fixture
def mended(live_server: LiveServer, office: Office, desk: Opening, proof: Path) -> Mended:
    """The whole walk."""
    telephone(office)
    finding = found(office.street)
    above, agency = desk(Role.COMPETENT_DEPARTMENT), desk(Role.DISCLOSURE_OFFICE)
    task = ordered(above, finding)
    rectified(agency, task, proof)
    confirmed(above, task)
    task.refresh_from_db()
    return Mended(finding, task)


def told_in_a_brief(page: Page, mended: Mended) -> None:
    """Numbers that open to the task; then words that the department makes its own."""
    Watch.objects.create(ended_at=timezone.now())
    page.goto(reverse("overview:briefs"))
    page.get_by_label("时间").select_option(f"{timezone.localdate():%Y-%m}")
    press(page, "起草简报")
    text = page.get_by_label("正文")
    expect(text).to_have_value(re.compile("巡检发现 1 项；其中 栏目更新 1 项；.*整改已确认 1 件"))
    page.get_by_role("link", name="整改已确认 1 件").click()
    page.locator("main").get_by_role("link", name=mended.task.title).click()
    expect(page.locator(".gk-time")).to_contain_text("确认改好")
    page.go_back()
    page.go_back()
    press(page, "保存并定稿")
    expect(page.locator(".gk-errors")).to_contain_text("正文里还有没有填的")
    text.fill(text.input_value().rsplit("【", 1)[0] + "各机关每月核对栏目。")
    press(page, "保存并定稿")
    expect(page.locator(".gk-paper")).to_contain_text("各机关每月核对栏目。")
    for name in ("Word 文件", "PDF 文件"):
        with page.expect_download() as download:
            follow(page, name)
        assert Path(download.value.path()).stat().st_size > 1000


def told_in_the_annual_report(page: Page, mended: Mended) -> None:
    """The office's report of the year tells the same, and leads to the same task."""
    page.goto(reverse("reports:begin"))
    page.get_by_label("年度").fill(str(timezone.localdate().year))
    press(page, "开始")
    page.goto(reverse("reports:section", args=[AnnualReport.objects.get().pk, "overview"]))
    expect(page.get_by_label("正文")).to_have_value(
        re.compile("（五）监督保障\n巡检发现问题1项，已改好1项。列入整改1件，经另一人确认改好1件。")
    )
    fact = page.locator("section", has_text="这一年的数").locator("div", has_text="整改已确认")
    fact.get_by_role("link", name="1 件").click()
    page.locator("main").get_by_role("link", name=mended.task.title).click()
    expect(page.locator("h1")).to_contain_text(mended.task.title)


def test_a_finding_is_carried_to_its_end(mended: Mended, desk: Opening) -> None:
    task = mended.task
    assert task.state == TaskState.CONFIRMED
    assert task.closed_by_id not in (None, task.done_by_id)
    page = desk(Role.COMPETENT_DEPARTMENT, reverse("rectification:task", args=[task.pk]))
    steps = page.locator(".gk-time li strong").all_inner_texts()
    assert steps == [
        "检查发现", "督办", "发督办单", "听泉街道签收", "报改好", "系统复查：已不再出现", "确认改好",
    ]  # fmt: skip
    with page.expect_download() as download:
        page.get_by_role("link", name="更新后的栏目.png").click()
    assert Path(download.value.path()).read_bytes() == PNG
    notice = task.notices.get()
    page.locator("aside").get_by_role("link", name=notice.number).click()
    expect(page.locator(".gk-paper")).to_contain_text("政府信息公开督办单")
    with page.expect_download() as download:
        follow(page, "PDF")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    told_in_a_brief(desk(Role.COMPETENT_DEPARTMENT), mended)
    told_in_the_annual_report(desk(Role.AUTHOR), mended)
