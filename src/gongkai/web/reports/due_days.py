"""The days of annual reports, for reminders and the calendars of those whose duty they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.core.days import WorkingDays
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.people.models import Role
from gongkai.web.public.shell import has_columns
from gongkai.web.requests.around.due_days import DueDay

from .due import Due, Dues
from .models import AnnualReport, Collecting, Submission, SubmissionState

# In working days; the farthest tells in time to compile, review and sign.
DEFAULT_DAYS = (20, 5, 0)
# A day farther off is nobody's concern yet; one so long past is only in the list of reports.
AHEAD, BEHIND = timedelta(days=100), timedelta(days=60)


def of_reports(
    agencies: Sequence[Agency] | None, today: date, days: WorkingDays
) -> Iterator[DueDay]:
    """Of the reports that are not in, and of the regions' that are not public."""
    years = (today.year - 1, today.year)
    dues = Dues(years)
    every = list(Agency.objects.all()) if agencies is None else list(agencies)
    before = dict(Collecting.objects.values_list("government", "reminder_days"))
    for year in years:
        begun = dict(AnnualReport.objects.filter(year=year).values_list("agency", "begun_by"))
        done = handed_in(year)
        public = set(
            AnnualReport.objects.filter(year=year)
            .exclude(live=None)
            .values_list("agency", flat=True)
        )
        for agency in every:
            if agency.competent_for_id and agency.competent_for_id not in public:
                yield from _of_region(agency, dues, year, today, before)
            if agency.kind == Kind.GOVERNMENT or agency.pk in done | public:
                continue
            if not has_columns(agency) or not there_is(agency, year):
                continue
            due = dues.of(agency, year)
            on = nearest(due, today)
            if _concerns(on, due.late_after, today):
                top = dues.collected_by(agency)
                yield DueDay(
                    about=f"annual_report:{agency.pk}:{year}",
                    number=f"{year}年度报告",
                    what="报送并公布",
                    due_on=on,
                    agency=agency,
                    handler=begun.get(agency.pk),
                    address=_calendar(agency, year),
                    before=tuple((before.get(top.pk) if top else None) or DEFAULT_DAYS),
                )


def _of_region(
    department: Agency, dues: Dues, year: int, today: date, before: dict[int, list[int]]
) -> Iterator[DueDay]:
    """What a competent department owes for its government."""
    government = department.competent_for
    if government is None:
        return
    gathered = dues.gathered(government, year)
    own = dues.of(government, year)
    for slug, what, on in (
        ("gathered", "汇总报上一级", gathered.on(year) if gathered else None),
        ("government", "公布本级政府的报告", own.on),
    ):
        if on is not None and _concerns(on, on, today):
            yield DueDay(
                about=f"region_report:{government.pk}:{year}:{slug}",
                number=f"{government.short_name}{year}年度报告",
                what=what,
                due_on=on,
                agency=department,
                handler=None,
                address=_calendar(government, year),
                role=Role.COMPETENT_DEPARTMENT,
                before=tuple(before.get(government.pk) or DEFAULT_DAYS),
            )


def handed_in(year: int) -> set[int]:
    """The agencies whose report of ``year`` is with the department and was not returned."""
    return {key for key, state in _last(year).items() if state != SubmissionState.RETURNED}


def given_back(year: int) -> set[int]:
    """Those that are mending what was returned."""
    return {key for key, state in _last(year).items() if state == SubmissionState.RETURNED}


def _last(year: int) -> dict[int, str]:
    sent = Submission.objects.filter(version__report__year=year).order_by("pk")
    return dict(sent.values_list("version__report__agency", "state"))


def there_is(agency: Agency, year: int) -> bool:
    """Whether the agency has a report of ``year`` to make: it was there, and still is."""
    if agency.began_on and agency.began_on > date(year, 12, 31):
        return False
    return agency.ended_on is None


def nearest(due: Due, today: date) -> date:
    """The day that is told: after one that holds only by analogy, the one that ends all doubt."""
    return due.on if today <= due.on else max(due.on, due.late_after)


def _concerns(on: date, last: date, today: date) -> bool:
    return today >= on - AHEAD and today <= last + BEHIND


def _calendar(agency: Agency, year: int) -> str:
    return reverse("reports:calendar") + "?" + urlencode({"agency": agency.code, "year": year})
