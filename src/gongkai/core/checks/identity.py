"""Whose report it is and for which year."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Finding
from ..report import AnnualReport
from ..rules import find
from .agencies import apart, signatory


def identity(report: AnnualReport) -> Iterator[Finding]:
    """Findings where agency or year is not said, or another agency signs."""
    if not report.agency:
        yield find("report.agency_missing")
    if report.year is None:
        yield find("report.year_missing")
    signed = signatory(report.signature.text) if report.signature is not None else ""
    if report.agency and signed and apart(report.agency, signed):
        yield find("report.signed_by_another", agency=report.agency, signed=signed)
