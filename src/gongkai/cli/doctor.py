"""``gongkai doctor``: what is missing or misconfigured, and what to do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from .folding import fold
from .options import language_option
from .place import data_option, folder_of
from .program import Command
from .session import ERRORS_FOUND, Session, pass_session
from .words import Words

if TYPE_CHECKING:
    from gongkai.web.doctor import Condition

_COLOURS = {"good": "green", "notice": "yellow", "wrong": "bold red"}
# Columns of the terminal taken by level, name and gaps.
_FIXED_WIDTH = 22


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("doctor", cls=Command, help=words("doctor.help"))
    @data_option(words)
    @click.option("--json", "as_json", is_flag=True, help=words("doctor.json"))
    @language_option(words)
    @pass_session
    def doctor(session: Session, /, data: str | None, as_json: bool) -> None:
        # Only now: the other commands do without the platform, and start faster.
        from ..web.doctor import Level, examine

        found = list(examine(folder_of(data)))
        if as_json:
            told = [asdict(c) | {"level": c.level.value} for c in found]
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            _show(session, found)
        if any(condition.level is Level.WRONG for condition in found):
            raise click.exceptions.Exit(ERRORS_FOUND)

    return doctor


def _show(session: Session, found: Sequence[Condition]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    words = session.words
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("level", "what", "how"):
        table.add_column(words(f"doctor.{name}"), no_wrap=True)
    room = max(20, session.console.width - _FIXED_WIDTH)
    for condition in found:
        how = Text(fold(condition.text, room))
        if condition.remedy:
            how.append("\n" + fold(words("doctor.remedy", remedy=condition.remedy), room), "dim")
        label = Text(condition.level.label, _COLOURS[condition.level.value])
        table.add_row(label, condition.name, how)
    session.console.print(table)
    counts = {level: sum(c.level.value == level for c in found) for level in _COLOURS}
    session.console.print(words("doctor.counts", **counts))
