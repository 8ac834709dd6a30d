"""Annual reports that wait for a person: to be compiled by their day, mended, examined (art. 49)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.clock import Clock
from gongkai.web.policies import Actor
from gongkai.web.public.shell import has_columns
from gongkai.web.reports.due import Due, Dues
from gongkai.web.reports.due_days import AHEAD, BEHIND, nearest
from gongkai.web.reports.models import AnnualReport, Chase, Submission, SubmissionState
from gongkai.web.reports.superior import governments
from gongkai.web.reports.versions import may_be_written

from .entries import Waiting

MOST = 30
_SOON = 7


def reports_for(actor: Actor, today: date) -> Iterator[Waiting]:
    """What this person has to do about annual reports."""
    agencies = [one for one in actor.agencies("report.compile") if has_columns(one)]
    yield from _to_compile(agencies, today)
    yield from _to_examine(actor, today)
    yield from _to_gather(actor, today)


def _to_compile(agencies: list[Agency], today: date) -> Iterator[Waiting]:
    year = today.year - 1
    reports = {
        one.agency_id: one
        for one in AnnualReport.objects.filter(agency__in=agencies, year=year).select_related(
            "item", "agency"
        )
    }
    sent: dict[int, Submission] = {}
    of_year = Submission.objects.filter(version__report__in=reports.values())
    for submission in of_year.select_related("version").order_by("pk"):
        sent[submission.version.report_id] = submission
    chases: dict[int, Chase] = {}
    for chase in Chase.objects.filter(agency__in=agencies, year=year).order_by("pk"):
        chases[chase.agency_id] = chase
    dues = Dues([year])
    for agency in agencies:
        report = reports.get(agency.pk)
        last = sent.get(report.pk) if report else None
        returned = last is not None and last.state == SubmissionState.RETURNED
        if report is not None and not returned and (last or not may_be_written(report)):
            continue
        asked = chases.get(agency.pk)
        due = dues.of(agency, year)
        # A report that nobody asks for is not on the desk for ever: later it is only in the
        # list of reports, where it says that it is missing.
        if not returned and asked is None and today > due.late_after + BEHIND:
            continue
        if agency.ended_on is not None and agency.ended_on <= due.late_after:
            continue
        back = last.answered_at if last is not None and returned else None
        yield _compiling(agency, year, report, back, asked, due, today)


def _compiling(
    agency: Agency,
    year: int,
    report: AnnualReport | None,
    returned_at: datetime | None,
    asked: Chase | None,
    due: Due,
    today: date,
) -> Waiting:
    if report is None:
        address = reverse("reports:begin") + "?" + urlencode({"agency": agency.code, "year": year})
        what, button = f"编制{year}年度报告", "编制"
    elif returned_at is not None:
        address = reverse("reports:report", args=[report.pk])
        what, button = f"改正被退回的{year}年度报告", "去看"
    else:
        address = reverse("reports:section", args=[report.pk, "overview"])
        what, button = f"写完{year}年度报告并送签", "接着写"
    note = ""
    if asked is not None:
        note = f"{asked.at.month}月{asked.at.day}日催报" + (f"：{asked.note}" if asked.note else "")
    on = nearest(due, today)
    clock = _clock(on, due.basis, today)
    if returned_at is not None:
        # It was in by its day, or not: what is asked now is to mend it.
        back = timezone.localdate(returned_at)
        clock, on = Clock("soon", "退回在改", f"{back.month}月{back.day}日退回"), today
    return Waiting(clock, on, what, agency.short_name, note, address, button)


def _to_examine(actor: Actor, today: date) -> Iterator[Waiting]:
    dues = Dues([today.year - 1])
    waiting = (
        Submission.objects.filter(to__in=governments(actor), state=SubmissionState.SUBMITTED)
        .select_related("version__report__agency", "to")
        .defer("version__figures", "version__sections", "version__reading")
        .order_by("pk")
    )
    for sent in waiting[:MOST]:
        report = sent.version.report
        errors = f"差错 {sent.version.errors}　" if sent.version.errors else ""
        yield Waiting(
            Clock("", "等审核", f"{sent.submitted_at:%Y-%m-%d} 报送"),
            max(today, dues.of(sent.to, report.year).on),
            "审核年度报告",
            str(report),
            f"{errors}提示 {sent.version.warnings}",
            reverse("reports:examine", args=[sent.pk]),
            "去审核",
        )


def _to_gather(actor: Actor, today: date) -> Iterator[Waiting]:
    """The region's report: to be added up, sent upward and published by its days."""
    year = today.year - 1
    tops = governments(actor)
    dues = Dues([year])
    public = set(
        AnnualReport.objects.filter(agency__in=tops, year=year)
        .exclude(live=None)
        .values_list("agency", flat=True)
    )
    for top in tops:
        if top.pk in public:
            continue
        own = dues.of(top, year)
        gathered = dues.gathered(top, year)
        on = gathered.on(year) if gathered else own.on
        if not on - AHEAD <= today <= on + BEHIND:
            continue
        basis = "报告格式第二条" if gathered else own.basis
        query = urlencode({"to": top.code, "year": year})
        yield Waiting(
            _clock(on, basis, today), on, f"汇总{year}年度报告", top.short_name,
            f"{own.on.month}月{own.on.day}日前公布（{own.basis}）",
            reverse("reports:parts") + "?" + query, "汇总",
        )  # fmt: skip


def _clock(due: date, basis: str, today: date) -> Clock:
    """The day is one of the calendar, not so many working days away."""
    by = f"{due.month}月{due.day}日前（{basis}）"
    left = (due - today).days
    if left < 0:
        return Clock("late", f"过了 {-left} 天", by)
    if left == 0:
        return Clock("late", "今天到期", by)
    return Clock("soon" if left <= _SOON else "", f"还有 {left} 天", by)
