"""The list of concerns, to be narrowed and taken away; the limits in force."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Min, Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.core.watching.responding import response_limits
from gongkai.web import sheets
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.registers.filters import Asked, asked, years_to

from ..acts import concerns as acting
from ..models import Concern, OwnLimit
from ..standing import Stands, standing_of

READ = "oversight.read"
HERE = "overview:home"
PAGE = 50
STATES = {"open": "没有办结", "late": "超时", "answered": "已发布", "closed": "已办结"}


@require_safe
@staff(READ)
def concerns(request: StaffRequest) -> HttpResponseBase:
    """Every matter of the agencies one reads."""
    filters = asked(request, READ)
    stands, released = _kept(request, filters)
    first = (
        Concern.objects.filter(agency__in=filters.agencies)
        .order_by()
        .aggregate(first=Min("began_at"))["first"]
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "here": HERE,
        "page": Paginator(stands, PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "years": years_to(timezone.localtime(first).year if first else None),
        "states": STATES.items(),
        "state": request.GET.get("state", ""),
        "released": released,
        "query": query.urlencode(),
        "may_edit": request.actor.may_somewhere(acting.POLICY),
        "may_set": request.actor.may_somewhere("oversight.settings"),
    }
    return render(request, "concerns/list.html", context)


@require_safe
@staff(READ)
def export(request: StaffRequest) -> HttpResponseBase:
    """What the filters leave, as xlsx."""
    heads = [
        "机关代码", "责任机关", "事项", "种类", "来源", "来源的网址", "起算时间", "期限",
        "第一次发布", "发布次数", "超时", "结果", "结果说明", "办结时间",
    ]  # fmt: skip
    stands, _ = _kept(request, asked(request, READ))
    return sheets.answer("concerns.xlsx", "关切回应", heads, (_row(one) for one in stands))


@staff("oversight.settings")
def limits(request: StaffRequest) -> HttpResponseBase:
    """The country's limits with their sources, and the region's own where they are shorter."""
    wrong: dict[str, str] = {}
    if request.method == "POST":
        slug = request.POST.get("limit", "")
        hours = request.POST.get("hours", "").strip()
        try:
            if slug not in response_limits():
                raise ValidationError("没有这一项时限。")
            if hours and not (hours.isascii() and hours.isdecimal() and len(hours) < 5):
                raise ValidationError(f"“{hours}”不是小时数。")
            source = request.POST.get("source", "")
            acting.set_limit(request.actor, slug, int(hours) if hours else None, source)
            return redirect("concerns:limits")
        except ValidationError as error:
            wrong[slug] = "；".join(error.messages)
    own = {one.limit: one for one in OwnLimit.objects.all()}
    rows = [
        {"limit": limit, "own": own.get(slug), "wrong": wrong.get(slug)}
        for slug, limit in response_limits().items()
    ]
    context = {"here": HERE, "rows": rows, "wrong": wrong}
    return render(request, "concerns/limits.html", context, status=422 if wrong else 200)


def _kept(request: StaffRequest, filters: Asked) -> tuple[list[Stands], int]:
    """What the filters leave, and how many releases of the year were asked for."""
    kept = Concern.objects.filter(agency__in=filters.among).select_related("agency")
    released = request.GET.get("released") == "1" and filters.year
    if released:
        kept = kept.filter(releases__at__year=filters.year).distinct()
    elif filters.year:
        kept = kept.filter(began_at__year=filters.year)
    for word in filters.query.split():
        kept = kept.filter(
            Q(title__icontains=word) | Q(matter__icontains=word) | Q(source__icontains=word)
        )
    state = request.GET.get("state", "")
    if state in ("open", "closed"):
        kept = kept.filter(closed_at__isnull=state == "open")
    stands = standing_of(kept.prefetch_related("releases"), timezone.now())
    if state == "late":
        stands = [one for one in stands if one.late]
    if state == "answered":
        stands = [one for one in stands if one.asked and one.concern.releases.all()]
    count = sum(
        timezone.localtime(release.at).year == filters.year
        for one in stands
        for release in one.concern.releases.all()
    )
    return stands, count if released else 0


def _row(one: Stands) -> list[Any]:
    concern = one.concern
    releases = list(concern.releases.all())
    return [
        concern.agency.code,
        concern.agency.short_name,
        concern.title,
        concern.get_kind_display(),
        concern.source,
        concern.link,
        _moment(concern.began_at),
        _moment(min(limit.due_at for limit in one.limits)),
        _moment(releases[0].at) if releases else "",
        len(releases),
        "是" if one.late else "否",
        concern.get_result_display(),
        concern.said,
        _moment(concern.closed_at) if concern.closed_at else "",
    ]


def _moment(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
