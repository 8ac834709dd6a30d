"""基层政务公开标准目录 of an agency: each entry, what covers it, and whether that is fresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.core.catalogue import standard_channels
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import Publication
from gongkai.web.registers.coverage import Standing, fresh_day, stale_since
from gongkai.web.registers.models import StandardCoverage, StandardEntry

from . import links
from .agency_pages import AgencySite
from .listing import SHOWN
from .rendered import Rendered
from .shell import About

NAME = "基层政务公开标准目录"
_SHOWN_OF_ONE = 3


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with the newest publications under it.

    ``stale_since``: the day from which what covers it is older than the entry allows.
    """

    entry: StandardEntry
    covering: list[Publication]
    count: int
    newest: date | None
    stale_since: date | None
    channels: str

    @property
    def state(self) -> str:
        """Whether the entry is covered, in words."""
        if not self.count:
            return str(Standing.BARE.value)
        return str((Standing.STALE if self.stale_since else Standing.COVERED).value)


@dataclass(frozen=True, slots=True)
class Domain:
    """The entries of one domain (领域)."""

    name: str
    anchor: str
    lines: list[Line]

    @property
    def covered(self) -> int:
        """How many entries have something published under them."""
        return sum(line.count > 0 for line in self.lines)


def standards(path: str, agency: Agency) -> Rendered | None:
    """The catalogue of ``agency``; None where it keeps none."""
    entries = list(StandardEntry.objects.filter(agency=agency).order_by("domain", "pk"))
    if not entries:
        return None
    covering = _covering(agency)
    today = timezone.localdate()
    domains: dict[str, list[Line]] = {}
    for entry in entries:
        line = _line(entry, covering.get(entry.pk, []), today)
        domains.setdefault(entry.domain, []).append(line)
    return AgencySite(agency).page(
        path,
        "standards.html",
        title=f"{NAME}_{agency.name}",
        crumbs=[(agency.short_name, links.agency_home(agency.slug)), (NAME, None)],
        about=About(
            column=NAME,
            column_type="政府信息公开",
            description=f"{agency.name}{NAME}：公开事项、依据、时限和渠道",
            keywords=(NAME, agency.short_name),
        ),
        domains=[
            Domain(name, f"d{number}", lines)
            for number, (name, lines) in enumerate(domains.items(), 1)
        ],
        total=len(entries),
    )


def _covering(agency: Agency) -> dict[int, list[Publication]]:
    """For each entry of the agency what is public under it, the newest first."""
    pairs = list(
        StandardCoverage.objects.filter(entry__agency=agency).values_list("entry", "item_number")
    )
    public = Publication.objects.only(*SHOWN, "updated_at").in_bulk({n for _, n in pairs})
    found: dict[int, list[Publication]] = {}
    for entry, number in pairs:
        if number in public:
            found.setdefault(entry, []).append(public[number])
    for items in found.values():
        items.sort(key=fresh_day, reverse=True)
    return found


def _line(entry: StandardEntry, covering: list[Publication], today: date) -> Line:
    newest = fresh_day(covering[0]) if covering else None
    stale = stale_since(entry, newest, today)
    labels = {term.id: term.label for term in standard_channels().terms}
    channels = "、".join(labels.get(channel, channel) for channel in entry.channels)
    return Line(entry, covering[:_SHOWN_OF_ONE], len(covering), newest, stale, channels)
