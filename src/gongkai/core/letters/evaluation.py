"""A template and the facts made into blocks: paragraphs, numbered items, tables.

The shape of a line is that of the template; what a fact says is put in afterwards
and stays text, whatever signs it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..personal_numbers import NumberKind, masked, personal_numbers
from .document import Block, Cell, PageBreak, Paragraph, Place, Table
from .fact_kinds import FactType, fact_kinds
from .facts import Facts, Value
from .phrases import PHRASES, chinese_day, phrase
from .template import Hole, Part, Section

_HIDDEN = {NumberKind.IDENTITY, NumberKind.OLD_IDENTITY, NumberKind.BANK_CARD}
# Labels are narrower than what stands beside them: of a form of two columns, and of more.
_NARROW, _WIDE = (2, 5), (3, 5)


@dataclass(frozen=True)
class Inserted:
    """What a fact or phrase says; never read as a template."""

    name: str
    text: str


Piece = str | Inserted
Line = list[Piece]


@dataclass(frozen=True)
class Told:
    """The facts of one letter, and how they are said in it."""

    facts: Facts
    remedies: tuple[str, ...] = ()
    masks: bool = True

    def says(self, name: str) -> str:
        """A fact or phrase in words."""
        if name in PHRASES:
            return "\n".join(self.remedies) if name == "remedy" else phrase(name, self.facts)
        value = self.facts.get(name)
        return "" if value is None else self.hidden(name, in_words(name, value))

    def hidden(self, name: str, words: str) -> str:
        """Numbers of a person are masked in a letter that leaves the house."""
        if not self.masks:
            return words
        if fact_kinds()[name].type is FactType.IDENTITY:
            return masked(words) if len(words) > 5 else "*" * len(words)
        return mask_numbers(words)


def mask_numbers(words: str) -> str:
    """The words with identity and bank card numbers masked."""
    for number in reversed(personal_numbers(words)):
        if number.kind in _HIDDEN:
            words = words[: number.start] + number.masked + words[number.end :]
    return words


def in_words(name: str, value: Value) -> str:
    """One value as it is printed within a sentence."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return chinese_day(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return "、".join("，".join(v) if isinstance(v, tuple) else v for v in value)
    if isinstance(value, str) and fact_kinds()[name].type is FactType.TEXT:
        # The template ends the sentence.
        return value.rstrip("。；;，,")
    return fact_kinds()[name].choices.get(str(value), str(value))


def blocks_of(parts: Iterable[Part], told: Told) -> tuple[Block, ...]:
    """The blocks of a template with its facts; headings as :attr:`Place.HEADING`."""
    found: list[Block] = []
    rows: list[list[Line]] = []
    for line in _lines(parts, told):
        if _opening(line).startswith("|"):
            rows.append(_cells(line))
            continue
        if rows:
            found.append(_form(rows))
            rows = []
        found += _line_blocks(line, told)
    if rows:
        found.append(_form(rows))
    return tuple(found)


def _lines(parts: Iterable[Part], told: Told) -> Iterator[Line]:
    """Every line that says something: cut at the line ends of the template alone."""
    line: Line = []
    for piece in _pieces(parts, told):
        if isinstance(piece, Inserted):
            line.append(piece)
            continue
        first, *rest = piece.split("\n")
        line.append(first)
        for words in rest:
            if _plain(line).strip():
                yield line
            line = [words]
    if _plain(line).strip():
        yield line


def _pieces(parts: Iterable[Part], told: Told) -> Iterator[Piece]:
    for part in parts:
        match part:
            case Hole(name):
                yield Inserted(name, told.says(name))
            case Section():
                if _stands(part, told):
                    yield from _pieces(part.parts, told)
            case str():
                yield part


def _stands(section: Section, told: Told) -> bool:
    if section.values:
        given = str(told.facts.get(section.name, "")) in section.values
    elif section.name in PHRASES:
        given = bool(told.says(section.name))
    else:
        given = told.facts.get(section.name) not in (None, False)
    return given is section.wanted


def _plain(line: Line) -> str:
    return "".join(piece.text if isinstance(piece, Inserted) else piece for piece in line)


def _opening(line: Line) -> str:
    """What the template itself says first on this line."""
    for piece in line:
        if isinstance(piece, Inserted):
            return ""
        if piece.strip():
            return piece.lstrip()
    return ""


def _line_blocks(line: Line, told: Told) -> Iterator[Block]:
    opening = _opening(line)
    if opening.rstrip() == "---" and len(line) == 1:
        yield PageBreak()
        return
    alone = _alone(line)
    if alone:
        value = told.facts.get(alone.name)
        if isinstance(value, tuple):
            yield from _listed(alone.name, value, told)
            return
    place = Place.BODY
    for sign, meant in (("#", Place.HEADING), (">", Place.FLUSH)):
        if opening.startswith(f"{sign} "):
            place = meant
    text = _plain(line).strip()
    text = text if place is Place.BODY else text[1:].strip()
    for words in text.split("\n"):
        if words.strip():
            yield Paragraph(words.strip(), place)


def _alone(line: Line) -> Inserted | None:
    said = [piece for piece in line if isinstance(piece, Inserted) or piece.strip()]
    only = said[0] if len(said) == 1 else None
    return only if isinstance(only, Inserted) else None


def _listed(name: str, value: tuple[object, ...], told: Told) -> Iterator[Block]:
    """A list as numbered paragraphs, a table as a table; a single item has no number."""
    if isinstance(value[0], tuple):
        yield _table(name, value, told)
        return
    for at, item in enumerate(value, 1):
        words = told.hidden(name, str(item))
        yield Paragraph(f"{at}．{words}" if len(value) > 1 else words)


def _table(name: str, rows: tuple[object, ...], told: Told) -> Table:
    kind = fact_kinds()[name]
    head = tuple(Cell(column, label=True) for column in kind.columns)
    body = tuple(
        tuple(Cell(told.hidden(name, cell)) for cell in row)
        for row in rows
        if isinstance(row, tuple)
    )
    return Table((head, *body), kind.widths, head_rows=1)


def _cells(line: Line) -> list[Line]:
    """The cells of a row: cut at the bars of the template alone."""
    cells: list[Line] = [[]]
    for piece in line:
        if isinstance(piece, Inserted):
            cells[-1].append(piece)
            continue
        first, *rest = piece.split("|")
        cells[-1].append(first)
        cells += [[words] for words in rest]
    # Nothing stands before the first bar, nor behind the last.
    return cells[1:-1] if not _plain(cells[-1]).strip() else cells[1:]


def _form(rows: list[list[Line]]) -> Table:
    """Rows of labels and values; a short row's last cell takes the rest of the width."""
    columns = max(len(row) for row in rows)
    made = []
    for row in rows:
        rest = columns - len(row) + 1
        made.append(
            tuple(
                Cell(
                    _plain(cell).strip(" "), rest if at == len(row) - 1 else 1, _is_label(at, cell)
                )
                for at, cell in enumerate(row)
            )
        )
    label, value = _NARROW if columns <= 2 else _WIDE
    widths = tuple(value if at % 2 else label for at in range(columns))
    return Table(tuple(made), widths)


def _is_label(at: int, cell: Line) -> bool:
    """Labels and values take turns; a label is the template's own word."""
    return at % 2 == 0 and not any(isinstance(piece, Inserted) for piece in cell)
