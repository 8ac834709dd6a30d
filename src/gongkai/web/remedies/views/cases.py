"""Screens of one case of reconsideration or litigation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.core.letters import letter_kind
from gongkai.core.remedies.cases import result
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.registers.days import working_days
from gongkai.web.requests.models import DisclosureRequest

from ..acts import cases as acting
from ..acts.closing import Ending, close_case, orders_redo, redo_limit_note, reopen_case
from ..advice import advice_of
from ..forms.cases import CaseForm, CopyForm, EndingForm, EventForm
from ..forms.plain import PaperForm, ReasonForm
from ..limits import limits_of
from ..models import STEP_KINDS, CaseEvent, RemedyCase
from ..writing import kind_for
from .asking import HERE, ask, page, require_readable, taken


@staff("remedy.record")
def new(request: StaffRequest) -> HttpResponseBase:
    """Enter a case; ``?request=`` says of which request."""
    agencies = request.actor.agencies("remedy.record")
    form = CaseForm(agencies, request.POST or None, initial=_initial(request))
    made: list[RemedyCase] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(
            acting.open_case(
                request.actor,
                given["agency"],
                form.facts(),
                copy_received_on=given["copy_received_on"],
            )
        )

    if taken(request, form, act):
        messages.success(request, f"已登记：{made[0]}。")
        return redirect("remedies:case", made[0].pk)
    return page(request, "remedies/case_form.html", form, case=None, tab="cases")


@staff("remedy.read")
def case(request: StaffRequest, number: int) -> HttpResponseBase:
    """The page of a case."""
    return _page(request, found(request, number))


@staff("remedy.record")
def edit(request: StaffRequest, number: int) -> HttpResponseBase:
    """Change what was entered."""
    one = found(request, number)
    request.actor.require("remedy.record", one.agency)
    if request.method != "POST":
        # What was entered stands in the form: that is a look.
        acting.look_at_applicant(request.actor, one, "改登记的内容")
    form = CaseForm([one.agency], request.POST or None, initial=_facts(one))
    del form.fields["copy_received_on"]
    if taken(request, form, lambda: acting.edit_case(request.actor, one, form.facts())):
        messages.success(request, "已保存。")
        return redirect("remedies:case", one.pk)
    return page(request, "remedies/case_form.html", form, case=one, tab="cases")


@staff("remedy.record")
def copy(request: StaffRequest, number: int) -> HttpResponseBase:
    """The copy of the application or complaint has come."""
    one = found(request, number)
    request.actor.require("remedy.record", one.agency)
    initial = {"on": one.copy_received_on or timezone.localdate(), "procedure": one.procedure}
    form = CopyForm(request.POST or None, initial=initial)
    if one.remedy_kind.litigation:
        del form.fields["procedure"]

    def act() -> None:
        given = form.cleaned_data
        acting.receive_copy(request.actor, one, given["on"], procedure=given.get("procedure"))

    if taken(request, form, act):
        messages.success(request, "已记下，答复期限从这天算。")
        return redirect("remedies:case", one.pk)
    return _ask(request, one, form, title="收到副本", button="记下")


@staff("remedy.record")
def event(request: StaffRequest, number: int) -> HttpResponseBase:
    """Note what happened."""
    one = found(request, number)
    request.actor.require("remedy.record", one.agency)
    form = EventForm(request.POST or None, initial={"on": timezone.localdate()})
    noted: list[CaseEvent] = []

    def act() -> None:
        given = form.cleaned_data
        noted.append(
            acting.note_event(request.actor, one, given["kind"], given["on"], given["note"])
        )

    if taken(request, form, act):
        undo = reverse("remedies:remove_event", args=[one.pk, noted[0].pk])
        messages.success(request, f"已记下：{noted[0]}。", extra_tags=f"undo:{undo}")
        return redirect("remedies:case", one.pk)
    return _ask(request, one, form, title="记经过", button="记下")


@require_POST
@staff("remedy.record")
def remove_event(request: StaffRequest, number: int, event: int) -> HttpResponseBase:
    """Take back what was noted."""
    one = found(request, number)
    request.actor.require("remedy.record", one.agency)
    noted = one.events.filter(pk=event).first()
    if noted is None:
        raise Http404
    acting.remove_event(request.actor, noted)
    messages.success(request, "已删去。")
    return redirect("remedies:case", one.pk)


@staff("remedy.record")
def close(request: StaffRequest, number: int) -> HttpResponseBase:
    """How it ended; an order to reply again begins a clock."""
    one = found(request, number)
    request.actor.require("remedy.record", one.agency)
    form = EndingForm(one.kind, request.POST or None)
    if taken(request, form, lambda: close_case(request.actor, one, Ending(**form.cleaned_data))):
        one.refresh_from_db()
        again = orders_redo(one) and one.request
        text = f"，{one.request.number} 重新起算答复期限" if again and one.request else ""
        messages.success(request, f"已审结：{result(one.result).label}{text}。")
        return redirect("remedies:case", one.pk)
    note = "责令重新答复的，有关的申请重新起算答复期限。" if one.request else ""
    return _ask(request, one, form, title="审结", button="记下结果", note=note)


@staff("remedy.record")
def reopen(request: StaffRequest, number: int) -> HttpResponseBase:
    """It has not ended after all."""
    one = found(request, number)
    request.actor.require("remedy.record", one.agency)
    form = ReasonForm(request.POST or None)
    if taken(request, form, lambda: reopen_case(request.actor, one, form.cleaned_data["reason"])):
        messages.success(request, "已改回未审结。")
        return redirect("remedies:case", one.pk)
    note = "已经起算的重新答复期限不会取消，要在那件申请里撤销。" if orders_redo(one) else ""
    return _ask(request, one, form, title="改回未审结", button="改回未审结", note=note)


@staff("remedy.record")
def look(request: StaffRequest, number: int) -> HttpResponseBase:
    """Who applies, in full."""
    one = found(request, number)
    request.actor.require("remedy.record", one.agency)
    form = ReasonForm(request.POST or None)
    seen: list[str] = []

    def act() -> None:
        seen.append(acting.look_at_applicant(request.actor, one, form.cleaned_data["reason"]))

    if taken(request, form, act):
        response = _page(request, one, applicant=seen[0] or "没有登记姓名")
        response["Cache-Control"] = "private, no-store"
        return response
    return _ask(request, one, form, title="看提起的人", button="看", note="看了会留记录。")


def found(request: StaffRequest, number: int) -> RemedyCase:
    """The case; not found for those who may not read its agency's cases."""
    one = RemedyCase.objects.select_related("agency", "request", "handler", "follows").filter(
        pk=number
    )
    case = one.first()
    if case is None:
        raise Http404
    require_readable(request, "remedy.read", case.agency)
    return case


