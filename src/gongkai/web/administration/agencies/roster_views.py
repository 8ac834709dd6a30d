"""Screens of the roster: take it away, hand it in, see first what would happen."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from gongkai.web import sheets
from gongkai.web.administration.agencies.acts.roster import Planned, import_roster, plan
from gongkai.web.administration.agencies.forms import RosterForm
from gongkai.web.administration.agencies.roster import (
    BELOW,
    COLUMNS,
    HEADS,
    OTHERS,
    REQUIRED,
    rows_of,
)
from gongkai.web.agencies.models import Agency
from gongkai.web.policies import StaffRequest, staff

HERE = "agencies:list"


@staff("roster.export")
def roster(request: StaffRequest) -> HttpResponseBase:
    """What the columns are; the forms to export and import."""
    return _page(request, RosterForm())


@staff("roster.export")
def export(request: StaffRequest, form: str) -> HttpResponseBase:
    """The roster as far as the person reaches, as xlsx or csv."""
    keys = [a.pk for a in request.actor.agencies("roster.export")]
    kept = Agency.objects.filter(pk__in=keys).select_related(*OTHERS).prefetch_related(*BELOW)
    ordered = sorted(kept, key=lambda a: (a.path.count("/"), a.position, a.code))
    return sheets.answer(f"agencies.{form}", "机关名册", HEADS, rows_of(ordered))


@staff("roster.import")
def take_in(request: StaffRequest) -> HttpResponseBase:
    """The dry run of a file, then, confirmed, the import of what was shown."""
    if request.method != "POST":
        return redirect("agencies:roster")
    if "rows" in request.POST:
        return _confirmed(request)
    form = RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    try:
        rows = sheets.read_rows(form.cleaned_data["file"].read(), REQUIRED)
    except sheets.Unreadable as error:
        form.add_error("file", str(error))
        return _page(request, form)
    return _shown(request, rows, plan(request.actor, rows))


def _confirmed(request: StaffRequest) -> HttpResponseBase:
    try:
        rows: list[dict[str, str]] = json.loads(request.POST["rows"])
        sound = isinstance(rows, list) and all(
            isinstance(v, str) for row in rows for v in row.values()
        )
        sound = sound and all({*REQUIRED} <= row.keys() for row in rows)
    except (ValueError, AttributeError, TypeError):
        sound = False
    if not sound:
        form = RosterForm({})
        form.add_error("file", "确认的内容不完整，重新选文件。")
        return _page(request, form)
    done = import_roster(request.actor, rows)
    taken = [one for one in done if not one.refusal and (one.new or one.changed)]
    new = sum(one.new for one in taken)
    refused = sum(bool(one.refusal) for one in done)
    text = f"名册已导入：新建 {new} 个，修改 {len(taken) - new} 个"
    messages.success(request, text + (f"，{refused} 行没有收。" if refused else "。"))
    return redirect("agencies:list")


def _shown(
    request: StaffRequest, rows: list[dict[str, str]], planned: list[Planned]
) -> HttpResponse:
    context: dict[str, Any] = {
        "here": HERE,
        "refused": [one for one in planned if one.refusal],
        "taken": [one for one in planned if not one.refusal and (one.new or one.changed)],
        "same": sum(not (o.refusal or o.new or o.changed) for o in planned),
        "count": len(planned),
        "rows": json.dumps(rows, ensure_ascii=False),
    }
    return render(request, "agencies/roster_plan.html", context)


def _page(request: StaffRequest, form: RosterForm) -> HttpResponse:
    context = {
        "here": HERE,
        "form": form,
        "columns": COLUMNS,
        "may_import": request.actor.may_somewhere("roster.import"),
    }
    return render(request, "agencies/roster.html", context, status=422 if form.is_bound else 200)
