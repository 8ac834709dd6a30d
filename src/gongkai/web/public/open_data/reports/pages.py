"""What of the figures is baked: the page, the descriptions, the files of the sets.

The files themselves are made elsewhere (``kept``); here they are given a name among the public
files, and lose it the moment a report in them is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.core.report.exact_json import dumps
from gongkai.web.publication.models import Change, PublishedReport
from gongkai.web.publication.reports import COLUMN

from ...bake_files import Stored
from ...rendered import Rendered
from . import kept, page, writing
from .description import (
    COLUMNS,
    DICTIONARY,
    INDEX,
    PACKAGE,
    PLACE,
    SCHEMAS,
    columns_csv,
    dictionary_csv,
    package,
    schema,
)

_FILE = re.compile(rf"{PLACE}(?:(\d{{4}})/)?({'|'.join(kept.TABLES)})\.([a-z]+)")


def paths() -> Iterator[str]:
    """The page, what describes the files, and every file that may be given."""
    yield from (INDEX, PACKAGE, *SCHEMAS, DICTIONARY, COLUMNS)
    yield from files_of(kept.available().values())


def files_of(sets: Iterable[kept.KeptSet]) -> Iterator[str]:
    """The path of every file of ``sets``."""
    yield from (PLACE + file.path for one in sets for file in one.files)


def paths_of(name: str) -> set[str]:
    """Every path that tells of the set ``name``, whether it is there or is gone."""
    files = (kept.path_of(name, table, form) for table in kept.TABLES for form in writing.forms())
    return {INDEX, PACKAGE, *(PLACE + file for file in files)}


def render(path: str) -> Rendered | Stored | None:
    """What stands at ``path``; None where nothing does, or not now."""
    if not path.startswith(PLACE):
        return None
    file = file_at(path)
    return Stored(file.file, file.twin) if file else written(path)


def written(path: str) -> Rendered | None:
    """The page or the description at ``path``."""
    if path == INDEX:
        return page.written()
    if path == PACKAGE:
        return Rendered(dumps(package()).encode(), writing.MEDIA_TYPES["json"])
    if path in SCHEMAS:
        return Rendered(dumps(schema(path)).encode(), writing.MEDIA_TYPES["json"])
    if path == DICTIONARY:
        return Rendered(dictionary_csv(), writing.MEDIA_TYPES["csv"])
    if path == COLUMNS:
        return Rendered(columns_csv(), writing.MEDIA_TYPES["csv"])
    return None


def file_at(path: str) -> kept.KeptFile | None:
    """The file at ``path``, where it is made and all that is in it is public."""
    sets = kept.available().values()
    return next((f for one in sets for f in one.files if PLACE + f.path == path), None)


def is_coming(path: str) -> bool:
    """Whether there will be a file at ``path`` once it is made."""
    found = _FILE.fullmatch(path)
    if found is None or found[3] not in writing.forms():
        return False
    reports = PublishedReport.objects.all()
    return (reports.filter(year=int(found[1])) if found[1] else reports).exists()


def touched(change: Change) -> set[str]:
    """The files that hold what was taken back; the rest is asked for once it is made anew."""
    if change.scope == "site":
        return set(paths())
    if change.before.get("column") != COLUMN or change.number is None:
        return set()
    holding = (one for one in kept.kept().values() if change.number in one.numbers)
    gone = change.after.get("column") != COLUMN
    return {INDEX, PACKAGE, *files_of(holding)} if gone else set()
