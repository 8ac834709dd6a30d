"""Screens of what is recorded at once: confirmation, who has it, searches, remarks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import add_paper as filing
from ..acts import assign as assigning
from ..acts import confirm as confirming
from ..acts import remark as remarking
from ..acts import search as searching
from ..forms.steps import AssignForm, ConfirmForm, RemarkForm, SearchForm
from ..models import DisclosureRequest, PaperKind, SearchRecord
from .clocks import day_words
from .found import found
from .pages import ask, attempt, to_case


@staff("request.handle")
def confirm(request: StaffRequest, number: int) -> HttpResponseBase:
    """Both sides confirmed: the day counts as received."""
    case = found(request, number)
    request.actor.require("request.handle", case.agency)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(
            form,
            lambda: confirming.confirm(
                request.actor, case, given["on"], given["how"], with_whom=given["with_whom"]
            ),
        )
        if done is not None:
            until = f"，答复最迟 {day_words(done.due_on, given['on'])}" if done.due_on else ""
            event = done.events.filter(act="confirmed", undone_at=None).last()
            return to_case(request, done, f"已登记双方确认{until}。", undo=event)
    return ask(request, case, form, "confirm")


@staff("request.assign")
def assign(request: StaffRequest, number: int) -> HttpResponseBase:
    """Give the request to somebody."""
    case = found(request, number)
    request.actor.require("request.assign", case.agency)
    initial = {"handler": case.handler_id, "internal_due_on": case.internal_due_on}
    form = AssignForm(assigning.handlers(case), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        person, until = form.person(), form.cleaned_data["internal_due_on"]
        done = attempt(form, lambda: assigning.assign(request.actor, case, person, until))
        if done is not None:
            return to_case(request, done, f"已分给{person.name}，内部期限 {done.internal_due_on}。")
    return ask(request, case, form, "assign")


@staff("request.handle")
def search(request: StaffRequest, number: int) -> HttpResponseBase:
    """Record a search of archives and systems."""
    case = found(request, number)
    request.actor.require("request.handle", case.agency)
    form = SearchForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _searched(request, case, form.cleaned_data))
        if done is not None:
            return to_case(request, case, f"已保存：{case.number} 的检索记录。")
    return ask(request, case, form, "search", records=case.searches.select_related("person"))


@transaction.atomic
def _searched(
    request: StaffRequest, case: DisclosureRequest, given: dict[str, Any]
) -> SearchRecord:
    papers = [
        filing.add_paper(request.actor, case, PaperKind.SEARCH, str(file.name), file.read())
        for file in given["papers"]
    ]
    return searching.record_search(
        request.actor,
        case,
        on=given["on"],
        places=given["places"],
        words=given["words"],
        found=given["found"] == "yes",
        result=given["result"],
        papers=papers,
    )


@require_POST
@staff("request.read")
def remark(request: StaffRequest, number: int) -> HttpResponseBase:
    """Leave a remark; too little to have a page of its own."""
    case = found(request, number)
    form = RemarkForm(request.POST)
    if form.is_valid():
        try:
            remarking.remark(request.actor, case, form.cleaned_data["text"])
        except Forbidden as refusal:
            messages.warning(request, str(refusal))
    else:
        messages.warning(request, "备注是空的，或者太长（最多 2000 字）。")
    return redirect("requests:case", case.pk)
