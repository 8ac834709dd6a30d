"""Published reports and their figures asked for with filters, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from gongkai.core.forms import editions
from gongkai.core.report.measures import rates
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.publication.models import PublishedReport

from ..asking import Asked, BadQuestion, Page, Parameter, Resource, choices
from ..fields import TEXT
from . import rows
from .cells import addresses, sections, under
from .fields import figure_fields, report_fields
from .rates import rate_fields, rates_of

# A figure's place in the walk over all: the number of its report, then its place in the form.
_PLACES = 1000
# A page looks into so many reports at the most: few have a blank cell, and all would be read.
_MOST_REPORTS = 1000
_YEAR = {"type": "string", "pattern": "^[0-9]{4}$"}
_OF_REPORTS = (
    Parameter("agency", "机关的网址名", TEXT, repeated=True),
    Parameter("below", "写 1：连同所写机关的下级", choices(["1"])),
    Parameter(
        "agency_kind",
        f"机关类别：{'、'.join(f'{k.value} {k.label}' for k in Kind)}",
        choices(Kind.values),
        repeated=True,
    ),
    Parameter("year_from", "年度不早于", _YEAR),
    Parameter("year_to", "年度不晚于", _YEAR),
    Parameter("edition", "格式版本", choices(editions()), repeated=True),
)
_OF_FIGURES = (
    Parameter(
        "cell",
        "格的地址，或者它前面的几段：requests 是全表，requests.withheld 是其中几行",
        TEXT,
        repeated=True,
    ),
    Parameter("section", "表在报告的哪一部分", choices(sections()), repeated=True),
    Parameter("state", "这一格是什么", choices(rows.STATES), repeated=True),
)


def _reports(asked: Asked) -> Page:
    found = list(_matching(asked.query, asked.after)[: asked.limit + 1])
    shown = found[: asked.limit]
    return Page(map(rows.Read, shown), shown[-1].pk if len(found) > asked.limit else None)


def _figures(asked: Asked) -> Page:
    wanted = _wanted(asked.query)
    few = Q(unread_count__gt=0) if wanted.states == {"unread"} else Q()
    return _walk(asked, few, lambda read: rows.numbered_figures_of(read, wanted))


def _rates(asked: Asked) -> Page:
    problems: list[str] = []
    wanted = frozenset(_known(asked.query, "rate", rates(), problems))
    if problems:
        raise BadQuestion(problems)
    return _walk(asked, Q(), lambda read: rates_of(read, wanted))


def _walk(asked: Asked, few: Q, rows_of: Callable[[rows.Read], Iterable[tuple[int, Any]]]) -> Page:
    """A page of the rows that the reports asked for have, each with its place in the report."""
    after = asked.after or 0
    number, place = divmod(after, _PLACES)
    # The report in whose midst the last page ended, and those after it.
    matching = _matching(asked.query, number - 1 if after else None).filter(few, holds=True)
    found: list[Any] = []
    cursor = after
    for count, report in enumerate(matching.iterator(chunk_size=50)):
        if count == _MOST_REPORTS:
            return Page(found, report.pk * _PLACES)
        for at, row in rows_of(rows.Read(report)):
            if report.pk == number and at < place:
                continue
            if len(found) == asked.limit:
                return Page(found, cursor)
            found.append(row)
            cursor = report.pk * _PLACES + at + 1
    return Page(found, None)


def _matching(query: QueryDict, after: int | None) -> QuerySet[PublishedReport]:
    """The reports that are asked for; BadQuestion where it cannot be understood."""
    problems: list[str] = []
    found = rows.reports()
    if after is not None:
        found = found.filter(pk__gt=after)
    slugs = _given(query, "agency")
    if slugs:
        agencies = list(Agency.objects.filter(slug__in=slugs))
        known = {agency.slug for agency in agencies}
        problems += [f"没有网址名是“{slug[:40]}”的机关" for slug in slugs if slug not in known]
        below = query.get("below") == "1"
        whose = Q(agency__in=agencies)
        for agency in agencies if below else ():
            whose |= Q(agency__path__startswith=agency.path)
        found = found.filter(whose)
    kinds = _known(query, "agency_kind", Kind.values, problems)
    if kinds:
        found = found.filter(agency__kind__in=kinds)
    forms = _known(query, "edition", editions(), problems)
    if forms:
        found = found.filter(edition__in=forms)
    for name, bound in (("year_from", "year__gte"), ("year_to", "year__lte")):
        year = query.get(name, "")
        if year and not (len(year) == 4 and year.isascii() and year.isdigit()):
            problems.append(f"{name} 应是四位数的年份")
        elif year:
            found = found.filter(**{bound: int(year)})
    if problems:
        raise BadQuestion(problems)
    return found


def _wanted(query: QueryDict) -> rows.Wanted:
    problems: list[str] = []
    cells = _given(query, "cell")
    problems += [
        f"没有“{name[:60]}”这样的格，地址见数据字典"
        for name in cells
        if not any(under(cell, name) for cell in addresses())
    ]
    chosen = _known(query, "section", sections(), problems)
    states = _known(query, "state", rows.STATES, problems)
    if problems:
        raise BadQuestion(problems)
    return rows.Wanted(frozenset(cells), frozenset(chosen), frozenset(states))


def _known(query: QueryDict, name: str, values: Any, problems: list[str]) -> list[str]:
    given = _given(query, name)
    problems += [
        f"{name} 没有“{value[:40]}”，有：{'、'.join(values)}"
        for value in given
        if value not in values
    ]
    return given


def _given(query: QueryDict, name: str) -> list[str]:
    return list(filter(None, query.getlist(name)))


REPORTS = Resource("reports", "公开的政府信息公开年度报告", report_fields, _OF_REPORTS, _reports)
FIGURES = Resource(
    "figures", "年度报告里的数字，一格一行", figure_fields, (*_OF_REPORTS, *_OF_FIGURES), _figures
)
RATES = Resource(
    "rates",
    "年度报告算出的占比和比率，一个比率一行",
    rate_fields,
    (*_OF_REPORTS, Parameter("rate", "哪个比率", choices(rates()), repeated=True)),
    _rates,
)
