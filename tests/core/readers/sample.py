"""A report to read, built from the official layout and then bent as real files are bent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.core.forms import Form, Layout, LayoutCell, edition, layouts

Bend = Callable[[Layout, list[LayoutCell]], list[LayoutCell]]


def figures(form: Form) -> dict[str, str]:
    """A different figure for every cell, so that none can stand in for another."""
    return {place: str(100 + at) for at, place in enumerate(form.cells)}


def html_tables(form: Form, values: Mapping[str, str], bend: Bend | None = None) -> list[str]:
    """The three tables as mark-up, with spans."""
    return [_table(layout, values, bend) for layout in layouts(form)]


def _table(layout: Layout, values: Mapping[str, str], bend: Bend | None) -> str:
    cells = list(layout.cells)
    if bend:
        cells = bend(layout, cells)
    rows = []
    for row in range(layout.rows):
        own = sorted((c for c in cells if c.row == row), key=lambda c: c.column)
        rows.append(
            "<tr>"
            + "".join(
                f'<td rowspan="{c.row_span}" colspan="{c.column_span}">'
                f"{values.get(c.address, '') if c.address else c.text}</td>"
                for c in own
            )
            + "</tr>"
        )
    return "<table border=1>" + "".join(rows) + "</table>"


def html_report(
    values: Mapping[str, str] | None = None, edition_id: str = "2021", bend: Bend | None = None
) -> bytes:
    """A whole page: title, six sections, three tables."""
    form = edition(edition_id)
    tables = html_tables(form, figures(form) if values is None else values, bend)
    parts = [f"<h1>青听区民政局{form.first_year}年政府信息公开工作年度报告</h1>"]
    for section, table in zip(form.sections, ["", *tables, "", ""], strict=True):
        parts.append(f"<p>{section.heading}</p><p>这一部分的文字。</p>{table}")
    return ("<html><body>" + "".join(parts) + "</body></html>").encode()


def text_rows(form: Form, values: Mapping[str, str]) -> list[list[list[str]]]:
    """The three tables as rows of words, merged cells printed once and not padded."""
    return [
        [
            [
                values.get(c.address, "") if c.address else c.text
                for c in sorted(layout.cells, key=lambda c: c.column)
                if c.row == row
            ]
            for row in range(layout.rows)
        ]
        for layout in layouts(form)
    ]


def text_report(edition_id: str, join: Callable[[list[list[str]]], str]) -> bytes:
    """A text file whose tables are put together by ``join``."""
    form = edition(edition_id)
    tables = [join(rows) for rows in text_rows(form, figures(form))]
    lines = [f"青听区民政局{form.first_year}年政府信息公开工作年度报告", ""]
    for section, table in zip(form.sections, ["", *tables, "", ""], strict=True):
        lines += [section.heading, "这一部分的文字。", "", table, ""]
    return "\n".join(lines).encode()
