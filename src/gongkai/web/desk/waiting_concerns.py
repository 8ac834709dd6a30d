"""Matters of public concern that wait for a person: to be answered within their hours, then closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from gongkai.web.disclosure.clock import Clock
from gongkai.web.oversight.concerns.acts.concerns import POLICY
from gongkai.web.oversight.concerns.models import Concern
from gongkai.web.oversight.concerns.standing import Stands, standing_of
from gongkai.web.policies import Actor

from .entries import Waiting

MOST = 30
# What is answered and only to be closed has no limit.
_SOMETIME = timedelta(days=7)


def concerns_for(actor: Actor, now: datetime) -> Iterator[Waiting]:
    """What this person has to answer or to close; those above see the others' in their lists."""
    own = {appointment.agency_id for appointment in actor.appointments}
    agencies = [one for one in actor.agencies(POLICY) if one.pk in own]
    found = Concern.objects.filter(agency__in=agencies, closed_at=None).select_related("agency")
    stands = standing_of(found.prefetch_related("releases").order_by("began_at")[:MOST], now)
    for one in stands:
        yield Waiting(
            _clock(one),
            _day(one),
            one.next.limit.label if one.next else "办结关切",
            one.concern.title,
            f"{one.concern.agency.short_name}　{one.concern.get_kind_display()}",
            reverse("concerns:concern", args=[one.concern.pk]),
            "打开",
        )


def _clock(one: Stands) -> Clock:
    if one.next is None:
        return Clock("", "已有发布", "办完的办结")
    due = timezone.localtime(one.next.due_at)
    text = f"{due.month}月{due.day}日 {due:%H:%M} 前"
    if one.next.late(one.now):
        return Clock("late", f"超过 {_hours(one.now - one.next.due_at)} 小时", text)
    left = _hours(one.next.due_at - one.now)
    return Clock("soon" if one.near else "", f"还剩 {left} 小时", text)


def _day(one: Stands) -> date:
    if one.next is None:
        return timezone.localdate(one.now) + _SOMETIME
    return timezone.localdate(one.next.due_at)


def _hours(stretch: timedelta) -> int:
    return int(stretch.total_seconds() // 3600)
