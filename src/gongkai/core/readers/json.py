"""Our own JSON, read back.  Unlike every other format it needs no binding: it says what it is."""

from __future__ import annotations

from ..errors import UnreadableDocument
from ..report import AnnualReport
from ..report.interchange import from_json, loads


def read_report(data: bytes) -> AnnualReport:
    """The report in ``data``; UnreadableDocument where it is damaged or not ours."""
    try:
        told = loads(data)
    except (ValueError, RecursionError):
        raise UnreadableDocument("input.damaged", kind="json") from None
    return from_json(told)
