"""The figures of one agency: over the years, and of one year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.core.report.measures import Rate, measures, share
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import PublishedReport

from .. import links
from ..rendered import Rendered
from ..shell import About, column_name, compose, has_columns
from . import pictures
from .definitions import definitions
from .lines import Line, forms, in_full, sections
from .tables import Square, of_share, of_taken, over, taken
from .told import Told, published

_COLUMN = "annual_report"
_MOST_YEARS = 10


@dataclass(frozen=True)
class ByApplicant:
    """A line of a year by the kinds of applicants, and its part of all that was concluded."""

    line: Line
    squares: list[Square]
    part: Square | None
    # The length of the bar beside it.
    width: str


def rows_of(agency: Agency) -> list[PublishedReport]:
    """The reports of an agency that hold, by year."""
    rows = PublishedReport.objects.filter(agency=agency, holds=True)
    return list(rows.select_related("publication", "agency").defer(*_LONG).order_by("year"))


_LONG = ("sections", "publication__text", "publication__body_html")


def paths(agency: Agency) -> list[str]:
    """Every page on the figures of an agency."""
    if not has_columns(agency):
        return []
    years = PublishedReport.objects.filter(agency=agency, holds=True).values_list("year", flat=True)
    told = [links.figures_of_year(agency.slug, year) for year in years if year]
    return [links.figures_of(agency.slug), *told] if told else []


def over_years(path: str, agency: Agency) -> Rendered | None:
    """Every table of the form and every rate, year beside year."""
    rows = rows_of(agency)
    if not rows or not has_columns(agency):
        return None
    reports = whole_years([published(row, path) for row in rows][-_MOST_YEARS:])
    name = "历年数据"
    return _page(
        path,
        agency,
        "figures/agency.html",
        name=name,
        title=f"{name}_{agency.name}年度报告",
        description=f"{agency.name}历年政府信息公开年度报告的数据",
        **context_over_years(reports),
        heads=[
            {"told": told, "href": links.relative(path, target) if told.title else ""}
            for told in reports
            for target in [links.figures_of_year(agency.slug, told.year)]
        ],
        annual_path=links.annual_of(agency.slug),
        definitions_path=links.RATES,
    )


def of_year(path: str, agency: Agency, year: int) -> Rendered | None:
    """One report: requests by kind of applicant, remedies, rates with their two numbers."""
    row = next((row for row in rows_of(agency) if row.year == year), None)
    if row is None or not has_columns(agency):
        return None
    told = published(row, path)
    name = f"{year}年度数据"
    return _page(
        path,
        agency,
        "figures/year.html",
        name=name,
        title=f"{name}_{agency.name}年度报告",
        description=f"{agency.name}{year}年政府信息公开年度报告的数据",
        **context_of_year(told),
        over_years_path=links.figures_of(agency.slug),
        region_path=links.figures_in(year, "requests"),
    )


def whole_years(reports: Sequence[Told]) -> list[Told]:
    """The reports by year, with an empty one for each year between of which there is none."""
    known = {told.year: told for told in reports}
    some = reports[0]
    return [
        known.get(year) or Told(some.agency, year, "", None, _nothing, _nowhere, note="没有公布")
        for year in range(min(known), max(known) + 1)
    ]


def context_over_years(reports: Sequence[Told]) -> dict[str, Any]:
    """What ``public/figures/over_years.html`` wants to know."""
    tables = [over(section, reports) for section in sections().values()]
    charts = {
        "requests": [
            pictures.received(reports),
            pictures.outcomes([str(r.year) for r in reports], reports),
        ],
        "remedies": [pictures.remedies(reports)],
        "rates": [pictures.shares(reports)],
    }
    return {
        "tables": [(table, charts.get(table.section.id, [])) for table in tables if table.rows],
    }


def context_of_year(told: Told) -> dict[str, Any]:
    """What ``public/figures/one_year.html`` wants to know."""
    every = sections()
    columns = forms()[0].requests.columns
    return {
        "told": told,
        "report_href": told.report_href,
        "columns": [column.label for column in columns],
        "by_applicant": by_applicant(told),
        "disclosure": over(every["disclosure"], [told]).rows,
        "remedies": over(every["remedies"], [told]).rows,
        "rates": list(zip(over(every["rates"], [told]).rows, definitions(), strict=True))
        if told.form
        else [],
        "outcomes": pictures.outcomes([f"{told.year}"], [told]),
    }


def by_applicant(told: Told) -> list[ByApplicant]:
    """The lines of requests by kind of applicant; those that the form lacks are left out."""
    if told.form is None:
        return []
    columns = [column.id for column in told.form.requests.columns]
    whole = taken(measures()["concluded"], told)
    found = []
    for line in in_full():
        what = line.what
        if isinstance(what, Rate) or not what.cells(told.form):
            continue
        squares = [of_taken(taken(what.of(column), told), told.opened) for column in columns]
        part = share(taken(what, told), whole) if line.level else None
        width = f"{float(part.value * 100):.1f}%" if part and part.value else ""
        found.append(ByApplicant(line, squares, of_share(part) if part else None, width))
    return found


def _page(
    path: str, agency: Agency, template: str, *, name: str, description: str, **content: Any
) -> Rendered:
    column = column_name(_COLUMN)
    return compose(
        path,
        template,
        agency=agency,
        name=name,
        compare_path=links.COMPARE,
        crumbs=[
            (agency.short_name, links.agency_home(agency.slug)),
            (column, links.annual_of(agency.slug)),
            (name, None),
        ],
        column=_COLUMN,
        about=About(
            column=name,
            column_type=column,
            description=description,
            keywords=(column, agency.short_name),
        ),
        **content,
    )


def _nothing(address: str) -> None:
    """No cell of a report that is not there."""


def _nowhere(address: str) -> str:
    return ""
