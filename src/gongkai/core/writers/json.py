"""The report as open data: our own JSON, one schema for all editions."""

from __future__ import annotations

from ..report import AnnualReport
from ..report.interchange import dumps, to_json


def render(report: AnnualReport, language: str = "zh") -> bytes:
    """``report`` as a JSON file in UTF-8, a cell on a line."""
    return dumps(to_json(report, language=language), lines=True).encode()
