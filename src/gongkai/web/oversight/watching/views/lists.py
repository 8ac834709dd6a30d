"""What the watch found: by family, agency, severity and state; runs; asking for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.web import sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, record
from gongkai.web.policies import StaffRequest, staff

from ..acts.ask import ask
from ..around import notes_of
from ..families import FAMILIES, family_of
from ..models import Standing, Watch, WatchFinding

HERE, TAB = "overview:home", "watching"
PAGE = 50
_GRAVE = Case(
    When(severity="error", then=Value(0)),
    When(severity="warning", then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
_SORTS = {
    "": ("grave", "agency__position", "agency", "-found_at", "pk"),
    "newest": ("-found_at", "-pk"),
    "oldest": ("found_at", "pk"),
    "agency": ("agency__position", "agency", "grave", "pk"),
}
SORTS = (
    ("", "先看差错"),
    ("newest", "新发现的在前"),
    ("oldest", "早发现的在前"),
    ("agency", "按机关"),
)
SEVERITIES = (("error", "差错"), ("warning", "提示"), ("note", "提醒"))
HEADS = (
    "机关", "事项", "轻重", "在哪里", "问题", "怎样改", "依据", "发现时间", "最近一次看到", "状态",
    "不是问题的理由",
)  # fmt: skip


@staff("oversight.read")
def findings(request: StaffRequest) -> HttpResponseBase:
    """The findings of one's reach."""
    agencies = request.actor.agencies("oversight.read")
    found = _chosen(request, agencies)
    chosen = request.GET.get("family", "")
    tabs = _tabs(_without_family(request, agencies), chosen)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    for_tabs = request.GET.copy()
    for_tabs.pop("page", None)
    for_tabs.pop("family", None)
    notes = notes_of([one.pk for one in page])
    context: dict[str, Any] = {
        "here": HERE,
        "tab": TAB,
        "page": page,
        "rows": [(one, notes.get(one.pk, "")) for one in page],
        "query": query.urlencode(),
        "tabs_query": for_tabs.urlencode(),
        "tabs": tabs,
        "all_count": sum(one["count"] for one in tabs),
        "family": chosen,
        "agencies": agencies,
        "agency": request.GET.get("agency", ""),
        "severities": SEVERITIES,
        "severity": request.GET.get("severity", ""),
        "states": Standing.choices,
        "state": request.GET.get("state", Standing.OPEN),
        "sorts": SORTS,
        "sort": request.GET.get("sort", ""),
        "may_export": request.actor.may_somewhere("oversight.export"),
        "may_set": request.actor.may_somewhere("oversight.settings"),
        **standing(request, agencies),
    }
    return render(request, "watching/list.html", context)


def standing(request: StaffRequest, agencies: list[Agency]) -> dict[str, Any]:
    """Which run was the last, which goes on, and who may ask for one."""
    above = {int(n) for one in agencies for n in one.path.split("/") if n}
    within = Q(agency=None) | Q(agency__in=above)
    runs = Watch.objects.filter(within).select_related("asked_by")
    return {
        "last": runs.exclude(ended_at=None).filter(full=True).first(),
        "going": runs.filter(ended_at=None).last(),
        "families_count": len(FAMILIES),
        "may_watch": request.actor.may_somewhere("oversight.watch"),
    }


@staff("oversight.watch")
@require_POST
def now(request: StaffRequest) -> HttpResponseBase:
    """Have the watch run over one's own reach."""
    agencies = request.actor.agencies("oversight.watch")
    asked = request.POST.get("agency", "")
    agency = next((a for a in agencies if a.code == asked), None) or _top(agencies)
    _, made = ask(request.actor, agency)
    if made:
        messages.success(request, "已排上，马上开始检查。可以离开这一页。")
    else:
        messages.success(request, "正在检查，不用再查一次。")
    return redirect("watching:list")


@staff("oversight.read")
def runs(request: StaffRequest) -> HttpResponseBase:
    """When the watch ran, how long it took, how many things it looked at."""
    agencies = request.actor.agencies("oversight.read")
    above = {int(n) for one in agencies for n in one.path.split("/") if n}
    found = Watch.objects.filter(
        Q(agency=None) | Q(agency__in=above) | Q(agency__in=[a.pk for a in agencies])
    ).select_related("asked_by", "agency")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    labels = {family.name: family.label for family in FAMILIES}
    rows = [
        (run, [(labels.get(name, name), count) for name, count in run.looked_at.items()])
        for run in page
    ]
    context = {"here": HERE, "tab": TAB, "page": page, "rows": rows, "query": ""}
    return render(request, "watching/runs.html", context)


@staff("oversight.export")
@transaction.atomic
def export(request: StaffRequest) -> HttpResponseBase:
    """What the list shows, as xlsx."""
    who = request.actor.require_somewhere("oversight.export")
    found = _chosen(request, request.actor.agencies("oversight.export"))
    answer = sheets.answer("watch.xlsx", "巡检发现", HEADS, _lines(found))
    subject = Subject("watch_finding", "list", "巡检发现")
    record("oversight.export", subject, who, after={"entries": found.count()})
    return answer


def _top(agencies: list[Agency]) -> Agency:
    """The highest of them."""
    return min(agencies, key=lambda agency: (agency.path.count("/"), agency.position))


def _without_family(request: StaffRequest, agencies: list[Agency]) -> QuerySet[WatchFinding]:
    """As the address asks, of every family."""
    found = WatchFinding.objects.filter(agency__in=agencies)
    state = request.GET.get("state", Standing.OPEN)
    if state in set(Standing):
        found = found.filter(state=state)
    if (severity := request.GET.get("severity")) in dict(SEVERITIES):
        found = found.filter(severity=severity)
    if agency := request.GET.get("agency"):
        found = found.filter(agency__code=agency)
    return found


def _chosen(request: StaffRequest, agencies: list[Agency]) -> QuerySet[WatchFinding]:
    found = _without_family(request, agencies)
    family = next((f for f in FAMILIES if f.name == request.GET.get("family")), None)
    if family is not None:
        found = found.filter(rule__in=family.rules)
    order = _SORTS.get(request.GET.get("sort", ""), _SORTS[""])
    return found.annotate(grave=_GRAVE).order_by(*order).select_related("agency")


def _tabs(found: QuerySet[WatchFinding], chosen: str) -> list[dict[str, Any]]:
    """The families that found something, or are chosen, with how much."""
    of_rule = family_of()
    counts: Counter[str] = Counter()
    for rule, count in found.order_by().values_list("rule").annotate(count=Count("pk")):
        if rule in of_rule:
            counts[of_rule[rule].name] += count
    return [
        {"name": one.name, "label": one.label, "count": counts[one.name]}
        for one in FAMILIES
        if counts[one.name] or one.name == chosen
    ]


def _lines(found: QuerySet[WatchFinding]) -> Iterator[list[Any]]:
    for one in found:
        yield [
            one.agency.short_name,
            one.told.title.zh,
            one.get_severity_display(),
            one.place,
            one.sentence,
            one.cure,
            one.basis,
            f"{timezone.localtime(one.found_at):%Y-%m-%d %H:%M}",
            f"{timezone.localtime(one.seen_at):%Y-%m-%d %H:%M}",
            one.get_state_display(),
            one.reason,
        ]
