"""Text files: what is left of a report after somebody's conversion.

Four shapes of table are met: a cell a line after a tab, rows ended by an empty
line; rows with cells between tabs; Markdown tables; and rows whose figures
stand apart by spaces.  Everything else is prose, a paragraph a line, with
lines that were only wrapped joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import UnreadableDocument
from ..report import Where
from .document import Budget, Document, Grid, GridCell, Paragraph
from .encoding import decode
from .numerals import is_value

_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_MARKDOWN_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?=\S)")
_SPACED_ROW = re.compile(
    r"^(?P<label>\S.*?)\s+(?P<values>(?:(?:\d[\d,.]*|[—–/-])\s+){2,}(?:\d[\d,.]*|[—–/-]))\s*$"
)
_WIDE_GAP = re.compile(r"\s{2,}|\u3000+")
# Labels side by side: wide apart, or the next one opens with its ordinal.
_NEXT_LABEL = re.compile(r"\s{2,}|\u3000+|\s+(?=[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])")
_OPENS_PARAGRAPH = re.compile(
    r"^(?:[\s\u3000]{2,}|#|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|"
    r"第[一二三四五六七八九十]+[条部]|\d{1,2}[、.．](?!\d))"
)

Row = list[tuple[str, int]]


def parse(data: bytes, budget: Budget) -> Document:
    """The blocks of a text or Markdown file; ``data`` in any Chinese encoding."""
    text, _ = decode(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    if len(lines) > budget.limits.cells:
        raise UnreadableDocument("input.too_many_cells", limit=budget.limits.cells)
    document = Document("txt")
    _Reader(lines, document, budget).read()
    return document


class _Reader:
    def __init__(self, lines: list[str], document: Document, budget: Budget) -> None:
        self.lines = lines
        self.document = document
        self.budget = budget
        self.at = 0
        self.tables = 0
        self.width = _wrapped_at(lines)

    def read(self) -> None:
        while self.at < len(self.lines):
            self.budget.check()
            line = self.lines[self.at]
            if _is_pipe_row(line):
                self.grid(self.markdown_rows(), aligned=True)
            elif line.startswith("\t") and line.count("\t") == 1 and self.cell_a_line():
                self.grid(self.cell_rows())
            elif "\t" in line.rstrip("\n") and line.strip():
                self.grid(self.tab_rows())
            elif _spaced(line):
                self.grid(self.spaced_rows())
            elif line.strip():
                self.prose()
            else:
                self.at += 1

    # ── tables ────────────────────────────────────────────────

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
            line = self.lines[self.at].strip()
            self.at += 1
            if _RULE.match(line):
                continue
            inner = line[1:] if line.startswith("|") else line
            inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
            yield [
                (re.sub(r"<br\s*/?>", "\n", cell).replace("\\|", "|").replace("**", ""), self.at)
                for cell in _PIPE.split(inner)
            ]

    def spaced_rows(self) -> Iterator[Row]:
        while self.at < len(self.lines):
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
        heading = _MARKDOWN_HEADING.match(self.lines[first])
        if heading:
            self.at += 1
            self.add(self.lines[first][heading.end() :].rstrip(" #"), first, heading=True)
            return
        text = self.lines[first].strip()
        self.at += 1
        while self.at < len(self.lines) and self.wraps(
            self.lines[self.at - 1], self.lines[self.at]
        ):
            self.budget.check()
            text += self.lines[self.at].strip()
            self.at += 1
        self.add(text, first)

    def wraps(self, line: str, after: str) -> bool:
        if not self.width or not after.strip() or "\t" in after or _is_pipe_row(after):
            return False
        return (
            _printed_width(line) >= self.width - 4
            and not _OPENS_PARAGRAPH.match(after)
            and not _spaced(after)
        )

    def add(self, text: str, line: int, heading: bool = False) -> None:
        self.document.blocks.append(Paragraph(text, Where(line=line + 1), heading))


def _is_pipe_row(line: str) -> bool:
    return line.count("|") >= 2 and line.lstrip().startswith("|")


def _spaced(line: str) -> list[str]:
    """The cells of a row whose figures stand apart by spaces; ``[]`` for any other line."""
    if "\t" in line or not line.strip() or len(line) > 400:
        return []
    found = _SPACED_ROW.match(line.strip())
    if found:
        return [*_NEXT_LABEL.split(found["label"]), *found["values"].split()]
    parts = [p for p in _WIDE_GAP.split(line.strip()) if p]
    if len(parts) >= 2 and all(len(p) <= 40 for p in parts) and not line.rstrip().endswith("。"):
        return parts
    return []


def _printed_width(line: str) -> int:
    """Columns a line takes: two for a Chinese character, one for a Latin one."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in line.rstrip())


def _wrapped_at(lines: list[str]) -> int:
    """The width at which a converter wrapped the prose, or 0 where it did not."""
    widths = sorted(_printed_width(line) for line in lines if len(line) > 20 and "\t" not in line)
    if len(widths) < 12:
        return 0
    widest = widths[-1]
    full = sum(w >= widest - 6 for w in widths)
    return widest if full >= 0.5 * len(widths) and widest <= 160 else 0
