"""Which lists of rows there are, what may be asked of each, and how a page of it is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from gongkai.core.catalogue import columns, statutory_items
from gongkai.core.law import cite
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import Publication, Validity
from gongkai.web.publication.search import MOST_CHARACTERS, publications, walk
from gongkai.web.registers.models import StandardCoverage, StandardEntry

from ..question import read_question
from ..words import KINDS, statutory_labels, theme_ids
from .asking import Asked, BadQuestion, Page, Parameter, Resource, choices
from .fields import (
    COVERING,
    TEXT,
    Schema,
    agency_fields,
    agency_queryset,
    column_fields,
    entry_fields,
    item_fields,
)
from .reports.lists import FIGURES, RATES, REPORTS


def _items(asked: Asked) -> Page:
    agencies = list(Agency.objects.all())
    question = read_question(asked.query, agencies)
    problems = [*filter(None, [question.refusal]), *question.problems]
    if problems:
        raise BadQuestion(problems)
    rows = walk(
        question.words,
        question.filters(agencies),
        limit=asked.limit + 1,
        before=asked.after,
    )
    shown = rows[: asked.limit]
    return Page(publications(shown), shown[-1].order_key if len(rows) > asked.limit else None)


def item(number: int) -> Publication | None:
    """One published item."""
    found = Publication.objects.filter(pk=number).select_related("agency").defer("text")
    return found.prefetch_related("files", "elsewhere").first()


def _agencies(asked: Asked) -> Page:
    found = agency_queryset()
    if asked.after is not None:
        found = found.filter(pk__gt=asked.after)
    return _paged(list(found[: asked.limit + 1]), asked.limit)


def _entries(asked: Asked) -> Page:
    found = StandardEntry.objects.select_related("agency").order_by("pk")
    slug, domain = asked.query.get("agency"), asked.query.get("domain")
    if slug:
        if not Agency.objects.filter(slug=slug).exists():
            raise BadQuestion([f"没有网址名是“{slug[:40]}”的机关"])
        found = found.filter(agency__slug=slug)
    if domain:
        found = found.filter(domain=domain)
    if asked.after is not None:
        found = found.filter(pk__gt=asked.after)
    page = _paged(list(found[: asked.limit + 1]), asked.limit)
    entries = list(page.things)
    _look_up_covering(entries)
    return Page(entries, page.after)


def _look_up_covering(entries: Sequence[StandardEntry]) -> None:
    """The public items that cover each entry; a draft that will cover one is nobody's business."""
    coverage = StandardCoverage.objects.filter(entry__in=entries).order_by("item_number")
    pairs = list(coverage.values_list("entry_id", "item_number"))
    numbers = {number for _, number in pairs}
    public = set(Publication.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    by_entry: dict[int, list[int]] = {}
    for entry_number, number in pairs:
        if number in public:
            by_entry.setdefault(entry_number, []).append(number)
    for entry in entries:
        setattr(entry, COVERING, by_entry.get(entry.pk, []))


class _Place(NamedTuple):
    """A column or a statutory item, as a row."""

    code: str
    name: str
    parent: str | None
    text: str
    basis: list[str]


def _columns(asked: Asked) -> Page:
    places = [
        _Place(column.id, column.name, None, "", [cite(ref) for ref in column.basis])
        for column in columns()
    ]
    places += [
        _Place(one.code, one.label, "statutory", one.text, [one.citation])
        for one in statutory_items()
    ]
    first = asked.after or 0
    last = first + asked.limit
    return Page(places[first:last], last if len(places) > last else None)


def _paged(found: list[Any], limit: int) -> Page:
    shown = found[:limit]
    return Page(shown, shown[-1].pk if len(found) > limit else None)


def _places() -> list[str]:
    return [*(column.id for column in columns()), *statutory_labels()]


_DATE: Schema = {"type": "string", "format": "date"}
_SEARCHED = (
    Parameter(
        "q",
        "标题、文号、索引号、概述、正文里的字，两个字以上；几个词用空格隔开，要都有",
        {"type": "string", "maxLength": MOST_CHARACTERS},
    ),
    Parameter("agency", "机关的网址名", TEXT, repeated=True),
    Parameter("below", "写 1：连同所写机关的下级", choices(["1"])),
    Parameter("column", "栏目或者法定项目的代码", choices(_places()), repeated=True),
    Parameter("kind", "种类", choices(KINDS), repeated=True),
    Parameter("validity", "有效性", choices(v for v in Validity.values if v), repeated=True),
    Parameter("year", "发布年份", {"type": "string", "pattern": "^[0-9]{4}$"}, repeated=True),
    Parameter("theme", "主题分类的代码", choices(theme_ids()), repeated=True),
    Parameter("from", "发布日期不早于", _DATE),
    Parameter("to", "发布日期不晚于", _DATE),
)
RESOURCES: Mapping[str, Resource] = {
    resource.name: resource
    for resource in (
        Resource("items", "已经公开的信息，新的在前", item_fields, _SEARCHED, _items),
        Resource("agencies", "机关和联系方式", agency_fields, (), _agencies),
        Resource("columns", "栏目和法定项目", column_fields, (), _columns),
        Resource(
            "catalogue",
            "基层政务公开标准目录的事项",
            entry_fields,
            (
                Parameter("agency", "机关的网址名", TEXT),
                Parameter("domain", "领域，和目录里写的一样", TEXT),
            ),
            _entries,
        ),
        REPORTS,
        FIGURES,
        RATES,
    )
}
