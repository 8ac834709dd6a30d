"""Screens at the end, and of taking back: withdrawal, other endings, filing, undo, messages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import escape

from gongkai.core.handling.transitions import ActKind
from gongkai.web.policies import StaffRequest, staff

from ..acts import archive as archiving
from ..acts import conclude as concluding
from ..acts import handle_message as handling
from ..acts import turn_public as publishing
from ..acts import undo as undoing
from ..acts import withdraw as withdrawing
from ..acts.identity import may_view
from ..discretion import discreet
from ..forms.closing import ConcludeForm, MessageForm, PublicForm
from ..forms.notices import WithdrawForm
from ..forms.steps import ReasonForm
from ..models import DisclosureRequest, MessageKind
from .found import found
from .pages import ask, attempt, to_case


@staff("request.handle")
def withdraw(request: StaffRequest, number: int) -> HttpResponseBase:
    """The requester takes the request back."""
    case = _for(request, number, "request.handle")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        event = attempt(
            form,
            lambda: withdrawing.withdraw(request.actor, case, given["on"], given["how"]),
        )
        if event is not None:
            return to_case(request, case, "已登记撤回，办理终止。", undo=event)
    return ask(request, case, form, "withdraw")


@staff("request.sign")
def conclude(request: StaffRequest, number: int) -> HttpResponseBase:
    """End what no letter of the law answers; by another than who chose it."""
    case = _for(request, number, "request.sign")
    form = ConcludeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            lambda: concluding.conclude_otherwise(
                request.actor, case, given["on"], given["how_told"]
            ),
        )
        if done is not None:
            return to_case(request, done, "已终止，计入其他处理。")
    return ask(request, case, form, "conclude")


@staff("request.handle")
def turn_public(request: StaffRequest, number: int) -> HttpResponseBase:
    """Make a draft for publication of what many ask for; it goes the whole way of publishing."""
    case = _for(request, number, "request.handle")
    form = PublicForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        lines = [line.strip() for line in given["text"].splitlines() if line.strip()]
        body = "".join(f"<p>{escape(line)}</p>" for line in lines)
        item = attempt(
            form,
            lambda: publishing.turn_public(
                request.actor, case, title=given["title"], body_html=body, papers=given["papers"]
            ),
        )
        if item is not None:
            messages.success(request, "信息起草好了：补全栏目、公开属性，再送审。")
            return redirect("disclosure:edit", item.pk)
    return ask(request, case, form, "turn_public")


@staff("request.archive")
def archive(request: StaffRequest, number: int) -> HttpResponseBase:
    """Close the file; what it lacks is told first."""
    case = _for(request, number, "request.archive")
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: archiving.archive(request.actor, case))
        if done is not None:
            return to_case(request, done, f"已归档：{case.number}。")
    return ask(
        request, case, form, "archive",
        missing=archiving.missing_from_file(case), contents=archiving.contents_of(case),
    )  # fmt: skip


@staff("request.handle")
def undo(request: StaffRequest, number: int) -> HttpResponseBase:
    """Take back what was recorded last, with a reason."""
    case = _for(request, number, "request.handle")
    event = undoing.last_event(case)
    # The button beside a message says nothing yet: the reason is asked here.
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    asked = request.POST.get("event", "")
    if form.is_bound and form.is_valid():
        if event is None or asked != str(event.pk):
            form.add_error(None, "后来又有人办了别的事，看清楚现在要撤销哪一件，再按一次。")
        else:
            reason = form.cleaned_data["reason"]
            done = attempt(form, lambda: undoing.undo(request.actor, case, reason))
            if done is not None:
                return to_case(request, case, f"已撤销：{ActKind(done.act).label}。")
    return ask(
        request, case, form, "undo",
        event=event, what=ActKind(event.act).label if event else "",
        barred=undoing.why_not_undone(request.actor, case, event),
    )  # fmt: skip


@staff("request.handle")
def message(request: StaffRequest, number: int, message: int) -> HttpResponseBase:
    """What the requester handed in: take it for what it is, or put it to the file."""
    case = _for(request, number, "request.handle")
    one = case.messages.filter(pk=message).prefetch_related("papers").first()
    if one is None:
        raise Http404
    kind = MessageKind(one.kind)
    aside = "aside" in request.POST
    data = request.POST if request.method == "POST" else None
    form = MessageForm(kind, aside, data, description=case.description)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        @transaction.atomic
        def act() -> Any:
            if aside:
                return handling.put_aside(request.actor, one, given["reason"])
            return handling.handle_message(
                request.actor,
                one,
                on=given.get("on"),
                contact=form.contact(),
                corrected_description=given.get("corrected_description", ""),
            )

        if attempt(form, act) is not None:
            said = "已存卷，不作处理。" if aside else f"已按“{kind.label}”处理。"
            return to_case(request, case, said)
    return ask(
        request, case, form, "message",
        message=one, kind=kind, may_view=may_view(request.actor, case),
        # A new address has to be read to be taken over; the template shows it to few.
        text=one.text if kind is MessageKind.CONTACT else discreet(case, one.text),
    )  # fmt: skip


def _for(request: StaffRequest, number: int, act: str) -> DisclosureRequest:
    case = found(request, number)
    request.actor.require(act, case.agency)
    return case
