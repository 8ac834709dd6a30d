"""What a table means: its caption, its heading cells, the parts it falls into.

Programs draw tables without saying which row heads them, and put the caption into a merged
first row.  Here the plain cases are told from the table itself; where it is not plain, the
table stays as it is.  A table of a single cell is a frame round text and dissolves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .content import CENTRED, Block, Cell, Inline, Paragraph, Row, Table, Text, words_of
from .spacing import merged, without_mark

PARTS = ("thead", "tbody", "tfoot")
# Marks a heading cell whose scope is still to be told.
UNTOLD = "?"
_SCOPES = frozenset({"col", "row", "colgroup", "rowgroup"})
_MOST_COLUMNS = 1000
_LONGEST_CAPTION = 60
_LONGEST_HEAD = 20
_TALLEST_HEAD = 3
_FIGURE = re.compile(r"[约共]?[-−—+]?[\d,，.．]+\s*[%％‰元万亿件个条次人户户年月日]{0,3}|[-−—/]|")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile("[。；！？]")
_COUNTER = re.compile(r"序\s*号|编\s*号")
_UNIT = re.compile(r"[(（]?\s*(?:计量|金额)?单位\s*[:：].{1,20}")


def tidy_table(table: Table) -> list[Block]:
    """``table`` with its parts in order and its heads told; its content where it is a frame."""
    _clamp(table)
    cells = [cell for row in table.rows for cell in row.cells]
    if len(cells) <= 1:
        caption: list[Block] = [Paragraph(table.caption, place=CENTRED)] if table.caption else []
        return caption + (cells[0].content if cells else [])
    _order(table)
    _take_caption(table)
    _tell_heads(table)
    for row in table.rows:
        for cell in row.cells:
            if not cell.content:
                # An empty corner heads nothing.
                cell.head = ""
            elif cell.head:
                _plain(cell)
                cell.head = cell.head if cell.head in _SCOPES else _scope(row, cell)
    return [table]


def placed(rows: Sequence[Row]) -> Iterator[list[tuple[int, Cell]]]:
    """Row by row the cells with the column where each begins."""
    free: list[int] = []
    for at, row in enumerate(rows):
        line = []
        column = 0
        for cell in row.cells:
            while column < len(free) and free[column] > at:
                column += 1
            end = column + cell.column_span
            free.extend([0] * (end - len(free)))
            free[column:end] = [at + cell.row_span] * cell.column_span
            line.append((column, cell))
            column = end
        yield line


def width(rows: Sequence[Row]) -> int:
    """The number of columns."""
    return max((c + cell.column_span for line in placed(rows) for c, cell in line), default=0)


def said(cell: Cell) -> str:
    """The words of a cell in one line."""
    return " ".join(words_of(b.content) for b in cell.content if isinstance(b, Paragraph))


def is_figure(words: str) -> bool:
    """Whether a cell holds a number, with its unit perhaps, and nothing else."""
    bare = "".join(words.split())
    return any(sign.isdigit() for sign in bare) and _FIGURE.fullmatch(bare) is not None


def is_counter(words: str) -> bool:
    """Whether a heading is that of a column that only counts the rows (序号)."""
    return _COUNTER.fullmatch(words.strip()) is not None


def _clamp(table: Table) -> None:
    """Spans no larger than the table; rows that hold nothing and cover nothing go."""
    ends: list[int] = []
    for at in range(len(table.rows), 0, -1):
        same = at < len(table.rows) and table.rows[at].part == table.rows[at - 1].part
        ends.append(ends[-1] if same else at)
    ends.reverse()
    reach = 0
    kept: list[Row] = []
    for at, row in enumerate(table.rows):
        for cell in row.cells:
            cell.column_span = max(1, min(cell.column_span, _MOST_COLUMNS))
            cell.row_span = max(1, min(cell.row_span or ends[at], ends[at] - at))
            reach = max(reach, at + cell.row_span)
        if row.cells or reach > at:
            kept.append(row)
    table.rows = kept


def _order(table: Table) -> None:
    """The head first and the foot last, as html asks."""
    feet = [row for row in table.rows if row.part == "tfoot"]
    others = [row for row in table.rows if row.part != "tfoot"]
    in_head = True
    for row in others:
        in_head = in_head and row.part == "thead"
        if not in_head:
            row.part = "tbody"
    table.rows = others + feet
    if all(row.part == "thead" for row in table.rows):
        for row in table.rows:
            row.part = "tbody"
    for row in table.rows:
        if row.part == "thead":
            for cell in row.cells:
                cell.head = cell.head or UNTOLD


def _take_caption(table: Table) -> None:
    """A first row of one cell over the whole width is the caption, with the unit after it."""
    columns = width(table.rows)
    others = [row for row in table.rows[1:-1] if _lone(row, columns) is not None]
    # Rows over the whole width further down part the table: then the first does so too.
    parted = any(not _says_unit(row, columns) for row in others)
    if not table.caption and not parted and len(table.rows) > 2:
        lone = _lone(table.rows[0], columns)
        if lone is not None and len(words_of(lone)) <= _LONGEST_CAPTION:
            table.caption = merged(without_mark(lone, "strong"))
            del table.rows[0]
    while table.caption and len(table.rows) > 2:
        lone = _lone(table.rows[0], columns)
        if lone is None or not _says_unit(table.rows[0], columns):
            return
        bare = words_of(lone).strip().strip("()（）")
        table.caption = merged([*table.caption, Text(f"（{bare}）")])
        del table.rows[0]


def _says_unit(row: Row, columns: int) -> bool:
    """Whether a row says no more than the unit of the figures below."""
    lone = _lone(row, columns)
    return lone is not None and _UNIT.fullmatch(words_of(lone).strip()) is not None


def _lone(row: Row, columns: int) -> list[Inline] | None:
    """What the only cell of a row says, where it is one paragraph over all ``columns``."""
    if len(row.cells) != 1 or columns < 2:
        return None
    cell = row.cells[0]
    if cell.column_span < columns or cell.row_span > 1 or len(cell.content) != 1:
        return None
    only = cell.content[0]
    if not isinstance(only, Paragraph) or not words_of(only.content).strip():
        return None
    return only.content


def _tell_heads(table: Table) -> None:
    """Make the first rows the head where the table plainly has one."""
    rows = table.rows
    if len(rows) < 2 or any(row.part == "thead" for row in rows):
        return
    if any(cell.head for row in rows for cell in row.cells):
        _lift_head(rows)
        return
    first = rows[0].cells
    tall = max((cell.row_span for cell in first), default=1)
    if len(first) < 2 or tall > _TALLEST_HEAD or tall >= len(rows):
        return
    if any(at + c.row_span > tall for at, row in enumerate(rows[:tall]) for c in row.cells):
        return
    if not (_all_bold(rows, tall) or _over_figures(rows, tall)):
        return
    for row in rows[:tall]:
        row.part = "thead"
        for cell in row.cells:
            cell.head = UNTOLD


def _lift_head(rows: list[Row]) -> None:
    """First rows of heading cells alone are the head, if their spans end there."""
    tall = 0
    for row in rows:
        if not row.cells or not all(cell.head for cell in row.cells):
            break
        tall += 1
    if tall == len(rows) or tall == 0:
        return
    if any(at + c.row_span > tall for at, row in enumerate(rows[:tall]) for c in row.cells):
        return
    for row in rows[:tall]:
        row.part = "thead"


def _all_bold(rows: list[Row], tall: int) -> bool:
    """Whether the first ``tall`` rows are bold and the others not."""
    head = [cell for row in rows[:tall] for cell in row.cells if said(cell).strip()]
    rest = [cell for row in rows[tall:] for cell in row.cells if said(cell).strip()]
    return (
        len(head) > 1
        and all(map(_is_bold, head))
        and bool(rest)
        and sum(map(_is_bold, rest)) * 2 < len(rest)
    )


def _is_bold(cell: Cell) -> bool:
    return all(
        isinstance(block, Paragraph)
        and all("strong" in p.marks for p in block.content if isinstance(p, Text))
        for block in cell.content
    )


def _over_figures(rows: list[Row], tall: int) -> bool:
    """Whether the first row holds short names, all different, over columns of figures."""
    names = ["".join(said(cell).split()) for cell in rows[0].cells]
    if len(set(names)) < len(names) or not all(map(_is_name, names)):
        return False
    if _COUNTER.fullmatch(names[0]):
        return True
    below: dict[int, list[str]] = {}
    for line in list(placed(rows))[tall:]:
        for column, cell in line:
            if cell.column_span == 1:
                below.setdefault(column, []).append("".join(said(cell).split()))
    return any(
        all(map(_FIGURE.fullmatch, words)) and any(w[-1:].isdigit() for w in words)
        for words in below.values()
    )


def _is_name(words: str) -> bool:
    return (
        len(words) <= _LONGEST_HEAD
        and bool(_LETTER.search(words))
        and not _SENTENCE.search(words)
        and not _FIGURE.fullmatch(words)
    )


def _plain(cell: Cell) -> None:
    """A heading cell is bold by itself."""
    if _is_bold(cell):
        for block in cell.content:
            if isinstance(block, Paragraph):
                block.content = merged(without_mark(block.content, "strong"))


def _scope(row: Row, cell: Cell) -> str:
    """Which cells a heading cell heads."""
    if row.part == "thead" or (len(row.cells) > 1 and all(c.head for c in row.cells)):
        return "colgroup" if cell.column_span > 1 else "col"
    return "rowgroup" if cell.row_span > 1 else "row"
