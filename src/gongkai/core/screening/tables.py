"""A table of a body as its reader sees it: rectangle, lines of headings, what stands below.

Tables pasted from Word rarely say which cells are headings.  The first line of
short words without figures is taken for the headings, unless words that only
head columns (住址, 身份证号 …) come again further down: then it is a form, with
each heading left of its value, and has no line of headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

# No table that is read by people is wider; a hostile colspan is cut here.
_WIDEST = 200
_LONGEST_HEADING = 16
_LABEL = re.compile(
    r"姓名|性别|年龄|民族|户主(?:姓名)?|(?:家庭|居住|现|户籍)?[住地]址|户籍(?:所在)?地|备注|联系(?:电话|方式)"
    r"|(?:身份)?证件?号码?|公民身份号码|身份证|出生(?:年月日?|日期|时间)|(?:手机|电话)(?:号码?)?|文化程度"
    r"|(?:银行)?[账帐卡]号|开户行|工作单位|与户主关系|监护人(?:姓名)?"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its stretch of the text, its words, its first row and column from 0."""

    start: int
    end: int
    text: str
    row: int = 0
    column: int = 0
    width: int = 1
    height: int = 1
    is_heading: bool = False


@dataclass(frozen=True)
class Table:
    """Rows as seen: a cell over several rows or columns stands in each of them."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int
    headings: tuple[str, ...]

    def heading(self, column: int) -> str:
        """What stands right above a column; ``""`` where nothing does."""
        return self.headings[column].rpartition(" ")[2] if column < len(self.headings) else ""

    def columns(self, heading: re.Pattern[str], unless: re.Pattern[str]) -> list[int]:
        """The columns under such a heading."""
        return [
            number
            for number, words in enumerate(self.headings)
            if heading.search(words) and not unless.search(words)
        ]

    def below(self, column: int) -> Iterator[Cell]:
        """The cells of a column under its heading, each once, blank ones left out."""
        for number, row in enumerate(self.rows[self.heads :], self.heads):
            if column < len(row) and row[column].row == number and row[column].text:
                yield row[column]

    def pairs(self) -> Iterator[tuple[str, Cell]]:
        """Each cell with the words of its left neighbour: the way a form is read."""
        if self.heads:
            return
        for number, row in enumerate(self.rows):
            for left, right in pairwise(row):
                if right is not left and right.row == number and right.text:
                    yield squeezed(left.text), right


def squeezed(text: str) -> str:
    """Words without the spaces that spread them over a cell, and without the colon after."""
    return re.sub(r"[\s\u3000]+", "", text).rstrip("：:")


def table_of(lines: Sequence[Sequence[Cell]], declared_heads: int) -> Table:
    """A table from its rows as written, each cell once; ``declared_heads`` are rows in a thead."""
    grid = _grid(lines)
    rows = tuple(tuple(row) for row in grid)
    heads = _heads(rows, declared_heads)
    width = max(map(len, rows), default=0)
    return Table(rows, heads, tuple(_heading(rows[:heads], column) for column in range(width)))


def _grid(lines: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    grid: list[dict[int, Cell]] = [{} for _ in lines]
    for number, line in enumerate(lines):
        column = 0
        for written in line:
            while column in grid[number]:
                column += 1
            if column >= _WIDEST:
                break
            cell = replace(written, row=number, column=column)
            wide = range(column, min(column + cell.width, _WIDEST))
            for row in grid[number : number + cell.height]:
                for at in wide:
                    row.setdefault(at, cell)
            column = wide.stop
    blank = Cell(0, 0, "")
    return [
        [
            row.get(at, replace(blank, row=number, column=at))
            for at in range(max(row, default=-1) + 1)
        ]
        for number, row in enumerate(grid)
    ]


def _heads(rows: Sequence[Sequence[Cell]], declared: int) -> int:
    if declared:
        return min(declared, len(rows) - 1)
    marked = 0
    while marked < len(rows) and rows[marked] and all(c.is_heading for c in rows[marked]):
        marked += 1
    if marked:
        return min(marked, len(rows) - 1)
    # A title over the whole width is no heading of a column.
    first = 0
    while first < len(rows) - 1 and len(set(rows[first])) <= 1:
        first += 1
    if first >= len(rows) - 1 or not _is_line_of_headings(rows[first]):
        return 0
    heads = first + max(cell.row + cell.height - first for cell in rows[first] if cell.height < 9)
    if heads >= len(rows):
        return 0
    again = (_LABEL.fullmatch(squeezed(c.text)) for row in rows[heads:] for c in row)
    return 0 if any(again) else heads


def _is_line_of_headings(row: Sequence[Cell]) -> bool:
    words = [squeezed(cell.text) for cell in dict.fromkeys(row)]
    told = [word for word in words if word]
    return len(told) >= 2 and all(
        len(word) <= _LONGEST_HEADING and not re.search(r"\d{2}|\d$", word) for word in told
    )


def _heading(heads: Sequence[Sequence[Cell]], column: int) -> str:
    width = max((len(row) for row in heads), default=0)
    over = [row[column] for row in heads if column < len(row)]
    told = [c for c in dict.fromkeys(over) if c.width < width or width == 1]
    return " ".join(word for cell in told if (word := squeezed(cell.text)))
