"""``gongkai import-items``: move the items of an existing site in."""

from __future__ import annotations

import time
from pathlib import Path

import click

from .bar import bar
from .options import Amount, language_option
from .place import data_option, opened
from .program import Command
from .session import ERRORS_FOUND, INTERRUPTED, NOT_READ, Session, pass_session
from .words import Words

# Agencies named where the one asked for is unknown.
_NAMED = 20


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("import-items", cls=Command, help=words("import_items.help"))
    @click.argument("file", metavar=words("import_items.file"))
    @click.option(
        "--agency",
        "code",
        metavar=words("import_items.code"),
        help=words("import_items.agency"),
    )
    @click.option("--files", metavar=words("common.folder"), help=words("import_items.files"))
    @click.option(
        "--jobs",
        type=Amount(words),
        metavar=words("common.number"),
        help=words("import_items.jobs"),
    )
    @data_option(words)
    @language_option(words)
    @pass_session
    def import_items(
        session: Session,
        /,
        file: str,
        code: str,
        files: str | None,
        jobs: int | None,
        data: str | None,
    ) -> None:
        if not code:
            raise click.UsageError(words("common.missing", name="--agency"))
        opened(session, data)
        _move(session, Path(file), code, Path(files) if files else None, jobs or 0)

    return import_items


def _move(session: Session, file: Path, code: str, files: Path | None, jobs: int) -> None:
    # Only now: the other commands do without Django, and start faster.
    from django.db.models import Q

    from ..web.agencies.models import Agency
    from ..web.importing.moving import Busy, move_in
    from ..web.importing.rows import NotAnExport

    words = session.words
    agency = Agency.objects.filter(Q(code__iexact=code) | Q(slug=code.lower())).first()
    if agency is None:
        known = Agency.objects.values_list("code", flat=True)[:_NAMED]
        codes = words("common.comma").join(known)
        raise click.UsageError(words("import_items.no_agency", code=code, codes=codes))
    began = time.monotonic()
    try:
        with bar(session, words("import_items.moving")) as progress:
            moved = move_in(
                file, agency, files, lambda done, total: progress(done, total, ""), jobs
            )
    except NotAnExport as error:
        session.tell(words("import_items.unreadable", file=file, reason=error))
        raise click.exceptions.Exit(NOT_READ) from None
    except Busy:
        session.tell(words("import_items.busy"))
        raise click.exceptions.Exit(ERRORS_FOUND) from None
    except KeyboardInterrupt:
        session.tell(words("import_items.interrupted"))
        raise click.exceptions.Exit(INTERRUPTED) from None
    seconds = f"{time.monotonic() - began:.1f}"
    say = session.console.print
    say(words("import_items.done", entered=moved.entered, known=moved.known, seconds=seconds))
    if moved.to_look_at:
        say(
            words("import_items.look", count=moved.to_look_at, path=moved.look_path), soft_wrap=True
        )
    if moved.refused:
        said = words("import_items.refused", count=moved.refused, path=moved.refused_path)
        say(said, soft_wrap=True)
        raise click.exceptions.Exit(ERRORS_FOUND)
