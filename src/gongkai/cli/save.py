"""A report written to the file a person named, and nothing overwritten unasked."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..core.errors import UnwritableDocument
from ..core.report import AnnualReport
from ..core.writers import FORMATS, render, replace_file
from .obstacles import why
from .session import Session
from .words import Words

# What a report can be written as, by the ending of the file's name.
WRITTEN = tuple(sorted(suffix.removeprefix(".") for suffix in FORMATS))


def refuse_overwriting(
    target: Path, force: bool, session: Session, endings: tuple[str, ...] = WRITTEN
) -> None:
    """A usage error where ``target`` stands already or its ending is none we write."""
    if os.path.isdir(target):
        raise click.UsageError(session.words("common.target_is_folder", name=target))
    if target.suffix.removeprefix(".").lower() not in endings:
        listed = session.words("common.comma").join(endings)
        raise click.UsageError(session.words("common.ending", name=target, endings=listed))
    if os.path.exists(target) and not force:
        raise click.UsageError(session.words("common.exists", name=target))


def save(report: AnnualReport, target: Path, language: str) -> str:
    """Write ``report`` as the ending of ``target`` says; why not, where that failed."""
    try:
        data = render(report, target.suffix, language)
    except UnwritableDocument as refused:
        return str(refused)
    return put(target, data, language)


def put(target: Path, data: bytes, language: str) -> str:
    """Put ``data`` at ``target``, folders and all; why not, where that failed."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, data)
    except OSError as error:
        return why(error, Words(language))
    return ""
