"""Two versions of a line of text in one, what has gone and what has come marked.

Chinese is compared character by character, other words and numbers as wholes; sentences are
matched first, so that the cost stays with what changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from .alignment import align
from .content import (
    Block,
    Break,
    Cell,
    Figure,
    Inline,
    Listing,
    Paragraph,
    Quote,
    Row,
    Table,
    Text,
)
from .spacing import merged

GONE, COME = "del", "ins"
_WORD = re.compile(r"[A-Za-z0-9_]+(?:[.,\-:/][A-Za-z0-9_]+)*|\s+|.", re.DOTALL)
_ENDS = frozenset("。！？；\n")
# With less than this in common, two lines are shown one after the other.
_LEAST_COMMON = 0.3
# A shorter stretch left standing between changes is only in the way of reading.
_SHORTEST = 2


class _Atom(NamedTuple):
    """The smallest piece compared: a character, a word, a break, a picture."""

    key: str
    part: Inline


def revised(old: Sequence[Inline], new: Sequence[Inline]) -> list[Inline]:
    """``new`` with what it has beyond ``old`` marked as come, and what it lacks as gone."""
    before, after = list(_atoms(old)), list(_atoms(new))
    if [a.key for a in before] == [a.key for a in after]:
        return list(new)
    stretches: list[tuple[bool, list[_Atom], list[_Atom]]] = []
    sentences = _sentences(before), _sentences(after)
    for same, here, there in align(*([_key(s) for s in side] for side in sentences)):
        olds = [atom for sentence in sentences[0][here] for atom in sentence]
        news = [atom for sentence in sentences[1][there] for atom in sentence]
        if same or not olds or not news:
            stretches.append((same, olds, news))
        else:
            for inner in align([a.key for a in olds], [a.key for a in news]):
                stretches.append((inner.same, olds[inner.old], news[inner.new]))
    stretches = _smoothed(stretches)
    common = sum(len(_key(news)) for same, _, news in stretches if same)
    if common < _LEAST_COMMON * max(len(_key(before)), len(_key(after))):
        stretches = [(False, before, after)]
    made: list[Inline] = []
    for same, olds, news in stretches:
        if not same:
            made.extend(marked_inline([atom.part for atom in olds], GONE))
        parts = [atom.part for atom in news]
        made.extend(parts if same else marked_inline(parts, COME))
    return merged(made)


def _atoms(content: Sequence[Inline]) -> Iterator[_Atom]:
    for part in content:
        if isinstance(part, Text):
            for word in _WORD.findall(part.words):
                yield _Atom(word, replace(part, words=word))
        else:
            yield _Atom("\n" if isinstance(part, Break) else f"\0{part.src}\0", part)


def _sentences(atoms: list[_Atom]) -> list[list[_Atom]]:
    made: list[list[_Atom]] = [[]]
    for atom in atoms:
        made[-1].append(atom)
        if atom.key in _ENDS:
            made.append([])
    return [sentence for sentence in made if sentence]


def _key(atoms: Sequence[_Atom]) -> str:
    return "".join([atom.key for atom in atoms])


def _smoothed(
    stretches: list[tuple[bool, list[_Atom], list[_Atom]]],
) -> list[tuple[bool, list[_Atom], list[_Atom]]]:
    """Changes joined over what is too short between them to be read as left standing."""
    last = len(stretches) - 1
    kept = [
        same and (at in (0, last) or len(_key(news).strip("，、。的 ")) >= _SHORTEST)
        for at, (same, _, news) in enumerate(stretches)
    ]
    made = []
    for same, group in groupby(zip(kept, stretches, strict=True), key=lambda pair: pair[0]):
        joined = [stretch for _, stretch in group]
        olds = [atom for _, part, _ in joined for atom in part]
        news = [atom for _, _, part in joined for atom in part]
        # A single letter between two small changes stays: nothing is won by joining those.
        if not same and len(joined) > 1 and len(_key(olds)) + len(_key(news)) < 8:
            made.extend(joined)
        else:
            made.append((same, olds, news))
    return made


# -- whole blocks ----------------------------------------------------------


def marked_inline(content: Sequence[Inline], mark: str) -> list[Inline]:
    """``content`` with ``mark`` on every part."""
    return [replace(part, marks=part.marks | {mark}) for part in content]


def marked(block: Block, mark: str) -> Block:
    """``block`` with ``mark`` on all its words and pictures."""
    if isinstance(block, Paragraph):
        return replace(block, content=marked_inline(block.content, mark))
    if isinstance(block, Figure):
        images = [replace(image, marks=image.marks | {mark}) for image in block.images]
        return Figure(images, marked_inline(block.caption, mark))
    if isinstance(block, Listing):
        return replace(block, items=[[marked(b, mark) for b in item] for item in block.items])
    if isinstance(block, Quote):
        return Quote([marked(b, mark) for b in block.content])
    rows = [marked_row(row, mark) for row in block.rows]
    return Table(rows, marked_inline(block.caption, mark))


def marked_row(row: Row, mark: str) -> Row:
    """A row with ``mark`` on all it holds."""
    return Row(
        [replace(cell, content=[marked(b, mark) for b in cell.content]) for cell in row.cells],
        row.part,
    )


def without(block: Block, mark: str) -> Block | None:
    """``block`` as it is without what bears ``mark``; None where nothing is left."""
    if isinstance(block, Paragraph):
        content = _kept(block.content, mark)
        return replace(block, content=content) if content else None
    if isinstance(block, Figure):
        images = [image for image in block.images if mark not in image.marks]
        return Figure(images, _kept(block.caption, mark)) if images else None
    if isinstance(block, Quote):
        inner = _all_without(block.content, mark)
        return Quote(inner) if inner else None
    if isinstance(block, Listing):
        items = [left for item in block.items if (left := _all_without(item, mark))]
        return replace(block, items=items) if items else None
    rows = [kept for row in block.rows if (kept := _row_without(row, mark))]
    return Table(rows, _kept(block.caption, mark)) if rows else None


def _kept(content: Sequence[Inline], mark: str) -> list[Inline]:
    return [part for part in content if mark not in part.marks]


def _all_without(blocks: Sequence[Block], mark: str) -> list[Block]:
    return [left for block in blocks if (left := without(block, mark)) is not None]


def _row_without(row: Row, mark: str) -> Row | None:
    """A row without what bears ``mark``; None where that was all it held."""
    cells: list[Cell] = []
    for cell in row.cells:
        cells.append(replace(cell, content=_all_without(cell.content, mark)))
    had = any(cell.content for cell in row.cells)
    return Row(cells, row.part) if not had or any(cell.content for cell in cells) else None
