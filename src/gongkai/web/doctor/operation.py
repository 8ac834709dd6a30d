"""The running platform: web, worker, what waits, what failed; and who administers it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.web.publication.models import SiteSettings
from gongkai.web.stage import Stage, stage
from gongkai.web.vital_signs import LONGEST_SILENCE_SECONDS, PULSE
from gongkai.web.work.loop import TROUBLE

from .condition import Condition, good, notice, wrong


def conditions(data: Path) -> Iterator[Condition]:
    """The worker, its troubles and tasks, the first run, the marks of the site."""
    yield _worker(data, time.time())
    yield from _troubles(data)
    if not settings.REDIS_URL:
        yield _tasks()
    yield _people()
    yield _marks()


def _worker(data: Path, now: float) -> Condition:
    try:
        silent = now - (data / PULSE).stat().st_mtime
    except FileNotFoundError:
        return notice(
            "worker",
            "后台任务",
            "没有在运行",
            "运行 gongkai up；不运行时网页不更新，定时发布不办。",
        )
    if silent > LONGEST_SILENCE_SECONDS:
        return wrong(
            "worker", "后台任务", f"{int(silent)} 秒没有动静", "重新启动 gongkai up，看它的输出。"
        )
    return good("worker", "后台任务", f"{int(silent)} 秒前有动静")


def _troubles(data: Path) -> Iterator[Condition]:
    try:
        told = json.loads((data / TROUBLE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return
    for label, text in told.items():
        yield wrong("duty", label, f"做不成：{text}", "详情在 gongkai up 的输出里；每分钟会再试。")


def _tasks() -> Condition:
    tasks = DBTaskResult.objects.all()
    failed = tasks.filter(status=TaskResultStatus.FAILED).count()
    waiting = tasks.filter(status=TaskResultStatus.READY).count()
    if failed:
        last = tasks.filter(status=TaskResultStatus.FAILED).latest("finished_at")
        return notice(
            "tasks", "任务", f"近两周失败 {failed} 个，最后一个：{last.exception_class_path}",
            "工作台上重办一次；还是失败，把 gongkai up 的输出交给维护人员。",
        )  # fmt: skip
    return good("tasks", "任务", f"等待 {waiting} 个，没有失败的")


def _people() -> Condition:
    where = stage()
    if where is Stage.AGENCY:
        return notice("people", "人员", "还没有人", "gongkai up --empty 会给出首次使用的地址。")
    if where is Stage.ADMINISTRATORS:
        return notice(
            "people", "人员", "安全管理员还没有建，或者还没有登录过",
            "再运行 gongkai up --empty，打开它给出的地址，接着办。",
        )  # fmt: skip
    return good("people", "人员", "三个管理员都有")


def _marks() -> Condition:
    site = SiteSettings.current()
    if site.demonstration:
        return good("marks", "网站标识", "示范数据，不需要")
    wanted = {
        "网站名称": site.site_name,
        "网站标识码": site.site_id_code,
        "主办单位": site.organiser,
        "ICP 备案号": site.icp_number,
    }
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        return notice(
            "marks", "网站标识", f"没有填：{'、'.join(missing)}",
            "系统管理员在“网站设置”里填；每个网页的页脚和标签要用。",
        )  # fmt: skip
    return good("marks", "网站标识", site.site_id_code)
