"""What a cell can hold: a number, a printed zero, a blank or a dash.

A cell that could not be read is none of these: it has no Cell at all, and its
address stands in ``AnnualReport.unread``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

Number = int | Decimal


class Where(NamedTuple):
    """Where in the document something stood.  All count from 1; None is not known.

    ``table``, ``row`` and ``column`` count the document's own tables and their
    grid; ``line`` counts lines of a text file; ``sheet`` names a sheet.
    """

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None

    def as_dict(self) -> dict[str, int | str]:
        return {k: v for k, v in self._asdict().items() if v is not None}


class Cell(NamedTuple):
    """One figure as printed.

    ``value`` is None for a blank (``text == ""``) and for a dash; counts are
    int, money is Decimal and never rounded.  ``text`` is what was printed,
    without white space.  ``unit`` only where one was printed.
    """

    value: Number | None
    text: str
    unit: str | None = None
    where: Where | None = None

    @property
    def is_blank(self) -> bool:
        return self.value is None and not self.text

    @property
    def is_dash(self) -> bool:
        return self.value is None and bool(self.text)
