"""Look through what is public: title, document number, index number, summary, text.

What is found is what a plain search for the characters would find: the index of pairs says
where to look, the text itself whether it is so (``core.bigrams``).  Several words: all of
them.  Hits are counted up to a thousand; nobody turns more pages, and to count on would
cost more than to find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from gongkai.core.bigrams import normal

from . import search_index
from .models import Publication

# Hits are counted and shown up to here.
MOST = 1000
PAGE = 20
MOST_CHARACTERS = 100
_A_DAY = 10**9  # an order key is the day's ordinal times this, and the item's number


class Order(StrEnum):
    """What comes first: hits in the title, or what is new."""

    BEST = "best"
    NEWEST = "newest"


class Row(NamedTuple):
    """A hit, with what it is filtered and counted by."""

    order_key: int
    agency: int
    column: str
    statutory: str
    kind: str
    validity: str
    year: int
    theme: str
    in_title: bool = False

    @property
    def place(self) -> str:
        """The statutory item, or the column where there is none."""
        return self.statutory or self.column


@dataclass(frozen=True)
class Filters:
    """What hits must be besides holding the words; an empty set asks nothing.

    ``column``: ids of columns, codes of statutory items, or both.
    """

    agency: frozenset[int] = frozenset()
    column: frozenset[str] = frozenset()
    kind: frozenset[str] = frozenset()
    validity: frozenset[str] = frozenset()
    year: frozenset[int] = frozenset()
    theme: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None

    def admit(self, row: Row) -> bool:
        """Whether ``row`` passes; the same as ``condition`` says in SQL."""
        return (
            (not self.agency or row.agency in self.agency)
            and (not self.column or row.column in self.column or row.statutory in self.column)
            and (not self.kind or row.kind in self.kind)
            and (not self.validity or row.validity in self.validity)
            and (not self.year or row.year in self.year)
            and (not self.theme or row.theme in self.theme)
            and (self.since is None or row.order_key >= self.since.toordinal() * _A_DAY)
            and (self.until is None or row.order_key < (self.until.toordinal() + 1) * _A_DAY)
        )

    def condition(self) -> tuple[list[str], list[Any]]:
        """The same in SQL over the alias ``p``: conditions to be joined by AND, and values."""
        said: list[str] = []
        values: list[Any] = []
        for name, column in _FILTERED.items():
            wanted = sorted(getattr(self, name))
            if wanted:
                said.append(f"p.{column} IN ({_places(wanted)})")
                values += wanted
        if self.column:
            wanted = sorted(self.column)
            places = _places(wanted)
            said.append(f"(p.{_quoted('column')} IN ({places}) OR p.statutory IN ({places}))")
            values += wanted * 2
        if self.since is not None:
            said.append("p.order_key >= %s")
            values.append(self.since.toordinal() * _A_DAY)
        if self.until is not None:
            said.append("p.order_key < %s")
            values.append((self.until.toordinal() + 1) * _A_DAY)
        return said, values


_FILTERED = {
    "agency": "agency_id",
    "kind": "kind",
    "validity": "validity",
    "year": "year",
    "theme": "theme",
}
NO_FILTERS = Filters()


@dataclass(frozen=True)
class Hits:
    """One page of what was found.

    ``more``: there are more than ``count``.  ``facets``: for each filter, how many hits each
    of its values has while the other filters stay; a filter is missing where there are too
    many hits to count.
    """

    rows: list[Publication]
    count: int
    more: bool
    page: int
    pages: int
    facets: Mapping[str, Counter[str]] = field(default_factory=dict)
    size: int = PAGE

    @property
    def first(self) -> int:
        """The place of the first row shown among all, from 1."""
        return (self.page - 1) * self.size + 1


def text_of(*, title: str, document_number: str, index_number: str, summary: str, body: str) -> str:
    """What search looks in, as ``Publication.text`` keeps it: a field a line, the title first."""
    return "\n".join(map(normal, (title, document_number, index_number, summary, body)))


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query in normal form, each once."""
    return tuple(dict.fromkeys(filter(None, map(normal, query.split()))))


def problem_with(query: str) -> str:
    """Why nothing can be looked for, in words; empty where it can."""
    words = words_of(query)
    if words and all(len(word) < 2 for word in words):
        return "只有一个字，找不准。请写两个字以上，词与词之间用空格隔开。"
    if len(query) > MOST_CHARACTERS:
        return f"写了 {len(query)} 个字，最多 {MOST_CHARACTERS} 个。写最要紧的几个词就够了。"
    return ""


def index(publication: Publication) -> None:
    """Enter a publication; in the transaction that saves it."""
    search_index.add([(publication.order_key, publication.text)])


def remove(publication: Publication) -> None:
    """Take a publication out, as it stood when it was entered."""
    search_index.drop(publication.order_key, publication.text)


