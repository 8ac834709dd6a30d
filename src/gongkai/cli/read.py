"""``gongkai read``: what stands in reports, cell by cell."""

from __future__ import annotations

from typing import Any

import click

from .batch import sources_of
from .examine import Examine
from .options import language_option, reading_from, reading_options, sources_argument
from .program import Command
from .session import Session, pass_session
from .telling import tell_each, telling_options, wanted_from
from .words import Words


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("read", cls=Command, help=words("read.help"))
    @sources_argument(words)
    @telling_options(words)
    @reading_options(words)
    @language_option(words)
    @pass_session
    def read(session: Session, /, named: tuple[str, ...], **given: Any) -> None:
        wanted, reading = wanted_from(given), reading_from(given)
        task = Examine(
            reading.limits,
            session.language,
            as_json=wanted.as_json,
            with_row=bool(wanted.files),
        )
        tell_each(task, sources_of(named, session), reading, wanted, session)

    return read
