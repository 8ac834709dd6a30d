"""The three registers as lists: filters in the address, open ones first, xlsx."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.core.remedies.cases import RemedyKind, result
from gongkai.web import sheets
from gongkai.web.audit.record import Subject, record
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.registers.days import working_days

from ..limits import limits_of
from ..models import Complaint, RecordCorrection, RemedyCase
from .asking import HERE

PAGE = 50
HEADS = (
    "机关", "种类", "案号", "复议机关、法院", "有关的申请", "请求事项", "受理、立案日期",
    "收到副本之日", "答复、答辩到期", "提出日期", "结果", "表四的列", "决定、裁判生效日期",
    "决定书、裁判文书号",
)  # fmt: skip


@staff("remedy.read")
def cases(request: StaffRequest) -> HttpResponseBase:
    """Cases of reconsideration and litigation."""
    found = _chosen(request, _cases(request), "closed_on")
    kind = request.GET.get("kind", "")
    if kind in set(RemedyKind):
        found = found.filter(kind=kind)
    days, today = working_days(), timezone.localdate()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "case": case,
            "limit": next((one for one in limits_of(case, days) if one.ours), None),
            "result": result(case.result) if case.result else None,
        }
        for case in page
    ]
    context = {
        **_context(request, "cases", "remedy.read", page),
        "rows": rows,
        "kinds": list(RemedyKind),
        "kind": kind,
        "today": today,
        "may_open": request.actor.may_somewhere("remedy.record"),
        "may_export": request.actor.may_somewhere("remedy.export"),
    }
    return render(request, "remedies/cases.html", context)


@staff("remedy.export")
@transaction.atomic
def export(request: StaffRequest) -> HttpResponseBase:
    """The list as xlsx, without anybody's name."""
    who = request.actor.require_somewhere("remedy.export")
    agencies = request.actor.agencies("remedy.export")
    found = RemedyCase.objects.filter(agency__in=agencies).select_related("agency", "request")
    found = _chosen(request, found, "closed_on")
    answer = sheets.answer("remedies.xlsx", "复议诉讼台账", HEADS, _lines(found))
    subject = Subject("remedy_case", "list", "复议诉讼台账")
    record("remedy.export", subject, who, after={"entries": found.count()})
    return answer


@staff("record_correction.handle")
def corrections(request: StaffRequest) -> HttpResponseBase:
    """Applications to correct a record."""
    agencies = request.actor.agencies("record_correction.handle")
    found = RecordCorrection.objects.filter(agency__in=agencies).select_related("agency", "handler")
    page = Paginator(_chosen(request, found, "concluded_on"), PAGE).get_page(
        request.GET.get("page")
    )
    context = _context(request, "corrections", "record_correction.handle", page)
    return render(request, "remedies/corrections.html", context)


@staff("complaint.read")
def complaints(request: StaffRequest) -> HttpResponseBase:
    """Complaints and reports that one's agencies received."""
    agencies = request.actor.agencies("complaint.read")
    found = Complaint.objects.filter(agency__in=agencies).select_related("agency", "about")
    page = Paginator(_chosen(request, found, "answered_on"), PAGE).get_page(request.GET.get("page"))
    context = _context(request, "complaints", "complaint.read", page)
    return render(request, "remedies/complaints.html", context)


def _cases(request: StaffRequest) -> QuerySet[RemedyCase]:
    agencies = request.actor.agencies("remedy.read")
    return RemedyCase.objects.filter(agency__in=agencies).select_related(
        "agency", "request", "handler"
    )


def _chosen(request: StaffRequest, found: Any, ended: str) -> Any:
    """As the address asks: open or ended ones, of an agency, with words."""
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    if state in ("open", "ended"):
        found = found.filter(**{f"{ended}__isnull": state == "open"})
    if agency := request.GET.get("agency"):
        found = found.filter(agency__code=agency)
    if words and found.model is RemedyCase:
        found = found.filter(
            Q(number__icontains=words) | Q(body__icontains=words)
            | Q(matter__icontains=words) | Q(request__number__icontains=words)
        )  # fmt: skip
    elif words and found.model is Complaint:
        found = found.filter(Q(matter__icontains=words) | Q(request__number__icontains=words))
    return found


def _context(request: StaffRequest, tab: str, act: str, page: Any) -> dict[str, Any]:
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "here": HERE,
        "tab": tab,
        "page": page,
        "query": query.urlencode(),
        "agencies": request.actor.agencies(act),
        "agency": request.GET.get("agency", ""),
        "state": request.GET.get("state", ""),
        "q": request.GET.get("q", ""),
    }


def _lines(found: QuerySet[RemedyCase]) -> Iterator[list[Any]]:
    for case in found.iterator(chunk_size=500):
        ended = result(case.result) if case.result else None
        yield [
            case.agency.short_name,
            case.get_kind_display(),
            case.number,
            case.body,
            case.request.number if case.request else None,
            case.matter,
            case.opened_on,
            case.copy_received_on,
            case.answer_due_on,
            case.answered_on,
            ended.label if ended else None,
            ended.column.label if ended else "尚未审结",
            case.closed_on,
            case.decision_number,
        ]
