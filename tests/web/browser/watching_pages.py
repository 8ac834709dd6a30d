"""The pages of the watch, by who looks: empty and filled, proposed and set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from gongkai.core.watching.rhythms import Rhythm, RhythmKind
from gongkai.web.oversight.watching import running
from gongkai.web.oversight.watching.acts.columns import confirm_nothing, promise
from gongkai.web.oversight.watching.acts.judge import decide, set_aside
from gongkai.web.oversight.watching.models import WatchFinding
from gongkai.web.people.models import Role
from tests.web.oversight.watching.made import make_finding

from .staff_pages import StaffPage, opened_details, pressed
from .world import World


class Watched:
    """Made for these pages alone: a whole run, a finding proposed, one set aside."""

    def __init__(self, world: World) -> None:
        office = world.office
        clerk, above = office.actor(Role.DISCLOSURE_OFFICE), office.actor(Role.COMPETENT_DEPARTMENT)
        promise(clerk, office.street, "statutory", "20-6", Rhythm(RhythmKind.BY_MONTH, 9))
        confirm_nothing(
            clerk, office.street, "statutory", "20-14", timezone.localdate(), "本年没有招考"
        )
        running.run(running.plan(full=True))
        self.open = WatchFinding.objects.filter(agency=office.street, severity="error").first()
        self.proposed = set_aside(clerk, make_finding(office.street, key="a"), "没有传真")
        aside = set_aside(clerk, make_finding(office.street, key="b"), "没有传真")
        self.aside = decide(above, aside, True)


def found(name: str) -> Callable[[Any], tuple[Any, ...]]:
    return lambda world: (getattr(world.watched, name).pk,)


def column(name: str) -> Callable[[World], tuple[Any, ...]]:
    return lambda world: (world.office.street.code, name)


PAGES: dict[Role, tuple[StaffPage, ...]] = {
    Role.DISCLOSURE_OFFICE: (
        StaffPage("desk:home"),
        StaffPage("watching:list"),
        StaffPage("watching:list", query="state=all&sort=newest"),
        StaffPage("watching:list", query="severity=error&agency=nobody"),
        StaffPage("watching:list", act=pressed("现在检查")),
        StaffPage("watching:runs", act=opened_details),
        StaffPage("watching:finding", found("open"), act=opened_details),
        StaffPage("watching:finding", found("proposed")),
        StaffPage("watching:finding", found("aside")),
        StaffPage("watching:columns"),
        StaffPage("watching:column", column("20-6")),
        StaffPage("watching:column", column("20-14"), act=pressed("确认没有", until="2001-01-01")),
        StaffPage("watching:column", column("20-6"), act=pressed("保存承诺", number="13")),
    ),
    Role.COMPETENT_DEPARTMENT: (
        StaffPage("watching:list"),
        StaffPage("watching:finding", found("proposed"), act=pressed("不同意", reason=" ")),
        StaffPage("watching:columns", query="state=blank"),
        StaffPage("watching:numbers"),
        StaffPage("watching:numbers", act=pressed("保存", notice_days="-1")),
    ),
}
# Acts and files.
NO_PAGE = {
    f"watching:{name}"
    for name in (
        "confirm", "decide", "end_confirmation", "export", "now", "promise", "set_aside", "take_up",
    )
}  # fmt: skip
