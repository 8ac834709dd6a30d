"""What is missing or misconfigured on this machine, in words, each with what to do about it.

``examine`` asks in this order: the machine, the data folder, the database, the settings, the
running platform, the baked site.  What a later question needs and an earlier one found
missing is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongkai.web.running import CannotRun, Place, read_settings, settle

from . import folder, machine
from .condition import Condition, Level

__all__ = ["Condition", "Level", "examine", "examine_settled"]


def examine(place: Place) -> Iterator[Condition]:
    """Every condition, one by one as it is found."""
    yield from machine.conditions()
    yield from folder.conditions(place.data)
    if not folder.is_begun(place.data):
        return
    settle(place)
    try:
        read_settings()
    except CannotRun as obstacle:
        yield Condition(
            "settings",
            "设置",
            Level.WRONG,
            f"读不了：{obstacle.values['said']}",
            "按 docs/howto/settings.md 改环境变量。",
        )
        return
    yield from _settled(place)


def examine_settled() -> Iterator[Condition]:
    """The same within the running platform."""
    from django.conf import settings

    data = Path(settings.DATA)
    yield from machine.conditions()
    yield from folder.conditions(data)
    yield from _settled(Place(data))


def _settled(place: Place) -> Iterator[Condition]:
    """What asks the settings and the database."""
    from . import configuration, database, operation, site

    yield from configuration.conditions()
    found = list(database.conditions())
    yield from found
    if any(condition.level is Level.WRONG for condition in found):
        return
    yield from operation.conditions(place.data)
    yield from site.conditions()
