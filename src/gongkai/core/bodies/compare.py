"""Two versions of a body compared: 和第 1 稿对照, 修改前后对照.

Blocks are matched first, then the words within those that changed; tables are compared row by
row.  Only words and pictures count: a change of looks alone is none.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from .alignment import align, pair
from .content import (
    Block,
    Cell,
    Figure,
    Image,
    Inline,
    Listing,
    Paragraph,
    Quote,
    Row,
    Table,
    every_inline,
    words_of,
)
from .display import Link, PublicWriter
from .gathering import numbered
from .parsing import stored
from .revision import COME, GONE, marked, marked_row, revised, without
from .tables import placed
from .text import printed_number

# What tells whether two blocks say the same.
Key: TypeAlias = Hashable


class Change(StrEnum):
    """相同, 新增, 删除, 修改."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Compared:
    """A block of either version, or of both in one with what has gone and come marked."""

    change: Change
    block: Block


class Shown(NamedTuple):
    """A block of a comparison as html: both versions in one, and each by itself ("" for none)."""

    change: Change
    both: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions block by block."""

    blocks: tuple[Compared, ...]

    @property
    def changes(self) -> int:
        """How many blocks are not the same."""
        return sum(block.change is not Change.SAME for block in self.blocks)

    def html(self, link: Link | None = None) -> str:
        """Both versions in one, in ``<del>`` what has gone and in ``<ins>`` what has come.

        ``link`` gives the addresses of attachments, as for ``render_body``.
        """
        writer = PublicWriter(link or _no_address)
        return "\n".join([writer.block(compared.block) for compared in self.blocks])

    def shown(self, link: Link | None = None) -> tuple[Shown, ...]:
        """Block by block, for two columns (修改前 and 修改后) or for the changes alone."""
        writer = PublicWriter(link or _no_address)

        def written(block: Block | None) -> str:
            return "" if block is None else writer.block(block)

        return tuple(
            Shown(
                change,
                written(block),
                written(without(block, COME)),
                written(without(block, GONE)),
            )
            for change, block in ((c.change, c.block) for c in self.blocks)
        )


def compare_bodies(old_html: str, new_html: str) -> Comparison:
    """Two stored bodies compared."""
    return Comparison(tuple(_compared(stored(old_html), stored(new_html))))


def _no_address(_: str) -> None:
    return None


def _compared(old: list[Block], new: list[Block]) -> list[Compared]:
    old, new = _counted_out(old), _counted_out(new)
    found: list[Compared] = []
    for same, here, there in align([_key(b) for b in old], [_key(b) for b in new]):
        if same:
            found.extend(Compared(Change.SAME, block) for block in new[there])
            continue
        olds, news = old[here], new[there]
        for i, j in pair([_said(b) for b in olds], [_said(b) for b in news]):
            if i is None or j is None or type(olds[i]) is not type(news[j]):
                if i is not None:
                    found.append(Compared(Change.DELETED, marked(olds[i], GONE)))
                if j is not None:
                    found.append(Compared(Change.INSERTED, marked(news[j], COME)))
            elif _key(olds[i]) == _key(news[j]):
                found.append(Compared(Change.SAME, news[j]))
            else:
                found.extend(Compared(Change.CHANGED, b) for b in _both(olds[i], news[j]))
    return found


def _both(old: Block, new: Block) -> list[Block]:
    """Two blocks of the same kind in one, or one after the other."""
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        return [replace(new, content=revised(old.content, new.content))]
    if isinstance(old, Quote) and isinstance(new, Quote):
        return [Quote(_merged(old.content, new.content))]
    if isinstance(old, Listing) and isinstance(new, Listing):
        return [replace(new, items=_items(old.items, new.items))]
    if isinstance(old, Table) and isinstance(new, Table):
        return [_tables(old, new)]
    return [marked(old, GONE), marked(new, COME)]


def _merged(old: list[Block], new: list[Block]) -> list[Block]:
    return [compared.block for compared in _compared(old, new)]


def _items(old: list[list[Block]], new: list[list[Block]]) -> list[list[Block]]:
    """The items of two lists in one."""
    made: list[list[Block]] = []
    for same, here, there in align([_keys(i) for i in old], [_keys(i) for i in new]):
        if same:
            made.extend(new[there])
            continue
        olds, news = old[here], new[there]
        for i, j in pair([_all_said(x) for x in olds], [_all_said(x) for x in news]):
            if i is not None and j is not None:
                made.append(_merged(olds[i], news[j]))
            elif i is not None:
                made.append([marked(block, GONE) for block in olds[i]])
            elif j is not None:
                made.append([marked(block, COME) for block in news[j]])
    return made


def _counted_out(blocks: list[Block]) -> list[Block]:
    """``blocks`` with the numbers of ordered lists in words, so that they can change too."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Listing) and block.ordered:
            for number, item in enumerate(block.items, block.start):
                made.extend(numbered(item, printed_number(block, number)))
        else:
            made.append(block)
    return made


