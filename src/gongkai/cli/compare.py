"""``gongkai compare``: two reports cell by cell, two years of one agency or two agencies."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from ..core.finding import Severity
from ..core.report import Cell, Number
from ..core.report import compare as comparing
from ..core.report.interchange import dumps
from .batch import each, put_json
from .folding import fold
from .options import force_option, language_option, output_option, reading_from, reading_options
from .program import Command
from .save import put, refuse_overwriting
from .session import Session, pass_session
from .sources import Source
from .take import Take
from .words import Words

_WRITTEN = ("html", "json")
_LABEL_WIDTH = 44


def command(words: Words) -> click.Command:
    """The command in the language of ``words``."""

    @click.command("compare", cls=Command, help=words("compare.help"))
    @click.argument("left", metavar=words("compare.first"), type=click.Path(readable=False))
    @click.argument("right", metavar=words("compare.second"), type=click.Path(readable=False))
    @output_option(words, "compare.output")
    @click.option("--all", "whole", is_flag=True, help=words("compare.all"))
    @click.option("--json", "as_json", is_flag=True, help=words("compare.json"))
    @force_option(words)
    @reading_options(words)
    @language_option(words)
    @pass_session
    def compare(
        session: Session,
        /,
        left: str,
        right: str,
        target: str | None,
        whole: bool,
        as_json: bool,
        force: bool,
        **given: Any,
    ) -> None:
        reading = reading_from(given)
        if target:
            refuse_overwriting(Path(target), force, session, _WRITTEN)
            session.unwritten.append(target)
        # Not looked for in folders and not made one: a report may be compared with itself.
        sources = [Source(Path(name), Path(Path(name).name)) for name in (left, right)]
        taken = [document for _, document in each(Take(reading.limits), sources, reading, session)]
        if len(taken) < len(sources):
            return
        for document in taken:
            session.errors += sum(f.severity is Severity.ERROR for f in document.findings)
        comparison = comparing.compare(taken[0].report, taken[1].report)
        if as_json:
            put_json(comparing.to_json(comparison))
        else:
            _show(session, comparison, (sources[0].name, sources[1].name), whole)
        if target:
            _write(session, comparison, (sources[0].name, sources[1].name), Path(target))

    return compare


def _show(
    session: Session, comparison: comparing.Comparison, names: tuple[str, str], whole: bool
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    words = session.words
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(words("compare.cell"), no_wrap=True)
    for side, name in zip(("first", "second"), names, strict=True):
        session.console.print(f"{words(f'compare.{side}')}  {name}", soft_wrap=True)
        table.add_column(words(f"compare.{side}"), justify="right", no_wrap=True)
    table.add_column(words("compare.difference"), justify="right", no_wrap=True)
    table.add_column(words("compare.status"), no_wrap=True)
    for cell in comparison.cells if whole else comparison.changes:
        table.add_row(
            fold(cell.label, _LABEL_WIDTH),
            _printed(session, cell.left),
            _printed(session, cell.right),
            _signed(cell.difference),
            words(f"compare.{cell.status.value}"),
        )
    session.console.print(table)
    counts = Counter(cell.status for cell in comparison.cells)
    said = [words(f"compare.{s.value}") + f" {counts[s]}" for s in comparing.Status]
    session.console.print(words("common.comma").join(said), style="bold")


def _signed(difference: Number | None) -> str:
    if difference is None:
        return ""
    return ("+" if difference > 0 else "") + (
        f"{difference:f}" if isinstance(difference, Decimal) else str(difference)
    )


def _printed(session: Session, cell: Cell | None) -> str:
    if cell is None:
        return ""
    return session.words("compare.blank") if cell.is_blank else cell.text


def _write(
    session: Session, comparison: comparing.Comparison, names: tuple[str, str], target: Path
) -> None:
    if target.suffix.lower() == ".json":
        data = dumps(comparing.to_json(comparison), lines=True).encode()
    else:
        from ..core.writers.comparison import render

        data = render(comparison, session.language, names)
    if reason := put(target, data, session.language):
        session.refuse(str(target), reason)
    else:
        session.tell(session.words("common.written", path=target))
