"""Tables as files, row by row: CSV, JSON, XLSX and Parquet, none of them held in memory whole.

Values are the same in each: counts are whole numbers, money has the digits that were printed
(XLSX knows only binary fractions, which is why the printed text stands beside).
"""

from __future__ import annotations

import csv
import importlib.util
import json
import shutil
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import xlsxwriter
from django.conf import settings
from django.utils import timezone
from xlsxwriter.worksheet import Worksheet

from gongkai.core.report.exact_json import dumps

from ..fields import Field, csv_cell, plain

# What a sheet of a workbook holds at the most, its head included.
_MOST_ROWS = 1_048_576
# Rows gathered before a part of a Parquet file is packed away.
_PART = 50_000
_CELLS_A_PART = 1_000_000
# Digits kept after the point of an amount in Parquet, whose columns have one scale.
_SCALE = 10
_MADE = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)


class TableFile(ABC):
    """A table being written to ``path``; ``name`` is what its rows are called."""

    def __init__(self, path: Path, name: str, fields: Sequence[Field]) -> None:
        self.path, self.name, self.fields = path, name, fields

    @abstractmethod
    def add(self, values: Sequence[Any], part: str) -> None:
        """A row, in the order of the fields; ``part`` names its sheet where there are sheets."""

    @abstractmethod
    def close(self) -> None:
        """Write what is not yet written."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


class CsvFile(TableFile):
    """UTF-8 with a mark at its head, by which spreadsheet programs know it."""

    def __init__(self, path: Path, name: str, fields: Sequence[Field]) -> None:
        super().__init__(path, name, fields)
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file)
        self._csv.writerow([field.name for field in fields])

    def add(self, values: Sequence[Any], part: str) -> None:
        self._csv.writerow([csv_cell(plain(value)) for value in values])

    def close(self) -> None:
        self._file.close()


class JsonFile(TableFile):
    """One object with one list, a row on a line."""

    def __init__(self, path: Path, name: str, fields: Sequence[Field]) -> None:
        super().__init__(path, name, fields)
        self._file = path.open("w", encoding="utf-8")
        self._file.write(f"{{{json.dumps(name)}:[")
        self._names = [field.name for field in fields]
        self._between = "\n"

    def add(self, values: Sequence[Any], part: str) -> None:
        row = dict(zip(self._names, map(plain, values), strict=True))
        self._file.write(self._between + dumps(row))
        self._between = ",\n"

    def close(self) -> None:
        self._file.write("\n]}\n")
        self._file.close()


class XlsxFile(TableFile):
    """A workbook, a sheet for each part; a part too long for a sheet goes on in the next."""

    def __init__(self, path: Path, name: str, fields: Sequence[Field]) -> None:
        super().__init__(path, name, fields)
        # Row by row to disk: memory does not grow with the number of rows.
        self._book = xlsxwriter.Workbook(
            path, {"constant_memory": True, "tmpdir": str(path.parent)}
        )
        self._book.set_properties({"created": _MADE})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._bold = self._book.add_format({"bold": True})
        self._sheet: Worksheet | None = None
        self._part, self._sheets, self._row = "", 0, 0

    def add(self, values: Sequence[Any], part: str) -> None:
        sheet = self._sheet
        if sheet is None or part != self._part:
            self._part, self._sheets = part, 1
            sheet = self._open(part)
        elif self._row + 1 == _MOST_ROWS:
            self._sheets += 1
            sheet = self._open(f"{part} ({self._sheets})")
        self._row += 1
        for column, value in enumerate(values):
            if isinstance(value, list):
                value = "；".join(value)
            if value is None or value == "":
                continue
            if isinstance(value, str):
                # What a report says is never a formula.
                sheet.write_string(self._row, column, value)
            elif isinstance(value, bool):
                sheet.write_boolean(self._row, column, value)
            elif isinstance(value, int | Decimal):
                sheet.write_number(self._row, column, value)
            else:
                sheet.write_datetime(self._row, column, _local(value), self._moment)

    def close(self) -> None:
        if self._sheet is None:
            self._open(self.name)
        self._book.close()

    def _open(self, title: str) -> Worksheet:
        sheet = self._sheet = self._book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [field.name for field in self.fields], self._bold)
        self._row = 0
        return sheet


@lru_cache(maxsize=1024)
def _local(moment: datetime) -> datetime:
    """A moment as a workbook has it, which knows no zones."""
    return timezone.localtime(moment).replace(tzinfo=None)


class ParquetFile(TableFile):
    """Whole numbers, exact amounts and moments as such; written in parts, then put together."""

    def __init__(self, path: Path, name: str, fields: Sequence[Field]) -> None:
        super().__init__(path, name, fields)
        import polars

        self._polars = polars
        self._folder = path.with_name(f"{path.name}.parts")
        self._folder.mkdir()
        self._most = min(_PART, _CELLS_A_PART // len(fields))
        self._rows: list[tuple[Any, ...]] = []
        self._parts: list[Path] = []

    def add(self, values: Sequence[Any], part: str) -> None:
        self._rows.append(tuple(values))
        if len(self._rows) == self._most:
            self._pack()

    def close(self) -> None:
        try:
            if self._rows or not self._parts:
                self._pack()
            parts = [self._polars.scan_parquet(part) for part in self._parts]
            whole = self._polars.concat(parts, how="vertical_relaxed")
            whole.sink_parquet(self.path)
        finally:
            shutil.rmtree(self._folder)

    def _pack(self) -> None:
        schema = {field.name: self._kind(field) for field in self.fields}
        for place, field in enumerate(self.fields):
            # A count that somebody printed with a fraction: kept, never rounded.
            if schema[field.name] == self._polars.Int64 and any(
                isinstance(row[place], Decimal) for row in self._rows
            ):
                schema[field.name] = self._polars.Decimal(38, _SCALE)
        path = self._folder / f"{len(self._parts)}.parquet"
        self._polars.DataFrame(self._rows, schema=schema, orient="row").write_parquet(path)
        self._parts.append(path)
        self._rows = []

    def _kind(self, field: Field) -> Any:
        polars, kind = self._polars, field.schema["type"]
        if field.schema.get("format") == "date-time":
            return polars.Datetime("us", settings.TIME_ZONE)
        return {
            "string": polars.String,
            "integer": polars.Int64,
            "number": polars.Decimal(38, _SCALE),
            "boolean": polars.Boolean,
            "array": polars.List(polars.String),
        }[kind[0] if isinstance(kind, list) else kind]


def forms() -> dict[str, type[TableFile]]:
    """The formats that this installation writes, by the ending of a file's name.

    Parquet wants polars, an optional part of the installation.
    """
    found: dict[str, type[TableFile]] = {"csv": CsvFile, "xlsx": XlsxFile, "json": JsonFile}
    if importlib.util.find_spec("polars") is not None:
        found["parquet"] = ParquetFile
    return found


MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
