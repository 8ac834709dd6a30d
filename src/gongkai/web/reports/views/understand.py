"""看数据 at the desk: the public pages on figures over what is within reach, drafts left out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.public.figures.agency import (
    context_of_year,
    context_over_years,
    whole_years,
)
from gongkai.web.public.figures.comparing import SIDES, side_by_side
from gongkai.web.public.figures.lines import sections
from gongkai.web.public.figures.region import chart_of, owing, year_table
from gongkai.web.public.shell import has_columns

from ..told import told_of, whole
from .found import HERE

_FIRST_YEAR = 2019


@staff("report.read")
def figures(request: StaffRequest) -> HttpResponseBase:
    """One year over the agencies within reach; the agency itself where there is only one."""
    agencies = _reach(request)
    newest = timezone.localdate().year - 1
    year = _year(request, newest)
    section = sections().get(request.GET.get("view", ""), sections()["requests"])
    told = told_of(request.actor, agencies, year)
    reports = [told[agency.pk, year] for agency in agencies if (agency.pk, year) in told]
    homes = {
        one.agency.pk: f"{reverse('reports:figures_of', args=[one.agency.pk])}?year={year}"
        for one in reports
    }
    table = year_table(section, reports, homes, owing(agencies, year))
    context = {
        "here": HERE,
        "year": year,
        "years": range(newest, _FIRST_YEAR - 1, -1),
        "views": [(one.title, one.id, one.id == section.id) for one in sections().values()],
        "table": table,
        "chart": chart_of(table),
        "absent_word": "公布或者报送",
        "one": agencies[0] if len(agencies) == 1 else None,
    }
    return render(request, "reports/figures.html", context)


@staff("report.read")
def figures_of(request: StaffRequest, number: int) -> HttpResponseBase:
    """One agency over the years, or in one year."""
    agency = next((one for one in _reach(request) if one.pk == number), None)
    if agency is None:
        raise Http404
    found = told_of(request.actor, [agency])
    reports = [found[key] for key in sorted(found)]
    context: dict[str, Any] = {"here": HERE, "agency": agency, "reports": reports}
    asked = request.GET.get("year", "")
    if asked:
        told = next((one for one in reports if str(one.year) == asked), None)
        if told is None:
            raise Http404
        context |= context_of_year(told) | {"year": told.year}
    elif reports:
        years = whole_years(reports)
        context |= context_over_years(years)
        context["heads"] = [
            {"told": told, "href": f"?year={told.year}" if told.title else ""} for told in years
        ]
    return render(request, "reports/figures_of.html", context)


@staff("report.read")
def compare(request: StaffRequest) -> HttpResponseBase:
    """Any two reports within reach side by side."""
    agencies = _reach(request)
    newest = timezone.localdate().year - 1
    chosen = [_chosen(request, side, agencies) for side in SIDES]
    everything = request.GET.get("show") == "all"
    context: dict[str, Any] = {
        "here": HERE,
        "choices": {"agencies": agencies, "years": range(newest, _FIRST_YEAR - 1, -1)},
        "sides": [
            (side, label, {name: request.GET.get(f"{side}_{name}", "") for name in _ASKED})
            for side, label in SIDES.items()
        ],
        "everything": everything,
        "asked": any(request.GET.get(f"{side}_agency") for side in SIDES),
        "other": _other(request.GET, everything),
    }
    both = []
    for side in chosen:
        told = (
            told_of(request.actor, [side[0]], side[1]).get((side[0].pk, side[1])) if side else None
        )
        report = whole(*side) if side else None
        if told and report:
            both.append((report, told))
    if len(both) == len(SIDES):
        (left, first), (right, second) = both
        context |= {
            "told": [first, second],
            "side": side_by_side(left, right, first, second, everything=everything),
        }
    return render(request, "reports/compare.html", context)


_ASKED = ("agency", "year")


def _reach(request: StaffRequest) -> list[Agency]:
    return [one for one in request.actor.agencies("report.read") if has_columns(one)]


def _year(request: StaffRequest, newest: int) -> int:
    asked = request.GET.get("year", "")
    valid = asked.isascii() and asked.isdigit() and _FIRST_YEAR <= int(asked) <= newest
    return int(asked) if valid else newest


def _chosen(request: StaffRequest, side: str, agencies: list[Agency]) -> tuple[Agency, int] | None:
    slug, year = (request.GET.get(f"{side}_{name}", "") for name in _ASKED)
    agency = next((one for one in agencies if one.slug == slug), None)
    if agency is None or not (year.isascii() and year.isdigit() and len(year) == 4):
        return None
    return agency, int(year)


def _other(query: QueryDict, everything: bool) -> str:
    """The same comparison with all cells, or with those that differ only."""
    other = query.copy()
    other.pop("show", None)
    if not everything:
        other["show"] = "all"
    return f"?{other.urlencode()}"
