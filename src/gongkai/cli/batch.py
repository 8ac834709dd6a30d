"""The files of one run, in order; those that cannot be read are told and passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import click

from ..core.report.interchange import dumps
from .options import Reading
from .progress import watched
from .session import Session
from .sources import Source, find_sources
from .workers import Task, run

Result = TypeVar("Result")


def sources_of(named: Sequence[str], session: Session) -> list[Source]:
    """The files meant; a usage error where a folder holds none."""
    found = find_sources(named, session.skipped)
    if not found:
        raise click.UsageError(session.words("common.no_files", names=" ".join(named)))
    return found


def each(
    task: Task[Result],
    sources: Sequence[Source],
    reading: Reading,
    session: Session,
) -> Iterator[tuple[Source, Result]]:
    """What came of every file that could be read; the others are told on stderr."""
    outcomes = run(
        task,
        sources,
        processes=reading.processes,
        allowance=reading.allowance,
        debug=reading.debug,
    )
    for outcome in watched(outcomes, len(sources), session.words):
        session.taken += 1
        if outcome.failure is None:
            assert outcome.value is not None
            yield outcome.source, outcome.value
            continue
        session.refuse(outcome.source.name, session.reason(outcome.failure))


def put_json(data: object) -> None:
    """One object, one line on stdout, UTF-8 whatever the terminal's locale."""
    put_line(dumps(data))


def put_line(line: str) -> None:
    # A lone surrogate, which UTF-8 cannot hold, becomes the escape that JSON has for it.
    click.echo(line.encode("utf-8", "backslashreplace"))
