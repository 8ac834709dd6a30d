"""The body as the public page shows it.

Tables can be scrolled by hand and keyboard without the page moving, headings have their rank
and address, attachments their public address; a link that leaves the site says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from ..forms import Layout
from .content import Block, Cell, Image, Paragraph, Table, words_of
from .markup import Writer, attribute, escape
from .official import COLUMNS, broken_at, look, looks_of_cells, official
from .outline import Heading, outline
from .parsing import stored
from .tables import is_counter, is_figure, placed, said

# The public address of an attachment of that id; None where it is not public.
Link = Callable[[str], str | None]

_ATTACHMENT = "attachment:"
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)
_LONGEST_LABEL = 60
_LEAVES = '<span class="gk-sr">（外部链接）</span>'


def render_body(
    html: str,
    link: Link,
    *,
    prefix: str = "s",
    top: int = 2,
    own_hosts: Collection[str] = (),
) -> str:
    """A stored body as html for publication.

    ``link`` gives the public address of an attachment by its id.  ``prefix`` begins the ids of
    headings (two bodies on a page need two), ``top`` is the rank of the highest heading;
    links to ``own_hosts`` do not leave the site.
    """
    blocks = stored(html)
    headings = {id(block): heading for block, heading in outline(blocks, prefix, top)}
    return PublicWriter(link, headings, frozenset(own_hosts)).blocks(blocks)


class PublicWriter(Writer):
    """Blocks as the public page shows them; ``headings`` by the id of their paragraph."""

    def __init__(
        self,
        link: Link,
        headings: Mapping[int, Heading] = MappingProxyType({}),
        own: frozenset[str] = frozenset(),
    ) -> None:
        self._link = link
        self._headings = headings
        self._own = own
        self._tables = 0
        self._under = ""
        # The official table that is being written, if it is one; the classes of cells.
        self._form: Layout | None = None
        self._looks: dict[int, str] = {}

    def paragraph(self, block: Paragraph) -> str:
        heading = self._headings.get(id(block))
        if heading is None:
            return super().paragraph(block)
        self._under = heading.words
        tag = f"h{heading.rank}"
        place = attribute("class", block.place) if block.place else ""
        inner = self.inline(block.content)
        return f"<{tag}{attribute('id', heading.anchor)}{place}>{inner}</{tag}>"

    def block(self, block: Block) -> str:
        if not isinstance(block, Table):
            return super().block(block)
        self._tables += 1
        name = " ".join(words_of(block.caption).split()) or self._under
        label = f"表 {self._tables}　{name}"[:_LONGEST_LABEL].strip()
        around, self._form = self._form, official(block)
        if self._form is None:
            self._looks |= dict.fromkeys(_figures(block), "gk-num")
        else:
            self._looks |= looks_of_cells(block, self._form)
        region = f'role="region" tabindex="0"{attribute("aria-label", label)}'
        written = f'<div class="gk-scroll" {region}>{self.table(block)}</div>'
        self._form = around
        return written

    def table(self, block: Table) -> str:
        written = super().table(block)
        if self._form is None:
            return written
        # The heading above says what the caption says; the columns are as wide as on paper.
        written = written.replace("<caption>", '<caption class="gk-sr">', 1)
        if not self._form.head_rows:
            # Its headings stand within, one above each group.
            written = written.replace("<thead>", "<tbody>").replace("</thead>", "</tbody>")
        if self._form.columns == 10:
            at = written.index("</caption>") + 10 if block.caption else written.index(">") + 1
            written = written[:at] + COLUMNS + written[at:]
        return written

    def table_class(self, block: Table) -> str:
        return attribute("class", look(self._form) if self._form else "gk-table")

    def cell(self, cell: Cell) -> str:
        written = super().cell(cell)
        class_ = self._looks.get(id(cell))
        if self._form and cell.head:
            written = broken_at(written, said(cell), self._form)
        return f"{written[:3]}{attribute('class', class_)}{written[3:]}" if class_ else written

    def link(self, href: str, inner: str) -> str:
        if href.startswith(_ATTACHMENT):
            address = self._link(href.removeprefix(_ATTACHMENT))
            return inner if address is None else f"<a{attribute('href', address)}>{inner}</a>"
        host = _HOST.match(href)
        if host is None or host[1].lower() in self._own:
            return super().link(href, inner)
        marks = attribute("class", "gk-out") + attribute("rel", "external noopener noreferrer")
        return f"<a{attribute('href', href)}{marks}>{inner}{_LEAVES}</a>"

    def image(self, image: Image) -> str:
        if image.src.startswith(_ATTACHMENT):
            address = self._link(image.src.removeprefix(_ATTACHMENT))
            if address is None:
                return (
                    f'<span class="gk-note">（图：{escape(image.alt)}）</span>' if image.alt else ""
                )
            image = replace(image, src=address)
        return super().image(image)[:-1] + ' loading="lazy">'


def _figures(table: Table) -> set[int]:
    """The cells that hold figures, and the heads of columns that hold nothing else."""
    cells: set[int] = set()
    heads: dict[int, list[Cell]] = {}
    columns: dict[int, list[bool]] = {}
    for row, line in zip(table.rows, placed(table.rows), strict=True):
        for column, cell in line:
            words = said(cell)
            if row.part == "thead":
                if cell.column_span == 1:
                    heads.setdefault(column, []).append(cell)
            elif cell.head:
                continue
            elif is_figure(words):
                columns.setdefault(column, []).append(True)
                cells.add(id(cell))
            elif words.strip(" -－—/"):
                columns.setdefault(column, []).append(False)
    for column, above in heads.items():
        if any(is_counter(said(cell)) for cell in above):
            cells -= {id(c) for row in placed(table.rows) for at, c in row if at == column}
        elif columns.get(column) and all(columns[column]):
            cells |= {id(cell) for cell in above}
    return cells
