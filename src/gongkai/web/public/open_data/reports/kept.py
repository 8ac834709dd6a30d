"""The files of every year and of all years: made in the background, kept beside the database.

A set is the reports of one year, or all there are.  It is made anew once what was published is
other than what it was made of: at once where a report was taken back, since its figures must
not stay; otherwise after a while, for many publish in the same days, and a set of millions of
rows takes minutes.  A set that still holds what was taken back is not given to anybody.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.web.locks import hold
from gongkai.web.publication.models import PublishedReport

from . import rows, writing
from .fields import figure_fields, wide_fields, wide_values

ALL = "all"
FIGURES, REPORTS = "figures", "reports"
TABLES = {FIGURES: figure_fields, REPORTS: wide_fields}
# What a web server sends compressed to whoever takes it so.
TWIN = ".gz"
_TEXTS = ("csv", "json")
_FOLDER, _LIST, _DRAFTS = "open-data", "kept.json", "drafts"
# A set is made anew after ten times as long as it takes, so that this work stays a tenth.
_PAUSE_SECONDS, _PATIENCE = 60.0, 10.0
# Reports of which nobody can tell the year stand on a sheet of their own.
NO_YEAR = "年度不明"
_PACK = 5
_BLOCK = 2**20


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file: its path below the place of the files, and what can be checked of it."""

    path: str
    table: str
    form: str
    rows: int
    size: int
    sha256: str

    @property
    def file(self) -> Path:
        """Where it lies."""
        return _folder() / self.path

    @property
    def twin(self) -> Path | None:
        """The same compressed, where that is worth it."""
        return self.file.with_name(self.file.name + TWIN) if self.form in _TEXTS else None


@dataclass(frozen=True, slots=True)
class KeptSet:
    """The files of a year or of all, and what they were made of."""

    name: str
    # Of all that the rows are made of; and the numbers of the reports.
    mark: str
    numbers: list[int]
    made_at: datetime
    seconds: float
    files: list[KeptFile]

    @property
    def year(self) -> int | None:
        """The year; None for all years."""
        return None if self.name == ALL else int(self.name)


def path_of(name: str, table: str, form: str) -> str:
    """Where a file of a set stands below the place of the files."""
    return f"{table}.{form}" if name == ALL else f"{name}/{table}.{form}"


