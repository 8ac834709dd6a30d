"""By when a report is due: by the calendar of the core, and earlier where its superior says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.core.report.calendar import Level, Who, YearlyDay, gathering_day, own_day
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.public.annual import owing

from .models import Collecting, ReportLimit


@dataclass(frozen=True, slots=True)
class Due:
    """The days of one report: the law's, and that which the competent department set."""

    year: int
    legal: YearlyDay
    limit: ReportLimit | None = None

    @property
    def legal_on(self) -> date:
        """By when it is public."""
        return self.legal.on(self.year)

    @property
    def on(self) -> date:
        """The nearer of the two."""
        return min(self.limit.submit_by, self.legal_on) if self.limit else self.legal_on

    @property
    def late_after(self) -> date:
        """After which day it is late; a day that only stands by analogy makes nobody late."""
        return self.on if self.limit else self.legal.lapsed_after(self.year)

    @property
    def basis(self) -> str:
        """On what the day stands, short: 第四十九条, or who set it."""
        if self.limit is not None:
            return f"{self.limit.to.short_name}定，{_legal(self)}"
        return f"{'第 49 条' if self.legal.settled else '参照第 49 条'}"


def _legal(due: Due) -> str:
    words = "法定" if due.legal.settled else "参照"
    return f"{words} {due.legal_on.month}月{due.legal_on.day}日"


class Dues:
    """The days of many agencies and years, asked of the database once."""

    def __init__(self, years: Iterable[int]) -> None:
        self._limits: dict[tuple[int, int, int | None], ReportLimit] = {
            (one.to_id, one.year, one.agency_id): one
            for one in ReportLimit.objects.filter(year__in=list(years)).select_related("to")
        }
        collecting = Agency.objects.filter(
            kind=Kind.GOVERNMENT, competent_departments__isnull=False
        )
        # The nearest first.
        self._above = sorted(collecting.distinct(), key=lambda one: -len(one.path))
        self._levels = {
            one.government_id: Level(one.level) for one in Collecting.objects.exclude(level="")
        }

    def of(self, agency: Agency, year: int) -> Due:
        """The days of the report of ``agency``."""
        top = self.collected_by(agency)
        limit = None
        if top is not None:
            limit = self._limits.get((top.pk, year, agency.pk)) or self._limits.get(
                (top.pk, year, None)
            )
        return Due(year, own_day(owing(agency), year), limit)

    def collected_by(self, agency: Agency) -> Agency | None:
        """The government whose competent department collects it."""
        for one in self._above:
            if agency.path.startswith(one.path) and agency.pk != one.pk:
                return one
        return None

    def level_of(self, government: Agency) -> Level | None:
        """On which level it stands, where its department said so."""
        return self._levels.get(government.pk)

    def gathered(self, government: Agency, year: int) -> YearlyDay | None:
        """By when its report, with those of its agencies, goes upward."""
        return gathering_day(self.level_of(government), year)


def due_of(agency: Agency, year: int) -> Due:
    """The days of one report."""
    return Dues([year]).of(agency, year)


def latest_limit(agency: Agency | None, year: int) -> date:
    """The last day that may be set: the law's; for all agencies that of the departments."""
    who = owing(agency) if agency else Who.DEPARTMENT
    return own_day(who, year).lapsed_after(year)
