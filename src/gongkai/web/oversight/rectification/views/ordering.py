"""The screen on which a task is set: of findings of the watch, or by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.watching.models import WatchFinding
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.remedies.views.asking import page, taken

from ..acts.order import Order, mended_before, order, usual_due
from ..forms.tasks import OrderForm
from ..models import RectificationTask, Source
from .found import HERE, by_code, own_agencies


@staff("oversight.task")
def new(request: StaffRequest) -> HttpResponseBase:
    """Set a task; ``?finding=`` names what the watch found, ``?agency=`` whose it is."""
    findings = _findings(request)
    agencies = [one for one in request.actor.agencies("oversight.task") if one.ended_on is None]
    of = sorted({one.agency_id for one in findings})
    if len(of) > 1:
        messages.warning(request, f"选的发现属于 {len(of)} 个机关，一个机关列一件。")
        return redirect("rectification:list")
    chosen = findings[0].agency if findings else by_code(agencies, request.GET.get("agency", ""))
    offered = [chosen] if chosen else agencies
    above = any(
        request.actor.may("oversight.order", one) and one.pk not in own_agencies(request)
        for one in offered
    )
    form = OrderForm(
        offered,
        request.POST or None,
        initial=_initial(findings, offered, above=above),
        from_watch=bool(findings),
        above=above,
    )
    made: list[RectificationTask] = []

    def act() -> None:
        made.append(
            order(
                request.actor,
                _told(form.cleaned_data, findings),
                notice=form.cleaned_data.get("notice", False),
            )
        )

    if taken(request, form, act):
        task = made[0]
        said = "已督办" if task.from_above else "已列入整改"
        messages.success(request, f"{said}：{task.title}，{task.due_on:%Y-%m-%d} 前改好。")
        return redirect("rectification:task", task.pk)
    return page(
        request, "rectification/order.html", form, here=HERE, tab="rectification",
        findings=findings, from_above=above, earlier=mended_before(tuple(findings)),
    )  # fmt: skip


def _findings(request: StaffRequest) -> list[WatchFinding]:
    """The findings that the address names; not found where one is not to be seen."""
    asked = request.GET.getlist("finding")
    numbers = [int(one) for one in asked if one.isdigit()]
    found = list(
        WatchFinding.objects.filter(pk__in=numbers).select_related("agency").order_by("pk")
    )
    if len(found) != len(set(asked)):
        raise Http404
    for one in found:
        if not request.actor.may("oversight.read", one.agency):
            raise Http404
        request.actor.require("oversight.task", one.agency)
    return found


def _initial(findings: list[WatchFinding], offered: list[Agency], *, above: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "agency": offered[0].code if len(offered) == 1 else "",
        "source": Source.INSPECTION,
        "due_on": usual_due(offered[0], timezone.localdate()),
        "notice": above,
    }
    if findings:
        first = findings[0]
        more = f"等 {len(findings)} 处" if len(findings) > 1 else ""
        facts |= {
            "title": f"{first.place}：{first.told.title.zh}{more}"[:200],
            "problem": _joined(one.sentence for one in findings),
            "demand": _joined(one.cure for one in findings),
            "basis": _joined(one.basis for one in findings)[:300],
        }
    return facts


def _joined(words: Any) -> str:
    return "\n".join(dict.fromkeys(one for one in words if one))


def _told(facts: dict[str, Any], findings: list[WatchFinding]) -> Order:
    return Order(
        agency=facts["agency"],
        title=facts["title"],
        problem=facts["problem"],
        demand=facts["demand"],
        source=Source.WATCH if findings else Source(facts["source"]),
        basis=facts["basis"],
        due_on=facts["due_on"],
        responsible=facts.get("responsible"),
        findings=tuple(findings),
    )
