"""Annual reports missing or late (arts. 49, 50).

Of years before an agency's first report that is known nothing is said, unless the day the agency
began is known and others' reports of those years are here: it may have published elsewhere.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone

from gongkai.core.report.calendar import own_day
from gongkai.core.watching.due import judge_report
from gongkai.web.agencies.models import Agency
from gongkai.web.public.annual import last_day, owing
from gongkai.web.public.shell import has_columns
from gongkai.web.publication.models import Publication, PublishedReport
from gongkai.web.publication.reports import COLUMN, report_year

from .items import place_of
from .terms import Found, Looked, Reach, Terms

# The first year of the form that the Regulation of 2019 asks for.
_FIRST_YEAR = 2019


def watch_reports(reach: Reach, terms: Terms) -> Looked:
    """Every agency in every year of which something is known."""
    first: dict[tuple[int, int], date] = {}
    reports = Publication.objects.filter(reach.of_agency(), column=COLUMN)
    for report in reports.only("agency", "title", "facts", "published_at", "order_key"):
        year = report_year(report)
        if year is not None:
            one = (report.agency_id, year)
            day = timezone.localdate(report.published_at)
            first[one] = min(day, first.get(one, day))
    earliest = PublishedReport.objects.aggregate(first=Min("year"))["first"] or _FIRST_YEAR
    found: list[Found] = []
    count = 0
    for agency in terms.agencies.values():
        within = reach.agencies is None or agency.pk in reach.agencies
        if not within or not has_columns(agency):
            continue
        told = [year for owner, year in first if owner == agency.pk]
        for year in range(_begins(agency, told, earliest, terms), terms.today.year):
            due = last_day(agency, year)
            if agency.ended_on is not None and agency.ended_on <= due:
                continue
            count += 1
            settled = own_day(owing(agency), year).settled
            wrong = judge_report(year, due, first.get((agency.pk, year)), settled, terms.today)
            if wrong is not None:
                place = place_of(terms, agency.pk, f"{year} 年度报告")
                address = f"{reverse('reports:list')}?year={year}"
                key = f"report:{agency.pk}/{year}"
                found.append(Found(wrong, agency.pk, key, place, address))
    return Looked(count, found)


def _begins(agency: Agency, told: list[int], earliest: int, terms: Terms) -> int:
    """The first year whose report the agency owes beyond doubt."""
    if agency.began_on is not None:
        return max(earliest, agency.began_on.year)
    return min([*told, terms.today.year - 1])
