"""Whose report it is and for which year."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding
from ..report import AnnualReport
from ..rules import find


def identity(report: AnnualReport) -> Iterator[Finding]:
    """Findings where agency or year is not said."""
    if not report.agency:
        yield find("report.agency_missing")
    if report.year is None:
        yield find("report.year_missing")
