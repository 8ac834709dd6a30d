"""Tables that people hand in and take away: csv and xlsx, one head row, all cells as text.

Registers and rosters are imported and exported by these; reports have readers of their own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any
from zipfile import BadZipFile

import xlsxwriter
from django.http import HttpResponse

from .apart import NoAnswer, apart

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 100_000
# A cell that begins with one of these is run as a formula by spreadsheet programs.
_RUN = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(Exception):
    """The file is no such table; the message says what is wrong."""


def read_rows(data: bytes, heads: Sequence[str]) -> list[dict[str, str]]:
    """The rows under the head row that has every one of ``heads``, with ``_row`` their number.

    The head row may stand below titles; columns may come in any order, and more than asked.
    """
    grid = read_grid(data)
    for place, row in enumerate(grid):
        names = [cell.strip() for cell in row]
        if set(heads) <= set(names):
            return [
                {**dict(zip(names, cells, strict=False)), "_row": str(number)}
                for number, cells in enumerate(grid[place + 1 :], start=place + 2)
                if any(cell.strip() for cell in cells)
            ]
    raise Unreadable(f"没有找到表头。第一行要有这些列：{'、'.join(heads)}。")


def read_grid(data: bytes) -> list[list[str]]:
    """Every cell of the first sheet, as text; whoever calls finds the head row."""
    try:
        return apart(_grid, data)
    except NoAnswer as reason:
        raise Unreadable(f"文件读不成：{reason}。") from reason


def xlsx_of(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet; numbers and days as such, everything else as text, never as a formula."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(title[:31])
        sheet.write_row(0, 0, heads, book.add_format({"bold": True, "text_wrap": True}))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(heads) - 1, 0), 18)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value)
                elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                    sheet.write_number(number, column, value)
                elif value is not None:
                    sheet.write_string(number, column, str(value))
    return buffer.getvalue()


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The same as csv with a mark that lets Excel show Chinese."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(heads)
    for row in rows:
        writer.writerow(["" if value is None else guarded(value) for value in row])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def answer(
    name: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A table to take away; ``name`` ends with .xlsx or .csv."""
    if name.endswith(".csv"):
        response = HttpResponse(csv_of(heads, rows), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(xlsx_of(title, heads, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def guarded(value: Any) -> str:
    """A cell of a csv that no spreadsheet program runs."""
    # The apostrophe makes text of it again; reading takes it away.
    text = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return f"'{text}" if text[:1] in _RUN and not _number(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] in _RUN else text


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _grid(data: bytes) -> list[list[str]]:
    if data[:2] == b"PK":
        # Only this process needs it: the platform starts without.
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException

        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as error:
            raise Unreadable("这个 xlsx 文件打不开，可能已损坏或者加了密码。") from error
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS, values_only=True)
        return [[_text(cell) for cell in row] for row in rows]
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        lines = islice(csv.reader(io.StringIO(text)), MOST_ROWS)
        return [[_unguarded(cell) for cell in line] for line in lines]
    raise Unreadable("认不出这个文件的编码，另存为 xlsx 或者 UTF-8 的 csv 再传。")


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def marked(value: str) -> bool:
    """Whether a cell is ticked: ■, √, 是, 1 … and what fonts and scans make of them."""
    return value.strip() in {"■", "√", "✓", "✔", "t", "T", "是", "1", "有", "●", "R", "þ", "ü"}


def named(row: Mapping[str, str], *names: str) -> str:
    """The first filled cell of ``row`` under one of ``names``."""
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")
