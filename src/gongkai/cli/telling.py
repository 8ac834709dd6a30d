"""What the examined reports are told as: JSON lines, tables in files, or tables on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..core.finding import Severity
from .batch import each, put_line
from .examine import Examine
from .obstacles import why
from .options import Decorator, OneOf, OutputFile, Reading, all_of
from .output import counted, show_counts, show_report
from .session import Session
from .sources import Source
from .tables import CsvTable, ParquetMissingError, ParquetTable, Table, XlsxTable
from .words import Words

_TABLES: dict[str, Callable[[Path], Table]] = {
    "csv": CsvTable,
    "xlsx": XlsxTable,
    "parquet": ParquetTable,
}


@dataclass(frozen=True)
class Wanted:
    """How to tell: ``as_json``, ``files`` by kind of table, findings down to ``least``."""

    as_json: bool
    files: dict[str, str]
    least: Severity


def telling_options(words: Words) -> Decorator:
    """``--json``, ``--csv``, ``--xlsx``, ``--parquet`` and ``--level``."""

    def table(kind: str) -> Any:
        path = OutputFile(words)
        shown, text = words("common.file"), words(f"common.{kind}")
        return click.option(f"--{kind}", type=path, metavar=shown, help=text)

    options = [
        click.option("--json", "as_json", is_flag=True, help=words("common.json")),
        *(table(kind) for kind in _TABLES),
        click.option(
            "--level",
            type=OneOf(words, tuple(s.value for s in Severity)),
            default=Severity.NOTE.value,
            metavar="error|warning|note",
            help=words("common.level"),
        ),
    ]
    return all_of(*options)


def wanted_from(given: dict[str, Any]) -> Wanted:
    """Take what ``telling_options`` added out of a command's keyword arguments."""
    files = {kind: path for kind in _TABLES if (path := given.pop(kind))}
    return Wanted(given.pop("as_json"), files, Severity(given.pop("level")))


def tell_each(
    task: Examine, sources: Sequence[Source], reading: Reading, wanted: Wanted, session: Session
) -> None:
    """Examine every source and tell what came of it, in the forms that are wanted."""
    counts: Counter[Severity] = Counter()
    reports = 0
    session.unwritten.extend(wanted.files.values())
    with ExitStack() as open_tables:
        tables = [
            open_tables.enter_context(_table(kind, path, session))
            for kind, path in wanted.files.items()
        ]
        for source, told in each(task, sources, reading, session):
            reports += 1
            session.errors += told.errors
            counts += counted(told.findings)
            if told.row is not None:
                for table in tables:
                    table.add(told.row)
            if wanted.as_json:
                put_line(told.line)
            elif not wanted.files or told.review:
                show_report(session, source.name, told, wanted.least)
    if not wanted.as_json:
        show_counts(session, counts, reports)
    for path in wanted.files.values():
        session.tell(session.words("common.table_written", path=path, count=reports))


def _table(kind: str, path: str, session: Session) -> Table:
    try:
        return _TABLES[kind](Path(path))
    except ParquetMissingError:
        raise click.UsageError(session.words("common.parquet_missing")) from None
    except OSError as error:
        reason = session.words("common.cannot_write", path=path, reason=why(error, session.words))
        raise click.UsageError(reason) from None
