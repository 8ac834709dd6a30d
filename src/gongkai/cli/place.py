"""Which data folder a command works on, and that the platform is ready to be asked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .obstacles import why
from .options import Decorator, OutputFolder
from .session import ERRORS_FOUND, Session
from .words import Words

if TYPE_CHECKING:
    from gongkai.web.preparing import CannotRun

_DEFAULT = "gongkai-data"


def data_option(words: Words) -> Decorator:
    """``--data``: else GONGKAI_DATA, else a folder of the usual name here."""
    return click.option(
        "--data",
        type=OutputFolder(words),
        metavar=words("common.folder"),
        help=words("place.data", default=_DEFAULT),
    )


def folder_of(data: str | None) -> Path:
    """The folder as it was named, whole."""
    return Path(data or os.environ.get("GONGKAI_DATA") or _DEFAULT).absolute()


def opened(session: Session, data: str | None) -> Path:
    """The folder of a platform that is ready to be asked; ends the command where there is none."""
    # Only now: the other commands do without the platform, and start faster.
    from ..web.preparing import CannotRun, open_platform

    folder = folder_of(data)
    if not (folder / "secret.key").exists():
        raise click.UsageError(session.words("place.no_data", data=folder))
    try:
        open_platform(folder)
    except CannotRun as obstacle:
        session.tell(explain(session.words, obstacle))
        raise click.exceptions.Exit(ERRORS_FOUND) from None
    return folder


def explain(words: Words, obstacle: CannotRun) -> str:
    """What stands in the platform's way, and what to do."""
    values = dict(obstacle.values)
    error = values.get("error")
    if isinstance(error, OSError):
        values["reason"] = why(error, words)
    return words(f"place.{obstacle.reason}", **values)
