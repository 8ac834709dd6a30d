"""What one run of the command knows: its language, and how it speaks to people and programs."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.errors import UnreadableDocument
from ..core.rules import find, say
from .sources import printable
from .words import Words

if TYPE_CHECKING:
    from rich.console import Console

# Width of tables where there is no terminal to ask.
_PAPER_WIDTH = 120
# Endings of skipped files told by name.
_ENDINGS = 5

NO_ERROR, ERRORS_FOUND, NOT_READ, USAGE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 130, 141


@dataclass
class Session:
    """Tables for people go to stdout (none with ``--json``), messages to stderr."""

    language: str
    errors: int = 0
    refusals: list[tuple[str, str]] = field(default_factory=list)
    # Files of folders that are of no kind we read.
    skipped: set[Path] = field(default_factory=set)
    # For Ctrl-C: files dealt with so far, and files that appear only at the end.
    taken: int = 0
    unwritten: list[str] = field(default_factory=list)
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        self.words = Words(self.language)

    @cached_property
    def console(self) -> Console:
        """Where tables for people go.  Loaded late: rich takes longer than reading a report."""
        from rich.console import Console

        width = shutil.get_terminal_size((_PAPER_WIDTH, 24)).columns
        return Console(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False)

    def tell(self, message: str) -> None:
        """One line for the person at the terminal, on stderr."""
        click.echo(message, err=True)

    def reason(self, failure: UnreadableDocument) -> str:
        """Why a file could not be read and what to do about it."""
        return say(find(failure.rule, **failure.values), self.language)

    def refuse(self, name: str, reason: str) -> None:
        """Say on one line why nothing could be done with a file; the rest goes on."""
        self.refusals.append((name, reason))
        self.tell(self.words("common.refused", name=name, reason=reason))

    def tell_skipped(self) -> None:
        """How many files of the folders named were not looked at, if any."""
        if self.skipped:
            endings = sorted({path.suffix.lower() or path.name for path in self.skipped})
            listed = self.words("common.comma").join(printable(e) for e in endings[:_ENDINGS])
            count = len(self.skipped)
            self.tell(self.words("common.skipped", count=count, endings=listed))

    def tell_interrupted(self) -> None:
        """What was done before Ctrl-C, and what therefore was not written."""
        key = "common.interrupted_unwritten" if self.unwritten else "common.interrupted"
        files = self.words("common.comma").join(self.unwritten)
        self.tell(self.words(key, count=self.taken, files=files))

    @property
    def exit_code(self) -> int:
        if self.refusals:
            return NOT_READ
        return ERRORS_FOUND if self.errors else NO_ERROR


pass_session = click.make_pass_decorator(Session)
