"""The screens of a region's report: its parts, what is missing, what changed; add up anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts.add_up import add_up
from ..filling import Filled
from ..models import AnnualReport, Way
from ..standing import changed_since, standings
from ..superior import governments
from ..versions import may_be_written
from .found import HERE


@staff("report.collect")
def parts(request: StaffRequest) -> HttpResponseBase:
    """Which reports a region's is made of, and which it still lacks; adds them up."""
    tops = governments(request.actor)
    to = _government(request, tops)
    year = _year(request)
    error = ""
    if request.method == "POST":
        try:
            made = add_up(request.actor, to, year)
        except (Forbidden, OutOfTurn) as refusal:
            error = str(refusal)
        else:
            messages.success(request, f"已汇总：{made}。")
            return redirect(reverse("reports:parts") + f"?to={to.code}&year={year}")
    rows = standings(to, year)
    report = (
        AnnualReport.objects.select_related("agency", "item", "current__compilation", "live")
        .filter(agency=to, year=year)
        .first()
    )
    version = report.version if report else None
    added = version is not None and version.way == Way.PARTS and version.compilation is not None
    labels = Filled(version).form.cells if added and version else {}
    compilation = version.compilation if version else None
    context = {
        "here": HERE,
        "tops": tops,
        "to": to,
        "year": year,
        "error": error,
        "rows": rows,
        "counted": [one for one in rows if one.counts],
        "missing": [one for one in rows if not one.counts],
        "report": report,
        "added": added,
        "compilation": compilation,
        "writable": report is None or may_be_written(report),
        "changed": changed_since(version) if added and version else [],
        "changes": [
            (labels[a].label, old, new) for a, old, new in compilation.changes if a in labels
        ]
        if added and compilation
        else [],
    }
    return render(request, "reports/parts.html", context, status=422 if error else 200)


def _government(request: StaffRequest, tops: list[Agency]) -> Agency:
    wanted = request.POST.get("to") or request.GET.get("to")
    for top in tops:
        if top.code == wanted:
            return top
    return tops[0]


def _year(request: StaffRequest) -> int:
    told = request.POST.get("year") or request.GET.get("year") or ""
    newest = timezone.localdate().year - 1
    return int(told) if told.isdecimal() and 2019 <= int(told) <= newest + 1 else newest
