"""The facts of one letter, read from what was typed or stored, and what is missing among them.

A missing fact is told, never left blank: each gets one Chinese sentence, and all
are told at once.  Values may come as they are stored (``"2026-03-05"``, ``"300"``,
lines of text) or as dates, numbers and lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from ..document_number import DocumentNumber, parse_document_number, problem_with
from .fact_kinds import FactKind, FactType, fact_kinds
from .kinds import LetterKind, Need

Rows = tuple[tuple[str, ...], ...]
Value = str | date | int | Decimal | bool | tuple[str, ...] | Rows | DocumentNumber
Facts = Mapping[str, Value]

_YES = {"true", "1", "yes", "on", "是"}
_NO = {"false", "0", "no", "off", "否"}


@dataclass(frozen=True)
class Lack:
    """One thing in the way of a letter: the fact it concerns (``""`` for none), and the sentence."""

    fact: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def gather(kind: LetterKind, told: Mapping[str, object]) -> tuple[Facts, tuple[Lack, ...]]:
    """The facts of ``told`` as typed values, and everything missing or wrong among them.

    What the kind has no place for is passed over: a case's facts may be handed in
    whole.
    """
    facts: dict[str, Value] = {}
    lacks: dict[str, Lack] = {}
    for fact in kind.facts:
        raw = told.get(fact.id)
        if _is_blank(raw):
            continue
        value, problem = read_value(fact, raw)
        if problem or value is None:
            lacks[fact.id] = Lack(fact.id, problem)
        else:
            facts[fact.id] = value
    for name in (*kind.required, *kind.held):
        if name not in facts and name not in lacks:
            lacks[name] = missing(name)
    for group in kind.any_of:
        if not any(name in facts or name in lacks for name in group):
            labels = "、".join(f"“{fact_kinds()[name].label}”" for name in group)
            lacks[group[0]] = Lack(group[0], f"{labels}至少要填一项。")
    for need in kind.needs:
        if need.fact not in facts and need.fact not in lacks and _applies(need, facts):
            lacks[need.fact] = missing(need.fact, need.because)
    order = {fact.id: at for at, fact in enumerate(kind.facts)}
    return facts, tuple(sorted(lacks.values(), key=lambda lack: order[lack.fact]))


def missing(name: str, because: str = "") -> Lack:
    """The sentence for a fact that is not there."""
    fact = fact_kinds()[name]
    return Lack(name, f"没有填“{fact.label}”：{because or fact.ask}")


def read_value(fact: FactKind, raw: object) -> tuple[Value | None, str]:
    """``raw`` as a value of this fact, or a sentence that says why it is none."""
    match fact.type:
        case FactType.DATE:
            return _date(fact, raw)
        case FactType.COUNT:
            return _count(fact, raw)
        case FactType.YUAN:
            return _yuan(fact, raw)
        case FactType.LIST:
            return _lines(raw), ""
        case FactType.ROWS:
            return _rows(fact, raw)
        case FactType.CHOICE:
            return _choice(fact, raw)
        case FactType.FLAG:
            return _flag(fact, raw)
        case FactType.DOCUMENT_NUMBER:
            return _number(fact, raw)
        case _:
            return str(raw).strip(), ""


def _is_blank(raw: object) -> bool:
    if raw is None:
        return True
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, Sequence):
        return all(_is_blank(part) for part in raw)
    return False


def _applies(need: Need, facts: Facts) -> bool:
    value = facts.get(need.when)
    if need.values:
        return value in need.values
    return value is not None and value is not False


def _date(fact: FactKind, raw: object) -> tuple[Value | None, str]:
    if isinstance(raw, date):
        return date(raw.year, raw.month, raw.day), ""
    try:
        return date.fromisoformat(str(raw).strip()[:10]), ""
    except ValueError:
        return None, f"“{fact.label}”的“{raw}”不是日期，应如 2026-03-05。"


def _count(fact: FactKind, raw: object) -> tuple[Value | None, str]:
    try:
        number = int(str(raw).strip())
    except ValueError:
        return None, f"“{fact.label}”的“{raw}”不是整数。"
    if fact.least is not None and number < fact.least:
        return None, f"“{fact.label}”不能少于{fact.least}。"
    if fact.most is not None and number > fact.most:
        return None, f"“{fact.label}”不能多于{fact.most}：{fact.over}"
    return number, ""


def _yuan(fact: FactKind, raw: object) -> tuple[Value | None, str]:
    try:
        amount = Decimal(str(raw).strip())
    except InvalidOperation:
        return None, f"“{fact.label}”的“{raw}”不是金额。"
    if not amount.is_finite() or amount < 0:
        return None, f"“{fact.label}”的“{raw}”不是金额。"
    return amount, ""


def _lines(raw: object) -> tuple[str, ...]:
    if isinstance(raw, str):
        parts: Sequence[object] = raw.splitlines()
    else:
        parts = raw if isinstance(raw, Sequence) else (raw,)
    return tuple(line for line in (str(part).strip() for part in parts) if line)


def _rows(fact: FactKind, raw: object) -> tuple[Value | None, str]:
    rows = []
    for number, row in enumerate(raw if isinstance(raw, (list, tuple)) else (), 1):
        cells = tuple(str(cell).strip() for cell in row) if isinstance(row, (list, tuple)) else ()
        if len(cells) != len(fact.columns):
            heads = "、".join(fact.columns)
            return None, f"“{fact.label}”第{number}行应有{len(fact.columns)}格：{heads}。"
        if not any(cells):
            continue
        if not all(cells):
            blank = fact.columns[cells.index("")]
            return None, f"“{fact.label}”第{number}行没有填“{blank}”；没有的写“—”。"
        rows.append(cells)
    if not rows:
        return None, f"“{fact.label}”应逐行填写：{'、'.join(fact.columns)}。"
    return tuple(rows), ""


def _choice(fact: FactKind, raw: object) -> tuple[Value | None, str]:
    value = str(raw).strip()
    if value in fact.choices:
        return value, ""
    for slug, label in fact.choices.items():
        if value == label:
            return slug, ""
    return None, f"“{fact.label}”没有“{value}”这一项，可填：{'、'.join(fact.choices.values())}。"


def _flag(fact: FactKind, raw: object) -> tuple[Value | None, str]:
    value = str(raw).strip().lower()
    if value in _YES | _NO:
        return value in _YES, ""
    return None, f"“{fact.label}”应填“是”或者“否”。"


def _number(fact: FactKind, raw: object) -> tuple[Value | None, str]:
    number = parse_document_number(str(raw))
    if number:
        return number, ""
    return None, f"“{fact.label}”：{problem_with(str(raw))}"
