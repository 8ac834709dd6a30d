"""What waits for a person: to do today, to come, with others, gone wrong; each with its clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.core.days import WorkingDays
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.clock import Clock, clock_of
from gongkai.web.disclosure.models import (
    UNDER_REVIEW,
    InformationItem,
    ItemKind,
    Reassessment,
    State,
)
from gongkai.web.disclosure.separation import STEP_ACTS, passed_by, writers
from gongkai.web.policies import Actor

from .entries import Waiting
from .waiting_assessment import assessments_for
from .waiting_beside import beside_for
from .waiting_concerns import concerns_for
from .waiting_rectification import rectification_for
from .waiting_reports import reports_for
from .waiting_requests import requests_for, requests_with_others
from .waiting_watching import watching_for

# How far ahead the desk looks, in working days.
AHEAD = 10
MOST = 30


@dataclass(frozen=True)
class Desk:
    """The three lists of the desk."""

    today: list[Waiting]
    soon: list[Waiting]
    others: list[Waiting]


def desk_of(actor: Actor, today: date, days: WorkingDays) -> Desk:
    """What waits for this person, and what he waits for."""
    mine = [
        *_mine(actor, today, days),
        *requests_for(actor, today, days),
        *beside_for(actor, today, days),
        *reports_for(actor, today),
        *concerns_for(actor, timezone.now()),
        *rectification_for(actor, today, days),
        *assessments_for(actor, today, days),
        *watching_for(actor, today),
    ]
    mine.sort(key=lambda w: w.due_on)
    ahead = days.nth_after(today, AHEAD).day
    return Desk(
        today=[w for w in mine if w.due_on <= today][:MOST],
        soon=[w for w in mine if today < w.due_on <= ahead][:MOST]
        + [w for w in mine if w.due_on > ahead][:MOST],
        others=[
            *_with_others(actor, today, days),
            *requests_with_others(actor, today, days),
        ][:MOST],
    )


def _mine(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    for step, act in STEP_ACTS.items():
        for item in _items(actor.agencies(act), state=step):
            if actor.person.pk in writers(item) | passed_by(item):
                continue
            yield _of_item(item, f"{step.label}", "去审", "disclosure:review", today, days)
    drafts = _items(actor.agencies("item.edit"), state=State.DRAFT)
    for item in drafts.filter(Q(author=actor.person) | Q(current__written_by=actor.person)):
        what = "修改被退回的信息" if item.returned else "写完并送审"
        yield _of_item(
            item, what, "去修改" if item.returned else "接着写", "disclosure:edit", today, days
        )
    for one in Reassessment.objects.filter(
        done_on=None,
        item__agency__in=actor.agencies("item.reassess"),
        item__state=State.KEPT,
        due_on__lte=today + timedelta(days=30),
    ).select_related("item__current", "item__agency"):
        yield Waiting(
            _plain_clock(one.due_on, today, days),
            one.due_on,
            "定期评估不公开的信息",
            str(one.item),
            f"{one.item.agency.short_name}　第十八条",
            reverse("disclosure:reassess", args=[one.item_id]),
            "去评估",
        )
    documents = _items(actor.agencies("item.draft"), kind=ItemKind.NORMATIVE_DOCUMENT)
    for item in documents.filter(interpretation_due=True, interpretations=None).exclude(
        state__in=(State.DISCARDED, State.WITHDRAWN)
    ):
        yield _of_item(
            item,
            "起草解读",
            "起草",
            "disclosure:new",
            today,
            days,
            f"?interprets={item.pk}&agency={item.agency.code}",
        )


def _with_others(actor: Actor, today: date, days: WorkingDays) -> Iterator[Waiting]:
    """What this person handed in and others have before them."""
    handed_in = _items(actor.agencies("item.edit"), state__in=UNDER_REVIEW)
    for item in handed_in.filter(Q(author=actor.person) | Q(current__written_by=actor.person)):
        since = item.state_since.date()
        waited = days.count_between(since, today).days
        clock = Clock("", f"等了 {waited} 个工作日", f"{since.month}月{since.day}日送到")
        yield Waiting(
            clock,
            item.due_on or today,
            f"等{item.get_state_display()}",
            str(item),
            item.agency.short_name,
            reverse("disclosure:item", args=[item.pk]),
            "打开",
        )


def _items(agencies: list[Agency], **facts: object) -> QuerySet[InformationItem]:
    return (
        InformationItem.objects.filter(agency__in=agencies, **facts)
        .select_related("agency", "current", "author")
        .order_by("due_on", "pk")
    )


def _of_item(
    item: InformationItem,
    what: str,
    button: str,
    address: str,
    today: date,
    days: WorkingDays,
    query: str = "",
) -> Waiting:
    clock = clock_of(item, today, days) if item.first_published_at is None else None
    due_on = item.due_on or today + timedelta(days=365)
    where = reverse(address) + query if query else reverse(address, args=[item.pk])
    note = f"{item.agency.short_name}　起草 {item.author.name}"
    if item.urgent:
        note += "　紧急更正"
    return Waiting(
        clock or Clock("", "没有法定期限", ""),
        today if item.urgent else due_on,
        what,
        str(item),
        note,
        where,
        button,
    )


def _plain_clock(due_on: date, today: date, days: WorkingDays) -> Clock:
    text = f"{due_on.month}月{due_on.day}日前"
    if due_on < today:
        return Clock("late", f"超期 {days.count_between(due_on, today).days} 个工作日", text)
    if due_on == today:
        return Clock("late", "今天到期", text)
    return Clock("", f"还剩 {days.count_between(today, due_on).days} 个工作日", text)
