"""Whether an item came out in time, whether its days can be true, whether its interpretation is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..days import DueDay, WorkingDays
from ..finding import Finding
from ..rules import find


def judge_waiting(
    title: str, made_on: date, due: DueDay, state: str, today: date
) -> Finding | None:
    """Of an item that is to be public and is not: past its limit, perhaps past it, or neither."""
    if today <= due.day:
        return None
    facts = {"title": title, "made_on": made_on.isoformat(), "due": due.day.isoformat()}
    rule = "watch.item_late_provisional" if due.provisional else "watch.item_late"
    return find(rule, **facts, state=state)


def judge_release(
    title: str, made_on: date, published_on: date, days: WorkingDays, limit: int
) -> Finding | None:
    """Of an item that is public: after its limit of so many working days, beyond doubt."""
    due = days.nth_after(made_on, limit)
    if due.provisional or published_on <= due.day:
        return None
    return find(
        "watch.item_published_late",
        title=title,
        made_on=made_on.isoformat(),
        due=due.day.isoformat(),
        published_on=published_on.isoformat(),
    )


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are kept of one release: shown, in the item, in the lists, in the trail.

    None where nothing is kept there: of what was moved in, no trail tells when it came out.
    """

    shown: date
    first: date | None = None
    listed: date | None = None
    trail: date | None = None
    made_on: date | None = None


def judge_days(title: str, days: Days, today: date) -> Finding | None:
    """Whether the day of release that is shown can be the true one."""
    shown = days.shown.isoformat()
    for kept, source in (
        (days.trail, "操作记录"),
        (days.first, "首次发布的记录"),
        (days.listed, "列表的次序"),
    ):
        if kept is not None and kept != days.shown:
            return find(
                "watch.date_changed", title=title, shown=shown, source=source, kept=kept.isoformat()
            )
    if days.shown > today:
        return find("watch.date_ahead", title=title, shown=shown)
    if days.made_on is not None and days.made_on > days.shown:
        return find(
            "watch.date_before_made", title=title, shown=shown, made_on=days.made_on.isoformat()
        )
    return None


def judge_interpretation(
    title: str, published_on: date, wanted: bool, days: WorkingDays, limit: int, today: date
) -> Finding | None:
    """Of a document that holds and has no interpretation; ``wanted``: its agency marked it so."""
    facts = {"title": title, "published_on": published_on.isoformat()}
    if not wanted:
        return find("watch.interpretation_none", **facts)
    due = days.nth_after(published_on, limit)
    if due.provisional or today <= due.day:
        return None
    return find("watch.interpretation_late", **facts, due=due.day.isoformat())
