"""The board: every request by days left, filters that stay, several assigned at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.core.days import WorkingDays
from gongkai.core.handling.clock import Account, account
from gongkai.core.handling.outcomes import Outcome
from gongkai.web import sheets
from gongkai.web.disclosure.clock import Clock
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.people.models import Person
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.registers.days import working_days

from ..acts import assign as assigning
from ..clock import clock_settings_of, history_of
from ..forms.board import WAITING, BoardFilters, late_today
from ..models import DisclosureRequest, Message
from ..people import handlers_of
from .clocks import clock_of, waits_for
from .found import HERE

PAGE = 30


@dataclass(frozen=True)
class Row:
    """One request on the board."""

    case: DisclosureRequest
    told: Account
    clock: Clock
    waits_for: str
    outcome: str
    messages: int


@staff("request.read")
def board(request: StaffRequest) -> HttpResponseBase:
    """The board."""
    today, days = timezone.localdate(), working_days()
    filters = BoardFilters(request.actor, today, days, request.GET)
    page = Paginator(filters.ordered(), PAGE).get_page(request.GET.get("page"))
    cases = with_events(page.object_list)
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "requests/board.html",
        {
            "here": HERE,
            "filters": filters,
            "page": page,
            "rows": list(rows_of(cases, today, days)),
            "query": query.urlencode(),
            "tiles": _tiles(filters, today, days),
            "people": handlers_of(request.actor.agencies("request.assign"), today),
            "may_register": request.actor.may_somewhere("request.register"),
            "may_chase": request.actor.may_somewhere("request.chase"),
            "may_settle": request.actor.may_somewhere("request.settings"),
            "may_export": request.actor.may_somewhere("request.export"),
        },
    )


def with_events(cases: Any) -> list[DisclosureRequest]:
    """The requests of one page with everything that a row shows."""
    chosen: QuerySet[DisclosureRequest] = cases
    return list(chosen.select_related("agency", "handler", "requester").prefetch_related("events"))


def rows_of(cases: Iterable[DisclosureRequest], today: date, days: WorkingDays) -> Iterator[Row]:
    """Each request with its clock as the core reckons it today."""
    cases = list(cases)
    settings = {case.agency_id: clock_settings_of(case) for case in _one_each(cases)}
    waiting = dict(
        Message.objects.filter(request__in=cases, handled_at=None)
        .values_list("request")
        .annotate(Count("pk"))
    )
    for case in cases:
        told = account(history_of(case), days, today, settings[case.agency_id])
        outcome = Outcome(case.outcome).label if case.outcome else ""
        yield Row(
            case, told, clock_of(case, told), waits_for(told), outcome, waiting.get(case.pk, 0)
        )


def _one_each(cases: list[DisclosureRequest]) -> list[DisclosureRequest]:
    return list({case.agency_id: case for case in cases}.values())


def _tiles(filters: BoardFilters, today: date, days: WorkingDays) -> list[dict[str, Any]]:
    """What leads the table: counts of what is open, each its own filter."""
    soon = days.nth_after(today, 5).day
    waiting = Q(state__startswith="awaiting_")
    counts = DisclosureRequest.objects.filter(
        agency__in=filters.agencies, concluded_on=None
    ).aggregate(
        open=Count("pk"),
        late=Count("pk", filter=late_today(today)),
        soon=Count("pk", filter=Q(due_on__gte=today, due_on__lte=soon)),
        waiting=Count("pk", filter=waiting),
        nobody=Count("pk", filter=Q(handler=None)),
    )
    return [
        {"label": label, "count": counts[name], "query": query}
        for name, label, query in (
            ("open", "在办", ""),
            ("late", "超期", "late=on"),
            ("soon", "5 个工作日内到期", "due=5"),
            ("waiting", "等对方", f"state={WAITING}"),
            ("nobody", "没有分办", "handler=nobody"),
        )
    ]


@require_POST
@staff("request.assign")
def together(request: StaffRequest) -> HttpResponseBase:
    """Give several requests to one person; each that is refused says why, the others are done."""
    back = redirect(_back(request))
    chosen = [int(n) for n in request.POST.getlist("case") if n.isdecimal()]
    wanted = request.POST.get("handler", "")
    person = Person.objects.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if person is None or not chosen:
        messages.warning(request, "选几件申请，再选分给谁。")
        return back
    cases = DisclosureRequest.objects.filter(
        pk__in=chosen, agency__in=request.actor.agencies("request.read")
    )
    done = 0
    for case in cases.select_related("agency"):
        try:
            assigning.assign(request.actor, case, person)
            done += 1
        except (Forbidden, OutOfTurn) as refusal:
            messages.warning(request, f"{case.number} 没有分办：{refusal}")
    if done:
        messages.success(request, f"已分给{person.name} {done} 件。")
    return back


def _back(request: StaffRequest) -> str:
    """The board with the filters it had."""
    query = request.POST.get("back", "")
    return reverse(HERE) + (query if query.startswith("?") and len(query) > 1 else "")


HEADS = (
    "机关", "申请编号", "事由", "渠道", "申请人类型", "到达日期", "收到日期", "答复到期", "状态",
    "承办人", "办理结果", "办结日期", "逾期",
)  # fmt: skip


@staff("request.export")
def export(request: StaffRequest) -> HttpResponseBase:
    """The filtered board as xlsx, without who asks."""
    today, days = timezone.localdate(), working_days()
    filters = BoardFilters(request.actor, today, days, request.GET)
    able = request.actor.agencies("request.export")
    cases = filters.ordered().filter(agency__in=able)
    cases = cases.select_related("agency", "handler", "requester")
    lines = (_line(case, today) for case in cases.iterator(chunk_size=500))
    return sheets.answer("requests.xlsx", "依申请公开", HEADS, lines)


def _line(case: DisclosureRequest, today: date) -> tuple[Any, ...]:
    past = case.concluded_on is None and case.due_on is not None and case.due_on < today
    return (
        case.agency.short_name,
        case.number,
        case.title or case.description,
        case.get_channel_display(),
        case.requester.get_kind_display(),
        case.arrived_on,
        case.received_on,
        case.due_on,
        case.get_state_display(),
        case.handler.name if case.handler else "",
        Outcome(case.outcome).label if case.outcome else "",
        case.concluded_on,
        "是" if case.late or past else "否",
    )
