"""Screens of one application to correct a record (art. 41)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.web.policies import StaffRequest, staff

from ..acts import corrections as acting
from ..forms.corrections import CorrectionForm, FindingForm
from ..forms.plain import PaperForm, ReasonForm
from ..models import CorrectionResult, RecordCorrection
from ..models.corrections import NOT_COMPETENT
from .asking import HERE, ask, page, require_readable, taken

_ACT = "record_correction.handle"


@staff(_ACT)
def new(request: StaffRequest) -> HttpResponseBase:
    """Enter an application."""
    agencies = request.actor.agencies(_ACT)
    initial = {"agency": agencies[0].code, "received_on": timezone.localdate()}
    form = CorrectionForm(agencies, request.POST or None, initial=initial)
    made: list[RecordCorrection] = []

    def act() -> None:
        made.append(acting.register(request.actor, form.cleaned_data["agency"], form.facts()))

    if taken(request, form, act):
        messages.success(request, f"已登记：{made[0]}。")
        return redirect("remedies:correction", made[0].pk)
    return page(request, "remedies/correction_form.html", form, tab="corrections", correction=None)


@staff(_ACT)
def correction(request: StaffRequest, number: int) -> HttpResponseBase:
    """The page of an application."""
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
    initial = {**facts, "agency": one.agency.code}
    form = CorrectionForm([one.agency], request.POST or None, initial=initial)
    if taken(request, form, lambda: acting.edit(request.actor, one, form.facts())):
        messages.success(request, "已保存。")
        return redirect("remedies:correction", one.pk)
    return page(request, "remedies/correction_form.html", form, tab="corrections", correction=one)


@staff(_ACT)
def find(request: StaffRequest, number: int) -> HttpResponseBase:
    """What was found."""
    one = found(request, number)
    request.actor.require(_ACT, one.agency)
    names = ("result", "findings", "corrected_on", "other_agency")
    form = FindingForm(request.POST or None, initial={name: getattr(one, name) for name in names})

    def act() -> None:
        acting.find(request.actor, one, acting.Finding(**form.cleaned_data))

    if taken(request, form, act):
        messages.success(request, "已记下核实结果。写告知书，由另一个人签发后告知申请人。")
        return redirect("remedies:correction", one.pk)
    return _ask(request, one, form, title="核实结果", button="记下")


@staff(_ACT)
def look(request: StaffRequest, number: int) -> HttpResponseBase:
    """Who applies and what the record says, in full."""
    one = found(request, number)
    request.actor.require(_ACT, one.agency)
    form = ReasonForm(request.POST or None)
    if taken(request, form, lambda: acting.look(request.actor, one, form.cleaned_data["reason"])):
        response = _page(request, one, revealed=True)
        response["Cache-Control"] = "private, no-store"
        return response
    return _ask(request, one, form, title="看申请人和内容", button="看", note="看了会留记录。")


def found(request: StaffRequest, number: int) -> RecordCorrection:
    """The application; not found for those who don't handle its agency's."""
    one = RecordCorrection.objects.select_related("agency", "handler").filter(pk=number).first()
    if one is None:
        raise Http404
    require_readable(request, _ACT, one.agency)
    return one


def _page(
    request: StaffRequest, one: RecordCorrection, *, revealed: bool = False
) -> HttpResponseBase:
    context: dict[str, Any] = {
        "here": HERE,
        "tab": "corrections",
        "correction": one,
        "revealed": revealed,
        "passed_on": one.result in NOT_COMPETENT,
        "withdrawn": one.result == CorrectionResult.WITHDRAWN,
        "statements": one.statements.select_related("written_by", "approved_by"),
        "papers": one.papers.all(),
        "paper_form": PaperForm(),
        "today": timezone.localdate(),
    }
    return render(request, "remedies/correction.html", context)


def _ask(request: StaffRequest, one: RecordCorrection, form: Any, **words: str) -> HttpResponseBase:
    back = reverse("remedies:correction", args=[one.pk])
    return ask(request, form, back=back, above=one, tab="corrections", **words)
