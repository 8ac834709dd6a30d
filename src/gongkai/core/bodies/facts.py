"""What a document plainly says of itself: its number, the day it was made, who issued it.

Only lines that say nothing else count, and each fact comes with the line it was found in, for
the author to confirm.  Where a document says two different things there are two facts, and no
answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..document_number import DocumentNumber, parse_document_number
from ..readers.understanding.dates import find_date, is_only_date
from .content import Block, Paragraph, Table, every_block, words_of

# What may stand on the line of the number without being part of it.
_SIGNER = re.compile(r"签发人[:：].{0,20}$")
_AGENCY = re.compile(
    r"[\u4e00-\u9fff]{2,30}(?:政府|办公室|办公厅|委员会|局|厅|院|署|中心|大队|支队|总队|办事处|"
    r"管委会|领导小组|指挥部|联席会议|公司|协会|联合会|学校|医院|专班|党委|党工委|县委|区委|市委|"
    r"工委|银行|集团|社|站|所|办|府|部)"
)
_HEAD = re.compile(r"([\u4e00-\u9fff]{4,40})文件")
# How many lines of the beginning may hold the head of a document.
_BEGINNING = 15


class FactKind(StrEnum):
    """发文字号, 成文日期, 发文机关."""

    DOCUMENT_NUMBER = "document_number"
    MADE_ON = "made_on"
    ISSUING_AGENCY = "issuing_agency"


LABELS = {
    FactKind.DOCUMENT_NUMBER: "发文字号",
    FactKind.MADE_ON: "成文日期",
    FactKind.ISSUING_AGENCY: "发文机关",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its value (a day as ``2024-05-06``), where it stood and the line as printed."""

    kind: FactKind
    value: str
    where: str
    quote: str


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    printed: str
    # Without white space, full-width signs as half-width ones.
    words: str

    @property
    def where(self) -> str:
        return f"第 {self.number} 段"


def find_facts(blocks: Sequence[Block]) -> tuple[Fact, ...]:
    """The facts that ``blocks`` plainly say, each value of a kind once."""
    lines = list(_lines(blocks))
    found = [*_document_numbers(lines), *_dates(lines), *_agencies(lines)]
    told: dict[tuple[FactKind, str], Fact] = {}
    for fact in found:
        told.setdefault((fact.kind, fact.value), fact)
    return tuple(told.values())


def answer(facts: Sequence[Fact], kind: FactKind) -> Fact | None:
    """The fact of that kind; None where there is none, or more than one."""
    found = [fact for fact in facts if fact.kind is kind]
    return found[0] if len(found) == 1 else None


def document_number(line: str) -> DocumentNumber | None:
    """The document number that a line is, apart from brackets and who signed; else None."""
    bare = _SIGNER.sub("", _plain(line))
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    return parse_document_number(bare)


def is_head(words: str) -> bool:
    """Whether a line is the head of an official document (…文件)."""
    return _HEAD.fullmatch(_plain(words)) is not None


def _lines(blocks: Sequence[Block]) -> Iterator[_Line]:
    """The lines of the text and, before it begins, those of tables that hold its head."""
    number = 0
    for at, block in enumerate(blocks):
        inner = every_block([block]) if at < _BEGINNING and isinstance(block, Table) else (block,)
        for paragraph in inner:
            if isinstance(paragraph, Paragraph):
                number += 1
                for printed in words_of(paragraph.content).split("\n"):
                    if printed.strip():
                        yield _Line(number, printed.strip(), _plain(printed))


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def _document_numbers(lines: list[_Line]) -> Iterator[Fact]:
    for line in lines[:_BEGINNING]:
        found = document_number(line.words)
        if found is not None:
            yield Fact(FactKind.DOCUMENT_NUMBER, str(found), line.where, line.printed)


def _dates(lines: list[_Line]) -> Iterator[Fact]:
    for line in lines:
        found = find_date(line.words) if is_only_date(line.words) else None
        if found is not None and found.day is not None:
            yield Fact(FactKind.MADE_ON, found.day.isoformat(), line.where, line.printed)


def _agencies(lines: list[_Line]) -> Iterator[Fact]:
    """The names above the day of a signature; else the head of the document."""
    signed = False
    for at, line in enumerate(lines):
        if not is_only_date(line.words):
            continue
        above: list[_Line] = []
        while at and _AGENCY.fullmatch(lines[at - 1].words):
            at -= 1
            above.insert(0, lines[at])
        if above:
            signed = True
            names = "、".join(part.words for part in above)
            printed = " ".join(part.printed for part in above)
            yield Fact(FactKind.ISSUING_AGENCY, names, above[0].where, printed)
    for line in () if signed else lines[:_BEGINNING]:
        found = _HEAD.fullmatch(line.words)
        if found and _AGENCY.fullmatch(found[1]):
            yield Fact(FactKind.ISSUING_AGENCY, found[1], line.where, line.printed)
