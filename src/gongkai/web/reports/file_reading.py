"""Files into reports by the core's readers and checks, for a process of its own: no database."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from gongkai.core.checks import check
from gongkai.core.errors import UnreadableDocument
from gongkai.core.finding import Severity
from gongkai.core.readers import read_bytes
from gongkai.core.report import form_of
from gongkai.core.report.interchange import dumps, to_json
from gongkai.core.rules import find, say


class Read(NamedTuple):
    """What was read and found in one file, or why it was not read."""

    failure: str = ""
    reading: str = ""
    agency: str = ""
    year: int | None = None
    edition: str = ""
    unread: int = 0
    doubts: tuple[str, ...] = ()
    errors: int = 0
    warnings: int = 0


def read_all(given: list[tuple[Path, str]]) -> list[Read]:
    """What the core reads in each file, by its place and name; what it refuses is told."""
    return [_read(path, name) for path, name in given]


def _read(path: Path, name: str) -> Read:
    try:
        reading = read_bytes(path.read_bytes(), name)
    except FileNotFoundError:
        return Read(failure="文件库里没有这个文件了，重新上传。")
    except UnreadableDocument as refused:
        return Read(failure=say(find(refused.rule, **refused.values)))
    told = reading.report
    form = form_of(told)
    found = Counter(one.severity for one in check(told))
    return Read(
        reading=dumps(
            to_json(told, file=name, format=reading.format, sha256=reading.sha256,
                    findings=reading.findings)
        ),
        agency=told.agency or "",
        year=told.year,
        edition=form.id if form else "",
        unread=len(told.unread),
        doubts=tuple(say(one) for one in reading.findings),
        errors=found[Severity.ERROR],
        warnings=found[Severity.WARNING],
    )  # fmt: skip
