"""One finding: where, on what basis, how to mend it, what became of it; judged to be none."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.web.audit.models import AuditEntry
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import judge
from ..around import beside
from ..forms import ReasonForm
from ..models import Standing, WatchFinding
from .lists import HERE, TAB


@staff("oversight.read")
def finding(request: StaffRequest, number: int) -> HttpResponseBase:
    """The page of a finding."""
    return _page(request, _readable(request, number))


@staff("oversight.set_aside")
@require_POST
def set_aside(request: StaffRequest, number: int) -> HttpResponseBase:
    """It is no fault; or the proposal that it is none."""
    one = _readable(request, number)
    form = ReasonForm(request.POST)
    return _acted(
        request,
        one,
        form,
        lambda: judge.set_aside(request.actor, one, form.cleaned_data["reason"]),
    )


@staff("oversight.judge")
@require_POST
def decide(request: StaffRequest, number: int) -> HttpResponseBase:
    """What somebody else says of the proposal."""
    one = _readable(request, number)
    agreed = request.POST.get("agreed") == "yes"
    form = ReasonForm(request.POST)
    form.fields["reason"].required = not agreed
    return _acted(
        request,
        one,
        form,
        lambda: judge.decide(request.actor, one, agreed, form.cleaned_data["reason"]),
    )


@staff("oversight.set_aside")
@require_POST
def take_up(request: StaffRequest, number: int) -> HttpResponseBase:
    """It is a fault after all."""
    one = judge.take_up_again(request.actor, _readable(request, number))
    messages.success(request, f"重新列为问题：{one.place}。")
    return redirect("watching:finding", one.pk)


def _acted(
    request: StaffRequest,
    one: WatchFinding,
    form: ReasonForm,
    act: Callable[[], WatchFinding],
) -> HttpResponseBase:
    if form.is_valid():
        try:
            one = act()
        except (Forbidden, OutOfTurn) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(one))
            return redirect("watching:finding", one.pk)
    return _page(request, one, form)


def _said(one: WatchFinding) -> str:
    if one.state == Standing.SET_ASIDE:
        return "已判定不是问题，同样的情况不再报。"
    return "已提出不是问题，等主管部门判断。" if one.proposed_by_id else "没有同意，仍是问题。"


def _page(
    request: StaffRequest, one: WatchFinding, form: ReasonForm | None = None
) -> HttpResponseBase:
    subject = judge.subject_of(one)
    history = AuditEntry.objects.filter(subject_kind=subject.kind, subject=subject.number)
    earlier = WatchFinding.objects.filter(rule=one.rule, key=one.key).exclude(pk=one.pk)
    is_open = one.state == Standing.OPEN
    may_judge = request.actor.may("oversight.set_aside", one.agency)
    context = {
        "here": HERE,
        "tab": TAB,
        "one": one,
        "form": form or ReasonForm(),
        "history": history.order_by("number"),
        "earlier": earlier[:5],
        "beside": [shown for told in beside if (shown := told(request, one)) is not None],
        "is_open": is_open,
        "may_set_aside": is_open and may_judge and one.proposed_by_id is None,
        "decides": judge.may_decide(request.actor, one),
        "may_take_up": one.state == Standing.SET_ASIDE and may_judge,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "watching/finding.html", context, status=status)


def _readable(request: StaffRequest, number: int) -> WatchFinding:
    """404 for whoever may not read the agency's records."""
    agencies = request.actor.agencies("oversight.read")
    found = WatchFinding.objects.select_related("agency", "proposed_by", "set_aside_by")
    return get_object_or_404(found, pk=number, agency__in=agencies)
