"""Oversight and guarantee (监督保障, arts. 46 to 53): what is due, stale or wrong, and what was done.

``watching`` finds; ``rectification`` carries what was found until somebody else confirms that it
is mended; ``measures`` and ``concerns`` are the registers; ``assessment`` scores a year from the
records; ``overview`` shows it all and writes the brief.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class YearFact:
    """One number of an agency's year, with the address of the list it opens to.

    ``value`` is None where nothing is registered: that is not zero.  ``note`` says what is counted.
    """

    key: str
    label: str
    value: int | Decimal | None
    unit: str
    address: str
    note: str = ""

    @property
    def text(self) -> str:
        """As it is printed."""
        if self.value is None:
            return "没有登记"
        return f"{self.value}{self.unit if self.unit == '%' else f' {self.unit}'}"
