"""What every page we write has in common: its frame, its style sheet, its tables.

Pages are built as a tree, so that nothing printed in a report can be taken for
markup.  They stand alone: the style is in the page, there is no script, and
nothing is fetched.  The page's own words, which are not the report's, are
marked ``data-gongkai="page"``; the html reader leaves them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import groupby

from lxml import html
from lxml.etree import _Element

from ..forms import LayoutCell
from ..report import LocalTable
from .outline import OfficialTable, printable

Content = _Element | str | None
Fill = Callable[[_Element, LayoutCell], None]

_OWN = {"data_gongkai": "page"}
# Columns of a table as the style sheet names them: labels, then figures.
_REQUEST_COLUMNS = (("gk-c1", 1), ("gk-c2", 1), ("gk-c3", 1), ("gk-cn", 7))


def element(tag: str, *content: Content, **attributes: str | int | None) -> _Element:
    """An HTML element; ``data_x`` names ``data-x``, a last ``_`` is dropped, None left out."""
    made: _Element = html.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.rstrip("_").replace("_", "-"), printable(str(value)))
    add(made, *content)
    return made


def add(parent: _Element, *content: Content) -> _Element:
    """``parent`` with ``content`` behind what it holds: elements and text."""
    for part in content:
        if part is None:
            continue
        if not isinstance(part, str):
            parent.append(part)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + printable(part)
        else:
            parent.text = (parent.text or "") + printable(part)
    return parent


def own(tag: str, *content: Content, **attributes: str | int | None) -> _Element:
    """An element of the page's own words, which no reader takes for the report's."""
    return element(tag, *content, **attributes, **_OWN)


def page(
    title: str,
    *content: Content,
    language: str,
    metas: Iterable[tuple[str, str]] = (),
    style: str = "gk",
) -> bytes:
    """A whole page as UTF-8: ``content`` is its body, ``style`` the body's classes."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        # By this the html reader knows the marks of our own pages.
        element("meta", name="generator", content="gongkai"),
        element("title", title),
        *(element("meta", name=name, content=value) for name, value in metas),
        element("style", _style()),
    )
    root = element(
        "html",
        head,
        element("body", *content, class_=style),
        lang="en" if language == "en" else "zh-CN",
    )
    made: bytes = html.tostring(root, encoding="utf-8", doctype="<!doctype html>")
    return made + b"\n"


@lru_cache(maxsize=1)
def _style() -> str:
    return (files("gongkai.core.writers") / "style" / "gongkai.css").read_text(encoding="utf-8")


def official_table(table: OfficialTable, fill: Fill, name: str) -> _Element:
    """One of the three tables, in a frame that scrolls by itself on a narrow screen.

    ``fill`` puts the figure into its cell; ``name`` tells the frame apart.
    """
    layout = table.layout
    slim = layout.columns <= 5
    even = not slim and layout.head_rows == layout.rows - 1
    style = "gk-table gk-form" + (" gk-form--slim" if slim else " gk-form--even" if even else "")
    made = element("table", own("caption", layout.caption, class_="gk-sr"), class_=style)
    if not slim and not even:
        columns = [element("col", class_=c, span=n if n > 1 else None) for c, n in _REQUEST_COLUMNS]
        made.append(element("colgroup", *columns))
    for group in _row_groups(table):
        body = element("thead" if group[0].row < layout.head_rows else "tbody")
        for _, cells in groupby(group, key=lambda cell: cell.row):
            body.append(element("tr", *(_cell(cell, layout.columns, fill) for cell in cells)))
        made.append(body)
    return element("div", made, class_="gk-scroll", role="region", aria_label=name, tabindex=0)


def _cell(cell: LayoutCell, columns: int, fill: Fill) -> _Element:
    spans: dict[str, str | int | None] = {
        "rowspan": cell.row_span if cell.row_span > 1 else None,
        "colspan": cell.column_span if cell.column_span > 1 else None,
    }
    if cell.address:
        made = element("td", class_="gk-cell", **spans)
        fill(made, cell)
        return made
    place = None
    if cell.scope in {"row", "rowgroup"} and columns == 10:
        narrow = {(0, 1): "gk-c1", (1, 1): "gk-c2", (2, 1): "gk-c3"}
        place = narrow.get((cell.column, cell.column_span))
    # Fifteen narrow columns: 结果维持 may break in its middle and nowhere else.
    middle = len(cell.text) // 2 if columns > 10 and len(cell.text) == 4 else len(cell.text)
    parts = (cell.text[:middle], element("wbr"), cell.text[middle:])
    words = parts if parts[2] else (cell.text,)
    return element("th", *words, scope=cell.scope, class_=place, **spans)


def _row_groups(table: OfficialTable) -> list[list[LayoutCell]]:
    """The cells by groups of rows: head, and a body for each heading that spans rows."""
    starts = {table.layout.head_rows}
    for cell in table.layout.cells:
        if cell.scope == "rowgroup" and cell.column == 0:
            starts.add(cell.row)
            if cell.row_span > 1:
                starts.add(cell.row + cell.row_span)
    cells = sorted(table.layout.cells, key=lambda c: (c.row, c.column))
    by_group = groupby(cells, key=lambda c: max((s for s in starts if s <= c.row), default=-1))
    return [list(group) for _, group in by_group]


def other_table(table: LocalTable, name: str) -> _Element:
    """A table of no edition, row by row as it was printed."""
    width = max((len(row) for row in table.rows), default=1)
    made = element(
        "table", own("caption", name, class_="gk-sr"), class_="gk-table gk-form gk-form--slim"
    )
    body = element("tbody")
    headed = False
    for row in table.rows:
        if len(row) == 1 and width > 1:
            cells = [element("th", row[0], scope="colgroup", colspan=width)]
        elif not headed:
            headed = True
            cells = [element("th", words, scope="col") for words in row]
        else:
            cells = [element("td", words, class_="gk-cell") for words in row]
        body.append(element("tr", *cells))
    made.append(body)
    return element("div", made, class_="gk-scroll", role="region", aria_label=name, tabindex=0)


def facts(pairs: Iterable[tuple[str, Content]]) -> _Element:
    """A list of facts about the report; those without a value are left out."""
    rows = [
        element("div", element("dt", name), element("dd", value)) for name, value in pairs if value
    ]
    return own("dl", *rows, class_="gk-meta")
