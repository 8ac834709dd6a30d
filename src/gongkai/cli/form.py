"""``gongkai form``: the blank form of a year."""

from __future__ import annotations

from pathlib import Path

import click

from ..core.errors import UnknownEdition
from ..core.forms import edition_for
from ..core.report.blank import blank_report
from .options import Amount, force_option, language_option, output_option
from .program import Command
from .save import refuse_overwriting, save
from .session import Session, pass_session
from .words import Words

# Nobody fills the form of a later year yet; who asks for it has mistyped.
_LATEST = 2100


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("form", cls=Command, help=words("form.help"))
    @click.argument("year", type=Amount(words), metavar=words("form.year"))
    @output_option(words, "form.output")
    @click.option("--agency", metavar=words("common.name"), help=words("form.agency"))
    @force_option(words)
    @language_option(words)
    @pass_session
    def form(
        session: Session, /, year: int, target: str | None, agency: str | None, force: bool
    ) -> None:
        if target is None:
            raise click.UsageError(session.words("common.missing", name="-o"))
        if year > _LATEST:
            raise click.UsageError(session.words("form.no_such_year", year=year, latest=_LATEST))
        path = Path(target)
        refuse_overwriting(path, force, session)
        try:
            report = blank_report(edition_for(year), year, agency)
        except UnknownEdition:
            raise click.UsageError(session.words("form.no_edition", year=year)) from None
        reason = save(report, path, session.language)
        if reason:
            session.refuse(target, reason)
        else:
            session.console.print(session.words("form.done", target=target), soft_wrap=True)

    return form
