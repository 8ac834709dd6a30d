"""Which pages on figures there are, what stands at each, and which of them a change touches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gongkai.web.agencies.models import Agency
from gongkai.web.publication import reports
from gongkai.web.publication.models import Change, PublishedReport

from .. import links
from ..rendered import Rendered
from . import agency as of_agency
from . import region

_OF_YEAR = re.compile(r"annual/figures/(20\d\d)/([a-z-]+)\.html")
_OF_AGENCY = re.compile(r"annual/(20\d\d)\.html")
_REGION: dict[str, Callable[[str], Rendered]] = {
    links.FIGURES: region.index,
    links.RATES: region.explained,
}


def region_page(path: str) -> Rendered | None:
    """A page over all agencies; None where there is none at ``path``."""
    if path in _REGION:
        return _REGION[path](path)
    found = _OF_YEAR.fullmatch(path)
    return region.of_year(path, int(found[1]), found[2]) if found else None


def agency_page(path: str, rest: str, agency: Agency) -> Rendered | None:
    """A page of ``agency``, ``rest`` below its folder; None where there is none."""
    if rest == "annual/figures.html":
        return of_agency.over_years(path, agency)
    found = _OF_AGENCY.fullmatch(rest)
    return of_agency.of_year(path, agency, int(found[1])) if found else None


def agency_paths(agency: Agency) -> list[str]:
    """Every page of ``agency``."""
    return of_agency.paths(agency)


def region_paths() -> Iterator[str]:
    """Every page over all agencies."""
    return region.paths()


def touched(change: Change) -> Iterator[str]:
    """The pages that are different after a report was published, read or withdrawn."""
    standings = [s for s in (change.before, change.after) if s.get("column") == reports.COLUMN]
    agencies: set[int] = {standing["agency"] for standing in standings}
    years: set[int | None] = {standing.get("report_year") for standing in standings}
    scope, _, number = change.scope.partition(":")
    if scope == "report":
        agencies.add(int(number))
        years.add(change.after.get("report_year"))
        read = PublishedReport.objects.filter(agency=int(number), year__in=years - {None})
        yield from (row.publication.path for row in read.select_related("publication"))
    if not agencies:
        return
    yield from (links.FIGURES, links.ANNUAL)
    told = sorted(year for year in years if year)
    for year in told:
        yield from region.paths_of(year)
    for agency in Agency.objects.filter(pk__in=agencies):
        yield from (links.annual_of(agency.slug), links.figures_of(agency.slug))
        yield from (links.figures_of_year(agency.slug, year) for year in told)


def naming(agency: Agency, change: Change) -> Iterator[str]:
    """The pages over all agencies that show ``agency`` otherwise after ``change``.

    Of one that has no report they say so, from when it is there.
    """
    facts = ("short_name", "slug", "kind", "began_on", "ended_on", "position")
    differs = any(change.before.get(fact) != change.after.get(fact) for fact in facts)
    if differs or not PublishedReport.objects.filter(agency=agency, holds=True).exists():
        yield from region.paths()
