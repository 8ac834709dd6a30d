"""Screens of notices: the list, one with its copies, its files, a circular to be written."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.core.letters import Unready
from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.public.shell import has_columns
from gongkai.web.remedies.forms.plain import DayForm
from gongkai.web.remedies.views.asking import page, sent, taken

from ..acts import notices as acting
from ..columns import month_before, month_of
from ..forms.circular import CircularForm
from ..letters import circular_facts, counted, preview, shown_of, tasks_of_time
from ..models import OPEN, Notice, NoticeKind
from .found import HERE, address_of, found_notice, found_task

PAGE = 50
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA = {"docx": DOCX, "pdf": "application/pdf"}
_MOST_CASES = 5


@staff("oversight.read")
def notices(request: StaffRequest) -> HttpResponseBase:
    """The notices that one's agencies issued or got."""
    agencies = request.actor.agencies("oversight.read")
    found = Notice.objects.filter(Q(agency__in=agencies) | Q(copies__agency__in=agencies))
    if (kind := request.GET.get("kind")) in NoticeKind.values:
        found = found.filter(kind=kind)
    listed = found.distinct().select_related("agency", "task").prefetch_related("copies__agency")
    context = {
        "here": HERE,
        "tab": "rectification",
        "page": Paginator(listed, PAGE).get_page(request.GET.get("page")),
        "kinds": NoticeKind.choices,
        "kind": kind or "",
        "query": f"kind={kind}" if kind else "",
        "may_issue": request.actor.may_somewhere("oversight.order"),
    }
    return render(request, "rectification/notices.html", context)


@staff("oversight.read")
def notice(request: StaffRequest, number: int) -> HttpResponseBase:
    """One notice as it was issued, with who got it and read it."""
    one, copies = found_notice(request, number)
    for copy in copies:
        acting.mark_read(request.actor, copy)
    one, copies = found_notice(request, number)
    context = {
        "here": HERE,
        "tab": "rectification",
        "notice": one,
        "copies": copies,
        "shown": one.shown,
        "may_send": any(request.actor.may("oversight.order", copy.agency) for copy in copies),
        "form": DayForm(initial={"on": timezone.localdate()}),
    }
    return render(request, "rectification/notice.html", context)


@staff("oversight.read")
def file(request: StaffRequest, number: int, form: str) -> HttpResponseBase:
    """The notice as docx or pdf."""
    one, copies = found_notice(request, number)
    if form not in _MEDIA:
        raise Http404
    for copy in copies:
        acting.mark_read(request.actor, copy)
    digest = one.pdf if form == "pdf" else one.docx
    return sent(
        filestore.read(digest), f"{one.number}{one.get_kind_display()}.{form}", _MEDIA[form]
    )


@require_POST
@staff("oversight.order")
def send(request: StaffRequest, number: int, copy: int) -> HttpResponseBase:
    """A copy went out."""
    one, copies = found_notice(request, number)
    meant = next((each for each in copies if each.pk == copy), None)
    if meant is None:
        raise Http404
    request.actor.require("oversight.order", meant.agency)
    form = DayForm(request.POST)
    try:
        if form.is_valid():
            acting.mark_sent(request.actor, meant, form.cleaned_data["on"])
            messages.success(request, f"已记送出：{meant.agency.short_name}。")
        else:
            messages.warning(request, "填送出日期。")
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    return redirect("rectification:notice", one.pk)


@require_POST
@staff("oversight.order")
def issue(request: StaffRequest, number: int) -> HttpResponseBase:
    """The 督办单 of a task."""
    task = found_task(request, number)
    request.actor.require("oversight.order", task.agency)
    try:
        made = acting.issue_order(request.actor, task)
        messages.success(request, f"已发督办单：{made.number}。")
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    return redirect(address_of(task))


@staff("oversight.order")
def circular(request: StaffRequest) -> HttpResponseBase:
    """Write a circular, look at it, issue it."""
    agencies = [one for one in request.actor.agencies("oversight.order") if has_columns(one)]
    form = CircularForm(agencies, request.POST or None, initial=_initial(request, agencies))
    looked: Any = None
    if request.method == "POST" and "issue" not in request.POST and form.is_valid():
        above = request.actor.appointment_for("oversight.order", form.told().agencies[0])
        assert above is not None, "the form offers no other"
        looked = preview(NoticeKind.CIRCULAR, above.agency, circular_facts(form.told()))
    made: list[Notice] = []

    def act() -> None:
        made.append(acting.issue_circular(request.actor, form.told()))

    if "issue" in request.POST and taken(request, form, act):
        messages.success(request, f"已印发：{made[0].number}。")
        return redirect("rectification:notice", made[0].pk)
    return page(
        request, "rectification/circular.html", form, here=HERE, tab="rectification",
        shown=[] if looked is None or isinstance(looked, Unready) else shown_of(looked),
        lacks=looked.sentences if isinstance(looked, Unready) else (),
    )  # fmt: skip


def _initial(request: StaffRequest, agencies: list[Agency]) -> dict[str, Any]:
    """What a circular of last month would say; the address may name the agencies and the time."""
    today = timezone.localdate()
    since, until = month_before(month_of(today)), today
    rows = counted(agencies, since, until)
    asked = set(request.GET.getlist("agency"))
    having = [one for one, counts in rows if counts[0]]
    chosen = [one for one in agencies if one.code in asked] or having
    return {
        "since": since,
        "until": until,
        "agencies": [one.code for one in chosen],
        "addressees": "各有关机关",
        "overview": _overview(rows),
        "cases": "\n".join(_cases(having, since, until)),
        "demands": "没有改好的，按督办单的期限改好，附证明材料。\n每月逐栏自查，由另一人签字。",
    }


def _overview(rows: list[tuple[Agency, tuple[int, int, int, int]]]) -> str:
    tasks, mended, left, late = (sum(counts[at] for _, counts in rows) for at in range(4))
    return f"共列整改 {tasks} 件，已改好 {mended} 件，在改 {left} 件，其中超期没有改好 {late} 件"


def _cases(agencies: list[Agency], since: date, until: date) -> list[str]:
    """The oldest that are still open."""
    still = [
        task
        for agency in agencies
        for task in tasks_of_time(agency, since, until)
        if task.state in OPEN
    ]
    still.sort(key=lambda task: task.due_on)
    return [
        f"{task.agency.short_name}：{task.title}，期限 {task.due_on}。"
        for task in still[:_MOST_CASES]
    ]
