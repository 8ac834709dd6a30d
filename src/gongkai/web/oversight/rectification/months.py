"""Which self-checks are asked for: last month's of every agency with columns, once it was watched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.watching.models import Watch
from gongkai.web.public.shell import has_columns

from .columns import moment_of, month_after, month_before, month_of
from .models import CheckState, RectificationSettings, SelfCheck
from .settled import settings_of


@dataclass(frozen=True)
class Month:
    """The self-check of an agency and month, as far as it is; ``check`` is None where not begun."""

    agency: Agency
    month: date
    check: SelfCheck | None
    settled: RectificationSettings

    @property
    def due_on(self) -> date:
        """The day in the next month by which it is signed."""
        return month_after(self.month).replace(day=self.settled.self_check_day)

    @property
    def in_being(self) -> bool:
        """Whether there was such an agency in the month, to its end."""
        end = month_after(self.month)
        began, ended = self.agency.began_on, self.agency.ended_on
        return (began is None or began < end) and (ended is None or ended >= end)

    @property
    def address(self) -> str:
        """Its page."""
        return page_of(self.agency, self.month)


def asked_for(today: date) -> date:
    """The month whose self-check is asked for on a day: the one before."""
    return month_before(month_of(today))


def months_of(agencies: Sequence[Agency], months: Sequence[date]) -> Iterator[Month]:
    """Each of ``agencies`` that has columns, with each of ``months``."""
    having = [one for one in agencies if has_columns(one)]
    settled = settings_of(having)
    checks = {
        (one.agency_id, one.month): one
        for one in SelfCheck.objects.filter(agency__in=having, month__in=months)
        .defer("snapshot")
        .select_related("prepared_by", "signed_by")
    }
    for agency in having:
        for month in months:
            yield Month(agency, month, checks.get((agency.pk, month)), settled[agency.pk])


def not_done(agencies: Sequence[Agency], month: date) -> list[Month]:
    """The self-checks of a month that are asked for and not signed.

    Where nothing was watched by the end of the month there is nothing to confirm.
    """
    if not watched(month):
        return []
    return [
        one
        for one in months_of(agencies, [month])
        if one.in_being and (one.check is None or one.check.state != CheckState.SIGNED)
    ]


def watched(month: date) -> bool:
    """Whether the watch had run by the end of the month."""
    return Watch.objects.filter(started_at__lt=moment_of(month_after(month))).exists()


def page_of(agency: Agency, month: date) -> str:
    """The address of a self-check."""
    return reverse("rectification:self_check", args=[agency.pk, f"{month:%Y-%m}"])
