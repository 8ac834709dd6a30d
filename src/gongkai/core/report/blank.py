"""The empty form of a year: every cell blank, the official headings, no prose."""

from __future__ import annotations

from ..forms import Form
from .annual_report import AnnualReport, SectionText
from .cell import Cell


def blank_report(form: Form, year: int | None = None, agency: str | None = None) -> AnnualReport:
    """``form`` as a report that every writer can write, ready to be filled in."""
    named = f"{agency or ''}{f'{year}年' if year else ''}"
    return AnnualReport(
        edition=form.id,
        year=year,
        agency=agency,
        title=f"{named}政府信息公开工作年度报告",
        sections=tuple(SectionText(s.key, s.heading, "") for s in form.sections),
        cells={address: Cell(None, "") for address in form.cells},
    )
