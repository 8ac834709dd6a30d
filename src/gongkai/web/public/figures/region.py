"""The figures of all agencies: which years there are, and one year over agencies.

The report of a government adds up the agencies below it, so that it stands apart here and is
no part of any sum; a sum is of what is published, and whose numbers it lacks is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum

from gongkai.core.report.measures import Rate, measures
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.publication.models import PublishedReport

from .. import links
from ..rendered import Rendered
from ..shell import About, column_name, compose, has_columns
from . import pictures
from .definitions import definitions
from .lines import Line, Section, sections
from .tables import Square, Summed, square, summed, taken
from .told import Told, published

_COLUMN = "annual_report"
NAME = "年报数据"
# The order of the table of requests by how many came in, as a page of its own.
BY_RECEIVED = "by-received"
_LONG = ("sections", "publication__text", "publication__body_html")


@dataclass(frozen=True)
class AgencyRow:
    """One agency's report in the table of a year."""

    told: Told
    squares: list[Square]
    # The page on its figures.
    href: str


@dataclass(frozen=True)
class YearOverAgencies:
    """A section of one year: the governments' own reports apart, the others with their sum."""

    section: Section
    lines: tuple[Line, ...]
    governments: list[AgencyRow]
    agencies: list[AgencyRow]
    sums: Summed | None
    # Who has no report of the year.
    absent: list[str]


def index(path: str) -> Rendered:
    """The years of which there are reports, and what is told of each."""
    rows = PublishedReport.objects.filter(holds=True)
    years = (
        rows.order_by("-year")
        .values("year")
        .annotate(reports=Count("pk"), unread=Sum("unread_count"))
    )
    told = dict(rows.exclude(edition="").order_by().values_list("year").annotate(count=Count("pk")))
    governments = Agency.objects.filter(pk__in=rows.values("agency"), kind=Kind.GOVERNMENT)
    return _page(
        path,
        "figures/index.html",
        name=NAME,
        crumbs=[],
        years=[
            {
                **year,
                "told": told.get(year["year"], 0),
                "path": links.figures_in(year["year"] or 0, "requests"),
            }
            for year in years
        ],
        governments=[(one, links.figures_of(one.slug)) for one in governments],
    )


def explained(path: str) -> Rendered:
    """How each rate is reckoned."""
    name = "比率的算法"
    return _page(
        path,
        "figures/rates.html",
        name=name,
        crumbs=[(NAME, links.FIGURES)],
        definitions=definitions(),
    )


def of_year(path: str, year: int, view: str) -> Rendered | None:
    """A section of one year over agencies."""
    section = sections().get("requests" if view == BY_RECEIVED else view)
    rows = list(
        PublishedReport.objects.filter(holds=True, year=year)
        .select_related("publication", "agency")
        .defer(*_LONG)
        .order_by("agency__position", "agency")
    )
    if section is None or not rows:
        return None
    reports = [published(row, path) for row in rows]
    table = year_table(
        section,
        reports,
        {
            told.agency.pk: links.relative(path, links.figures_of_year(told.agency.slug, year))
            for told in reports
            if has_columns(told.agency)
        },
        owing(Agency.objects.all(), year),
    )
    if view == BY_RECEIVED:
        table.agencies.sort(key=_received, reverse=True)
    name = f"{year}年度各机关数据：{section.title}"
    return _page(
        path,
        "figures/region_year.html",
        name=name + ("，新收申请多的在前" if view == BY_RECEIVED else ""),
        heading=name,
        crumbs=[(NAME, links.FIGURES)],
        year=year,
        table=table,
        chart=chart_of(table),
        by_received=view == BY_RECEIVED,
        orders={
            "own": links.figures_in(year, "requests"),
            "received": links.figures_in(year, BY_RECEIVED),
        },
        views=[
            (one.title, links.figures_in(year, one.id), one.id == section.id)
            for one in sections().values()
        ],
        years=[(other, links.figures_in(other, section.id), other == year) for other in _years()],
    )


def year_table(
    section: Section,
    reports: Sequence[Told],
    homes: dict[int, str],
    owing: Iterable[Agency],
) -> YearOverAgencies:
    """``section`` over the reports of a year; ``owing``: who should have one."""
    lines = _known_to(section, reports)
    rows = [
        AgencyRow(told, [square(line, told) for line in lines], homes.get(told.agency.pk, ""))
        for told in reports
    ]
    governments = [row for row in rows if row.told.agency.kind == Kind.GOVERNMENT]
    agencies = [row for row in rows if row.told.agency.kind != Kind.GOVERNMENT]
    known = {told.agency.pk for told in reports}
    absent = [one.short_name for one in owing if one.pk not in known]
    added = [row.told for row in agencies]
    sums = summed(lines, added) if len(added) > 1 else None
    return YearOverAgencies(section, lines, governments, agencies, sums, absent)


def chart_of(table: YearOverAgencies) -> pictures.Picture | None:
    """The outcomes of each agency, where the table tells of requests."""
    if table.section.id != "requests":
        return None
    told = [row.told for row in table.agencies]
    return pictures.outcomes([one.agency.short_name for one in told], told)


def owing(agencies: Iterable[Agency], year: int) -> list[Agency]:
    """Whose report of ``year`` there should be, governments left out."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return [
        one
        for one in agencies
        if has_columns(one)
        and one.kind != Kind.GOVERNMENT
        and not (one.began_on and one.began_on > last)
        and not (one.ended_on and one.ended_on < first)
    ]


def paths() -> Iterator[str]:
    """Every page of this module."""
    yield from (links.FIGURES, links.RATES)
    for year in _years():
        yield from paths_of(year)


def paths_of(year: int) -> Iterator[str]:
    """The pages of one year."""
    for view in (*sections(), BY_RECEIVED):
        yield links.figures_in(year, view)


def _years() -> list[int]:
    years = PublishedReport.objects.filter(holds=True).order_by("-year")
    return [year for year in years.values_list("year", flat=True).distinct() if year]


def _known_to(section: Section, reports: Sequence[Told]) -> tuple[Line, ...]:
    """The lines that some form at hand has."""
    forms = {told.form for told in reports if told.form}
    return tuple(
        line
        for line in section.lines
        if isinstance(line.what, Rate) or any(line.what.cells(form) for form in forms)
    )


def _received(row: AgencyRow) -> tuple[bool, Any]:
    """The most first; where it is not known, last."""
    value = taken(measures()["received"], row.told).value
    return (value is not None, value or 0)


def _page(
    path: str, template: str, *, name: str, crumbs: list[tuple[str, str | None]], **content: Any
) -> Rendered:
    column = column_name(_COLUMN)
    return compose(
        path,
        template,
        title=f"{name}_政府信息公开年度报告",
        crumbs=[(column, links.ANNUAL), *crumbs, (name, None)],
        column=_COLUMN,
        about=About(
            column=name,
            column_type=column,
            description=f"各机关政府信息公开年度报告：{name}",
            keywords=(column, "数据"),
        ),
        name=name,
        compare_path=links.COMPARE,
        **content,
    )
