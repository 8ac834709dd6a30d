"""A brief as it is printed: its words, the table of agencies, who wrote it on which day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from gongkai.core.bodies import clean
from gongkai.core.letters import (
    Block,
    Cell,
    LetterDocument,
    PageBreak,
    Paragraph,
    Place,
    Signature,
    Table,
)
from gongkai.web.agencies.models import Agency

from ..models import Brief
from .figures import ABOUT_TABLE

_FIRST, _OTHER = 3, 2


def document_of(brief: Brief, author: Agency, day: date) -> LetterDocument:
    """The brief as the writers of letters print it."""
    return LetterDocument(
        kind="brief",
        title=brief.title,
        number="",
        salutation="",
        blocks=tuple(Paragraph(line.strip()) for line in brief.text.splitlines() if line.strip()),
        attachments=("各机关情况",) if brief.table else (),
        signature=Signature(author.name, f"{day.year}年{day.month}月{day.day}日", sealed=False),
        enclosure=tuple(_enclosed(brief)),
        agency=author.name,
    )


def body_of(brief: Brief) -> str:
    """The brief as the text of an item."""
    parts = [f"<p>{escape(line)}</p>" for line in brief.text.splitlines() if line.strip()]
    if brief.table:
        head, *rows = brief.table
        cells = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
        lines = "".join(_row(row) for row in rows)
        parts.append(
            f"<table><caption>各机关情况</caption><thead><tr>{cells}</tr></thead>"
            f"<tbody>{lines}</tbody></table><p>{escape(ABOUT_TABLE)}</p>"
        )
    return clean("".join(parts)).html


def _enclosed(brief: Brief) -> Iterator[Block]:
    if brief.table:
        yield PageBreak()
        yield Paragraph("各机关情况", Place.HEADING)
        yield Paragraph(ABOUT_TABLE)
        head, *rows = brief.table
        widths = (_FIRST, *[_OTHER] * (len(head) - 1))
        yield Table((_cells(head, label=True), *map(_cells, rows)), widths, head_rows=1)


def _cells(row: Sequence[str], label: bool = False) -> tuple[Cell, ...]:
    return tuple(Cell(text, label=label) for text in row)


def _row(row: Sequence[str]) -> str:
    first, *others = row
    cells = "".join(f"<td>{escape(text)}</td>" for text in others)
    return f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