def kept() -> dict[str, KeptSet]:
    """Every set that was made, as it was made."""
    try:
        told = json.loads((_folder() / _LIST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {name: _set_of(name, data) for name, data in told.items()}


def available() -> dict[str, KeptSet]:
    """The sets of which every report is still public: all years first, then the newest year."""
    public = set(PublishedReport.objects.values_list("pk", flat=True))
    found = {name: one for name, one in kept().items() if public.issuperset(one.numbers)}
    return dict(sorted(found.items(), key=lambda pair: -(pair[1].year or 10_000)))


def due() -> list[str]:
    """The sets to be made now."""
    there, now = kept(), timezone.now()
    public = set(PublishedReport.objects.values_list("pk", flat=True))
    found = []
    for name, mark in _marks().items():
        one = there.get(name)
        if one is None or not public.issuperset(one.numbers):
            found.append(name)
        elif one.mark != mark:
            pause = max(_PAUSE_SECONDS, _PATIENCE * one.seconds)
            if (now - one.made_at).total_seconds() >= pause:
                found.append(name)
    return found


def outlived() -> list[str]:
    """The sets of years of which there is no report any more."""
    return sorted(kept().keys() - _marks().keys())


def make(name: str) -> None:
    """Make the files of a set, or take them away where there is nothing to be in them."""
    began, made_at = time.monotonic(), timezone.now()
    with hold(_folder() / ".lock", wait=True):
        mark = _marks().get(name)
        drafts = _folder() / _DRAFTS
        shutil.rmtree(drafts, ignore_errors=True)
        drafts.mkdir(parents=True)
        if mark is None:
            _enter(name, {})
            shutil.rmtree(_folder() / name, ignore_errors=True)
        else:
            numbers, files = _write(name, drafts)
            # While the files change places, the list knows none of them.
            _enter(name, {})
            for file in files:
                _put(drafts, file)
            told = {
                "mark": mark,
                "numbers": numbers,
                "made_at": made_at.isoformat(),
                "seconds": round(time.monotonic() - began, 3),
                "files": [asdict(file) for file in files],
            }
            _enter(name, told)
        shutil.rmtree(drafts)


def _write(name: str, drafts: Path) -> tuple[list[int], list[KeptFile]]:
    """The files of a set as drafts, and the reports that are in them."""
    numbers: list[int] = []
    counts = dict.fromkeys(TABLES, 0)
    paths = {
        (table, form): drafts / f"{table}.{form}" for table in TABLES for form in writing.forms()
    }
    with ExitStack() as open_files:
        files: dict[str, list[writing.TableFile]] = {table: [] for table in TABLES}
        for (table, form), path in paths.items():
            file = writing.forms()[form](path, table, TABLES[table]())
            files[table].append(open_files.enter_context(file))
        for read in rows.in_pieces(_numbers(name)):
            numbers.append(read.row.pk)
            part = str(read.row.year or NO_YEAR)
            for table, values in rows_of(read):
                counts[table] += 1
                for file in files[table]:
                    file.add(values, part)
    made = []
    for (table, form), path in paths.items():
        place, size = path_of(name, table, form), path.stat().st_size
        made.append(KeptFile(place, table, form, counts[table], size, _digest(path)))
    return numbers, made


def _put(drafts: Path, file: KeptFile) -> None:
    """A file that was just written, and its twin, in their places."""
    draft = drafts / f"{file.table}.{file.form}"
    file.file.parent.mkdir(exist_ok=True)
    if file.twin is not None:
        twin = draft.with_name(draft.name + TWIN)
        _pack(draft, twin)
        os.replace(twin, file.twin)
    os.replace(draft, file.file)


def rows_of(read: rows.Read) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The rows of a report, each with the table it belongs in."""
    yield REPORTS, wide_values(read)
    for figure in rows.figures_of(read):
        yield FIGURES, figure


def _numbers(name: str) -> list[int]:
    """The reports of a set, in the order of its files."""
    found = PublishedReport.objects.order_by("year", "agency__code", "pk")
    if name != ALL:
        found = found.filter(year=int(name))
    return list(found.values_list("pk", flat=True))


def _marks() -> dict[str, str]:
    """Of each set there should be: a digest of all that its rows are made of.

    Where no report is public there is none.
    """
    told = [field.name for field in (*figure_fields(), *wide_fields())]
    seed = f"{version('gongkai')} {settings.ORIGIN}{settings.MOUNT} {told} {list(writing.forms())}"
    marks: dict[str, Any] = {}
    states = PublishedReport.objects.order_by("pk").values_list(
        "year", "pk", "edition", "holds", "state", "came", "mark", "unread_count",
        "publication__version", "publication__title", "publication__updated_at",
        "agency__slug", "agency__code", "agency__name", "agency__kind",
    )  # fmt: skip
    for year, *state in states.iterator(chunk_size=2000):
        line = repr(state).encode()
        names = [ALL] if year is None else [ALL, str(year)]
        for name in names:
            if name not in marks:
                marks[name] = hashlib.sha256(seed.encode(), usedforsecurity=False)
            marks[name].update(line)
    return {name: mark.hexdigest() for name, mark in marks.items()}


def _enter(name: str, told: dict[str, Any]) -> None:
    """``told`` of a set in the list of those kept; nothing told takes it from the list."""
    path = _folder() / _LIST
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known.pop(name, None)
    if told:
        known[name] = told
    draft = path.with_name(path.name + ".draft")
    draft.write_text(json.dumps(known), encoding="utf-8")
    os.replace(draft, path)


def _set_of(name: str, told: dict[str, Any]) -> KeptSet:
    files = [KeptFile(**file) for file in told["files"]]
    made_at = datetime.fromisoformat(told["made_at"])
    return KeptSet(name, told["mark"], told["numbers"], made_at, told["seconds"], files)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pack(path: Path, twin: Path) -> None:
    with (
        path.open("rb") as plain,
        twin.open("wb") as kept_file,
        gzip.GzipFile("", "wb", _PACK, kept_file, mtime=0) as packed,
    ):
        shutil.copyfileobj(plain, packed, _BLOCK)


def _folder() -> Path:
    return Path(settings.DATA) / _FOLDER
