"""``gongkai bake``: write every public page as a file."""

from __future__ import annotations

import time

import click

from .bar import bar
from .options import language_option
from .place import data_option, opened
from .program import Command
from .session import ERRORS_FOUND, INTERRUPTED, Session, pass_session
from .words import Words

# Pages that could not be written are named up to this many.
_NAMED = 10


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("bake", cls=Command, help=words("bake.help"))
    @data_option(words)
    @click.option("--force", is_flag=True, help=words("bake.force"))
    @language_option(words)
    @pass_session
    def bake(session: Session, /, data: str | None, force: bool) -> None:
        folder = opened(session, data)
        # Only now: the other commands do without Django, and start faster.
        from ..web.public.bake import bake_all
        from ..web.work.data_files import make

        began = time.monotonic()
        session.tell(words("bake.data"))
        try:
            make()
            with bar(session, words("bake.baking")) as progress:
                done = bake_all(lambda number, total: progress(number, total, ""), anew=force)
        except KeyboardInterrupt:
            session.tell(words("bake.interrupted"))
            raise click.exceptions.Exit(INTERRUPTED) from None
        seconds = f"{time.monotonic() - began:.1f}"
        session.console.print(
            words("bake.done", pages=done.pages, written=done.written, removed=done.removed,
                  seconds=seconds, folder=folder / "site"),
            soft_wrap=True,
        )  # fmt: skip
        for path, error in list(done.failures.items())[:_NAMED]:
            session.tell(words("bake.failed", path=path, error=error))
        if done.failures:
            session.tell(words("bake.failures", count=len(done.failures)))
            raise click.exceptions.Exit(ERRORS_FOUND)

    return bake
