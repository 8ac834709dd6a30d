"""What was published, in time, and explained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from gongkai.core.time_limits import publication_due
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import InformationItem, ItemKind
from gongkai.web.registers.days import working_days

from .counting import Line, Measure, Sort
from .spans import Span, day_of


def _released(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    since, until = span.moments
    found = InformationItem.objects.filter(
        agency__in=agencies, first_published_at__gte=since, first_published_at__lt=until
    )
    for agency, key, at in found.values_list("agency", "pk", "first_published_at"):
        yield Line(agency, key, day_of(at))


def _in_time(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    since, until = span.moments
    days = working_days()

    @cache
    def due(made_on: date) -> date:
        return publication_due(made_on, days).day

    found = InformationItem.objects.filter(
        agency__in=agencies, first_published_at__gte=since, first_published_at__lt=until
    )
    facts = ("agency", "pk", "first_published_at", "live__made_on", "current__made_on")
    for agency, key, at, live, current in found.values_list(*facts):
        made_on, on = live or current, day_of(at)
        if made_on is not None:
            yield Line(agency, key, on, good=on <= due(made_on), note=f"{made_on}成文")


def _explained(agencies: Sequence[Agency], span: Span) -> Iterable[Line]:
    since, until = span.moments
    documents = InformationItem.objects.filter(
        agency__in=agencies,
        kind=ItemKind.NORMATIVE_DOCUMENT,
        interpretation_due=True,
        first_published_at__gte=since,
        first_published_at__lt=until,
    )
    explained = set(
        documents.filter(interpretations__live__isnull=False).values_list("pk", flat=True)
    )
    for agency, key, at in documents.values_list("agency", "pk", "first_published_at"):
        yield Line(agency, key, day_of(at), good=key in explained)


def _all(agencies: Sequence[Agency], span: Span) -> set[int]:
    return {agency.pk for agency in agencies}


MEASURES = (
    Measure(
        "items_published", "主动公开信息", Sort.COUNT, "条",
        "首次发布在这段时间的信息，后来撤回的也算。", "item", _released, "没有发布信息", known=_all,
    ),
    Measure(
        "items_in_time", "按期公开", Sort.SHARE, "条",
        "首次发布在这段时间的信息里，自成文之日起 20 个工作日内公开的。没有成文日期的不算。",
        "item", _in_time, "没有发布信息，或者都没有成文日期",
        good="按期", bad="超过 20 个工作日", basis="条例第 26 条",
    ),
    Measure(
        "documents_explained", "文件解读", Sort.SHARE, "件",
        "首次发布在这段时间、需要解读的行政规范性文件里，解读已经公开的。",
        "item", _explained, "没有需要解读的文件", good="有解读", bad="没有解读",
    ),
)  # fmt: skip
