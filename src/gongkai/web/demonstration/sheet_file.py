"""An Excel file of light tables, with hidden sheets, columns and comments where the data ask."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from .light_text import rows_of

_NEVER = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
# A figure as people print it; more than ten digits are a number of somebody or something.
_FIGURE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|0|[1-9]\d{0,9})(?:\.(\d+))?")
_WIDEST = 40


def sheet_file(recipe: Mapping[str, Any], author: str) -> bytes:
    """The file that ``recipe`` tells of; it names its author only where the recipe does.

    ``author``: who commented, where the recipe does not say.
    """
    author = recipe.get("author", author)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        # Without a date of its own the bytes would be others with every load.
        book.set_properties({"author": recipe.get("author", ""), "created": _NEVER})
        formats = _Formats(book)
        for sheet in recipe["sheet"]:
            _write(book.add_worksheet(sheet["name"]), sheet, formats, author)
    return buffer.getvalue()


class _Formats:
    """The looks of cells, each made once for a book."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        self.words = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        self._figures: dict[str, Any] = {}

    def figure(self, shape: str) -> Any:
        if shape not in self._figures:
            self._figures[shape] = self._book.add_format({"border": 1, "num_format": shape})
        return self._figures[shape]


def _write(page: Any, sheet: Mapping[str, Any], formats: _Formats, author: str) -> None:
    rows = rows_of(sheet["text"])
    heads, hidden = rows[0], sheet.get("hidden_columns", ())
    for column, name in enumerate(heads):
        page.write_string(0, column, name, formats.head)
        widest = max(len(row[column]) for row in rows)
        options = {"hidden": name in hidden}
        page.set_column(column, column, min(_WIDEST, 4 + 2 * widest), None, options)
    for number, row in enumerate(rows[1:], start=1):
        for column, printed in enumerate(row):
            figure = _FIGURE.fullmatch(printed)
            if figure is None:
                page.write_string(number, column, printed, formats.words)
                continue
            shape = ("#,##0" if "," in printed else "0") + "." * bool(figure[1])
            shape += "0" * len(figure[1] or "")
            value = float(printed.replace(",", ""))
            page.write_number(number, column, value, formats.figure(shape))
    if "comment" in sheet:
        cell, _, words = sheet["comment"].partition("：")
        page.write_comment(cell, words, {"author": author})
    if sheet.get("hidden"):
        page.hide()
    page.freeze_panes(1, 0)
