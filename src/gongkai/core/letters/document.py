"""A letter as it will be printed, before it is a Word document or a PDF.

Title, number, salutation, paragraphs and tables, attachments, signature: the
writers print exactly this.  ``notes`` are for the staff and are never printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where a paragraph stands: indented as prose, flush left, or as a centred heading."""

    BODY = "body"
    FLUSH = "flush"
    HEADING = "heading"


@dataclass(frozen=True)
class Paragraph:
    text: str
    place: Place = Place.BODY


@dataclass(frozen=True)
class Cell:
    """One cell; a ``label`` names what stands beside or under it."""

    text: str
    span: int = 1
    label: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells; ``widths`` in proportion; the first ``head_rows`` repeat on each page."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    head_rows: int = 0


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a page: a slip to be filled in and sent back."""


Block = Paragraph | Table | PageBreak


@dataclass(frozen=True)
class Signature:
    """Who signs and on which day; ``sealed`` where the agency's seal is put."""

    name: str
    day: str
    sealed: bool


@dataclass(frozen=True)
class LetterDocument:
    """One letter.  ``blocks`` stand before the signature, ``enclosure`` after it."""

    kind: str
    title: str
    number: str
    salutation: str
    blocks: tuple[Block, ...]
    attachments: tuple[str, ...]
    signature: Signature | None
    enclosure: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    agency: str = ""

    @property
    def text(self) -> str:
        """Everything printed, line by line."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield from (line for line in (self.title, self.number, self.salutation) if line)
        yield from _said(self.blocks)
        if self.attachments:
            yield from attachment_lines(self.attachments)
        if self.signature:
            yield self.signature.name
            yield self.signature.day
        yield from _said(self.enclosure)


def attachment_lines(attachments: tuple[str, ...]) -> tuple[str, ...]:
    """附件：1．… as GB/T 9704 sets it; one attachment alone has no number."""
    if len(attachments) == 1:
        return (f"附件：{attachments[0]}",)
    return tuple(
        f"{'附件：' if at == 1 else '　　　'}{at}．{name}" for at, name in enumerate(attachments, 1)
    )


def _said(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield text
            case Table(rows):
                yield from ("　".join(cell.text for cell in row) for row in rows)
            case PageBreak():
                pass
