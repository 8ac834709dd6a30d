"""Many reports as one table: a report a row, a cell of the form a column.

An empty field may mean four things; the columns ``blanks``, ``dashes`` and
``unread`` list the addresses of three of them (what is in none of the three is
not in that report's edition), and ``units`` the units that were printed.
"""

from __future__ import annotations

import csv
import os
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ..core.finding import Finding, Severity
from ..core.forms import Kind, editions
from ..core.writers import usual_mode

if TYPE_CHECKING:
    from ..core.readers.understanding.reading import Reading

ABOUT = (
    "file",
    "format",
    "sha256",
    "edition",
    "year",
    "agency",
    "title",
    "period_start",
    "period_end",
    "errors",
    "warnings",
    "notes",
    "blanks",
    "dashes",
    "unread",
    "units",
)
_WHOLE = ("year", "errors", "warnings", "notes")
_DAYS = ("period_start", "period_end")
# Digits kept after the point of an amount in Parquet, whose columns have one scale.
_SCALE = 10
# Rows gathered before a part of a Parquet table is packed away.
_PART = 2_000


class Row(NamedTuple):
    """The fields of one report, in the order of :func:`columns`."""

    fields: tuple[Any, ...]


class ParquetMissingError(Exception):
    """Parquet needs polars, which is an optional part of the installation."""


@lru_cache(maxsize=1)
def cell_columns() -> dict[str, Kind]:
    """Every address of every edition, in printed order, the newest edition first."""
    found: dict[str, Kind] = {}
    for form in sorted(editions().values(), key=lambda f: f.id, reverse=True):
        for cells in (f.cells for f in (form, *form.mixtures)):
            for address, spec in cells.items():
                found.setdefault(address, spec.kind)
    return found


def columns() -> tuple[str, ...]:
    return (*ABOUT, *cell_columns())


def row_of(reading: Reading, file: str, findings: Sequence[Finding]) -> Row:
    """One report as a row."""
    report = reading.report
    count = [sum(f.severity is s for f in findings) for s in Severity]
    cells = report.cells
    about = (
        file,
        reading.format,
        reading.sha256,
        report.edition,
        report.year,
        report.agency,
        report.title,
        report.period and report.period.start,
        report.period and report.period.end,
        *count,
        " ".join(a for a, c in cells.items() if c.is_blank),
        " ".join(a for a, c in cells.items() if c.is_dash),
        " ".join(report.unread),
        " ".join(f"{a}={c.unit}" for a, c in cells.items() if c.unit),
    )
    figures = (cells[a].value if a in cells else None for a in cell_columns())
    return Row((*about, *figures))


class Table(ABC):
    """A file that takes rows until it is closed.

    It is written beside ``path`` under another name and put in its place once
    whole: a run that is broken off leaves no table that looks complete.
    """

    def __init__(self, path: Path) -> None:
        self._path = self._written = Path(os.path.realpath(path))
        self._mode = usual_mode(self._path)
        # A pipe or a device is written to as it is.
        if self._path.is_file() or not self._path.exists():
            handle, name = tempfile.mkstemp(prefix=".gongkai-", dir=self._path.parent)
            os.close(handle)
            self._written = Path(name)

    @abstractmethod
    def add(self, row: Row) -> None: ...

    @abstractmethod
    def close(self) -> None:
        """Write what is not yet written."""

    @abstractmethod
    def abandon(self) -> None:
        """Let go of what is open, written or not."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.close()
                if self._written != self._path:
                    self._written.chmod(self._mode)
                    self._written.replace(self._path)
            else:
                self.abandon()
        finally:
            if self._written != self._path:
                self._written.unlink(missing_ok=True)


class CsvTable(Table):
    """UTF-8 with a mark at its head, so that Excel opens it in Chinese."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._file = self._written.open(
            "w", encoding="utf-8-sig", newline="", errors="backslashreplace"
        )
        self._csv = csv.writer(self._file)
        self._csv.writerow(columns())

    def add(self, row: Row) -> None:
        self._csv.writerow([_harmless(field) for field in row.fields])

    def close(self) -> None:
        self._file.close()

    abandon = close


class XlsxTable(Table):
    """A workbook with one sheet, its first row and columns in view."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter

        super().__init__(path)
        # Row by row to disk: memory does not grow with the number of reports.
        self._book = xlsxwriter.Workbook(self._written, {"constant_memory": True})
        self._sheet = self._book.add_worksheet("reports")
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheet.freeze_panes(1, 1)
        self._sheet.write_row(0, 0, columns(), self._book.add_format({"bold": True}))
        self._rows = 0

    def add(self, row: Row) -> None:
        self._rows += 1
        for column, field in enumerate(row.fields):
            if field is None or field == "":
                continue
            if isinstance(field, str):
                # What a document says is never a formula.
                self._sheet.write_string(self._rows, column, field)
            elif isinstance(field, int | Decimal):
                self._sheet.write_number(self._rows, column, field)
            else:
                self._sheet.write_datetime(self._rows, column, field, self._day)

    def close(self) -> None:
        self._book.close()

    abandon = close


class ParquetTable(Table):
    """Counts as integers, money as decimals, days as dates."""

    def __init__(self, path: Path) -> None:
        try:
            import polars
        except ImportError:
            raise ParquetMissingError from None
        super().__init__(path)
        self._polars = polars
        self._rows: list[tuple[Any, ...]] = []
        self._parts: list[Any] = []

    def add(self, row: Row) -> None:
        self._rows.append(row.fields)
        if len(self._rows) == _PART:
            self._pack()

    def _pack(self) -> None:
        schema = self._schema()
        for place, name in enumerate(schema):
            # A count that somebody printed with a fraction: kept, never rounded.
            if any(isinstance(fields[place], Decimal) for fields in self._rows):
                schema[name] = self._polars.Decimal(38, _SCALE)
        self._parts.append(self._polars.DataFrame(self._rows, schema=schema, orient="row"))
        self._rows = []

    def _schema(self) -> dict[str, Any]:
        polars = self._polars
        kinds: dict[str, Any] = dict.fromkeys(ABOUT, polars.String)
        kinds |= dict.fromkeys(_WHOLE, polars.Int64) | dict.fromkeys(_DAYS, polars.Date)
        for address, kind in cell_columns().items():
            whole = kind is not Kind.AMOUNT
            kinds[address] = polars.Int64 if whole else polars.Decimal(38, _SCALE)
        return kinds

    def close(self) -> None:
        self._pack()
        self._polars.concat(self._parts, how="vertical_relaxed").write_parquet(self._written)

    def abandon(self) -> None:
        self._rows, self._parts = [], []


def _harmless(field: Any) -> Any:
    """Text that a spreadsheet would take for a formula is marked as text."""
    if isinstance(field, str) and field.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + field
    return f"{field:f}" if isinstance(field, Decimal) else field
