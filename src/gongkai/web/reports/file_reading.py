"""Files into reports by the core's readers, for a process of its own: no database is known here."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers import read_bytes
from gongkai.core.report import form_of
from gongkai.core.report.interchange import dumps, to_json
from gongkai.core.rules import find, say


class Read(NamedTuple):
    """What was read of one file, or why it was not."""

    failure: str = ""
    reading: str = ""
    agency: str = ""
    year: int | None = None
    edition: str = ""
    unread: int = 0
    doubts: tuple[str, ...] = ()


def read_all(given: list[tuple[bytes, str]]) -> list[Read]:
    """What the core reads in each file; what it refuses is told, not raised."""
    return [_read(data, name) for data, name in given]


def _read(data: bytes, name: str) -> Read:
    try:
        reading = read_bytes(data, name)
    except UnreadableDocument as refused:
        return Read(failure=say(find(refused.rule, **refused.values)))
    told = reading.report
    form = form_of(told)
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
    )  # fmt: skip
