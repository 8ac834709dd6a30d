"""Go through the whole file: read, judge, prepare beside, enter batch by batch.

Run again, it goes on where it ended: what is entered already is known by its address on the
former site and left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import ItemKind
from gongkai.web.locks import hold
from gongkai.web.people.models import Person

from . import rows, writing
from .crew import prepared
from .judging import Candidate, Unfit, judge
from .preparing import Prepared
from .reports import RefusedRows, ToLookAt

# Rows prepared in one go, and entered in one transaction.
_CHUNK, _BATCH = 40, 500
_LOCK = "import.lock"
Watcher = Callable[[int, int], None]


class Busy(Exception):
    """Another import is under way."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a run did."""

    entered: int
    known: int
    refused: int
    to_look_at: int
    refused_path: Path
    look_path: Path


def move_in(
    source: Path,
    agency: Agency,
    files: Path | None = None,
    watcher: Watcher = lambda done, total: None,
    processes: int = 0,
) -> Moved:
    """Import ``source`` for ``agency``; NotAnExport where it cannot be read, or Busy."""
    with hold(Path(settings.DATA) / _LOCK) as ours:
        if not ours:
            raise Busy
        total = rows.count(source)
        return _Run(source, agency, files, watcher, total).go(processes)


class _Run:
    """One run: what it has read and not yet entered."""

    def __init__(
        self, source: Path, agency: Agency, files: Path | None, watcher: Watcher, total: int
    ) -> None:
        self._source, self._agency, self._files = source, agency, files
        self._watcher, self._total = watcher, total
        self._refused = RefusedRows(source, rows.headings(source))
        self._look = ToLookAt(source)
        self._person: Person = writing.former_site()
        # The rows under way, as they were given, by their line.
        self._given: dict[int, dict[str, Any]] = {}
        self._addresses: dict[str, int] = {}
        self._entered = self._known = self._done = 0

    def go(self, processes: int) -> Moved:
        try:
            self._move(processes)
        finally:
            self._refused.close()
        if self._entered:
            with connection.cursor() as cursor:
                # The database plans by what it knows of its tables.
                cursor.execute("ANALYZE")
        return Moved(
            self._entered,
            self._known,
            self._refused.count,
            self._look.count,
            self._refused.path,
            self._look.path,
        )

    def _move(self, processes: int) -> None:
        batch: list[Prepared] = []
        for answer in prepared(self._chunks(), self._files, timezone.localdate(), processes):
            for one in answer:
                if isinstance(one, Prepared):
                    batch.append(one)
                else:
                    self._refuse(one.line, one.why)
            if len(batch) >= _BATCH:
                self._enter(batch)
                batch = []
        self._enter(batch)

    def _chunks(self) -> Iterator[list[Candidate]]:
        """Candidates that are not here yet, some at a time."""
        chunk: list[Candidate] = []
        for row in rows.read(self._source):
            self._given[row.line] = row.given
            candidate = self._judged(row)
            if candidate is not None:
                chunk.append(candidate)
            if len(chunk) >= _CHUNK:
                yield self._new(chunk)
                chunk = []
        yield self._new(chunk)

    def _judged(self, row: rows.Row) -> Candidate | None:
        if row.refusal:
            self._refuse(row.line, row.refusal)
            return None
        try:
            candidate = judge(row.line, row.values, timezone.localtime(), dict(ItemKind.choices))
        except Unfit as reason:
            self._refuse(row.line, str(reason))
            return None
        first = self._addresses.setdefault(candidate.former_address, row.line)
        if first != row.line:
            self._refuse(row.line, f"原网址和第 {first} 行的相同")
            return None
        return candidate

    def _new(self, chunk: list[Candidate]) -> list[Candidate]:
        known = writing.known(self._agency, [c.former_address for c in chunk])
        self._known += len(known)
        new = []
        for candidate in chunk:
            if candidate.former_address in known:
                self._finish(candidate.line)
            else:
                new.append(candidate)
        return new

    def _enter(self, batch: list[Prepared]) -> None:
        if not batch:
            return
        entered = writing.enter(batch, self._agency, self._person, self._source.name, self._tell)
        for one in entered.refused:
            self._refuse(one.line, one.why)
        self._entered += len(entered.rows)
        for row in entered.rows:
            self._finish(row.candidate.line)

    def _tell(self, row_items: list[tuple[Prepared, str]]) -> None:
        """Before the batch is entered for good: what of it people should look at."""
        self._refused.flush()
        self._look.add(
            [
                (r.candidate.line, r.candidate.title, r.candidate.former_address, number, r.remarks)
                for r, number in row_items
            ]
        )

    def _refuse(self, line: int, why: str) -> None:
        self._refused.add(line, self._given.get(line, {}), why)
        self._finish(line)

    def _finish(self, line: int) -> None:
        self._given.pop(line, None)
        self._done += 1
        self._watcher(self._done, self._total)
