"""The text of a letter as people edit it, and the edited text made into a document again.

One line is one paragraph.  ``# `` begins the title and each heading, ``> `` what stands
flush left, ``---`` alone a new page; ``【表1】`` stands for the first table and ``【申请人】``,
``【第三方】`` for whoever is sealed.  What the law wants in the letter must still be in the
edited text: what is missing is told, never let pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from gongkai.core.letters import (
    Block,
    Cell,
    Lack,
    LetterDocument,
    PageBreak,
    Paragraph,
    Place,
    Table,
    fact_kind,
    gather,
    letter_kind,
)
from gongkai.core.letters.evaluation import in_words, mask_numbers
from gongkai.core.letters.template import printed

_SIGNS = {Place.HEADING: "# ", Place.FLUSH: "> ", Place.BODY: ""}
_TABLE = re.compile(r"【表(\d{1,2})】")
REQUESTER, THIRD_PARTY = "【申请人】", "【第三方】"
_REMEDY = "行政复议"


def text_of(document: LetterDocument, names: Mapping[str, str]) -> str:
    """The document as lines to be edited; ``names`` are sealed words and what stands for them."""
    lines = [f"# {document.title}"]
    if document.salutation:
        lines.append(f"> {document.salutation}")
    lines += _lines((*document.blocks, *document.enclosure))
    text = "\n".join(lines)
    for name, sign in names.items():
        text = text.replace(name, sign) if name else text
    return text


def edited(document: LetterDocument, text: str, names: Mapping[str, str]) -> LetterDocument:
    """``document`` with the edited text in place of its own."""
    for name, sign in names.items():
        text = text.replace(sign, name)
    tables = [
        block for block in (*document.blocks, *document.enclosure) if isinstance(block, Table)
    ]
    blocks = list(_blocks(mask_numbers(text), tables))
    title, salutation = document.title, ""
    match blocks:
        case [Paragraph(words, Place.HEADING), *rest]:
            title, blocks = words, rest
    match blocks:
        case [Paragraph(words, Place.FLUSH), *rest]:
            salutation, blocks = words, rest
    end = next((at for at, one in enumerate(blocks) if isinstance(one, PageBreak)), len(blocks))
    return replace(
        document,
        title=title,
        salutation=salutation,
        blocks=tuple(blocks[:end]),
        enclosure=tuple(blocks[end:]),
    )


def lost(
    kind: str, facts: Mapping[str, object], before: LetterDocument, after: LetterDocument
) -> tuple[Lack, ...]:
    """What the law wants in this letter and the edited text no longer says."""
    known = letter_kind(kind)
    read, _ = gather(known, facts)
    said = _plain(after.text)
    found = []
    for name in printed(known):
        if name not in read or name in ("remedy", "reconsideration_bodies"):
            continue
        words = mask_numbers(in_words(name, read[name]))
        parts = read[name] if isinstance(read[name], tuple) else (words,)
        pieces = [mask_numbers(str(p)) for p in _flat(parts)]
        if _plain(words) not in said and not all(_plain(piece) in said for piece in pieces):
            label = fact_kind(name).label
            found.append(Lack(name, f"改过的正文里没有“{label}”：{words}"))
    if known.tells_of_remedies:
        paragraphs = [
            b.text for b in before.blocks if isinstance(b, Paragraph) and _REMEDY in b.text
        ]
        if any(_plain(one) not in said for one in paragraphs):
            found.append(Lack("", "改过的正文里救济告知不全，按原文保留：" + "".join(paragraphs)))
    hidden = [str(facts.get(name) or "") for name in known.conceals]
    if any(len(word) > 1 and _plain(word) in said for word in hidden):
        found.append(Lack("", "改过的正文里写出了申请人，这种文书不得让对方知道申请人是谁。"))
    return tuple(found)


def with_words(document: LetterDocument, change: Callable[[str], str]) -> LetterDocument:
    """The document with every printed word changed."""

    def changed(block: Block) -> Block:
        match block:
            case Paragraph(text, place):
                return Paragraph(change(text), place)
            case Table(rows):
                cells = tuple(
                    tuple(Cell(change(c.text), c.span, c.label) for c in row) for row in rows
                )
                return replace(block, rows=cells)
        return block

    return replace(
        document,
        number=change(document.number),
        salutation=change(document.salutation),
        blocks=tuple(map(changed, document.blocks)),
        enclosure=tuple(map(changed, document.enclosure)),
        attachments=tuple(map(change, document.attachments)),
    )


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    tables = 0
    for block in blocks:
        match block:
            case Paragraph(text, place):
                yield _SIGNS[place] + text
            case Table():
                tables += 1
                yield f"【表{tables}】"
            case PageBreak():
                yield "---"


def _blocks(text: str, tables: list[Table]) -> Iterator[Block]:
    for line in (line.strip() for line in text.splitlines()):
        table = _TABLE.fullmatch(line)
        if not line:
            continue
        if line == "---":
            yield PageBreak()
        elif table and 0 < int(table[1]) <= len(tables):
            yield tables[int(table[1]) - 1]
        elif line.startswith("# "):
            yield Paragraph(line[2:].strip(), Place.HEADING)
        elif line.startswith("> "):
            yield Paragraph(line[2:].strip(), Place.FLUSH)
        else:
            yield Paragraph(line)


def _plain(text: str) -> str:
    return "".join(text.split())


def _flat(value: object) -> Iterator[object]:
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, tuple):
            yield from one
        else:
            yield one
