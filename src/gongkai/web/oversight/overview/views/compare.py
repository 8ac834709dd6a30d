"""Agencies side by side over time, and what stands behind each number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from gongkai.core.writers import charts
from gongkai.web import sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, record
from gongkai.web.oversight.assessment.evidence import (
    Counted,
    Length,
    Measure,
    Span,
    count,
    last_spans,
    measures,
    over,
    plain,
    span_called,
    span_of,
)
from gongkai.web.oversight.assessment.evidence.records import shown
from gongkai.web.oversight.assessment.views import LINES
from gongkai.web.policies import StaffRequest, staff

from ..brief.figures import agencies_of
from . import HERE
from .home import reach

_MOST = {Length.MONTH: 12, Length.QUARTER: 8, Length.YEAR: 5}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number with what its list is asked for."""

    counted: Counted
    span: Span


@dataclass(frozen=True)
class Table:
    """What is compared: the agencies by measures in one span, or by spans of one measure."""

    agencies: list[Agency]
    heads: list[str]
    rows: list[tuple[Agency, list[Cell]]]
    span: Span
    length: Length
    measure: Measure | None

    @property
    def title(self) -> str:
        """What it shows."""
        return self.measure.label if self.measure else self.span.label


@staff("oversight.read")
def compare(request: StaffRequest) -> HttpResponseBase:
    """The table, with its filters in the address."""
    table = _table(request)
    context = {
        "here": HERE,
        "table": table,
        "measures": list(measures().values()),
        "lengths": list(Length),
        "spans": last_spans(timezone.localdate(), table.length, _MOST[table.length])[::-1],
        "all_agencies": reach(request),
        "agency": request.GET.get("agency", ""),
        "query": request.GET.urlencode(),
        "chart": _chart(table),
        "may_export": request.actor.may_somewhere("oversight.export"),
    }
    return render(request, "overview/compare.html", context)


@staff("oversight.export")
@transaction.atomic
def export(request: StaffRequest) -> HttpResponseBase:
    """The same table as xlsx: each number, and of a share its two parts."""
    who = request.actor.require_somewhere("oversight.export")
    table = _table(request)
    heads = ["机关代码", "机关", "项目", "时间", "数", "单位", "其中", "共"]
    answer = sheets.answer("oversight.xlsx", "监督情况", heads, _lines(table))
    record("oversight.export", Subject("agency", "list", f"监督情况：{table.title}"), who)
    return answer


@staff("oversight.read")
def behind(request: StaffRequest, slug: str) -> HttpResponseBase:
    """Every record that a number counts."""
    measure = measures().get(slug)
    span = span_called(request.GET.get("span", "")) or span_of(timezone.localdate(), Length.YEAR)
    if measure is None:
        raise Http404
    agencies = _whose(request)
    counted = count(measure, agencies, span)
    lines = [line for agency in agencies for line in counted[agency.pk].lines]
    page = Paginator(lines, LINES).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "here": HERE,
        "measure": measure,
        "span": span,
        "agency": agencies[0] if "agency" in request.GET else None,
        "several": len(agencies) > 1,
        "told": counted[agencies[0].pk] if len(agencies) == 1 else None,
        "page": page,
        "lines": shown(measure, page),
        "query": query.urlencode(),
    }
    return render(request, "overview/behind.html", context)


def _whose(request: StaffRequest) -> list[Agency]:
    """Within reach: one agency, those that a brief of a government is about, or all below it."""
    agencies = request.actor.agencies("oversight.read")
    for name in ("agency", "to", "under"):
        if code := request.GET.get(name):
            top = next((a for a in agencies if a.code == code), None)
            if top is None:
                raise Http404
            if name == "agency":
                return [top]
            told = set(agencies_of(top)) if name == "to" else set(Agency.objects.under(top))
            return [a for a in agencies if a in told]
    return agencies


def _table(request: StaffRequest) -> Table:
    agencies = reach(request)
    asked = request.GET.get("agency", "")
    chosen = [a for a in agencies if a.code == asked] or agencies
    length = _length(request.GET.get("length", ""))
    span = span_called(request.GET.get("span", "")) or span_of(timezone.localdate(), length)
    measure = measures().get(request.GET.get("measure", ""))
    if measure is None:
        every = list(measures().values())
        told = {one.slug: count(one, chosen, span) for one in every}
        rows = [(a, [Cell(told[one.slug][a.pk], span) for one in every]) for a in chosen]
        return Table(chosen, [one.label for one in every], rows, span, span.length, None)
    spans = last_spans(timezone.localdate(), length, _MOST[length])
    counted = over(measure, chosen, spans)
    rows = [(a, [Cell(counted[a.pk, one], one) for one in spans]) for a in chosen]
    return Table(chosen, [one.label for one in spans], rows, span, length, measure)


def _length(text: str) -> Length:
    return Length(text) if text in set(Length) else Length.YEAR


def _lines(table: Table) -> Iterator[Sequence[Any]]:
    for agency, cells in table.rows:
        for cell in cells:
            told = cell.counted
            parts = (len(told.good), len(told.lines)) if told.measure.sort == "share" else ("", "")
            value = told.value if told.value is not None else "没有数据"
            yield (
                agency.code, agency.name, told.measure.label, cell.span.label, value,
                told.measure.unit_of_value, *parts,
            )  # fmt: skip


def _chart(table: Table) -> SafeString | str:
    """The bars of one agency over time; the table says the same."""
    if table.measure is None or len(table.rows) != 1:
        return ""
    cells = table.rows[0][1]
    values = [cell.counted.value for cell in cells]
    printed = ["" if value is None else plain(value) for value in values]
    series = charts.Series(table.measure.label, values, printed)
    places = [_short(cell.span) for cell in cells]
    drawn = charts.bars(
        "m", f"{table.agencies[0].short_name}：{table.measure.label}", places, series
    )
    # Drawn by our own writer, which escapes what it is given.
    return mark_safe(drawn)


def _short(span: Span) -> str:
    if span.length is Length.MONTH:
        return f"{span.since.month}月"
    if span.length is Length.QUARTER:
        return span.label.removeprefix(f"{span.since.year}年第")
    return str(span.since.year)
