"""The search page: one form, the address is the question, every choice with its count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.core.catalogue import columns
from gongkai.web.agencies.models import Agency
from gongkai.web.policies import public
from gongkai.web.publication.models import Publication, Validity
from gongkai.web.publication.search import MOST, Hits, Order, find

from . import links
from .excerpts import Marked, excerpt, marked
from .question import Question, read_question
from .responses import respond, set_mode
from .shelf import Step
from .shell import PLATFORM, About, compose
from .validity import Stand, stand_of
from .words import KINDS, place_label, statutory_labels, theme_ids, theme_label

_NAME = "查找"
# The Regulation came into force in 2008; what is older was hardly released before.
_FIRST_YEAR = 2008
# Choices shown openly; the others are a press away.
_OPEN = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter; ``count`` is None where there are too many hits to count."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A filter with its choices, the first few apart."""

    name: str
    label: str
    open: list[Choice]
    more: list[Choice]


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as it is shown."""

    item: Publication
    title: Marked
    excerpt: Marked
    document_number: Marked
    index_number: Marked
    place: str
    stand: Stand | None


@public
@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """The search page."""
    chosen = set_mode(request)
    if chosen is not None:
        return chosen
    agencies = list(Agency.objects.all())
    question = read_question(request.GET, agencies)
    hits = None
    if not question.refusal:
        hits = find(question.words, question.filters(agencies), question.order, question.page)
    title = f"{_NAME}：{question.query}" if question.query else _NAME
    page = compose(
        links.SEARCH,
        "search.html",
        title=f"{title}（第 {hits.page} 页）" if hits and hits.page > 1 else title,
        crumbs=[(_NAME, None)],
        about=About(column=_NAME, column_type=PLATFORM),
        question=question,
        hits=hits,
        shown=[_shown(item, question.words) for item in hits.rows] if hits else [],
        groups=_groups(question, hits, agencies),
        steps=_steps(question, hits) if hits else [],
        best_first=question.order is Order.BEST,
        by_best=f"?{question.address(order='')}",
        by_newest=f"?{question.address(order=Order.NEWEST.value)}",
        feed_query=question.address(order=""),
        table_query=question.address(order="", limit=str(MOST)),
        words_alone=f"?{Question(question.query).address()}",
        kept_query=question.address(),
    )
    return respond(request, page)


def _shown(item: Publication, words: Sequence[str]) -> Shown:
    return Shown(
        item=item,
        title=marked(item.title, words),
        excerpt=excerpt(item, words),
        document_number=marked(item.document_number, words),
        index_number=marked(item.index_number, words),
        place=place_label(item.column, item.statutory),
        stand=stand_of(item, timezone.localdate()),
    )


def _groups(question: Question, hits: Hits | None, agencies: Sequence[Agency]) -> list[Group]:
    """The filters beside the hits: what there is among them, and what is chosen."""
    by_number = {str(agency.pk): agency for agency in agencies}
    places = {column.id: column.short for column in columns()} | dict(statutory_labels())
    validities = {value: label for value, label in Validity.choices if value}
    this_year = timezone.localdate().year
    years = {str(year): f"{year} 年" for year in range(this_year, _FIRST_YEAR - 1, -1)}
    facets = dict(hits.facets) if hits else {}
    if "agency" in facets:
        facets["agency"] = Counter(
            {by_number[n].slug: count for n, count in facets["agency"].items() if n in by_number}
        )
    agency_names = {agency.slug: agency.short_name for agency in agencies}
    return [
        _group("agency", "机关", agency_names, question, facets),
        _group("column", "栏目", places, question, facets),
        _group("kind", "种类", KINDS, question, facets),
        _group("validity", "有效性", validities, question, facets),
        _group("year", "发布年份", years, question, facets),
        _group("theme", "主题", {t: theme_label(t) for t in theme_ids()}, question, facets),
    ]


def _group(
    name: str,
    label: str,
    labels: Mapping[str, str],
    question: Question,
    facets: Mapping[str, Counter[str]],
) -> Group:
    chosen = question.chosen.get(name, ())
    counts = facets.get(name)
    choices = [
        Choice(value, said, None if counts is None else counts[value], value in chosen)
        for value, said in labels.items()
        if value in chosen or counts is None or counts[value]
    ]
    # What is chosen stays in sight, however long the list.
    first = [c for number, c in enumerate(choices) if number < _OPEN or c.chosen]
    return Group(name, label, first, [c for c in choices if c not in first])


def _steps(question: Question, hits: Hits) -> list[Step]:
    """The pages round this one, the first and the last."""
    if hits.pages == 1:
        return []
    near = {1, hits.pages, *range(max(1, hits.page - 2), min(hits.pages, hits.page + 2) + 1)}
    steps: list[Step] = []
    for number in sorted(near):
        if steps and number - 1 not in near:
            steps.append(Step("…", ""))
        address = f"?{question.address(page=str(number) if number > 1 else '')}"
        steps.append(Step(str(number), address, current=number == hits.page))
    if hits.page < hits.pages:
        steps.append(Step("下一页", f"?{question.address(page=str(hits.page + 1))}"))
    return steps
