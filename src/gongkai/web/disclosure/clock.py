"""How long an item has left, as the clock on the screens shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.core.days import WorkingDays

from .models import InformationItem

SOON = 5


@dataclass(frozen=True)
class Clock:
    """``tone`` is a modifier of gk-clock ("", soon, late, done); ``heading`` and ``text`` its words."""

    tone: str
    heading: str
    text: str


def clock_of(item: InformationItem, today: date, days: WorkingDays) -> Clock | None:
    """The clock of art. 26; None for what it does not run for."""
    due, made_on = item.due_on, item.version.made_on
    if due is None or made_on is None:
        return None
    about = "约" if item.due_provisional else ""
    text = f"{due.month}月{due.day}日前公开" + ("，暂定" if item.due_provisional else "")
    if today == due:
        return Clock("late", "今天到期", text)
    if today > due:
        late = days.count_between(due, today).days
        # The day after may be no working day: late it is all the same.
        heading = f"超期{about} {late} 个工作日" if late else "已经超期"
        return Clock("late", heading, f"{due.month}月{due.day}日到期")
    left = days.count_between(today, due).days
    return Clock("soon" if left <= SOON else "", f"还剩{about} {left} 个工作日", text)
