"""``gongkai check``: is the report consistent, with itself and with the year before?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..core.report import AnnualReport
from .batch import each, sources_of
from .examine import Examine
from .obstacles import why
from .options import (
    Decorator,
    OutputFolder,
    Reading,
    language_option,
    reading_from,
    reading_options,
    sources_argument,
)
from .program import Command
from .session import Session, pass_session
from .take import Take
from .telling import tell_each, telling_options, wanted_from
from .words import Words


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    def reports_option(name: str, into: str) -> Decorator:
        return click.option(
            name,
            into,
            multiple=True,
            type=click.Path(readable=False),
            metavar=words("common.path"),
            help=words(f"check.{into}"),
        )

    @click.command("check", cls=Command, help=words("check.help"))
    @sources_argument(words)
    @reports_option("--previous", "previous")
    @reports_option("--against", "against")
    @reports_option("--parts", "parts")
    @click.option(
        "--review",
        type=OutputFolder(words),
        metavar=words("common.folder"),
        help=words("check.review"),
    )
    @telling_options(words)
    @reading_options(words)
    @language_option(words)
    @pass_session
    def check(
        session: Session,
        /,
        named: tuple[str, ...],
        previous: tuple[str, ...],
        against: tuple[str, ...],
        parts: tuple[str, ...],
        review: str | None,
        **given: Any,
    ) -> None:
        wanted, reading = wanted_from(given), reading_from(given)
        sources = sources_of(named, session)
        if review:
            _make_folder(Path(review), session)
        task = Examine(
            reading.limits,
            session.language,
            check=True,
            as_json=wanted.as_json,
            with_row=bool(wanted.files),
            previous=_reports(previous, reading, session),
            alone=len(sources) == 1,
            others=_reports(against, reading, session),
            parts=_reports(parts, reading, session),
            review=Path(review) if review else None,
        )
        tell_each(task, sources, reading, wanted, session)

    return check


def _make_folder(path: Path, session: Session) -> None:
    """Find out now, not once a report, that nothing can be written there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = session.words("common.cannot_write", path=path, reason=why(error, session.words))
        raise click.UsageError(reason) from None


def _reports(
    named: tuple[str, ...], reading: Reading, session: Session
) -> tuple[AnnualReport, ...]:
    """The reports to compare with; one that cannot be read is told like any other."""
    if not named:
        return ()
    sources = sources_of(named, session)
    taken = each(Take(reading.limits), sources, reading, session)
    return tuple(document.report for _, document in taken)
