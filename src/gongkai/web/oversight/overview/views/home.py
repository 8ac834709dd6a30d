"""概况: how one office is doing, or where the agencies of a competent department stand."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.assessment.evidence import Length, last_spans, measures, over
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.public.shell import has_columns

from ..standing import IN_WORDS, SIDE_BY_SIDE, offices
from . import HERE

_MONTHS = 6
# What a single office is shown over the last months.
_FOLLOWED = (
    "items_published", "items_in_time", "requests_received", "requests_in_time", "columns_stale",
    "findings_found", "tasks_confirmed",
)  # fmt: skip


@staff("oversight.read")
def home(request: StaffRequest) -> HttpResponseBase:
    """The page of an office; for a competent department the table of its agencies."""
    agencies = reach(request)
    asked = request.GET.get("agency", "")
    one = next((a for a in agencies if a.code == asked), None)
    if asked and one is None:
        raise Http404
    if one is None and len(agencies) == 1:
        one = agencies[0]
    today = timezone.localdate()
    context: dict[str, Any] = {"here": HERE, "today": today}
    if one is not None:
        context |= _office(one)
        context["several"] = len(agencies) > 1
        return render(request, "overview/office.html", context)
    rows = [
        {"agency": office.agency, "entries": [office.entry(key) for key, _ in SIDE_BY_SIDE]}
        for office in offices(agencies, today)
    ]
    heads = [(label, key not in IN_WORDS) for key, label in SIDE_BY_SIDE]
    context |= {"heads": heads, "rows": rows}
    return render(request, "overview/home.html", context)


def reach(request: StaffRequest) -> list[Agency]:
    """The agencies one may see that have duties of their own, in the order of the roster."""
    return [
        agency
        for agency in request.actor.agencies("oversight.read")
        if has_columns(agency) and agency.ended_on is None
    ]


def _office(agency: Agency) -> dict[str, Any]:
    today = timezone.localdate()
    spans = last_spans(today, Length.MONTH, _MONTHS)
    known = measures()
    rows = []
    for slug in _FOLLOWED:
        counted = over(known[slug], [agency], spans)
        cells = [(span, counted[agency.pk, span]) for span in spans]
        rows.append({"measure": known[slug], "cells": cells})
    return {
        "agency": agency,
        "office": offices([agency], today)[0],
        "spans": spans,
        "rows": rows,
    }
