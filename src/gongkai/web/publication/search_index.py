"""The index of pairs of characters, on both databases; keyed as publications are sorted.

It says where to look and is never trusted further: whatever it names is looked at in
``Publication.text``.  It is written in the transaction of the act that publishes.

On SQLite it is an FTS5 table without content (its ``delete`` takes the words again, which
the publication still has); on PostgreSQL a table with two tsvectors.  Neither parses
anything: they get the pairs ready made, as letters (``core.bigrams``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.core.bigrams import tokens

TABLE = "publication_search_index"
# A tsvector holds one megabyte.  A text with more pairs than this is kept as one that may
# hold anything, and read whenever something is looked for; no pair is written with an r.
_MOST_PAIRS = 80_000
_RICH = "rich"

_GET = (
    "SELECT current_setting('enable_seqscan'), current_setting('max_parallel_workers_per_gather')"
)
_SET = (
    "SELECT set_config('enable_seqscan', %s, true),"
    " set_config('max_parallel_workers_per_gather', %s, true)"
)

_INSTALL = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
        "(title, rest, content='', detail=column, tokenize='unicode61')"
    ],
    "postgresql": [
        f"CREATE TABLE {TABLE} (order_key bigint PRIMARY KEY,"
        " title tsvector NOT NULL, whole tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_title ON {TABLE} USING gin (title)",
        f"CREATE INDEX {TABLE}_whole ON {TABLE} USING gin (whole)",
    ],
}


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index, empty."""
    for statement in _INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove_all(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away."""
    schema_editor.execute(f"DROP TABLE {TABLE}")


def add(entries: Iterable[tuple[int, str]]) -> None:
    """Enter texts (as ``Publication.text`` has them) under their order keys."""
    parts = [(key, *_columns(text)) for key, text in entries]
    if connection.vendor == "sqlite":
        statement = f"INSERT INTO {TABLE} (rowid, title, rest) VALUES (%s, %s, %s)"
        rows: list[tuple[Any, ...]] = [
            (key, " ".join(title), " ".join(rest)) for key, title, rest in parts
        ]
    else:
        statement = (
            f"INSERT INTO {TABLE} (order_key, title, whole)"
            " VALUES (%s, array_to_tsvector(%s), array_to_tsvector(%s))"
            " ON CONFLICT (order_key) DO UPDATE SET title = EXCLUDED.title, whole = EXCLUDED.whole"
        )
        rows = [(key, title, _whole(title, rest)) for key, title, rest in parts]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def drop(order_key: int, text: str) -> None:
    """Take an entry out; ``text`` is what it was entered with."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DELETE FROM {TABLE} WHERE order_key = %s", [order_key])
            return
        cursor.execute(f"SELECT 1 FROM {TABLE} WHERE rowid = %s", [order_key])
        if cursor.fetchone():
            title, rest = (" ".join(pairs) for pairs in _columns(text))
            cursor.execute(
                f"INSERT INTO {TABLE} ({TABLE}, rowid, title, rest) VALUES ('delete', %s, %s, %s)",
                [order_key, title, rest],
            )


@dataclass(frozen=True, slots=True)
class Look:
    """Where the index says to look, as pieces of SQL to which values belong in this order.

    ``source`` stands in FROM under the alias ``s``, ``condition`` (with ``value``) says which
    of it, ``key`` is its order key.  Where there is a ``before``, it stands before SELECT and
    holds the condition and its value.
    """

    value: str
    source: str
    key: str
    before: str = ""
    condition: str = ""


def look(words: Sequence[str], *, in_title: bool = False) -> Look:
    """Everything that has all pairs of ``words`` in its title, or anywhere."""
    pairs = sorted({pair for word in words for pair in tokens(word)})
    if connection.vendor == "sqlite":
        every = " ".join(pairs)
        value = f"title : ({every})" if in_title else every
        return Look(value, f"{TABLE} s", "s.rowid", condition=f"s.{TABLE} MATCH %s")
    every = " & ".join(pairs)
    column, value = ("title", every) if in_title else ("whole", f"({every}) | {_RICH}")
    # All keys first, out of the index alone; then the newest of them are read.  Left to
    # itself the planner reads every entry, not knowing how large they are.
    before = (
        f"WITH s AS MATERIALIZED (SELECT order_key FROM {TABLE}"
        f" WHERE {column} @@ CAST(%s AS tsquery))"
    )
    return Look(value, "s", "s.order_key", before=before)


@contextmanager
def by_index() -> Iterator[None]:
    """For the statements within, PostgreSQL reads no table from its beginning to its end."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_GET)
        before = cursor.fetchone()
        cursor.execute(_SET, ["off", "0"])
        yield
        # For whatever else the same transaction does.
        cursor.execute(_SET, before)


def _columns(text: str) -> tuple[list[str], list[str]]:
    """The pairs of the title and of everything else; none across the end of a field."""
    title, *others = text.split("\n")
    rest: set[str] = set()
    for other in others:
        rest.update(tokens(other))
    return tokens(title), list(rest)


def _whole(title: list[str], rest: list[str]) -> list[str]:
    pairs = list({*title, *rest})
    return pairs if len(pairs) <= _MOST_PAIRS else [_RICH]
