"""A report written to the file a person named, and nothing overwritten unasked."""

from __future__ import annotations

from pathlib import Path

import click

from ..core.errors import UnwritableDocument
from ..core.report import AnnualReport
from ..core.writers import FORMATS, write
from .session import Session

# What a report can be written as, by the ending of the file's name.
WRITTEN = tuple(sorted(suffix.removeprefix(".") for suffix in FORMATS))


def refuse_overwriting(
    target: Path, force: bool, session: Session, endings: tuple[str, ...] = WRITTEN
) -> None:
    """A usage error where ``target`` stands already or its ending is none we write."""
    if target.suffix.removeprefix(".").lower() not in endings:
        listed = session.words("common.comma").join(endings)
        raise click.UsageError(session.words("common.ending", name=target, endings=listed))
    if target.exists() and not force:
        raise click.UsageError(session.words("common.exists", name=target))


def save(report: AnnualReport, target: Path, language: str) -> str:
    """Write ``report`` as the ending of ``target`` says; why not, where that failed."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write(report, target, language)
    except UnwritableDocument as refused:
        return str(refused)
    except OSError as error:
        return error.strerror or str(error)
    return ""
