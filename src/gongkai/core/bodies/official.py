"""The three official tables of an annual report, known again in a body by their headings.

A body keeps no looks: what a table of the form looks like follows from which one it is.
"""

from __future__ import annotations

from functools import lru_cache

from ..forms import Layout, edition, editions, layouts
from .content import Table
from .tables import placed, said, width

# Headings are reworded and rows are left out; less than this is some other table.
_MOST = 0.7
_NARROW = {(0, 1): "gk-c1", (1, 1): "gk-c2", (2, 1): "gk-c3"}
# Three columns of headings, and the seven of figures: as on the papers.
COLUMNS = (
    '<colgroup><col class="gk-c1"><col class="gk-c2"><col class="gk-c3">'
    '<col class="gk-cn" span="7"></colgroup>'
)


def official(table: Table) -> Layout | None:
    """Which table of the form it is; None where its headings are not those of one."""
    columns = width(table.rows)
    words = {_plain(said(cell)) for row in table.rows for cell in row.cells if cell.head}
    for layout, headings in _headings():
        if layout.columns == columns and len(headings & words) >= _MOST * len(headings):
            return layout
    return None


def look(layout: Layout) -> str:
    """The class of the table."""
    if layout.columns <= 5:
        return "gk-table gk-form gk-form--slim"
    even = layout.head_rows == layout.rows - 1
    return "gk-table gk-form gk-form--even" if even else "gk-table gk-form"


def looks_of_cells(table: Table, layout: Layout) -> dict[int, str]:
    """The classes of its cells, by their identity."""
    found: dict[int, str] = {}
    for line in placed(table.rows):
        for column, cell in line:
            if not cell.head:
                found[id(cell)] = "gk-cell"
            elif layout.columns == 10 and cell.head.startswith("row"):
                narrow = _NARROW.get((column, cell.column_span))
                if narrow:
                    found[id(cell)] = narrow
    return found


def broken_at(written: str, words: str, layout: Layout) -> str:
    """A heading as html; over fifteen narrow columns 结果维持 may break in its middle only."""
    if layout.columns <= 10 or len(words) != 4:
        return written
    return written.replace(words, f"{words[:2]}<wbr>{words[2:]}", 1)


@lru_cache(maxsize=1)
def _headings() -> tuple[tuple[Layout, frozenset[str]], ...]:
    return tuple(
        (layout, frozenset(_plain(cell.text) for cell in layout.cells if not cell.address))
        for one in editions()
        for layout in layouts(edition(one))
    )


def _plain(words: str) -> str:
    return "".join(words.split())
