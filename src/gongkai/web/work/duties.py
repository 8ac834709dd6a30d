"""What is done, and how often: the one list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gongkai.web.oversight.watching import running as watching
from gongkai.web.public import bake
from gongkai.web.publication import report_reading
from gongkai.web.requests import clock

from . import data_files, forgetting, pruning, releases, reminding, task_runner

# Told between two steps of a long duty; what it raises ends the duty.
Meanwhile = Callable[[], None]


class Unfinished(Exception):
    """A duty did what it could; some of it failed, and is in the log."""


@dataclass(frozen=True)
class Duty:
    """Something to be done every so many seconds, or once a day; ``label`` is for people."""

    name: str
    label: str
    do: Callable[[Meanwhile], object] = field(compare=False)
    every_seconds: float = 1.0
    daily: bool = False


def bake_site(meanwhile: Meanwhile) -> None:
    """The folder of baked files agrees with the database."""
    baked = bake.catch_up(lambda done, total: meanwhile())
    if baked.failures:
        raise Unfinished(
            f"{len(baked.failures)} 个网页没有写成：{'、'.join(list(baked.failures)[:5])}"
        )


DUTIES = (
    Duty("publish", "定时发布", lambda meanwhile: releases.publish_scheduled()),
    Duty("figures", "读年度报告里的数", report_reading.read_waiting, 5.0),
    Duty("bake", "写出网页", bake_site),
    Duty("tasks", "接手中断的任务", lambda meanwhile: task_runner.take_up_orphans(), 30.0),
    Duty("open_data", "生成开放数据文件", lambda meanwhile: data_files.MAKER.keep(), 60.0),
    Duty("remind", "发期限提醒", lambda meanwhile: reminding.remind(), 600.0),
    Duty("reckon", "重算答复期限", lambda meanwhile: clock.settle_open(), daily=True),
    Duty("erase", "删除到期的身份信息", lambda meanwhile: forgetting.forget(), daily=True),
    Duty("validity", "更新有效性", lambda meanwhile: releases.renew_validities(), daily=True),
    Duty("turn", "随日期更新网页", lambda meanwhile: releases.turn_pages(), daily=True),
    Duty("plan_watch", "安排每天的巡检", lambda meanwhile: watching.plan_daily(), daily=True),
    Duty("watch_changes", "安排查改动", lambda meanwhile: watching.plan_changes(), 600.0),
    Duty("watch", "巡检", watching.carry_on, 5.0),
    Duty("prune", "清理过期记录", lambda meanwhile: pruning.prune(), daily=True),
)