# -- tables ----------------------------------------------------------------


def _tables(old: Table, new: Table) -> Table:
    """Two tables in one: cell by cell where they have the same shape, else row by row."""
    caption = revised(old.caption, new.caption)
    if [_shape(row) for row in old.rows] == [_shape(row) for row in new.rows]:
        return Table([_row(o, n) for o, n in zip(old.rows, new.rows, strict=True)], caption)
    olds, news = _unmerged(old), _unmerged(new)
    rows: list[Row] = []
    for same, here, there in align([_row_key(r) for r in olds], [_row_key(r) for r in news]):
        if same:
            rows.extend(news[there])
            continue
        gone, come = olds[here], news[there]
        for i, j in pair(
            ["\n".join(_cells(r)) for r in gone], ["\n".join(_cells(r)) for r in come]
        ):
            if i is not None and j is not None and _shape(gone[i]) == _shape(come[j]):
                rows.append(_row(gone[i], come[j]))
                continue
            if i is not None:
                rows.append(marked_row(gone[i], GONE))
            if j is not None:
                rows.append(marked_row(come[j], COME))
    return Table(rows, caption)


def _shape(row: Row) -> list[tuple[int, int]]:
    return [(cell.row_span, cell.column_span) for cell in row.cells]


def _row(old: Row, new: Row) -> Row:
    cells = [
        replace(there, content=_merged(here.content, there.content))
        for here, there in zip(old.cells, new.cells, strict=True)
    ]
    return Row(cells, new.part)


def _unmerged(table: Table) -> list[Row]:
    """The rows, each with the words of the cells that reach into it from above."""
    open_cells: dict[int, tuple[int, Cell]] = {}
    made: list[Row] = []
    for at, (row, line) in enumerate(zip(table.rows, placed(table.rows), strict=True)):
        cells = dict(line)
        for column, (end, cell) in open_cells.items():
            if at < end:
                cells.setdefault(column, cell)
        for column, cell in line:
            if cell.row_span > 1:
                open_cells[column] = (at + cell.row_span, cell)
        single = [replace(cells[column], row_span=1) for column in sorted(cells)]
        made.append(Row(single, row.part))
    return made


# -- what blocks say -------------------------------------------------------


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(_all_said(cell.content) for cell in row.cells)


def _keys(blocks: Sequence[Block]) -> tuple[Key, ...]:
    return tuple(_key(block) for block in blocks)


def _key(block: Block) -> Key:
    """What a block says and how it is made up, without its looks."""
    if isinstance(block, Paragraph):
        return _inline_key(block.content)
    if isinstance(block, Figure):
        return ("figure", _inline_key(block.images), _inline_key(block.caption))
    if isinstance(block, Quote):
        return ("quote", *_keys(block.content))
    if isinstance(block, Listing):
        counted = (block.start, block.count) if block.ordered else ()
        return ("list", *counted, *map(_keys, block.items))
    return ("table", _inline_key(block.caption), *map(_row_key, block.rows))


def _row_key(row: Row) -> Key:
    return tuple(_keys(cell.content) for cell in row.cells)


def _inline_key(content: Sequence[Inline]) -> Key:
    pictures = tuple((part.src, part.alt) for part in content if isinstance(part, Image))
    return (words_of(content), *pictures) if pictures else words_of(content)


def _said(block: Block) -> str:
    if isinstance(block, Figure):
        return "\n".join([*(image.src for image in block.images), words_of(block.caption)])
    return words_of(list(every_inline([block])))


def _all_said(blocks: Sequence[Block]) -> str:
    return "\n".join(_said(block) for block in blocks)
