"""The report as a PDF: tagged, in Chinese, with the fonts that come along.

Set by Typst from ``report.typ``.  System fonts are not looked at, so that the
file is the same on a machine that has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import typst

from ..errors import UnwritableDocument
from ..report import AnnualReport, LocalTable
from . import outline as o

# By number of grid columns.  Table three has its labels in three columns and its
# figures in seven narrow ones; table two of 2019 has one column that is a pair.
_WIDTHS = {5: [2, 2, 1, 1, 2], 10: [70, 86, 266, *[66] * 7]}
_SIZES = {4: 10.5, 5: 10.5, 10: 9, 15: 8.5}


def render(report: AnnualReport, language: str = "zh") -> bytes:
    """``report`` as the bytes of a PDF file; UnwritableDocument where it cannot be set.

    The form is Chinese in either ``language``.
    """
    data = {
        "title": o.title_of(report),
        "agency": o.printable(report.agency or ""),
        "parts": _with_signature(list(_parts(report))),
    }
    inputs = {"report": json.dumps(data, ensure_ascii=False)}
    try:
        return _compiled(inputs, ["ua-1"])
    except typst.TypstError:
        # PDF/UA refuses, among others, a character that no font has; the file can do without.
        try:
            return _compiled(inputs, [])
        except typst.TypstError as error:
            raise UnwritableDocument(f"pdf: {error.message}") from error


def _compiled(inputs: dict[str, str], standards: list[Literal["ua-1"]]) -> bytes:
    return typst.compile(
        _template(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs=inputs,
        pdf_standards=list(standards),
        timestamp=0,
    )


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (files("gongkai.core.writers") / "report.typ").read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(pylopdf_fonts_zh_cn.serif_path().parent)],
    )


def _parts(report: AnnualReport) -> Iterator[dict[str, Any]]:
    for part in o.outline(report):
        match part:
            case o.Title(text):
                yield {"kind": "title", "lines": o.title_lines(text)}
            case o.TitledOn(text):
                yield {"kind": "titled_on", "text": text}
            case o.Heading(text):
                yield {"kind": "heading", "text": text}
            case o.Prose(text, sub_heading):
                yield {"kind": "sub_heading" if sub_heading else "prose", "text": text}
            case o.Contact(text):
                yield {"kind": "prose", "text": text}
            case o.SignatureLine(text):
                yield {"kind": "signature", "text": text}
            case o.OfficialTable():
                yield _official(part)
            case o.OtherTable(table) if table.rows:
                yield _other(table)


def _with_signature(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a signature as one part; what stands before it is kept on its page."""
    found: list[dict[str, Any]] = []
    for part in parts:
        part["kept"] = False
        if part["kind"] != "signature":
            found.append(part)
        elif found and found[-1]["kind"] == "signature":
            found[-1]["lines"].append(part["text"])
        else:
            if found:
                found[-1]["kept"] = True
            found.append({"kind": "signature", "lines": [part["text"]], "kept": False})
    return found


def _official(part: o.OfficialTable) -> dict[str, Any]:
    layout = part.layout
    return {
        "kind": "table",
        "columns": _WIDTHS.get(layout.columns, [1] * layout.columns),
        "size": _SIZES.get(layout.columns, 9),
        "head_rows": layout.head_rows,
        "repeated": True,
        "cells": [
            {
                "x": c.column,
                "y": c.row,
                "colspan": c.column_span,
                "rowspan": c.row_span,
                "left": part.stands_left(c),
                "text": part.words(c),
            }
            for c in layout.cells
        ],
    }


def _other(table: LocalTable) -> dict[str, Any]:
    columns = max(len(row) for row in table.rows)
    rows = [row for row in table.rows if row]
    titled = bool(table.title) and table.title not in table.rows[0]
    if titled:
        rows.insert(0, (table.title,))
    cells = [
        {
            "x": at,
            "y": y,
            # A row of fewer cells than columns had its last cell merged.
            "colspan": 1 if at + 1 < len(row) else columns - at,
            "rowspan": 1,
            "left": False,
            "text": o.printable(text),
        }
        for y, row in enumerate(rows)
        for at, text in enumerate(row)
    ]
    size = _SIZES[4] if columns <= 6 else 9
    return {
        "kind": "table",
        "columns": [1] * columns,
        "size": size,
        # Name and heads stay with the first figures; printed once, as they were.
        "head_rows": min(1 + titled, len(rows) - 1),
        "repeated": False,
        "cells": cells,
    }
