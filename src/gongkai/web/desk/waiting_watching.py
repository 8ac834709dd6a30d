"""What the watch found and nobody mends yet, and what somebody says is no fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.clock import Clock
from gongkai.web.oversight.rectification.models import RectificationTask
from gongkai.web.oversight.watching.models import Standing, WatchFinding
from gongkai.web.policies import Actor

from .entries import Waiting

_MOST = 30


def watching_for(actor: Actor, today: date) -> Iterator[Waiting]:
    """One line for all errors of an agency of one's own; one for each proposal to decide."""
    own = {appointment.agency_id for appointment in actor.appointments}
    offices = [a.pk for a in actor.agencies("oversight.set_aside") if a.pk in own]
    errors = WatchFinding.objects.filter(
        agency__in=offices, state=Standing.OPEN, severity="error", proposed_by=None
    ).exclude(pk__in=RectificationTask.objects.filter(closed_at=None).values("findings"))
    counts = dict(errors.order_by().values_list("agency").annotate(count=Count("pk")))
    for agency in Agency.objects.filter(pk__in=counts):
        yield Waiting(
            Clock("late", f"{counts[agency.pk]} 条差错", "巡检查到"),
            today,
            "改巡检查到的差错",
            agency.short_name,
            "没有列入整改",
            f"{reverse('watching:list')}?severity=error&agency={agency.code}",
            "去看",
        )
    proposed = WatchFinding.objects.filter(
        agency__in=actor.agencies("oversight.judge"), state=Standing.OPEN
    ).exclude(proposed_by=None)
    for one in proposed.exclude(proposed_by=actor.person).select_related("proposed_by")[:_MOST]:
        yield Waiting(
            Clock("", "等判断", f"{one.proposed_at:%m月%d日} 提出"),
            today,
            "判断是不是问题",
            str(one),
            f"{one.proposed_by.name if one.proposed_by else ''}：{one.proposal[:30]}",
            reverse("watching:finding", args=[one.pk]),
            "去判断",
        )
