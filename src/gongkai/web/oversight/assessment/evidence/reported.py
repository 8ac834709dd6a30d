"""Annual reports: handed in by their day, and how often they came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Min
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.public.shell import has_columns
from gongkai.web.reports.due import Dues
from gongkai.web.reports.models import AnnualReport, ReportVersion, Submission, SubmissionState

from .counting import Line, Measure, Sort
from .spans import Span, day_of


def _in_time(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    """The reports whose last day falls in the span and is past."""
    # Of years before any report was kept here nothing is known.
    first_kept = AnnualReport.objects.aggregate(first=Min("year"))["first"] or span.until.year
    years = range(max(first_kept, span.since.year - 1), span.until.year)
    dues = Dues(years)
    went = _went(agencies, years)
    reports = {
        (agency, year): key
        for agency, year, key in AnnualReport.objects.filter(
            agency__in=agencies, year__in=years
        ).values_list("agency", "year", "pk")
    }
    for year in years:
        for agency in agencies:
            last = dues.of(agency, year).late_after
            due = span.since <= last <= min(span.until, timezone.localdate())
            if not due or not _owed(agency, year, last):
                continue
            first = went.get((agency.pk, year))
            if first is None:
                note = f"{year}年度报告没有报送、公布"
            else:
                note = f"{first} 报送、公布，最迟 {last}"
            key = reports.get((agency.pk, year), 0)
            good = first is not None and first <= last
            yield Line(agency.pk, key, last, good=good, note=note)


def _went(agencies: Sequence[Agency], years: Iterable[int]) -> dict[tuple[int, int], date]:
    """On which day each report first went up or out."""
    found: dict[tuple[int, int], date] = {}
    sent = Submission.objects.filter(
        version__report__agency__in=agencies, version__report__year__in=years
    ).values_list("version__report__agency", "version__report__year", "submitted_at")
    out = ReportVersion.objects.filter(
        report__agency__in=agencies, report__year__in=years, published_at__isnull=False
    ).values_list("report__agency", "report__year", "published_at")
    for agency, year, at in (*sent, *out):
        day = day_of(at)
        found[agency, year] = min(day, found.get((agency, year), day))
    return found


def _owed(agency: Agency, year: int, last: date) -> bool:
    began, ended = agency.began_on, agency.ended_on
    gone = ended is not None and ended <= last
    return has_columns(agency) and not gone and not (began and began > date(year, 12, 31))


def _returned(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    since, until = span.moments
    sent = Submission.objects.filter(
        version__report__agency__in=agencies,
        state=SubmissionState.RETURNED,
        answered_at__gte=since,
        answered_at__lt=until,
    )
    facts = ("version__report__agency", "version__report", "answered_at", "version__number")
    for agency, key, at, number in sent.values_list(*facts):
        yield Line(agency, key, day_of(at), good=False, note=f"退回第 {number} 稿")


def _has_sent(agencies: Sequence[Agency], span: Span) -> set[int]:
    since, until = span.moments
    sent = Submission.objects.filter(
        version__report__agency__in=agencies, submitted_at__gte=since, submitted_at__lt=until
    )
    return set(sent.values_list("version__report__agency", flat=True))


MEASURES = (
    Measure(
        "reports_in_time", "年度报告按期报送", Sort.SHARE, "份",
        "最后一日在这段时间的年度报告里，当天以前报送或者公布的；平台里还没有任何报告的年度不算。",
        "report", _in_time, "没有到期的年度报告", good="按期", bad="迟报、没有报", basis="条例第 49 条",
    ),
    Measure(
        "reports_returned", "年度报告被退回", Sort.COUNT, "次",
        "主管部门在这段时间退回年度报告的次数。", "report", _returned, "这段时间没有报送年度报告",
        bad="退回",
        known=_has_sent,
    ),
)  # fmt: skip
