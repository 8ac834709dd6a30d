"""Which data folder a command works on, and that the platform is ready to be asked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .obstacles import why
from .options import Decorator, OutputFolder
from .words import Words

if TYPE_CHECKING:
    from gongkai.web.running import CannotRun

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


def explain(words: Words, obstacle: CannotRun) -> str:
    """What stands in the platform's way, and what to do."""
    values = dict(obstacle.values)
    error = values.get("error")
    if isinstance(error, OSError):
        values["reason"] = why(error, words)
    return words(f"place.{obstacle.reason}", **values)
