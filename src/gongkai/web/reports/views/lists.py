"""The reports one may see: of one agency by year, of many as agencies by years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import UNDER_REVIEW, State
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.public.annual import last_day

from ..models import AnnualReport, Submission, SubmissionState
from .found import HERE

_FIRST_YEAR = 2019
_MOST_YEARS = 5


@dataclass(frozen=True, slots=True)
class Square:
    """One agency's report of one year: where it stands, in words."""

    year: int
    word: str
    look: str = ""
    report: AnnualReport | None = None
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """An agency and its reports, one for each year."""

    agency: Agency
    squares: list[Square]
    may_begin: bool


@staff("report.read")
def reports(request: StaffRequest) -> HttpResponseBase:
    """Every report within reach, and what is still to be done."""
    today = timezone.localdate()
    agencies = request.actor.agencies("report.read")
    newest = today.year - 1
    chosen = request.GET.get("to", "")
    last = int(chosen) if chosen.isdecimal() and _FIRST_YEAR <= int(chosen) <= newest else newest
    years = list(range(last, max(_FIRST_YEAR - 1, last - _MOST_YEARS), -1))
    squares = _squares(agencies, years, today)
    lines = [
        Line(
            agency,
            [squares[agency.pk, year] for year in years],
            request.actor.may("report.compile", agency),
        )
        for agency in agencies
    ]
    own = [line.agency for line in lines if line.may_begin]
    begun = AnnualReport.objects.filter(agency__in=own, year=newest).values_list(
        "agency", flat=True
    )
    context = {
        "here": HERE,
        "to_begin": next((agency for agency in own if agency.pk not in set(begun)), None),
        "years": years,
        "lines": lines,
        "one": len(agencies) == 1,
        "newest": newest,
        "earlier": years[-1] - 1 if years and years[-1] > _FIRST_YEAR else None,
        "later": min(newest, last + _MOST_YEARS) if last < newest else None,
    }
    return render(request, "reports/list.html", context)


def _squares(
    agencies: list[Agency], years: list[int], today: date
) -> dict[tuple[int, int], Square]:
    found = {
        (report.agency_id, report.year): report
        for report in AnnualReport.objects.filter(agency__in=agencies, year__in=years)
        .select_related("agency", "item", "current", "live")
        .defer("current__figures", "current__sections", "current__reading",
               "live__figures", "live__sections", "live__reading")
    }  # fmt: skip
    answers: dict[int, Submission] = {}
    for sent in Submission.objects.filter(version__report__in=found.values()).order_by("pk"):
        answers[sent.version_id] = sent
    return {
        (agency.pk, year): _square(agency, year, found.get((agency.pk, year)), answers, today)
        for agency in agencies
        for year in years
    }


def _square(
    agency: Agency,
    year: int,
    report: AnnualReport | None,
    answers: dict[int, Submission],
    today: date,
) -> Square:
    late = today > last_day(agency, year)
    if report is None:
        if agency.began_on and agency.began_on > date(year, 12, 31):
            return Square(year, "未设立")
        if agency.ended_on and agency.ended_on <= last_day(agency, year):
            return Square(year, "已撤销")
        return Square(year, "没有报", "bad") if late else Square(year, "未开始")
    version = report.version
    item = report.item
    counts = {"errors": version.errors, "warnings": version.warnings}
    if item is not None and item.state in UNDER_REVIEW:
        return Square(year, item.get_state_display(), "info", report, **counts)
    if report.live is not None and item is not None and item.state == State.PUBLISHED:
        sent = answers.get(report.live.pk)
        if sent is not None and sent.state != SubmissionState.SUBMITTED:
            look = "ok" if sent.state == SubmissionState.ACCEPTED else "back"
            return Square(year, sent.get_state_display(), look, report, **counts)
        first = timezone.localdate(item.first_published_at) if item.first_published_at else today
        if first > last_day(agency, year):
            return Square(year, "逾期公布", "bad", report, **counts)
        return Square(year, "已公布", "", report, **counts)
    word = "更正" if report.live is not None else "退回在改" if item and item.returned else "草稿"
    return Square(year, word, "half", report)
