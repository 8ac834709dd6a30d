"""The name of one cell of the annual report.

    <table>[.<row>]/<column>    requests.withheld.state_secret/natural_person

One address names one cell in code, in JSON, in URLs, in tests and in messages.
"""

from __future__ import annotations


def address(table: str, column: str, row: str = "") -> str:
    """The address of a cell; ``row`` is empty for a table of a single row."""
    return f"{table}.{row}/{column}" if row else f"{table}/{column}"


def split(cell: str) -> tuple[str, str, str]:
    """``requests.withheld.state_secret/total`` → ``("requests", "withheld.state_secret", "total")``."""
    place, _, column = cell.rpartition("/")
    table, _, row = place.partition(".")
    return table, row, column
