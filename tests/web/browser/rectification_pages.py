"""The pages of rectification, by who looks: tasks on their way, notices, self-checks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from gongkai.web.oversight.rectification.acts import carry_out, notices
from gongkai.web.oversight.rectification.models import RectificationTask
from gongkai.web.people.models import Role
from tests.web.oversight.rectification.made import (
    PROOF,
    found,
    make_rectification,
    ordered,
    own,
    telephone,
    watched,
)

from .staff_pages import StaffPage, opened_details, pressed
from .world import World


class Rectified:
    """Made for these pages alone: a task of every kind that a page shows differently."""

    def __init__(self, world: World) -> None:
        office = world.office
        telephone(office)
        made = make_rectification(office)
        self.fresh, self.check, self.signed = made.task, made.check, made.signed
        self.finding = found(office.street)
        last = made.signed.month
        watched(f"{last:%Y-%m}-05T06:00+08:00")
        self.late = ordered(office, found(office.street, "20-8"))
        carry_out.receive(office.actor(Role.DISCLOSURE_OFFICE), self.late, "正在核对")
        RectificationTask.objects.filter(pk=self.late.pk).update(
            due_on=timezone.localdate() - timedelta(days=20)
        )
        self.done = own(office, responsible=office.people[Role.AUTHOR])
        carry_out.finish(office.actor(Role.AUTHOR), self.done, "已公开", [PROOF])
        self.notice = notices.issue_order(office.actor(Role.COMPETENT_DEPARTMENT), self.late)


def of(name: str) -> Callable[[Any], tuple[Any, ...]]:
    return lambda world: (getattr(world.rectified, name).pk,)


def month_of(name: str) -> Callable[[Any], tuple[Any, ...]]:
    return lambda world: (
        world.office.street.pk,
        f"{getattr(world.rectified, name).month:%Y-%m}",
    )


def earlier(world: Any) -> tuple[Any, ...]:
    """A month of which nothing was begun."""
    return world.office.street.pk, "2026-01"


PAGES: dict[Role, tuple[StaffPage, ...]] = {
    Role.DISCLOSURE_OFFICE: (
        StaffPage("desk:home"),
        StaffPage("rectification:list"),
        StaffPage("rectification:list", query="state=withdrawn"),
        StaffPage("rectification:task", of("fresh"), act=opened_details),
        StaffPage("rectification:task", of("late")),
        StaffPage("rectification:receive", of("fresh")),
        StaffPage("rectification:name", of("fresh")),
        StaffPage("rectification:finish", of("late")),
        StaffPage("rectification:finish", of("late"), act=pressed("报改好")),
        StaffPage("rectification:confirm", of("done")),
        StaffPage("rectification:give_back", of("done"), act=pressed("退回再改")),
        StaffPage("rectification:new"),
        StaffPage("rectification:self_checks"),
        StaffPage("rectification:self_check", earlier),
        StaffPage("rectification:self_check", earlier, act=pressed("保存并送签")),
        StaffPage("rectification:self_check", month_of("signed")),
        StaffPage("rectification:notice", of("notice")),
        StaffPage("rectification:notices", query="kind=supervision_circular"),
    ),
    Role.APPROVER: (
        StaffPage("rectification:self_check", month_of("check")),
        StaffPage("rectification:return_self_check", of("check")),
    ),
    Role.COMPETENT_DEPARTMENT: (
        StaffPage("desk:home"),
        StaffPage("rectification:list"),
        StaffPage("rectification:task", of("late"), act=opened_details),
        StaffPage("rectification:extend", of("late"), act=pressed("延长")),
        StaffPage("rectification:withdraw", of("late")),
        StaffPage("rectification:no_fault", of("late")),
        StaffPage("rectification:new", act=pressed("督办")),
        StaffPage("rectification:circular", act=pressed("看样稿")),
        StaffPage("rectification:notices"),
        StaffPage("rectification:self_checks", query="state=missing"),
        StaffPage("rectification:settings", act=pressed("保存", days="0")),
    ),
}
# Acts and files.
NO_PAGE = {
    f"rectification:{name}"
    for name in (
        "export", "issue", "notice_file", "proof", "remove_proof", "send", "sheet", "sign",
    )
}  # fmt: skip
