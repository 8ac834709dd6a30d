"""The sheet 勾稽: every equation of the form, live against the sheet of the report."""

from __future__ import annotations

import math

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..forms import Equation, Form
from ..report import AnnualReport, Number
from ..report.working_paper import NOT_THE_REPORT
from .formula import Places, Total, Verdicts, total_of

_HEADS = ("左边", "左边合计", "关系", "右边", "右边合计", "差", "结论")
_WIDTHS = (46, 10, 6, 60, 10, 10, 9)
_NAMES = (_WIDTHS[0], _WIDTHS[3])
_MOST_NAMED = 3


def write_equations(
    book: xlsxwriter.Workbook,
    name: str,
    report_sheet: str,
    form: Form,
    report: AnnualReport,
    places: Places,
    words: Verdicts,
) -> None:
    """Add the sheet ``name`` to ``book``; ``places`` say where each cell stands in the other."""
    sheet = book.add_worksheet(name)
    look = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter"}
    plain = book.add_format({**look, "text_wrap": True})
    head = book.add_format({**look, "bold": True, "align": "center"})
    wrong = book.add_format({"font_color": "#B00020", "bold": True})
    for column, (title, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, title, head)
    sheet.write_string(0, 0, f"{NOT_THE_REPORT}。", book.add_format({"font_name": "宋体"}))
    for row, equation in enumerate(form.equations, start=2):
        names = _named(equation.left, form), _named(equation.right, form)
        lines = max(math.ceil(breadth(n) / w) for n, w in zip(names, _NAMES, strict=True))
        sheet.set_row(row, lines * 14 + 2)
        sheet.write_string(row, 0, names[0], plain)
        sheet.write_string(row, 2, "≥" if equation.test == "at_least" else "＝", plain)
        sheet.write_string(row, 3, names[1], plain)
        left = total_of(equation.left, report, places, report_sheet)
        right = total_of(equation.right, report, places, report_sheet)
        _side(sheet, row, 1, left, words, plain)
        _side(sheet, row, 4, right, words, plain)
        if left is None or right is None:
            sheet.write_string(row, 5, words.unread, plain)
            sheet.write_string(row, 6, words.unread, plain)
            continue
        sheet.write_formula(row, 5, f"=B{row + 1}-E{row + 1}", plain, left.value - right.value)
        filled = any(report.cells[a].value is not None for a in equation.left)
        said = _verdict(equation, left.value, right.value, words) if filled else words.not_filled
        sheet.write_formula(row, 6, _test(equation, row + 1, left, words), plain, said)
    last = len(form.equations) + 1
    sheet.conditional_format(
        2, 6, last, 6,
        {"type": "cell", "criteria": "==", "value": f'"{words.differs}"', "format": wrong},
    )  # fmt: skip
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")


def _side(
    sheet: Worksheet, row: int, column: int, total: Total | None, words: Verdicts, style: Format
) -> None:
    if total is None:
        sheet.write_string(row, column, words.unread, style)
    else:
        sheet.write_formula(row, column, f"={total.formula}", style, total.value)


def _test(equation: Equation, row: int, left: Total, words: Verdicts) -> str:
    sign = ">=" if equation.test == "at_least" else "="
    counted = left.formula.replace("SUM(", "COUNT(", 1)
    return (
        f'=IF({counted}=0,"{words.not_filled}",'
        f'IF(B{row}{sign}E{row},"{words.ties}","{words.differs}"))'
    )


def _verdict(equation: Equation, left: Number, right: Number, words: Verdicts) -> str:
    kept = left >= right if equation.test == "at_least" else left == right
    return words.ties if kept else words.differs


def _named(addresses: tuple[str, ...], form: Form) -> str:
    """The cells of one side: 自然人 至 其他 of a row, or rows of one column."""
    specs = [form.cells[a] for a in addresses]
    if len({s.row_label for s in specs}) == 1:
        return f"{specs[0].row_label}：{_listed([s.column_label for s in specs])}"
    return f"{_listed([s.row_label for s in specs])}（{specs[0].column_label}）"


def _listed(labels: list[str]) -> str:
    if len(labels) <= _MOST_NAMED:
        return " ＋ ".join(labels)
    return f"{labels[0]} 至 {labels[-1]} 共 {len(labels)} 格"


def breadth(text: str) -> int:
    """Width of ``text`` in half-width characters, as columns are measured."""
    return sum(2 if c > "\u2000" else 1 for c in text)
