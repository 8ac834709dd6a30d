"""``gongkai up``: the platform on this machine, web and worker, until Ctrl-C."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from .bar import bar
from .options import Amount, language_option
from .place import data_option, explain, folder_of
from .program import Command
from .session import ERRORS_FOUND, INTERRUPTED, Session, pass_session
from .words import Words

if TYPE_CHECKING:
    from gongkai.web.first_run.sign_ins import SignIn
    from gongkai.web.preparing import Place

_HOST, _PORT = "127.0.0.1", 8000


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("up", cls=Command, help=words("up.help"))
    @data_option(words)
    @click.option(
        "--port",
        type=Amount(words),
        default=_PORT,
        metavar=words("common.number"),
        help=words("up.port", default=_PORT),
    )
    @click.option(
        "--host", default=_HOST, metavar=words("up.address"), help=words("up.host", default=_HOST)
    )
    @click.option("--empty", is_flag=True, help=words("up.empty"))
    @language_option(words)
    @pass_session
    def up(session: Session, /, data: str | None, port: int, host: str, empty: bool) -> None:
        # Only now: the other commands do without the platform, and start faster.
        from ..web.preparing import CannotRun, Place

        try:
            _run(session, Place(folder_of(data), host, port), empty)
        except CannotRun as obstacle:
            session.tell(explain(words, obstacle))
            raise click.exceptions.Exit(ERRORS_FOUND) from None
        except KeyboardInterrupt:
            session.tell(words("up.interrupted"))
            raise click.exceptions.Exit(INTERRUPTED) from None

    return up


def _run(session: Session, place: Place, empty: bool) -> None:
    from ..web import preparing, running

    words, say = session.words, session.console.print
    with running.claim(place) as door:
        preparing.settle(place)
        say(words("up.folder", data=place.data), soft_wrap=True)
        with bar(session, words("up.migrating")) as progress:
            steps = preparing.migrate(progress)
        say(words("up.migrated", count=steps) if steps else words("up.database"))
        first_run = _first_start(session, empty)
        with running.Running(place, door) as processes:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, processes.stop)
            if processes.wait_until_well():
                _tell_addresses(session, first_run)
                from ..web.first_run import sign_ins

                sign_ins.give(lambda made: _show(session, made))
                say(words("up.end"))
                processes.watch()
            say(words("up.stopping"))
    say(words("up.stopped"))


def _first_start(session: Session, empty: bool) -> str:
    """What a folder without people begins with; the path of the first-run page, if it is that."""
    from ..web import preparing
    from ..web.first_run import token
    from ..web.stage import Stage, stage

    where = stage()
    if where is Stage.DONE:
        return ""
    # A folder that was begun empty stays so, whatever is asked for at the next start.
    if empty or token.exists() or not preparing.is_untouched():
        return f"/first-run/?token={token.make()}"
    session.console.print(session.words("up.demonstration"))
    with bar(session, session.words("up.loading")) as progress:
        preparing.load_demonstration(progress)
    return ""


def _tell_addresses(session: Session, first_run: str) -> None:
    from django.conf import settings

    words, say = session.words, session.console.print
    say()
    # As people reach it, which may be through another server in front.
    say(words("up.home", address=settings.ORIGIN + settings.MOUNT), soft_wrap=True)
    say(words("up.desk", address=f"{settings.ORIGIN}/desk/"), soft_wrap=True)
    if first_run:
        say(words("up.first_run", address=settings.ORIGIN + first_run), soft_wrap=True)


def _show(session: Session, made: Sequence[SignIn]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    words, say = session.words, session.console.print
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title=words("up.sign_ins"), title_justify="left")
    for name in ("agency", "name", "role", "username", "password"):
        table.add_column(words(f"up.{name}"), no_wrap=name in ("username", "password"))
    for one in made:
        table.add_row(one.agency, one.name, one.role, one.username, one.password)
    say()
    say(table)
    say(words("up.once"))
