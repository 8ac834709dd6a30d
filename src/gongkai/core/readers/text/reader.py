"""Text files: what is left of a report after somebody's conversion.

Shapes of table that are met: a cell a line after a tab, rows ended by an empty
line; rows with cells between tabs, bars or commas; tables drawn with characters;
HTML within Markdown; and rows whose figures stand apart by spaces.  Everything
else is prose, a paragraph a line, with lines that were only wrapped joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import UnreadableDocument
from ...report import Where
from ..document import Budget, Document, Grid, GridCell, Paragraph
from ..encoding import decode
from ..kind import HTML
from ..numerals import is_value
from . import markdown
from .drawn import Drawn, drawn, plain
from .separated import asciidoc, separated, unbarred
from .width import printed_width
from .wrapped import NEXT_LABEL, wrapped

_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_SPACED_ROW = re.compile(
    r"^(?P<label>\S.*?)\s+(?P<values>(?:(?:\d[\d,.]*|[—–/-])\s+){2,}(?:\d[\d,.]*|[—–/-]))\s*$"
)
_WIDE_GAP = re.compile(r"\s{2,}|\u3000+")
_OPENS_PARAGRAPH = re.compile(
    r"^(?:[\s\u3000]{2,}|#|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|"
    r"第[一二三四五六七八九十]+[条部]|\d{1,2}[、.．](?!\d))"
)

# A tag over more lines than this is none.
_TAG_LINES = 200
_BREAK = re.compile(r"<br\s*/?>")

Row = list[tuple[str, int]]


def parse(data: bytes, budget: Budget) -> Document:
    """The blocks of a text or Markdown file; ``data`` in any Chinese encoding."""
    text, _ = decode(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    marked_up = HTML.search(text.encode("utf-8", "replace")) is not None
    if len(lines) > budget.limits.cells:
        raise UnreadableDocument("input.too_many_cells", limit=budget.limits.cells)
    document = Document("txt")
    _Reader(unbarred(lines), document, budget, marked_up).read()
    return document


class _Reader:
    def __init__(
        self, lines: list[str], document: Document, budget: Budget, marked_up: bool = False
    ) -> None:
        self.lines = lines
        self.marked_up = marked_up
        self.document = document
        self.budget = budget
        self.at = 0
        self.tables = 0
        # Lines before this one were tried as separated values, in vain.
        self.not_separated = 0
        self.width = _wrapped_at(lines)

    def read(self) -> None:
        while self.at < len(self.lines):
            self.budget.check()
            line = self.lines[self.at]
            table = self.table_here(line)
            if table:
                self.grid(iter(table.rows), aligned=True)
                self.at = table.end
            elif self.marked_up and markdown.opens_table(line):
                self.html_table()
            elif _is_pipe_row(line):
                self.grid(self.markdown_rows(), aligned=True)
            elif line.startswith("\t") and line.count("\t") == 1 and self.cell_a_line():
                self.grid(self.cell_rows())
            elif "\t" in line.rstrip("\n") and line.strip():
                self.grid(self.tab_rows())
            elif _spaced(line) or wrapped(self.lines, self.at):
                self.grid(self.spaced_rows())
            elif line.strip():
                self.prose()
            else:
                self.at += 1

    # ── tables ────────────────────────────────────────────────

    def table_here(self, line: str) -> Drawn | None:
        """The table drawn with characters, or of separated values, that begins on ``line``."""
        if not line.strip() or "\t" in line:
            return None
        table = drawn(self.lines, self.at) or asciidoc(self.lines, self.at)
        if table or self.at < self.not_separated:
            return table
        table = separated(self.lines, self.at)
        self.not_separated = table.end
        return table if table.rows else None

    def html_table(self) -> None:
        """A table kept as HTML, read by the reader of HTML."""
        from ..html import blocks_of

        end = markdown.end_of_table(self.lines, self.at)
        for block in blocks_of("\n".join(self.lines[self.at : end]), self.budget):
            if isinstance(block, Grid):
                self.tables += 1
                block.where = Where(table=self.tables)
            self.document.blocks.append(block)
        self.at = end

    def cell_a_line(self) -> bool:
        """Whether the tab here begins a cell of its own rather than an indented paragraph."""
        line = self.lines[self.at]
        if len(line.strip()) > 80:
            return False
        near = self.lines[max(0, self.at - 3) : self.at + 4]
        return sum(other.startswith("\t") and other.count("\t") == 1 for other in near) >= 2

    def cell_rows(self) -> Iterator[Row]:
        """Rows of a cell a line; an empty line ends a row, a second one the table."""
        row: Row = []
        empty = 0
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.startswith("\t") and line.count("\t") == 1:
                row.append((line[1:], self.at + 1))
                empty = 0
            elif not line:
                empty += 1
                if row:
                    yield row
                    row = []
                if empty > 1:
                    break
            elif row and not empty and self.goes_on(row[-1][0]):
                row[-1] = (row[-1][0] + "\n" + line, row[-1][1])
            else:
                break
            self.at += 1
        if row:
            yield row

    def goes_on(self, cell: str) -> bool:
        """Whether an unindented line is the second line of the cell above it."""
        line = self.lines[self.at]
        after = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        return (
            len(line) <= 40
            and bool(cell.strip())
            and not is_value(cell)
            and (not after or after.startswith("\t"))
        )

    def tab_rows(self) -> Iterator[Row]:
        while self.at < len(self.lines) and "\t" in self.lines[self.at]:
            line = self.lines[self.at]
            if line.strip():
                yield [(cell, self.at + 1) for cell in line.split("\t")]
            self.at += 1

    def markdown_rows(self) -> Iterator[Row]:
        while self.at < len(self.lines) and _is_pipe_row(self.lines[self.at]):
            line = plain(self.lines[self.at]).strip()
            self.at += 1
            if _RULE.match(line) or line.startswith("|==="):
                continue
            inner = line[1:] if line.startswith("|") else line
            inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
            yield [
                (self.shown(_BREAK.sub("\n", cell).replace("\\|", "|").replace("**", "")), self.at)
                for cell in _PIPE.split(inner)
            ]

    def spaced_rows(self) -> Iterator[Row]:
        while self.at < len(self.lines):
            row = wrapped(self.lines, self.at)
            if row:
                cells_of_row, self.at = row
                yield cells_of_row
                continue
            cells = _spaced(self.lines[self.at])
            if not cells:
                break
            self.at += 1
            yield [(cell, self.at) for cell in cells]

    def grid(self, rows: Iterator[Row], aligned: bool = False) -> None:
        kept = list(rows)
        cells = [
            GridCell(r, c, words) for r, row in enumerate(kept) for c, (words, _) in enumerate(row)
        ]
        widths = {len(row) for row in kept}
        self.tables += 1
        self.document.blocks.append(
            Grid(
                cells,
                len(kept),
                max(widths, default=0),
                aligned=len(widths) == 1 and (aligned or len(kept) > 1),
                where=Where(table=self.tables),
                lines=[row[0][1] for row in kept],
            )
        )

    # ── prose ─────────────────────────────────────────────────

    def prose(self) -> None:
        """One paragraph: this line and those that only its width broke off."""
        first = self.at
        heading = markdown.heading(self.lines[first])
        if heading:
            self.at += 1
            self.add(heading, first, heading=True)
            return
        text = self.lines[first].strip()
        self.at += 1
        while self.at < len(self.lines) and self.wraps(
            self.lines[self.at - 1], self.lines[self.at]
        ):
            self.budget.check()
            text += self.lines[self.at].strip()
            self.at += 1
        last = min(len(self.lines), self.at + _TAG_LINES)
        while self.marked_up and self.at < last and markdown.goes_on(text):
            text += " " + self.lines[self.at].strip()
            self.at += 1
        self.add(text, first)

    def wraps(self, line: str, after: str) -> bool:
        if not self.width or not after.strip() or "\t" in after or _is_pipe_row(after):
            return False
        return (
            printed_width(line.rstrip()) >= self.width - 4
            and not _OPENS_PARAGRAPH.match(after)
            and not _spaced(after)
        )

    def add(self, text: str, line: int, heading: bool = False) -> None:
        for piece in self.shown(text).split("\n"):
            if piece.strip():
                self.document.blocks.append(Paragraph(piece.strip(), Where(line=line + 1), heading))

    def shown(self, text: str) -> str:
        return markdown.without_tags(text) if self.marked_up else text


def _is_pipe_row(line: str) -> bool:
    line = plain(line)
    return line.count("|") >= 2 and line.lstrip().startswith("|")


def _spaced(line: str) -> list[str]:
    """The cells of a row whose figures stand apart by spaces; ``[]`` for any other line."""
    if "\t" in line or not line.strip() or len(line) > 400:
        return []
    found = _SPACED_ROW.match(line.strip())
    if found:
        return [*NEXT_LABEL.split(found["label"]), *found["values"].split()]
    parts = [p for p in _WIDE_GAP.split(line.strip()) if p]
    if len(parts) >= 2 and all(len(p) <= 40 for p in parts) and not line.rstrip().endswith("。"):
        return parts
    return []


def _wrapped_at(lines: list[str]) -> int:
    """The width at which a converter wrapped the prose, or 0 where it did not."""
    widths = sorted(
        printed_width(line.rstrip()) for line in lines if len(line) > 20 and "\t" not in line
    )
    if len(widths) < 12:
        return 0
    widest = widths[-1]
    full = sum(w >= widest - 6 for w in widths)
    return widest if full >= 0.5 * len(widths) and widest <= 160 else 0
