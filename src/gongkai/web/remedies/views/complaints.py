"""Screens of one complaint or report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.web.policies import StaffRequest, staff

from ..acts import complaints as acting
from ..forms.complaints import AnswerForm, ComplaintForm
from ..forms.plain import PaperForm, ReasonForm
from ..models import Complaint
from .asking import HERE, ask, page, require_readable, taken

_ACT = "complaint.handle"


@staff(_ACT)
def new(request: StaffRequest) -> HttpResponseBase:
    """Enter a complaint or report."""
    agencies = request.actor.agencies(_ACT)
    own = next((a.agency for a in request.actor.appointments), agencies[0])
    initial = {
        "agency": own.code, "received_on": timezone.localdate(),
        "request_number": request.GET.get("request", ""),
    }  # fmt: skip
    form = ComplaintForm(agencies, request.POST or None, initial=initial)
    made: list[Complaint] = []

    def act() -> None:
        made.append(acting.register(request.actor, form.cleaned_data["agency"], form.facts()))

    if taken(request, form, act):
        messages.success(request, f"已登记：{made[0]}。")
        return redirect("remedies:complaint", made[0].pk)
    return page(request, "remedies/complaint_form.html", form, tab="complaints", complaint=None)


@staff("complaint.read")
def complaint(request: StaffRequest, number: int) -> HttpResponseBase:
    """The page of a complaint."""
    return _page(request, found(request, number))


@staff(_ACT)
def edit(request: StaffRequest, number: int) -> HttpResponseBase:
    """Change what was entered."""
    one = found(request, number)
    request.actor.require(_ACT, one.agency)
    if request.method != "POST":
        # What was entered stands in the form: that is a look.
        acting.look(request.actor, one, "改登记的内容")
    facts = {name: getattr(one, name) for name in acting.FIELDS}
    initial = {
        **facts,
        "agency": one.agency.code,
        "about": one.about.code,
        "request_number": one.request.number if one.request else "",
    }
    form = ComplaintForm(request.actor.agencies(_ACT), request.POST or None, initial=initial)
    if taken(request, form, lambda: acting.edit(request.actor, one, form.facts())):
        messages.success(request, "已保存。")
        return redirect("remedies:complaint", one.pk)
    return page(request, "remedies/complaint_form.html", form, tab="complaints", complaint=one)


@staff(_ACT)
def handle(request: StaffRequest, number: int) -> HttpResponseBase:
    """What was found and done."""
    one = found(request, number)
    request.actor.require(_ACT, one.agency)
    names = ("findings", "result", "measures")
    form = AnswerForm(request.POST or None, initial={name: getattr(one, name) for name in names})

    def act() -> None:
        acting.handle(request.actor, one, acting.Answer(**form.cleaned_data))

    if taken(request, form, act):
        messages.success(request, "已保存。")
        return redirect("remedies:complaint", one.pk)
    return _ask(request, one, form, title="核实和处理", button="保存")


@require_POST
@staff(_ACT)
def reopen(request: StaffRequest, number: int) -> HttpResponseBase:
    """It was not answered after all."""
    one = found(request, number)
    request.actor.require(_ACT, one.agency)
    acting.reopen(request.actor, one)
    messages.success(request, "已改回未答复。")
    return redirect("remedies:complaint", one.pk)


@staff(_ACT)
def look(request: StaffRequest, number: int) -> HttpResponseBase:
    """Who complained, in full."""
    one = found(request, number)
    request.actor.require(_ACT, one.agency)
    form = ReasonForm(request.POST or None)
    if taken(request, form, lambda: acting.look(request.actor, one, form.cleaned_data["reason"])):
        response = _page(request, one, revealed=True)
        response["Cache-Control"] = "private, no-store"
        return response
    return _ask(request, one, form, title="看投诉举报人", button="看", note="看了会留记录。")


def found(request: StaffRequest, number: int) -> Complaint:
    """The complaint; not found for those whose agency did not receive it."""
    one = Complaint.objects.select_related("agency", "about", "request", "handler")
    complaint = one.filter(pk=number).first()
    if complaint is None:
        raise Http404
    require_readable(request, "complaint.read", complaint.agency)
    return complaint


def _page(request: StaffRequest, one: Complaint, *, revealed: bool = False) -> HttpResponseBase:
    context: dict[str, Any] = {
        "here": HERE,
        "tab": "complaints",
        "complaint": one,
        "revealed": revealed,
        "papers": one.papers.all(),
        "paper_form": PaperForm(),
        "may_handle": request.actor.may(_ACT, one.agency),
        "today": timezone.localdate(),
    }
    return render(request, "remedies/complaint.html", context)


def _ask(request: StaffRequest, one: Complaint, form: Any, **words: str) -> HttpResponseBase:
    back = reverse("remedies:complaint", args=[one.pk])
    return ask(request, form, back=back, above=one, tab="complaints", **words)
