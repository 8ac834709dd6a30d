"""One cell of a report: what the ledger or the document gave, and what was typed over it.

Both are kept, with the reason.  Four things are told apart: a number, a blank, a number that
no ledger gives (``found`` is None), and a cell of a document that could not be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.core.forms import Kind
from gongkai.core.readers.numerals import parse_cell
from gongkai.core.report import Cell

# Sources whose totals stand as they are given, beside the sum of the rows.
DOCUMENT, PARTS = "document", "parts"


@dataclass(frozen=True, slots=True)
class Figure:
    """The two numbers of a cell.

    ``found`` is what the source gave, printed; None where it gave none, and ``note`` says
    why.  ``typed`` is what a person wrote instead ("" for a blank), None where nobody did;
    ``why`` is the reason, ``by`` and ``at`` who and when.
    """

    found: str | None = None
    source: str = ""
    note: str = ""
    unread: bool = False
    typed: str | None = None
    why: str = ""
    by: str = ""
    at: str = ""

    @property
    def shown(self) -> str | None:
        """What is printed; None where the cell of a document is still unread."""
        if self.typed is not None:
            return self.typed
        return None if self.unread else self.found or ""

    @property
    def overruled(self) -> bool:
        """Whether a person wrote another number than the source gave."""
        return self.typed is not None and (self.found is not None or self.unread)

    def kept(self) -> dict[str, Any]:
        """As the database keeps it: only what is said."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: value
            for name, value in told.items()
            if (value is not None and value != "" and value is not False)
            or (name == "typed" and value == "")
        }


EMPTY = Figure()


def figure_of(kept: Mapping[str, Any] | None) -> Figure:
    """The figure that the database keeps."""
    return Figure(**kept) if kept else EMPTY


def same(one: str, other: str, kind: Kind) -> bool:
    """Whether two printed figures say the same: 12 and １２件, 1.50 and 1.5."""
    a, b = parse_cell(one, kind), parse_cell(other, kind)
    if a is None or b is None:
        return one == other
    return (a.value, a.unit, a.is_dash) == (b.value, b.unit, b.is_dash)


def cell_of(text: str, kind: Kind) -> Cell | None:
    """The cell that ``text`` prints; None where it is no figure."""
    return parse_cell(text, kind)
