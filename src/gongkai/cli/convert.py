"""``gongkai convert``: a report, or a folder of them, from one kind of file to another."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..core.finding import Severity
from ..core.readers.document import Limits
from .batch import each, sources_of
from .options import OneOf, force_option, language_option, reading_from, reading_options
from .program import Command
from .save import WRITTEN, refuse_overwriting, save
from .session import Session, pass_session
from .sources import Source, printable
from .words import Words


class Converted(NamedTuple):
    """What came of one file; ``reason`` where it could not be written."""

    target: Path
    unread: int
    errors: int
    reason: str = ""


@dataclass(frozen=True)
class Convert:
    """Read one file and write it as another; ``targets`` by source path."""

    limits: Limits
    language: str
    targets: dict[Path, Path]

    def __call__(self, source: Source) -> Converted:
        from ..core.readers import read

        target = self.targets[source.path]
        reading = read(source.path, self.limits)
        errors = sum(f.severity is Severity.ERROR for f in reading.findings)
        reason = save(reading.report, target, self.language)
        if reason:
            return Converted(target, 0, errors, reason)
        return Converted(target, len(reading.report.unread), errors)


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("convert", cls=Command, help=words("convert.help"))
    @click.argument("origin", metavar=words("convert.source"), type=click.Path(readable=False))
    @click.argument("target", metavar=words("convert.target"), type=click.Path(readable=False))
    @click.option(
        "--to",
        "kind",
        type=OneOf(words, WRITTEN),
        metavar="|".join(WRITTEN),
        help=words("convert.to"),
    )
    @force_option(words)
    @reading_options(words)
    @language_option(words)
    @pass_session
    def convert(
        session: Session, /, origin: str, target: str, kind: str | None, force: bool, **given: Any
    ) -> None:
        reading = reading_from(given)
        if kind and os.path.exists(target) and not os.path.isdir(target):
            raise click.UsageError(session.words("convert.needs_folder", name=target))
        sources = sources_of([origin], session)
        if kind is None:
            if Path(origin).is_dir() or len(sources) > 1:
                raise click.UsageError(session.words("convert.needs_to"))
            targets = {sources[0].path: Path(target)}
        else:
            targets = _targets(sources, Path(target), kind)
        for path in targets.values():
            refuse_overwriting(path, force, session)
        task = Convert(reading.limits, session.language, targets)
        for source, done in each(task, sources, reading, session):
            session.errors += done.errors
            if done.reason:
                session.refuse(printable(str(done.target)), done.reason)
                continue
            session.console.print(
                session.words("convert.done", source=source.name, target=done.target),
                soft_wrap=True,
            )
            if done.unread:
                session.tell(session.words("convert.unread", count=done.unread, name=source.name))

    return convert


def _targets(sources: Sequence[Source], folder: Path, kind: str) -> dict[Path, Path]:
    """Where each file goes: the same place below ``folder``, under the new ending.

    Two that would meet (``a.doc`` and ``a.docx``) keep their old ending in the name.
    """
    used = Counter(s.below.with_suffix(f".{kind}") for s in sources)
    targets = {}
    for source in sources:
        below = source.below.with_suffix(f".{kind}")
        if used[below] > 1:
            below = source.below.with_name(f"{source.below.name}.{kind}")
        targets[source.path] = folder / below
    return targets
