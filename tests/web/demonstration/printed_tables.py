"""The light text of the demonstration region: its tables and the figures printed in it."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation


class Table:
    """A table of the light text: its caption, head and rows."""

    def __init__(self, caption: str, lines: list[str]) -> None:
        self.caption = caption
        cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines]
        self.head, self.rows = cells[0], cells[1:]

    @property
    def body(self) -> list[list[str]]:
        return [row for row in self.rows if row[0] != "合计"]

    @property
    def total(self) -> list[str] | None:
        return self.rows[-1] if self.rows and self.rows[-1][0] == "合计" else None

    def of(self, label: str) -> dict[str, str]:
        """The row of ``label`` by heading."""
        (row,) = [row for row in self.rows if row[0] == label]
        return dict(zip(self.head, row, strict=True))


def number(text: str) -> Decimal | None:
    """A figure as printed, or None."""
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def tables(text: str) -> list[Table]:
    found, lines, caption = [], [], ""
    for line in [*text.splitlines(), ""]:
        if line.startswith("| "):
            lines.append(line)
            continue
        if lines:
            found.append(Table(caption, lines))
            lines, caption = [], ""
        if line.startswith("|= "):
            caption = line[3:]
    return found


def figure(pattern: str, text: str) -> Decimal:
    """The figure at the group of ``pattern``, which must be there."""
    match = re.search(pattern, text)
    assert match, pattern
    return Decimal(match[1].replace(",", ""))