def _page(request: StaffRequest, one: RemedyCase, *, applicant: str = "") -> HttpResponseBase:
    actor, today = request.actor, timezone.localdate()
    limits = [
        {"limit": limit, "late": limit.late(today)} for limit in limits_of(one, working_days())
    ]
    context = {
        "here": HERE,
        "tab": "cases",
        "case": one,
        "applicant": applicant,
        "limits": limits,
        "today": today,
        "result": result(one.result) if one.result else None,
        "redo_note": redo_limit_note(one),
        "advice": advice_of(one),
        "events": one.events.select_related("person"),
        "removable": STEP_KINDS,
        "statements": one.statements.select_related("written_by", "approved_by"),
        "statement_label": letter_kind(kind_for(one)).label,
        "papers": one.papers.all(),
        "paper_form": PaperForm(),
        "may_record": actor.may("remedy.record", one.agency),
        "may_approve": actor.may("request.sign", one.agency),
    }
    return render(request, "remedies/case.html", context)


def _ask(request: StaffRequest, one: RemedyCase, form: Any, **words: str) -> HttpResponseBase:
    back = reverse("remedies:case", args=[one.pk])
    return ask(request, form, back=back, above=one, tab="cases", **words)


def _initial(request: StaffRequest) -> dict[str, Any]:
    number = request.GET.get("request", "")
    asked = DisclosureRequest.objects.filter(pk=number).first() if number.isdecimal() else None
    if asked is None or not request.actor.may("remedy.record", asked.agency):
        return {}
    return {"agency": asked.agency.code, "request_number": asked.number}


def _facts(one: RemedyCase) -> dict[str, Any]:
    facts = {name: getattr(one, name) for name in acting.FIELDS if name != "request"}
    return {
        **facts,
        "agency": one.agency.code,
        "request_number": one.request.number if one.request else "",
    }
