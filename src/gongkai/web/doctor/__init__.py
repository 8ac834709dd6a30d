"""What is missing or misconfigured on this machine, in words, each with what to do about it.

``examine`` asks in this order: the machine, the data folder, the database, the settings, the
running platform, the baked site.  What a later question needs and an earlier one found
missing is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongkai.web.preparing import CannotRun, read_settings, recall

from . import folder, machine
from .condition import Condition, Level, wrong

__all__ = ["Condition", "Level", "examine", "examine_settled"]


def examine(data: Path) -> Iterator[Condition]:
    """Every condition, one by one as it is found."""
    yield from machine.conditions()
    yield from folder.conditions(data)
    if not folder.is_begun(data):
        return
    try:
        recall(data)
        read_settings()
    except CannotRun as obstacle:
        said = obstacle.values.get("said", "数据库和平台运行时用的不是一个（GONGKAI_DATABASE_URL）")
        yield wrong(
            "settings",
            "设置",
            f"读不了：{said}",
            "环境变量要和平台运行时的一样，见 docs/howto/settings.md。",
        )
        return
    yield from _settled(data)


def examine_settled() -> Iterator[Condition]:
    """The same within the running platform."""
    from django.conf import settings

    data = Path(settings.DATA)
    yield from machine.conditions()
    yield from folder.conditions(data)
    yield from _settled(data)


def _settled(data: Path) -> Iterator[Condition]:
    """What asks the settings and the database."""
    from . import configuration, database, operation, site

    yield from configuration.conditions()
    found = list(database.conditions())
    yield from found
    if any(condition.level is Level.WRONG for condition in found):
        return
    yield from operation.conditions(data)
    yield from site.conditions()
