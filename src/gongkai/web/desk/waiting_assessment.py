"""What waits for a person in assessments: score oneself, read the review, review, answer, settle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from gongkai.core.days import WorkingDays
from gongkai.web.disclosure.clock import Clock
from gongkai.web.oversight.assessment.models import Assessment, Stage, Standing
from gongkai.web.policies import Actor

from .entries import Waiting

MOST = 60
# The table gives these steps no day: they stand after what has one.
_SOMETIME = timedelta(days=365)


def assessments_for(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    """What this person has to do."""
    found = (
        Assessment.objects.filter(table__standing=Standing.IN_FORCE)
        .select_related("agency", "table")
        .order_by("pk")
    )
    own = found.filter(agency__in=actor.agencies("oversight.score_self"))
    for one in own.filter(stage=Stage.SELF)[:MOST]:
        yield _undated(one, "考核自评", "去自评", today)
    for one in own.filter(stage=Stage.TOLD, objection_until__gte=today)[:MOST]:
        until = one.objection_until or today
        left = days.count_between(today, until).days
        heading = f"还剩 {left} 个工作日" if left else "今天到期"
        clock = Clock("" if left else "late", heading, f"{until.month}月{until.day}日前")
        yield _waiting(one, "看考核复核，有异议的申诉", "去看", clock, until)
    # Nobody reviews what he wrote himself.
    theirs = (
        found.filter(agency__in=actor.agencies("oversight.assess"))
        .exclude(handed_in_by=actor.person)
        .exclude(scores__self_by=actor.person)
    )
    for one in theirs.filter(stage=Stage.REVIEW)[:MOST]:
        yield _undated(one, "考核复核", "去复核", today)
    for one in theirs.filter(stage=Stage.OBJECTED)[:MOST]:
        yield _undated(one, "答复考核申诉", "去答复", today)
    over = found.filter(agency__in=actor.agencies("oversight.assess"), stage=Stage.TOLD)
    for one in over.filter(Q(objection_until=None) | Q(objection_until__lt=today))[:MOST]:
        yield _undated(one, "考核定分", "去定分", today)


def _undated(one: Assessment, what: str, button: str, today: date) -> Waiting:
    clock = Clock("", "没有期限", one.get_stage_display())
    return _waiting(one, what, button, clock, today + _SOMETIME)


def _waiting(one: Assessment, what: str, button: str, clock: Clock, due_on: date) -> Waiting:
    address = reverse("assessment:sheet", args=[one.pk])
    return Waiting(clock, due_on, what, str(one), one.agency.short_name, address, button)
