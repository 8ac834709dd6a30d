"""The words by which the tables of every edition are recognised.

Built once from the editions: printed label (made comparable by ``label_key``)
to what it names.  Nothing here counts numbers or columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ...forms import editions
from ...forms.label import label_key, normalise, ordinal
from ...forms.model import Alternative, Column, RequestRow

_ARTICLE_ITEM = re.compile(r"^第二十条第\(?([一二三四五六七八九十]{1,3})\)?项")


def article_item(text: str) -> str:
    """``第二十条第（五）项`` → ``五``; ``""`` where ``text`` is no such heading."""
    if "二十条" not in text and "⼆⼗" not in text:
        return ""
    found = _ARTICLE_ITEM.match(normalise(text))
    return found.group(1) if found else ""


@dataclass(frozen=True)
class Vocabulary:
    """Every label of every edition by its key.

    ``requests_rows`` gives row ids; the same key may name several rows
    (``其他``), which the group above them tells apart.
    """

    disclosure_head: frozenset[str]
    disclosure_rows: dict[str, str]
    disclosure_columns: dict[str, frozenset[str]]
    requests_head: frozenset[str]
    requests_columns: dict[str, str]
    requests_rows: dict[str, tuple[str, ...]]
    requests_groups: dict[str, str]
    requests_results: str
    remedy_blocks: dict[str, str]
    remedy_columns: dict[str, str]
    reconsideration: str
    litigation: str
    request_order: tuple[str, ...]
    marks: dict[str, str]
    ordinals: dict[str, str]

    @cached_property
    def labels(self) -> frozenset[str]:
        """Every word that can label a row or a column of any table."""
        return frozenset(
            self.disclosure_head
            | self.disclosure_rows.keys()
            | self.disclosure_columns.keys()
            | self.requests_head
            | self.requests_columns.keys()
            | self.requests_rows.keys()
            | self.requests_groups.keys()
            | {self.requests_results, self.reconsideration, self.litigation}
            | self.remedy_blocks.keys()
            | self.remedy_columns.keys()
        )

    @cached_property
    def order(self) -> dict[str, int]:
        """Where each row stands among the rows of its table, in the order they are printed."""
        rows = [
            *dict.fromkeys(self.disclosure_rows.values()),
            *self.request_order,
            *dict.fromkeys(self.remedy_blocks.values()),
        ]
        return {row: at for at, row in enumerate(rows)}

    @cached_property
    def heads(self) -> frozenset[str]:
        """Every word that may stand in a head; a row without any of them is none."""
        return frozenset(
            self.disclosure_head
            | self.disclosure_columns.keys()
            | self.requests_head
            | self.requests_columns.keys()
            | {self.litigation}
            | self.remedy_blocks.keys()
            | self.remedy_columns.keys()
        )

    @cached_property
    def request_labels(self) -> frozenset[str]:
        """Every word that may label a row of table three, or several rows."""
        return frozenset(
            self.requests_rows.keys() | self.requests_groups.keys() | {self.requests_results}
        )

    def request_rows(self, key: str, group: str) -> tuple[str, ...]:
        """The rows that ``key`` may name below ``group``."""
        rows = self.requests_rows.get(key, ())
        if len(rows) > 1 and group:
            inside = tuple(r for r in rows if r.startswith(group + "."))
            return inside or rows
        return rows


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary of all editions together."""
    forms = list(editions().values())
    rows: dict[str, dict[str, None]] = {}
    groups: dict[str, str] = {}
    columns: dict[str, set[str]] = {}
    ordinals: dict[str, str] = {}
    marks: dict[str, set[str]] = {}
    for form in forms:
        for group in form.disclosure.groups:
            for column in group.columns:
                for key in _keys(column):
                    columns.setdefault(key, set()).add(column.id)
        for row in _all_rows(form.requests.rows, form.requests.alternatives):
            for words in (row.label, *row.variants):
                rows.setdefault(label_key(words), {})[row.id] = None
            ordinals[row.id] = ordinal(row.label)
        for row_group in form.requests.row_groups:
            groups[label_key(row_group.label)] = row_group.id
        for mark in form.marks:
            marks.setdefault(label_key(mark), set()).add(form.id)
    newest = forms[-1]
    in_order: list[str] = []
    for row in newest.requests.rows:
        for alternative in newest.requests.alternatives:
            if row.id == alternative.instead_of[0]:
                in_order += [other.id for other in alternative.rows]
        in_order.append(row.id)
    return Vocabulary(
        disclosure_head=frozenset(label_key(f.disclosure.head) for f in forms),
        disclosure_rows={
            label_key(words): row.table
            for f in forms
            for g in f.disclosure.groups
            for row in g.rows
            for words in (row.label, *row.variants)
        },
        disclosure_columns={k: frozenset(v) for k, v in columns.items()},
        requests_head=frozenset(
            label_key(words)
            for f in forms
            for words in (
                f.requests.head,
                f.requests.organisations,
                *(
                    words
                    for c in f.requests.columns
                    if c.id not in ("other", "total")
                    for words in (c.label, *c.variants)
                ),
            )
        )
        - {"企业"},
        requests_columns={k: c.id for c in newest.requests.columns for k in _keys(c)},
        requests_rows={k: tuple(v) for k, v in rows.items()},
        requests_groups=groups,
        requests_results=label_key(newest.requests.results),
        remedy_blocks={
            label_key(words): b.table
            for b in newest.remedies.blocks
            for words in (b.label, *b.variants)
        },
        remedy_columns={k: c.id for c in newest.remedies.columns for k in _keys(c)},
        reconsideration=label_key(newest.remedies.reconsideration),
        litigation=label_key(newest.remedies.litigation),
        request_order=tuple(in_order),
        marks={k: next(iter(v)) for k, v in marks.items() if len(v) == 1},
        ordinals=ordinals,
    )


def _keys(column: Column) -> list[str]:
    return [label_key(words) for words in (column.label, *column.variants)]


def _all_rows(rows: Iterable[RequestRow], alternatives: Iterable[Alternative]) -> list[RequestRow]:
    return [*rows, *(row for a in alternatives for row in a.rows)]
