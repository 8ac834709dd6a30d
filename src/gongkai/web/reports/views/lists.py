"""The reports one may see: of one agency by year, of many as agencies by years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.web import sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import UNDER_REVIEW, State
from gongkai.web.policies import Actor, StaffRequest, staff
from gongkai.web.public.shell import has_columns

from ..due import Due, Dues
from ..models import AnnualReport, Chase, ReportLimit, Submission, SubmissionState
from ..superior import governments
from .found import HERE

_FIRST_YEAR = 2019
_MOST_YEARS = 5
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Square:
    """One agency's report of one year: where it stands, in words."""

    year: int
    word: str
    look: str = ""
    report: AnnualReport | None = None
    errors: int = 0
    warnings: int = 0
    # What the competent department examines.
    submission: Submission | None = None
    # Handed in after the day that holds for it, or not yet.
    late: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An agency and its reports, one for each year."""

    agency: Agency
    squares: list[Square]
    may_begin: bool


_LOOKS: dict[str, str] = {
    SubmissionState.SUBMITTED: "info",
    SubmissionState.RETURNED: "back",
    SubmissionState.ACCEPTED: "ok",
}
_NOT_DUE = ("未设立", "已撤销")
# The words of the newest year that a tile counts and the list can be narrowed to.
_GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "waiting": ("等我审核", ("已报送",)),
    "done": ("已收下", ("已收下",)),
    "back": ("退回在改", ("已退回", "退回在改", "更正")),
    "missing": (
        "没有报",
        ("没有报", "未开始", "草稿", *(state.label for state in UNDER_REVIEW)),
    ),
}


@staff("report.read")
def reports(request: StaffRequest) -> HttpResponseBase:
    """Every report within reach, and what is still to be done."""
    today = timezone.localdate()
    years = _years(request, today)
    every = _lines(request, years, today)
    tops = governments(request.actor)
    due = [line for line in every if line.squares and line.squares[0].word not in _NOT_DUE]
    chosen = request.GET.get("state", "")
    wanted = _GROUPS.get(chosen)
    lines = [line for line in due if line.squares[0].word in wanted[1]] if wanted else every
    own = [line.agency for line in every if line.may_begin]
    newest = today.year - 1
    begun = AnnualReport.objects.filter(agency__in=own, year=newest).values_list(
        "agency", flat=True
    )
    page = Paginator(lines, _MOST_LINES).get_page(request.GET.get("page"))
    context = {
        "here": HERE,
        "to_begin": next((agency for agency in own if agency.pk not in set(begun)), None),
        "years": years,
        "page": page,
        "lines": page.object_list,
        "one": len(every) == 1,
        "newest": newest,
        "shown_year": years[0] if years else newest,
        "earlier": years[-1] - 1 if years and years[-1] > _FIRST_YEAR else None,
        "later": _later(request, years, today),
        "may_begin": bool(own),
        "may_collect": bool(tops),
        "state": chosen,
        "tiles": [
            {
                "label": label,
                "state": slug,
                "count": sum(one.squares[0].word in words for one in due),
            }
            for slug, (label, words) in _GROUPS.items()
        ],
        "due": len(due),
        "chases": _chases(own, newest),
        "limits": _limits(request.actor, years[0] if years else newest),
        "query": f"to={years[0]}&state={chosen}" if years else "",
    }
    return render(request, "reports/list.html", context)


@staff("report.export")
def export(request: StaffRequest) -> HttpResponseBase:
    """The matrix as xlsx."""
    today = timezone.localdate()
    years = _years(request, today)
    lines = _lines(request, years, today)
    heads = ["机关代码", "机关"]
    for year in years:
        heads += [f"{year}年度", f"{year}差错", f"{year}提示", f"{year}迟报"]
    rows = [
        [
            line.agency.code,
            line.agency.name,
            *(v for one in line.squares for v in (one.word, one.errors, one.warnings, one.late)),
        ]
        for line in lines
    ]
    return sheets.answer(f"annual-reports-{today}.xlsx", "年度报告", heads, rows)


def _years(request: StaffRequest, today: date) -> list[int]:
    furthest = _furthest(request, today)
    # Who collects begins with the year that is being collected.
    usual = today.year - 1 if governments(request.actor) else furthest
    chosen = request.GET.get("to", "")
    last = int(chosen) if chosen.isdecimal() and _FIRST_YEAR <= int(chosen) <= furthest else usual
    return list(range(last, max(_FIRST_YEAR - 1, last - _MOST_YEARS), -1))


def _furthest(request: StaffRequest, today: date) -> int:
    """The last year that has ended, or this one where somebody has begun its report early."""
    begun = AnnualReport.objects.filter(
        agency__in=request.actor.agencies("report.read"), year=today.year
    )
    return today.year if begun.exists() else today.year - 1


def _later(request: StaffRequest, years: list[int], today: date) -> int | None:
    """The first of the years after those that are shown."""
    furthest = _furthest(request, today)
    return min(furthest, years[0] + _MOST_YEARS) if years and years[0] < furthest else None


def _lines(request: StaffRequest, years: list[int], today: date) -> list[Line]:
    agencies = [one for one in request.actor.agencies("report.read") if has_columns(one)]
    squares = _squares(agencies, years, today, collecting=bool(governments(request.actor)))
    return [
        Line(
            agency,
            [squares[agency.pk, year] for year in years],
            request.actor.may("report.compile", agency),
        )
        for agency in agencies
    ]


def _chases(agencies: list[Agency], year: int) -> list[Chase]:
    """The latest reminder of each agency whose report has not gone up yet."""
    sent = Submission.objects.filter(
        version__report__year=year, version__report__agency__in=agencies
    )
    done = set(
        sent.exclude(state=SubmissionState.RETURNED).values_list(
            "version__report__agency", flat=True
        )
    )
    found: dict[int, Chase] = {}
    for one in Chase.objects.filter(agency__in=agencies, year=year).select_related("agency", "by"):
        if one.agency_id not in done:
            found.setdefault(one.agency_id, one)
    return list(found.values())


def _squares(
    agencies: list[Agency], years: list[int], today: date, *, collecting: bool
) -> dict[tuple[int, int], Square]:
    found = {
        (report.agency_id, report.year): report
        for report in AnnualReport.objects.filter(agency__in=agencies, year__in=years)
        .select_related("agency", "item", "current", "live")
        .defer("current__figures", "current__sections", "current__reading",
               "live__figures", "live__sections", "live__reading")
    }  # fmt: skip
    answers: dict[int, Submission] = {}
    first: dict[int, date] = {}
    handed_in = Submission.objects.filter(version__report__in=found.values()).order_by("pk")
    for sent in handed_in.annotate(report=F("version__report")):
        answers[sent.version_id] = sent
        first.setdefault(sent.report, timezone.localdate(sent.submitted_at))
    dues = Dues(years)
    squares = {}
    for agency in agencies:
        for year in years:
            report, due = found.get((agency.pk, year)), dues.of(agency, year)
            square = _square(agency, due, report, answers, today, collecting)
            came = first.get(report.pk) if report else None
            squares[agency.pk, year] = replace(square, late=_late(square, due, came, today))
    return squares


def _late(square: Square, due: Due, came: date | None, today: date) -> str:
    """晚于1月15日: of what came after its day, or has not come and the day is past."""
    if due.limit is None or square.word in _NOT_DUE or (came or today) <= due.on:
        return ""
    if came is None and square.report is not None and square.report.live_id is not None:
        return ""
    return f"{'晚于' if came else '过了'}{due.on.month}月{due.on.day}日"


def _limits(actor: Actor, year: int) -> list[ReportLimit]:
    """The days that were set for those whose reports this person may see."""
    found = ReportLimit.objects.filter(year=year).select_related("to", "agency")
    agencies = actor.agencies("report.read")
    dues = Dues([])
    tops = {dues.collected_by(agency) for agency in agencies} if found else set()
    return [one for one in found if (one.agency in agencies if one.agency else one.to in tops)]


def _square(
    agency: Agency,
    due: Due,
    report: AnnualReport | None,
    answers: dict[int, Submission],
    today: date,
    collecting: bool,
) -> Square:
    year = due.year
    late = today > due.late_after
    if report is None:
        if agency.began_on and agency.began_on > date(year, 12, 31):
            return Square(year, "未设立")
        if agency.ended_on and agency.ended_on <= due.late_after:
            return Square(year, "已撤销")
        return Square(year, "没有报", "bad") if late else Square(year, "未开始")
    version = report.version
    item = report.item
    counts: dict[str, Any] = {"errors": version.errors, "warnings": version.warnings}
    if item is not None and item.state in UNDER_REVIEW:
        return Square(year, item.get_state_display(), "info", report, **counts)
    received = answers.get(version.pk) if version.received_by_id is not None else None
    if received is not None:
        return Square(year, received.get_state_display(), _LOOKS[received.state], report, **counts)
    if item is not None and item.state == State.WITHDRAWN:
        return Square(year, "已撤回", "bad", report, **counts)
    if report.live is not None and item is not None and item.state == State.PUBLISHED:
        sent = answers.get(report.live.pk)
        if sent is not None and sent.state != SubmissionState.SUBMITTED:
            look = _LOOKS[sent.state]
            return Square(year, sent.get_state_display(), look, report, **counts, submission=sent)
        if sent is not None and collecting:
            return Square(year, sent.get_state_display(), "info", report, **counts, submission=sent)
        first = timezone.localdate(item.first_published_at) if item.first_published_at else today
        if first > due.legal.lapsed_after(year):
            return Square(year, "逾期公布", "bad", report, **counts)
        return Square(year, "已公布", "", report, **counts)
    word = "更正" if report.live is not None else "退回在改" if item and item.returned else "草稿"
    return Square(year, word, "half", report)
