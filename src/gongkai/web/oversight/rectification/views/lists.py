"""Tasks as a list: mine, an agency's, a subtree's; filters in the address, xlsx."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone

from gongkai.core.rules import rules
from gongkai.web import sheets
from gongkai.web.audit.record import Subject, record
from gongkai.web.people.models import Person
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.registers.days import working_days

from ..clock import clock_of
from ..due_days import IN_HAND
from ..models import CLOSED, OPEN, RectificationTask, Source, TaskState
from .found import HERE

PAGE = 50
HEADS = (
    "机关", "督办机关", "事项", "问题", "怎样改", "来源", "巡检规则", "责任人", "列入日期", "期限",
    "状态", "报改好日期", "改的人", "整改情况", "办结日期", "确认的人", "督办单",
)  # fmt: skip
# What the list can be narrowed to besides one state.
_GROUPS = {"open": "没有办结", "late": "超期没有改好", "closed": "已办结"}
_TILES = (
    (TaskState.ORDERED, "待签收"), ("in_hand", "在改"), ("late", "超期没有改好"),
    (TaskState.DONE, "待确认"), (TaskState.CONFIRMED, "已改好"),
)  # fmt: skip


@staff("oversight.read")
def tasks(request: StaffRequest) -> HttpResponseBase:
    """The tasks one may see."""
    today, days = timezone.localdate(), working_days()
    agencies = request.actor.agencies("oversight.read")
    every = RectificationTask.objects.filter(agency__in=agencies)
    chosen = narrowed(every, request.GET, request.actor.person, today)
    page = Paginator(_listed(chosen), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "here": HERE,
        "tab": "rectification",
        "page": page,
        "rows": [{"task": task, "clock": clock_of(task, today, days)} for task in page],
        "query": query.urlencode(),
        "agencies": agencies,
        "states": [*_GROUPS.items(), *TaskState.choices],
        "rules": _rules_of(every),
        "tiles": [
            {"state": state, "label": label, "count": _in_state(every, state, today).count()}
            for state, label in _TILES
        ],
        "get": request.GET,
        "filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_order": request.actor.may_somewhere("oversight.task"),
        "may_issue": request.actor.may_somewhere("oversight.order"),
        "may_settle": request.actor.may_somewhere("oversight.settings"),
        "may_export": request.actor.may_somewhere("oversight.export"),
    }
    return render(request, "rectification/list.html", context)


@staff("oversight.export")
@transaction.atomic
def export(request: StaffRequest) -> HttpResponseBase:
    """The list as xlsx."""
    who = request.actor.require_somewhere("oversight.export")
    every = RectificationTask.objects.filter(agency__in=request.actor.agencies("oversight.export"))
    chosen = narrowed(every, request.GET, request.actor.person, timezone.localdate())
    answer = sheets.answer("rectification.xlsx", "整改台账", HEADS, lines_of(chosen))
    subject = Subject("rectification_task", "list", "整改台账")
    record("oversight.export", subject, who, after={"entries": chosen.count()})
    return answer


def narrowed(
    found: QuerySet[RectificationTask], asked: QueryDict, person: Person, today: date
) -> QuerySet[RectificationTask]:
    """As the address asks: state, agency, rule, source, mine, words."""
    found = _in_state(found, asked.get("state", ""), today)
    if agency := asked.get("agency"):
        found = found.filter(agency__code=agency)
    if rule := asked.get("rule"):
        found = found.filter(findings__rule=rule)
    if (source := asked.get("source")) in Source.values:
        found = found.filter(source=source)
    if asked.get("mine"):
        found = found.filter(Q(responsible=person) | Q(ordered_by=person) | Q(done_by=person))
    for word in asked.get("q", "").split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(problem__icontains=word)
            | Q(notices__number__icontains=word)
        )
    return found.distinct()


def lines_of(found: QuerySet[RectificationTask]) -> Iterator[list[Any]]:
    """The tasks as rows of the export."""
    full = found.select_related(
        "agency", "ordering_agency", "responsible", "done_by", "closed_by"
    ).prefetch_related("findings", "notices")
    for task in full.order_by("-pk"):
        yield [
            task.agency.short_name,
            task.ordering_agency.short_name if task.from_above else "本机关",
            task.title,
            task.problem,
            task.demand,
            task.get_source_display(),
            "、".join(dict.fromkeys(one.told.title.zh for one in task.findings.all())),
            task.responsible.name if task.responsible else None,
            timezone.localtime(task.ordered_at).date(),
            task.due_on,
            task.get_state_display(),
            timezone.localtime(task.done_at).date() if task.done_at else None,
            task.done_by.name if task.done_by else None,
            task.done_words,
            timezone.localtime(task.closed_at).date() if task.closed_at else None,
            task.closed_by.name if task.closed_by else None,
            "、".join(one.number for one in task.notices.all()),
        ]


def _in_state(
    found: QuerySet[RectificationTask], state: str, today: date
) -> QuerySet[RectificationTask]:
    if state == "open":
        return found.filter(state__in=OPEN)
    if state == "closed":
        return found.filter(state__in=CLOSED)
    if state == "in_hand":
        return found.filter(state__in=(TaskState.RECEIVED, TaskState.RETURNED))
    if state == "late":
        return found.filter(state__in=IN_HAND, due_on__lt=today)
    return found.filter(state=state) if state in TaskState.values else found


def _listed(found: QuerySet[RectificationTask]) -> QuerySet[RectificationTask]:
    """What is open stands first, by its day; then what ended, newest first."""
    return found.select_related("agency", "ordering_agency", "responsible").order_by(
        F("closed_at").desc(nulls_first=True), "due_on", "-pk"
    )


def _rules_of(found: QuerySet[RectificationTask]) -> list[tuple[str, str]]:
    named = found.exclude(findings=None).values_list("findings__rule", flat=True).distinct()
    known = rules()
    return sorted((rule, known[rule].title.zh) for rule in named.order_by() if rule in known)
