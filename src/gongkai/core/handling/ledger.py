"""台账: one line for a request, from its registration to its filing (art. 45).

A line holds what the annual report counts and what a reader of the ledger looks
for.  Its columns are data (``ledger.toml``).  :mod:`.ledger_reading` reads the lines of
an old ledger, :mod:`.tally` counts them into table three.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from ..errors import HandlingError
from ..forms import edition
from .channels import Channel
from .load import Data, made, read_data
from .outcomes import Outcome, outcome_of

FILE = "ledger.toml"
_NEWEST_EDITION = "2021"
# Parts of the file that are words for values, not columns.
_WORDS = {"requester_kinds", "channels"}


class RequesterKind(StrEnum):
    """The six columns of table three; a lawyer who asks in her own name is a natural person."""

    NATURAL_PERSON = "natural_person"
    BUSINESS = "business"
    RESEARCH = "research"
    PUBLIC_WELFARE = "public_welfare"
    LEGAL_SERVICE = "legal_service"
    OTHER = "other"

    @property
    def label(self) -> str:
        columns = edition(_NEWEST_EDITION).requests.columns
        return next(c.label for c in columns if c.id == self.value)


@dataclass(frozen=True)
class LedgerEntry:
    """One line.

    ``number`` is unique within ``agency``.  A request split into several matters
    has a line for each, with ``split_from``; several answered in one reply share
    ``reply_number`` and still have a line each.  ``received_on`` is the first day of
    receipt, which a correction does not move; None until both sides have confirmed
    it (art. 31).  ``concluded_on`` is the day of service, of posting, or on which the
    request ended otherwise.  ``redone_on`` and ``redone_outcome`` are those of a later
    reply by order of a reconsideration or a court.  ``withheld_under`` are the grounds
    of the parts taken out of a partial disclosure.
    """

    number: str
    agency: str
    requester_kind: RequesterKind
    received_on: date | None
    channel: Channel | None = None
    arrived_on: date | None = None
    due_on: date | None = None
    concluded_on: date | None = None
    outcome: Outcome | None = None
    withheld_under: tuple[Outcome, ...] = ()
    reply_number: str = ""
    redone_on: date | None = None
    redone_outcome: Outcome | None = None
    split_from: str = ""
    requester: str = ""
    matter: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """A line that contradicts itself is never made: the reader says so before."""
        for wrong, why in (
            (not self.number, "it has no number"),
            ((self.concluded_on is None) != (self.outcome is None), "outcome without day"),
            ((self.redone_on is None) != (self.redone_outcome is None), "redone without day"),
            (self.redone_on is not None and self.concluded_on is None, "redone, not concluded"),
            (_before(self.concluded_on, self.received_on), "concluded before it was received"),
            (_before(self.received_on, self.arrived_on), "received before it arrived"),
            (_before(self.redone_on, self.concluded_on), "redone before it was concluded"),
            (self.withheld_under and self.outcome is not Outcome.PARTLY_DISCLOSED, "a part"),
            (not all(outcome_of(o).withheld for o in self.withheld_under), "no such ground"),
        ):
            if wrong:
                raise HandlingError(f"ledger, {self.number!r}: {why}")

    @property
    def final_outcome(self) -> Outcome | None:
        """The outcome that stands in the end."""
        return self.redone_outcome or self.outcome


class ColumnKind(StrEnum):
    """What a column of the ledger holds."""

    TEXT = "text"
    DAY = "day"
    REQUESTER_KIND = "requester_kind"
    CHANNEL = "channel"
    OUTCOME = "outcome"
    GROUNDS = "grounds"


@dataclass(frozen=True)
class LedgerColumn:
    """One column: ``id`` is the field of :class:`LedgerEntry`, ``label`` its heading.

    ``variants`` are headings of old ledgers; ``doubtful`` those that mean nearly
    the same, taken where nothing better is given, and said.
    """

    id: str
    label: str
    kind: ColumnKind
    required: bool
    variants: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


def columns() -> tuple[LedgerColumn, ...]:
    """The columns of the ledger in their order."""
    return tuple(columns_by_id().values())


def line_of(entry: LedgerEntry) -> Mapping[str, str | date | None]:
    """An entry as a line of the ledger, by Chinese heading: words, days, and None for a blank."""
    return {column.label: _printed(getattr(entry, column.id)) for column in columns()}


@lru_cache(maxsize=1)
def requester_kind_words() -> Mapping[str, RequesterKind]:
    """What ledgers call the six kinds."""
    extra = read_data(FILE)["requester_kinds"]
    words: dict[str, RequesterKind] = {}
    for column in edition(_NEWEST_EDITION).requests.columns:
        if column.id != "total":
            kind = RequesterKind(column.id)
            for word in (column.label, column.id, *column.variants, *extra[column.id]):
                words[word] = kind
    return words


@lru_cache(maxsize=1)
def channel_words() -> Mapping[str, Channel]:
    """What ledgers call the channels."""
    extra = read_data(FILE)["channels"]
    return {word: c for c in Channel for word in (c.label, c.value, *extra[c.value])}


@lru_cache(maxsize=1)
def columns_by_id() -> Mapping[str, LedgerColumn]:
    """The columns by the field they fill."""
    data = read_data(FILE)
    return made(FILE, {k: v for k, v in data.items() if k not in _WORDS}, _column)


def _column(name: str, data: Data) -> LedgerColumn:
    if name not in LedgerEntry.__dataclass_fields__:
        raise ValueError("no field of an entry")
    return LedgerColumn(
        id=name,
        label=data["label"],
        kind=ColumnKind(data["kind"]),
        required=data.get("required", False),
        variants=tuple(data.get("variants", ())),
        doubtful=tuple(data.get("doubtful", ())),
    )


def _printed(value: object) -> str | date | None:
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, tuple):
        return "；".join(Outcome(o).label for o in value) or None
    if isinstance(value, RequesterKind | Channel | Outcome):
        return value.label
    return str(value) or None


def _before(day: date | None, earlier: date | None) -> bool:
    return day is not None and earlier is not None and day < earlier
