"""Screens of what is late, for those above: the list, the chase; and the agency's answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.registers.days import working_days

from ...models import Chase, DisclosureRequest
from ..acts import chase as acting
from ..forms import ChaseAnswerForm, ChaseForm
from .finding import HERE, found

PAGE = 50


@staff("request.chase")
def overdue(request: StaffRequest) -> HttpResponseBase:
    """Every request below that is past its limit, the longest first."""
    today, days = timezone.localdate(), working_days()
    agencies = request.actor.agencies("request.chase")
    late = DisclosureRequest.objects.filter(
        agency__in=agencies, concluded_on=None, due_on__lt=today
    ).select_related("agency", "handler")
    counts = late.order_by("agency__position").values("agency__short_name", "agency__code")
    if code := request.GET.get("agency"):
        late = late.filter(agency__code=code)
    page = Paginator(late.order_by("due_on", "pk"), PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "case": case,
            "days": days.count_between(case.due_on, today).days if case.due_on else 0,
            "chase": case.chases.first(),
        }
        for case in page
    ]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "here": HERE,
        "page": page,
        "rows": rows,
        "agencies": counts.annotate(count=Count("pk")),
        "agency": request.GET.get("agency", ""),
        "query": query.urlencode(),
    }
    return render(request, "requests/around/overdue.html", context)


@staff("request.chase")
def chase(request: StaffRequest, number: int) -> HttpResponseBase:
    """Chase one."""
    case = found(request, number)
    request.actor.require("request.chase", case.agency)
    form = ChaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.chase(
                request.actor, case, form.cleaned_data["text"], form.cleaned_data["answer_by"]
            )
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已催办：{case.number}。")
            return redirect("requests:overdue")
    return _ask(request, case, form, "催办", "催办", reverse("requests:overdue"))


@staff("request.handle")
def answer(request: StaffRequest, number: int, chase: int) -> HttpResponseBase:
    """Answer a chase."""
    case = found(request, number)
    request.actor.require("request.handle", case.agency)
    one = case.chases.filter(pk=chase).first()
    if one is None:
        raise Http404
    form = ChaseAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.answer_chase(request.actor, one, form.cleaned_data["answer"])
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已回复催办。")
            return redirect("requests:case", case.pk)
    back = reverse("requests:case", args=[case.pk])
    return _ask(request, case, form, "回复催办", "回复", back, notes=[_said(one)])


def _said(one: Chase) -> str:
    by = f"，要求 {one.answer_by} 前回复" if one.answer_by else ""
    return f"{timezone.localdate(one.at)} {one.person.name} 催办{by}：{one.text}"


def _ask(
    request: StaffRequest,
    case: DisclosureRequest,
    form: Any,
    title: str,
    button: str,
    back: str,
    notes: list[str] | None = None,
) -> HttpResponseBase:
    context = {
        "here": HERE, "case": case, "form": form, "title": title, "button": button,
        "back": back, "notes": notes or [],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "requests/around/ask.html", context, status=status)