def find(
    words: Sequence[str],
    filters: Filters = NO_FILTERS,
    order: Order = Order.BEST,
    page: int = 1,
    size: int = PAGE,
) -> Hits:
    """The publications that hold all ``words`` (from ``words_of``); all where there is no word."""
    graded = order is Order.BEST and bool(words)
    with search_index.by_index():
        rows, facets = _counted(words, filters, graded)
        more = len(rows) > MOST
        if graded:
            rows = _best_first(words, filters, rows) if more else _titles_first(rows)
        rows = rows[:MOST]
        pages = max(1, -(-len(rows) // size))
        page = min(max(page, 1), pages)
        shown = publications(rows[(page - 1) * size : page * size])
    return Hits(shown, len(rows), more, page, pages, facets, size)


def _counted(
    words: Sequence[str], filters: Filters, graded: bool
) -> tuple[list[Row], dict[str, Counter[str]]]:
    """The hits, the newest first, one more than are shown where there are more; the facets."""
    found = _walk(words, NO_FILTERS, MOST + 1, graded=graded)
    if len(found) <= MOST:
        facets = {
            name: Counter(value(row) for row in found if without(filters, name).admit(row))
            for name, value in _FACETS.items()
        }
        return [row for row in found if filters.admit(row)], facets
    if filters != NO_FILTERS:
        found = _walk(words, filters, MOST + 1, graded=graded)
    few = len(found) <= MOST
    return found, {n: Counter(map(value, found)) for n, value in _FACETS.items()} if few else {}


def walk(
    words: Sequence[str], filters: Filters = NO_FILTERS, *, limit: int, before: int | None = None
) -> list[Row]:
    """Hits from the newest on, or from those older than the order key ``before``."""
    with search_index.by_index():
        return _walk(words, filters, limit, before=before)


def _walk(
    words: Sequence[str],
    filters: Filters,
    limit: int,
    *,
    before: int | None = None,
    graded: bool = False,
    in_title: bool = False,
) -> list[Row]:
    """``graded``: each says whether all words stand in its title; ``in_title``: only such."""
    p = Publication._meta.db_table
    columns = ["order_key", "agency_id", "column", "statutory", "kind", "validity", "year", "theme"]
    selected = [f"p.{_quoted(column)}" for column in columns]
    first: list[Any] = []
    values: list[Any] = []
    if graded:
        selected.append(" AND ".join([_IN_TITLE] * len(words)))
        values += _title_values(words)
    said: list[str] = []
    source, key, opening = f"{p} p", "p.order_key", ""
    if words:
        look = search_index.look(words, in_title=in_title)
        key, opening = look.key, look.before
        # The index leads; CROSS JOIN is how SQLite is told so.
        join = "JOIN" if opening else "CROSS JOIN"
        source = f"{look.source} {join} {p} p ON p.order_key = {key}"
        (first if opening else values).append(look.value)
        said += [look.condition] if look.condition else []
    conditions, wanted = filters.condition()
    said += conditions
    values += wanted
    if before is not None:
        said.append(f"{key} < %s")
        values.append(before)
    if in_title:
        said += [_IN_TITLE] * len(words)
        values += _title_values(words)
    else:
        said += ["{place} > 0"] * len(words)
        values += words
    where = f"WHERE {' AND '.join(said)}" if said else ""
    sql = (
        f"{opening} SELECT {', '.join(selected)} FROM {source} {where}"
        f" ORDER BY {key} DESC LIMIT {int(limit)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("{place}", _PLACE[connection.vendor]), [*first, *values])
        return [Row(*row[:8], *map(bool, row[8:])) for row in cursor]


def publications(rows: Sequence[Row]) -> list[Publication]:
    """The publications of ``rows`` in their order, with their agencies."""
    found: QuerySet[Publication] = (
        Publication.objects.filter(order_key__in=[row.order_key for row in rows])
        .select_related("agency")
        .defer("text")
    )
    by_key = {publication.order_key: publication for publication in found}
    # One that is withdrawn between two questions is left out.
    return [by_key[row.order_key] for row in rows if row.order_key in by_key]


def without(filters: Filters, name: str) -> Filters:
    """The same filters but one."""
    changed: dict[str, Any] = {name: frozenset()}
    return replace(filters, **changed)


_FACETS: dict[str, Callable[[Row], str]] = {
    "agency": lambda row: str(row.agency),
    "column": lambda row: row.place,
    "kind": lambda row: row.kind,
    "validity": lambda row: row.validity,
    "year": lambda row: str(row.year),
    "theme": lambda row: row.theme,
}
# Where in the text a word stands first, from 1; 0 where it doesn't.
_PLACE = {"sqlite": "instr(p.text, %s)", "postgresql": "position(%s in p.text)"}
_IN_TITLE = "{place} BETWEEN 1 AND {place}"


def _title_values(words: Sequence[str]) -> list[str]:
    """Its first place lies before the end of the title where the title holds a word."""
    return [value for word in words for value in (word, "\n")]


def _titles_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: not row.in_title)


def _best_first(words: Sequence[str], filters: Filters, newest: Sequence[Row]) -> list[Row]:
    """The same where there are too many to sort: title hits are asked for by themselves."""
    titled = _walk(words, filters, MOST, in_title=True)
    known = {row.order_key for row in titled}
    return [*titled, *(row for row in newest if row.order_key not in known)]


def _places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
