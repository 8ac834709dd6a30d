"""权责清单 of an agency: its powers and duties by kind, and what it did with them each year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.registers.models import PowerEntry, YearlyCount
from gongkai.web.registers.yearly import KindSum, sums

from . import links
from .agency_pages import AgencySite
from .rendered import Rendered
from .shell import About

NAME = "权责清单"


@dataclass(frozen=True, slots=True)
class Line:
    """A power or duty; ``ended`` where it was taken away by today."""

    entry: PowerEntry
    ended: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one kind (事项类型), those taken away last."""

    name: str
    anchor: str
    lines: list[Line]

    @property
    def held(self) -> int:
        """How many of them the agency still has."""
        return sum(not line.ended for line in self.lines)


@dataclass(frozen=True, slots=True)
class Year:
    """What was counted in a year; ``whole`` once it is over."""

    year: int
    kinds: list[KindSum]
    whole: bool


def powers(path: str, agency: Agency) -> Rendered | None:
    """The list of ``agency``; None where it keeps none."""
    entries = list(PowerEntry.objects.filter(agency=agency).order_by("position", "pk"))
    if not entries:
        return None
    today = timezone.localdate()
    groups = _groups(entries, today)
    return AgencySite(agency).page(
        path,
        "powers.html",
        title=f"{NAME}_{agency.name}",
        crumbs=[(agency.short_name, links.agency_home(agency.slug)), (NAME, None)],
        about=About(
            column=NAME,
            column_type="政府信息公开",
            description=f"{agency.name}{NAME}：事项、设定依据、责任和承办机构",
            keywords=(NAME, agency.short_name),
        ),
        groups=groups,
        held=sum(group.held for group in groups),
        ended=sum(line.ended for group in groups for line in group.lines),
        years=_years(agency, today),
    )


def _groups(entries: list[PowerEntry], today: date) -> list[Group]:
    kinds: dict[str, list[Line]] = {}
    for entry in entries:
        ended = entry.ended_on is not None and entry.ended_on <= today
        kinds.setdefault(entry.kind, []).append(Line(entry, ended))
    return [
        Group(name, f"k{number}", sorted(lines, key=lambda line: line.ended))
        for number, (name, lines) in enumerate(kinds.items(), 1)
    ]


def _years(agency: Agency, today: date) -> list[Year]:
    """The years with numbers, the newest first."""
    lines = YearlyCount.objects.filter(agency=agency).order_by("-year", "pk")
    return [
        Year(year, sums(of_year), year < today.year)
        for year, of_year in groupby(lines, key=lambda line: line.year)
    ]
