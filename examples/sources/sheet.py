"""Workbooks as offices fill them: everything on one sheet, prose in wide merged cells."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from reports import Report
from tables import Table
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_WIDTH = 15  # columns of table four, the widest


def write_sheet(report: Report, path: Path, as_text: bool, draft: Table | None = None) -> None:
    """``report`` as xlsx; ``as_text`` keeps the figures as words, with one live total.

    ``draft`` is a table on a hidden sheet before the report's own.
    """
    book = xlsxwriter.Workbook(str(path))
    pens = {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "heading": book.add_format({"bold": True, "font_size": 12}),
        "prose": book.add_format({"text_wrap": True, "valign": "top"}),
        "cell": book.add_format(
            {"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
        ),
    }
    if draft:
        hidden = book.add_worksheet("草稿")
        hidden.write(0, 0, "初稿，数字还没有核对", pens["heading"])
        _put_table(hidden, 1, draft, pens["cell"], as_text)
        hidden.hide()
    sheet = book.add_worksheet("年度报告")
    sheet.activate()
    sheet.set_first_sheet()
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 1, 12)
    sheet.set_column(2, 2, 30)
    sheet.set_column(3, _WIDTH - 1, 9)
    row = 0
    for words in report.title:
        row = _put_prose(sheet, row, words, pens["title"])
    for words in report.opening:
        row = _put_prose(sheet, row, words, pens["prose"])
    for section in report.sections:
        row = _put_prose(sheet, row, section.heading, pens["heading"])
        for words in section.paragraphs:
            row = _put_prose(sheet, row, words, pens["prose"])
        if section.table:
            row = _put_table(sheet, row, section.table, pens["cell"], as_text) + 1
    for words in report.closing:
        row = _put_prose(sheet, row, words, pens["prose"])
    book.close()


def _put_prose(sheet: Worksheet, row: int, words: str, pen: Format) -> int:
    sheet.merge_range(row, 0, row, _WIDTH - 1, words, pen)
    sheet.set_row(row, 16 * (1 + len(words) // 75) + 4)
    return row + 1


def _put_table(sheet: Worksheet, top: int, table: Table, pen: Format, as_text: bool) -> int:
    taken: set[tuple[int, int]] = set()
    for row, boxes in enumerate(table, start=top):
        sheet.set_row(row, 30)
        column = 0
        total = as_text and any(box.text == "（七）总计" for box in boxes)
        for box in boxes:
            while (row, column) in taken:
                column += 1
            last = (row + box.rows - 1, column + box.columns - 1)
            taken |= {(r, c) for r in range(row, last[0] + 1) for c in range(column, last[1] + 1)}
            if last != (row, column):
                sheet.merge_range(row, column, *last, "", pen)
            if total and box is boxes[-1]:
                sheet.write_formula(row, column, f"=SUM(D{row + 1}:I{row + 1})", pen, 0)
            elif box.text.isdigit() and not as_text:
                sheet.write_number(row, column, int(box.text), pen)
            elif box.text:
                sheet.write_string(row, column, box.text, pen)
            else:
                sheet.write_blank(row, column, None, pen)
            column += box.columns
    return top + len(table)
