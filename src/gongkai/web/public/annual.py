"""政府信息公开年报: of one agency by year, and of all agencies by year with what is missing.

By when each is due says the calendar of the core (art. 49).  Of street offices and townships
the article says nothing in as many words: theirs is missing only once it is so beyond doubt,
and late never.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.core.report.calendar import Who, own_day
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.publication.models import Publication, PublishedReport
from gongkai.web.publication.reports import report_year

from . import links
from .agency_pages import AgencySite
from .figures.agency import paths as figures_of_agency
from .listing import SHOWN
from .rendered import Rendered
from .shell import About, column_name, compose, has_columns

_COLUMN = "annual_report"
_MOST_YEARS = 8
_WHO = {Kind.GOVERNMENT: Who.GOVERNMENT, Kind.DEPARTMENT: Who.DEPARTMENT}


@dataclass(frozen=True, slots=True)
class Cell:
    """One agency's report of one year, or why there is none."""

    report: Publication | None
    word: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An agency and its cells, the newest year first."""

    agency: Agency
    path: str
    cells: list[Cell]


def of_agency(path: str, agency: Agency) -> Rendered | None:
    """The reports of one agency, the newest year first."""
    if not has_columns(agency):
        return None
    today = timezone.localdate()
    reports = _reports(Publication.objects.filter(agency=agency, column=_COLUMN).only(*SHOWN))
    years = _years(reports, today)
    undated = [r for (_, year), found in reports.items() if year is None for r in found]
    name = column_name(_COLUMN)
    return AgencySite(agency).page(
        path,
        "agency_annual.html",
        title=f"{name}_{agency.name}",
        crumbs=[(agency.short_name, links.agency_home(agency.slug)), (name, None)],
        column=_COLUMN,
        about=About(
            column=name,
            column_type=name,
            description=f"{agency.name}历年政府信息公开工作年度报告",
            keywords=(name, agency.short_name),
        ),
        feed=links.feed_in(f"{agency.slug}/annual/"),
        lines=[
            (year, cell, reports.get((agency.pk, year), [])[1:])
            for year in years
            for cell in [_cell(agency, year, reports, today)]
        ],
        undated=undated,
        figures_path=next(iter(figures_of_agency(agency)), ""),
    )


def matrix(path: str) -> Rendered:
    """Agencies × years; 缺报 is shown, not hidden."""
    today = timezone.localdate()
    reports = _reports(
        Publication.objects.filter(column=_COLUMN).select_related("agency").only(*SHOWN)
    )
    years = _years(reports, today)[:_MOST_YEARS]
    lines = [
        Line(
            agency,
            links.annual_of(agency.slug),
            [_cell(agency, year, reports, today) for year in years],
        )
        for agency in Agency.objects.all()
        if has_columns(agency) and (agency.ended_on is None or _has_any(agency, reports))
    ]
    name = column_name(_COLUMN)
    told = set(PublishedReport.objects.filter(holds=True).values_list("year", flat=True))
    return compose(
        path,
        "annual.html",
        title=f"{name}_各机关各年度",
        crumbs=[(name, None)],
        column=_COLUMN,
        about=About(
            column=name,
            column_type=name,
            description="各机关历年政府信息公开工作年度报告",
            keywords=(name,),
        ),
        feed=links.feed_in("annual/"),
        years=[
            (year, links.figures_in(year, "requests") if year in told else "") for year in years
        ],
        lines=lines,
        last_days=_last_days(today.year - 1),
        missing=sum(cell.word == "缺报" for line in lines for cell in line.cells),
    )


def _last_days(year: int) -> dict[str, date]:
    return {who.value: own_day(who, year).on(year) for who in (Who.DEPARTMENT, Who.GOVERNMENT)}


def last_day(agency: Agency, year: int) -> date:
    """After which day the report of ``year`` is missing where it is not public."""
    return own_day(owing(agency), year).lapsed_after(year)


def owing(agency: Agency) -> Who:
    """As what the calendar knows an agency; a competent department is the government's office."""
    if agency.competent_for_id is not None:
        return Who.OFFICE
    return _WHO.get(Kind(agency.kind), Who.LOWER)


Reports = dict[tuple[int, int | None], list[Publication]]


def _reports(found: Iterable[Publication]) -> Reports:
    """The reports of each agency and year, the first published first."""
    reports: Reports = {}
    for report in sorted(found, key=lambda r: r.order_key):
        reports.setdefault((report.agency_id, report_year(report)), []).append(report)
    return reports


def _years(reports: Reports, today: date) -> list[int]:
    """From last year back to the first of which there is a report."""
    told = [year for _, year in reports if year is not None]
    newest = max([today.year - 1, *told])
    return list(range(newest, min([*told, today.year - 1]) - 1, -1))


def _has_any(agency: Agency, reports: Reports) -> bool:
    return any(number == agency.pk for number, _ in reports)


def _cell(agency: Agency, year: int, reports: Reports, today: date) -> Cell:
    due = last_day(agency, year)
    found = reports.get((agency.pk, year), [])
    if found:
        published = timezone.localdate(found[0].published_at)
        late = published > due and own_day(owing(agency), year).settled
        return Cell(found[0], "逾期公布" if late else "", "warn" if late else "")
    if agency.began_on and agency.began_on > date(year, 12, 31):
        return Cell(None, "未设立")
    if agency.ended_on and agency.ended_on <= due:
        return Cell(None, "已撤销")
    return Cell(None, "缺报", "bad") if today > due else Cell(None, "未到期")
