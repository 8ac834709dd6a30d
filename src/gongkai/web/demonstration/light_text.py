"""The light text in which the region's bodies and attachments are written.

A line is a block: ``## heading``, ``- list item``, ``| cell | cell |``, ``>> signature`` and
else a paragraph; ``|= name`` names the table that follows (``region/README.md``).  Blocks are
those of every body of an item (``core.bodies.content``), so what is written from them is in
the stored form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gongkai.core.bodies.content import (
    SIGNED,
    Block,
    Cell,
    Figure,
    Image,
    Inline,
    Listing,
    Paragraph,
    Row,
    Table,
    Text,
)
from gongkai.core.bodies.markup import render
from gongkai.core.bodies.sanitise import secured

NOTHING: Mapping[str, str] = {}
_REFERENCE = re.compile(r"(!?)\[([^\]]*)\]\(([^()\s]+)\)")
_ITEM, _ATTACHMENT = "item:", "attachment:"


class NotSuchText(ValueError):
    """The text names an item or a file that the data do not hold."""


def html_of(
    text: str, files: Mapping[str, str] = NOTHING, pages: Mapping[str, str] = NOTHING
) -> str:
    """The text as a stored body.

    ``files``: what the body calls each of its attachments, by their names; ``pages``: the
    address of each item by its key, empty for one that is not public: its words stay then.
    """
    return secured(render(blocks_of(text, files, pages)))


def blocks_of(
    text: str, files: Mapping[str, str] = NOTHING, pages: Mapping[str, str] = NOTHING
) -> list[Block]:
    """The blocks of the text; NotSuchText where it names what there is not."""
    reader = _Reader(files, pages)
    for line in text.splitlines():
        if line.strip():
            reader.take(line.strip())
    return reader.blocks


def rows_of(text: str) -> list[list[str]]:
    """The cells of a text that is one table, its head row first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [_cells(line) for line in lines if not line.startswith("|=")]


class _Reader:
    """Takes line after line; a table and a list go on while their lines do."""

    def __init__(self, files: Mapping[str, str], pages: Mapping[str, str]) -> None:
        self.blocks: list[Block] = []
        self._files, self._pages = files, pages
        self._caption = ""
        self._goes_on: Table | Listing | None = None

    def take(self, line: str) -> None:
        if line.startswith("|="):
            self._caption, self._goes_on = line.removeprefix("|=").strip(), None
        elif line.startswith("|"):
            self._row(line)
        elif line.startswith("- "):
            self._item(line.removeprefix("- "))
        else:
            self._goes_on = None
            self.blocks.append(self._plain(line))

    def _plain(self, line: str) -> Block:
        for mark, tag in (("### ", "h3"), ("## ", "h2")):
            if line.startswith(mark):
                return Paragraph(self._inline(line.removeprefix(mark)), tag=tag)
        if line.startswith(">>"):
            return Paragraph(self._inline(line.removeprefix(">>").strip()), place=SIGNED)
        content = self._inline(line)
        if len(content) == 1 and isinstance(content[0], Image):
            return Figure([content[0]])
        return Paragraph(content)

    def _row(self, line: str) -> None:
        cells = [Cell([Paragraph(self._inline(cell))] if cell else []) for cell in _cells(line)]
        if isinstance(self._goes_on, Table):
            self._goes_on.rows.append(Row(cells))
            return
        for cell in cells:
            cell.head = "col"
        caption: list[Inline] = [Text(self._caption)] if self._caption else []
        self._goes_on = Table([Row(cells, part="thead")], caption)
        self._caption = ""
        self.blocks.append(self._goes_on)

    def _item(self, words: str) -> None:
        if not isinstance(self._goes_on, Listing):
            self._goes_on = Listing([])
            self.blocks.append(self._goes_on)
        self._goes_on.items.append([Paragraph(self._inline(words))])

    def _inline(self, words: str) -> list[Inline]:
        return list(self._parts(words))

    def _parts(self, words: str) -> Iterator[Inline]:
        done = 0
        for found in _REFERENCE.finditer(words):
            if words[done : found.start()]:
                yield Text(words[done : found.start()])
            address = self._address(found[3])
            yield Image(address, found[2]) if found[1] else Text(found[2], href=address)
            done = found.end()
        if words[done:]:
            yield Text(words[done:])

    def _address(self, named: str) -> str:
        if named.startswith(_ITEM):
            return _known(self._pages, named.removeprefix(_ITEM), "item")
        if named.startswith(_ATTACHMENT):
            return _ATTACHMENT + _known(self._files, named.removeprefix(_ATTACHMENT), "attachment")
        return named


def _known(names: Mapping[str, str], name: str, kind: str) -> str:
    if name not in names:
        raise NotSuchText(f"no {kind} {name!r}")
    return names[name]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
