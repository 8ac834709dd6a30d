"""How the screens find a record, ask a question, and go back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponseBase
from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.policies import StaffRequest
from gongkai.web.remedies.views.asking import page

from ..models import Notice, NoticeCopy, RectificationTask

# The place of the desk under which these screens stand.
HERE = "overview:home"


def found_task(request: StaffRequest, number: int) -> RectificationTask:
    """The task; not found for those who may not read the agency's."""
    task = (
        RectificationTask.objects.select_related(
            "agency", "ordering_agency", "ordered_by", "responsible", "done_by", "closed_by",
            "previous",
        )
        .filter(pk=number)
        .first()
    )  # fmt: skip
    if task is None or not request.actor.may("oversight.read", task.agency):
        raise Http404
    return task


def found_notice(request: StaffRequest, number: int) -> tuple[Notice, list[NoticeCopy]]:
    """The notice, and the copies of those agencies whose records the actor reads."""
    notice = Notice.objects.select_related("agency", "issued_by", "task").filter(pk=number).first()
    if notice is None:
        raise Http404
    copies = [
        copy
        for copy in notice.copies.select_related("agency", "read_by", "sent_by", "notice")
        if request.actor.may("oversight.read", copy.agency)
    ]
    if not copies:
        raise Http404
    return notice, copies


def ask(
    request: StaffRequest, task: RectificationTask, form: forms.Form, title: str, button: str,
    **context: Any,
) -> HttpResponseBase:  # fmt: skip
    """The page of one question about a task."""
    told = {
        "here": HERE, "tab": "rectification", "task": task, "title": title, "button": button,
        "back": address_of(task), **context,
    }  # fmt: skip
    return page(request, "rectification/ask.html", form, **told)


def address_of(task: RectificationTask) -> str:
    """The page of a task."""
    return reverse("rectification:task", args=[task.pk])


def own_agencies(request: StaffRequest) -> set[int]:
    """The keys of the agencies at which the actor holds a role."""
    return {one.agency_id for one in request.actor.appointments}


def by_code(agencies: list[Agency], code: str) -> Agency | None:
    """The agency of this code, if it is among them."""
    return next((one for one in agencies if one.code == code), None)
