"""The report as a workbook: the official tables with their totals as live formulas.

Sheet 年度报告 is the report as printed.  A total that is what its relation gives
is a formula; one that is not keeps its printed figure and turns red as long as
it differs.  Sheet 勾稽 lists every equation with both sums and 平 or 不平, live.
"""

from __future__ import annotations

import io
import math
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from ..report import AnnualReport, Cell, LocalTable, form_of
from . import outline as o
from .equation_sheet import breadth, write_equations
from .formula import is_live, total_equations, total_of, verdicts

REPORT_SHEET, EQUATION_SHEET = "年度报告", "勾稽"

# Fifteen columns of one width carry all three tables: where each table's own columns start.
_COLUMNS, _WIDTH = 15, 7.5
_REQUEST_STARTS = (0, 1, 3, *range(8, 16))
_DISCLOSURE_STARTS = (0, 3, 7, 11, 15)
_LINE, _MOST_HEIGHT, _MOST_CHARACTERS = 15.5, 409, 32_000
_MADE = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def render(report: AnnualReport, language: str = "zh") -> bytes:
    """``report`` as the bytes of an xlsx file; ``language`` is that of the verdicts."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties(
        {"title": o.title_of(report), "author": report.agency or "", "created": _MADE}
    )
    sheet = _ReportSheet(book, report)
    for part in o.outline(report):
        sheet.put(part)
    sheet.finish()
    form = form_of(report)
    if form is not None:
        write_equations(
            book, EQUATION_SHEET, REPORT_SHEET, form, report, sheet.places, verdicts(language)
        )
    book.close()
    return buffer.getvalue()


class _ReportSheet:
    """The sheet of the report, filled from top to bottom."""

    def __init__(self, book: xlsxwriter.Workbook, report: AnnualReport) -> None:
        self.book, self.report = book, report
        self.sheet = book.add_worksheet(REPORT_SHEET)
        form = form_of(report)
        self.totals = total_equations(form) if form else {}
        self.row = 0
        self.places: dict[str, tuple[int, int]] = {}
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self.sheet.set_column(0, _COLUMNS - 1, _WIDTH)
        self.sheet.hide_gridlines(2)

    def put(self, part: o.Part) -> None:
        match part:
            case o.Title(text):
                self._line(text, font_name="方正小标宋简体", font_size=20, align="center")
            case o.TitledOn(text):
                self._line(text, font_name="楷体_GB2312", align="center")
            case o.Heading(text):
                self._line(text, font_name="黑体", font_size=14)
            case o.Prose(text, sub_heading):
                self._line(text, font_name="楷体_GB2312" if sub_heading else "仿宋_GB2312")
            case o.Contact(text):
                self._line(text, font_name="仿宋_GB2312")
            case o.SignatureLine(text):
                self._line(text, font_name="仿宋_GB2312", align="right")
            case o.OfficialTable():
                self._official(part)
            case o.OtherTable(table):
                self._other(table)

    def finish(self) -> None:
        """Page, footer and print area: A4, the fifteen columns on one page's width."""
        self.sheet.set_paper(9)
        self.sheet.set_portrait()
        self.sheet.set_margins(left=0.8, right=0.8, top=1.0, bottom=1.0)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()
        self.sheet.set_footer("&C— &P —")
        self.sheet.print_area(0, 0, max(self.row - 1, 0), _COLUMNS - 1)
        self._mark_differences()

    def _line(self, text: str, **look: object) -> None:
        """One paragraph across all columns."""
        size = float(str(look.get("font_size", 12)))
        style = self._format(**{"font_size": 12, "align": "left", "border": 0, **look})
        for start in range(0, max(len(text), 1), _MOST_CHARACTERS):
            piece = text[start : start + _MOST_CHARACTERS]
            lines = math.ceil(breadth(piece) * size / 11 / (_COLUMNS * (_WIDTH + 0.7))) or 1
            self.sheet.set_row(self.row, min(_MOST_HEIGHT, lines * size * 1.5 + 4))
            self._merged(self.row, 0, self.row, _COLUMNS - 1, piece, style)
            self.row += 1

    def _official(self, part: o.OfficialTable) -> None:
        layout, top = part.layout, self.row
        starts = {4: _DISCLOSURE_STARTS, 10: _REQUEST_STARTS}.get(
            layout.columns, _even(layout.columns)
        )
        for cell in layout.cells:
            if cell.address:
                self.places[cell.address] = (top + cell.row, starts[cell.column])
        heights = [1] * layout.rows
        for cell in layout.cells:
            first, last = starts[cell.column], starts[cell.column + cell.column_span] - 1
            words = part.words(cell)
            if cell.row_span == 1:
                room = (last - first + 1) * (_WIDTH + 0.7) - 1
                lines = math.ceil(breadth(words) / room)
                heights[cell.row] = max(heights[cell.row], lines)
            bottom = top + cell.row + cell.row_span - 1
            style = self._format(align="left" if part.stands_left(cell) else "center")
            self._merged(top + cell.row, first, bottom, last, "", style)
            if cell.address and cell.address in self.report.cells:
                self._figure(cell.address)
            else:
                self._words(top + cell.row, first, words, style)
        for row, lines in enumerate(heights):
            self.sheet.set_row(top + row, lines * _LINE + 3)
        self.row = top + layout.rows + 1

    def _figure(self, address: str) -> None:
        """A figure as printed; a total that foots as the formula it is."""
        cell, (row, column) = self.report.cells[address], self.places[address]
        if not is_live(cell) or cell.value is None:
            self._words(row, column, o.printable(cell.text), self._format())
            return
        style = self._format(**_number_look(cell))
        equation = self.totals.get(address)
        if equation:
            total = total_of(equation.right, self.report, self.places)
            if total and total.value == cell.value and total.value == int(total.value):
                formula = f"={total.formula}"
                self.sheet.write_formula(row, column, formula, style, int(total.value))
                return
        self.sheet.write_number(row, column, cell.value, style)

    def _mark_differences(self) -> None:
        """Let every total that is not what its relation gives show in red, live."""
        wrong = self.book.add_format({"font_color": "#B00020", "bold": True, "bg_color": "#FBE9E7"})
        for address, equation in self.totals.items():
            cell = self.report.cells.get(address)
            total = total_of(equation.right, self.report, self.places)
            if cell is None or cell.value is None or not is_live(cell) or total is None:
                continue
            row, column = self.places[address]
            differs = f"={xl_rowcol_to_cell(row, column)}<>{total.formula}"
            self.sheet.conditional_format(
                row, column, row, column, {"type": "formula", "criteria": differs, "format": wrong}
            )

    def _other(self, table: LocalTable) -> None:
        columns = max((len(row) for row in table.rows), default=0)
        if not columns:
            return
        starts = _even(columns)
        style = self._format()
        if table.title and table.title not in table.rows[0]:
            self._merged(self.row, 0, self.row, starts[-1] - 1, o.printable(table.title), style)
            self.row += 1
        figures = {cell.text: cell for cell in table.cells.values()}
        for words in table.rows:
            lines = 1
            for at, text in enumerate(words):
                # A row of fewer cells than columns had its last cell merged.
                last = starts[at + 1] if at + 1 < len(words) else starts[-1]
                room = (last - starts[at]) * (_WIDTH + 0.7) - 1
                lines = max(lines, math.ceil(breadth(text) / room))
                self._merged(self.row, starts[at], self.row, last - 1, "", style)
                cell = figures.get(text)
                if cell and cell.value is not None and is_live(cell):
                    self.sheet.write_number(self.row, starts[at], cell.value, style)
                else:
                    self._words(self.row, starts[at], o.printable(text), style)
            self.sheet.set_row(self.row, min(_MOST_HEIGHT, lines * _LINE + 3))
            self.row += 1
        self.row += 1

    def _merged(
        self, top: int, left: int, bottom: int, right: int, text: str, style: Format
    ) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", style)
        self._words(top, left, text, style)

    def _words(self, row: int, column: int, text: str, style: Format) -> None:
        """Words as words, whatever they look like; a blank stays an empty cell."""
        if text:
            self.sheet.write_string(row, column, text, style)
        else:
            self.sheet.write_blank(row, column, None, style)

    def _format(self, **look: object) -> Format:
        look = {
            "font_name": "宋体", "font_size": 10, "align": "center", "valign": "vcenter",
            "text_wrap": True, "border": 1, **look,
        }  # fmt: skip
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(look)
        return self._formats[key]


def _number_look(cell: Cell) -> dict[str, object]:
    """Shown with the places it was printed with."""
    places = len(cell.text.partition(".")[2])
    return {"num_format": "0." + "0" * places if places else "0"}


def _even(columns: int) -> tuple[int, ...]:
    """Where each of so many columns starts among the sheet's fifteen, and where the last ends."""
    if columns > _COLUMNS:
        return tuple(range(columns + 1))
    return tuple(_COLUMNS * i // columns for i in range(columns + 1))
