"""What people write in a ledger, into outcomes, days and plain words.

``不予公开－国家秘密``, ``（三）不予公开 1.属于国家秘密`` and ``国家秘密`` are one outcome;
``无法提供`` alone may be three, and so is none.  The words are data
(``outcomes.toml``, and the rows of the report form).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from ..forms import editions
from .outcomes import Outcome, OutcomeGroup, outcome_of, outcomes

Value = str | date | int | float | None

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T?\d{1,2}:\d{2}(?::\d{2})?)?")
# Between the head and the kind of an outcome.
_BETWEEN = re.compile(r"[-—–/:;,、()]+")
_ORDINAL = re.compile(r"^(?:\([一二三四五六七]\)|\d{1,2}[.、])+")
_ORDINAL_WITHIN = re.compile(r"(?<!^)(?=\d{1,2}[.、]\D)")
_NOT_WORDS = re.compile(r"[\s“”\"'‘’。]+")


@dataclass(frozen=True)
class OutcomeWords:
    """What the words for an outcome came to.

    ``outcome`` is None where they name none, or several: then ``choices`` are
    those.  ``grounds`` are the grounds named beside a partial disclosure.
    """

    outcome: Outcome | None = None
    choices: tuple[Outcome, ...] = ()
    grounds: tuple[Outcome, ...] = ()


def parse_text(value: Value) -> str:
    """A cell of a ledger as words: a whole number without its fraction, "" for a blank."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        return str(value)[:10]
    return unicodedata.normalize("NFC", str(value)).strip()


def parse_day(value: Value) -> date | None:
    """The day that a cell prints, or None where it is no day of the calendar."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    printed = _DAY.fullmatch(plain(value))
    if printed is None:
        return None
    try:
        return date(*(int(part) for part in printed.groups()))
    except ValueError:
        return None


def parse_outcome(text: str) -> OutcomeWords:
    """The outcome that ``text`` names."""
    words = _outcome_words()
    whole = _bare(plain(text))
    if whole in words:
        return OutcomeWords(words[whole])
    parts = _parts(text)
    named = {_group_words()[p] for p in parts if p in _group_words()}
    found = tuple(dict.fromkeys(words[p] for p in parts if p in words))
    fitting = [o for o in found if not named or outcome_of(o).group in named]
    if len(fitting) == 1:
        partly = fitting[0] is Outcome.PARTLY_DISCLOSED
        grounds = tuple(o for o in found if partly and outcome_of(o).withheld)
        return OutcomeWords(fitting[0], grounds=grounds)
    if fitting:
        return OutcomeWords(choices=tuple(fitting))
    broad = _broad_words()
    return OutcomeWords(choices=next((broad[p] for p in (whole, *parts) if p in broad), ()))


def parse_grounds(text: str) -> tuple[tuple[str, Outcome | None], ...]:
    """Each word of a list of grounds with the outcome that it names, None where none."""
    return tuple((part, _outcome_words().get(part)) for part in _parts(text))


def _parts(text: str) -> list[str]:
    """``text`` taken apart at its separators, but not within a word that has one itself."""
    whole = _ORDINAL_WITHIN.sub("-", plain(text))
    for word in _words_with_separators():
        whole = whole.replace(word, _BETWEEN.sub("", word))
    return [_bare(part) for part in _BETWEEN.split(whole) if part]


@lru_cache(maxsize=1)
def _words_with_separators() -> tuple[str, ...]:
    """法律、行政法规禁止公开 and the like, the longest first."""
    found = {word for word in _outcome_words() if _BETWEEN.search(word)}
    return tuple(sorted(found, key=len, reverse=True))


def plain(text: str) -> str:
    """``text`` made comparable: one width, no white space, no quotation marks."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).replace("－", "-"))


def _bare(text: str) -> str:
    """Without the ordinal of the form: ``（三）`` or ``1.``."""
    return _ORDINAL.sub("", text)


@lru_cache(maxsize=1)
def _outcome_words() -> Mapping[str, Outcome]:
    """Every word that names exactly one outcome."""
    found: dict[str, Outcome] = {}
    for rule in reversed(outcomes()):
        # The general kinds come last in the table and give way to the particular ones.
        for word in (rule.outcome.value, rule.ref, rule.label, *rule.variants):
            found[_bare(plain(word))] = rule.outcome
    for words, rows in _row_words().items():
        if len(rows) == 1:
            found.setdefault(words, rows[0])
    return {**{_BETWEEN.sub("", word): outcome for word, outcome in found.items()}, **found}


@lru_cache(maxsize=1)
def _group_words() -> Mapping[str, OutcomeGroup]:
    return {group.label: group for group in OutcomeGroup}


@lru_cache(maxsize=1)
def _broad_words() -> Mapping[str, tuple[Outcome, ...]]:
    """Words that name several outcomes: heads of the form, and rows that count several."""
    found = {words: rows for words, rows in _row_words().items() if len(rows) > 1}
    for group in OutcomeGroup:
        found[group.label] = tuple(r.outcome for r in outcomes() if r.group is group)
    return found


@lru_cache(maxsize=1)
def _row_words() -> Mapping[str, tuple[Outcome, ...]]:
    """The labels of the rows of table three, with the outcomes that each row counts."""
    found: dict[str, tuple[Outcome, ...]] = {}
    for name, form in editions().items():
        for row in form.requests.rows:
            counted = tuple(r.outcome for r in outcomes() if r.row(name) == row.id)
            if counted:
                for label in (row.label, *row.variants):
                    found.setdefault(_bare(plain(label)), counted)
    return found
