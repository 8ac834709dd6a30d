"""The cells of a sheet where they stand, before anything is known of what they are."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class SheetCell:
    """A cell that is there: row and column count from 1.  Merged cells are one, with spans."""

    row: int
    column: int
    text: str = ""
    unread: str = ""
    ruled: bool = False
    row_span: int = 1
    column_span: int = 1

    @property
    def says(self) -> bool:
        return bool(self.text or self.unread)


@dataclass(slots=True)
class SheetRow:
    """All slots of one row by column; a merged cell stands in every slot it covers."""

    slots: dict[int, SheetCell] = field(default_factory=dict)

    def cells(self, row: int) -> list[SheetCell]:
        """The cells that begin in this row and say something."""
        return [
            cell for column, cell in sorted(self.slots.items())
            if cell.says and (cell.row, cell.column) == (row, column)
        ]  # fmt: skip

    @property
    def says(self) -> bool:
        return any(cell.says for cell in self.slots.values())

    def ruled_cells(self) -> int:
        return len({(c.row, c.column) for c in self.slots.values() if c.ruled})
