"""A line of somebody's old ledger into an entry, or into what is wrong with it.

Headings are matched by what old ledgers write (``ledger.toml``), words by
:mod:`.ledger_words`; nothing is guessed: a word that may mean two things is a finding.
What stands in columns that the ledger does not have is kept aside, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from ..finding import Finding, Severity
from ..rules import find
from .channels import Channel
from .ledger import (
    LedgerEntry,
    RequesterKind,
    channel_words,
    columns,
    columns_by_id,
    requester_kind_words,
)
from .ledger_words import (
    Value,
    parse_day,
    parse_grounds,
    parse_outcome,
    parse_text,
    plain,
)
from .outcomes import Outcome, outcome_of, outcomes

_DAYS = ("arrived_on", "received_on", "due_on", "concluded_on", "redone_on")
# What must not be before what.
_ORDER = (
    ("received_on", "arrived_on"),
    ("concluded_on", "received_on"),
    ("redone_on", "concluded_on"),
)


@dataclass(frozen=True)
class LedgerLine:
    """What one line came to: an entry, or None with the findings that say why.

    ``kept_aside`` are the words of columns that the ledger does not have.
    """

    entry: LedgerEntry | None
    findings: tuple[Finding, ...]
    kept_aside: Mapping[str, str] = field(default_factory=dict)


def read_line(
    line: Mapping[str, Value], place: str, agency: str = "", today: date | None = None
) -> LedgerLine:
    """The line as an entry; ``place`` names it to a person (第 5 行).

    ``agency`` is whose ledger it is, where no column says so.  A day after ``today``
    is a finding.
    """
    reading = _Reading(place, today)
    reading.sort(line)
    if agency and not reading.text("agency"):
        reading.given["agency"] = agency
    return reading.line()


def repeated_numbers(entries: Iterable[LedgerEntry]) -> tuple[Finding, ...]:
    """Numbers that one agency's ledger holds more than once."""
    counted: dict[tuple[str, str], int] = {}
    for entry in entries:
        counted[entry.agency, entry.number] = counted.get((entry.agency, entry.number), 0) + 1
    return tuple(
        find("ledger.number_twice", number=number, count=count)
        for (_, number), count in counted.items()
        if count > 1
    )


class _Reading:
    """One line being read."""

    def __init__(self, place: str, today: date | None) -> None:
        self.place, self.today = place, today
        self.given: dict[str, Value] = {}
        self.headings: dict[str, str] = {}
        self.kept_aside: dict[str, str] = {}
        self.findings: list[Finding] = []

    def sort(self, line: Mapping[str, Value]) -> None:
        """Put every cell under its column; what has none is kept aside."""
        doubtful: list[tuple[str, str, Value]] = []
        for heading, value in line.items():
            column, certain = _headings().get(plain(heading), ("", True))
            if not parse_text(value):
                continue
            if not column:
                self.kept_aside[heading] = parse_text(value)
                self._find("ledger.column_kept_aside", column=heading)
            elif not certain:
                doubtful.append((column, heading, value))
            else:
                self._take(column, heading, value)
        for column, heading, value in doubtful:
            if column in self.given:
                self.kept_aside[heading] = parse_text(value)
            else:
                self._take(column, heading, value)
                self._find("ledger.reply_day_taken", column=heading, value=parse_text(value))

    def line(self) -> LedgerLine:
        """The entry, where nothing stands against it."""
        kind = self._requester_kind()
        outcome, grounds = self._outcome("outcome")
        redone_outcome, _ = self._outcome("redone_outcome")
        channel = self._channel()
        withheld_under = self._grounds(outcome) or grounds
        days = {name: self._day(name) for name in _DAYS}
        self._required()
        self._order(days)
        self._pairs(outcome, days["concluded_on"], redone_outcome, days["redone_on"])
        findings = tuple(self.findings)
        if kind is None or any(f.severity is Severity.ERROR for f in findings):
            return LedgerLine(None, findings, self.kept_aside)
        entry = LedgerEntry(
            number=self.text("number"),
            agency=self.text("agency"),
            requester_kind=kind,
            channel=channel,
            arrived_on=days["arrived_on"],
            received_on=days["received_on"],
            due_on=days["due_on"],
            concluded_on=days["concluded_on"],
            outcome=outcome,
            withheld_under=withheld_under,
            reply_number=self.text("reply_number"),
            redone_on=days["redone_on"],
            redone_outcome=redone_outcome,
            split_from=self.text("split_from"),
            requester=self.text("requester"),
            matter=self.text("matter"),
            note=self.text("note"),
        )
        return LedgerLine(entry, findings, self.kept_aside)

    def text(self, column: str) -> str:
        return parse_text(self.given.get(column))

    def _take(self, column: str, heading: str, value: Value) -> None:
        if column in self.given and parse_text(self.given[column]) != parse_text(value):
            self._find("ledger.column_twice", column=self.headings[column], other=heading)
            self.kept_aside[heading] = parse_text(value)
            return
        self.given[column] = value
        self.headings[column] = heading

    def _requester_kind(self) -> RequesterKind | None:
        text = self.text("requester_kind")
        kind = requester_kind_words().get(plain(text))
        if text and kind is None:
            choices = [k.label for k in RequesterKind]
            self._find("ledger.unknown_requester_kind", value=text, choices=choices)
        return kind

    def _channel(self) -> Channel | None:
        text = self.text("channel")
        channel = _channels().get(plain(text))
        if text and channel is None:
            choices = [c.label for c in Channel]
            self._find("ledger.unknown_channel", value=text, choices=choices)
        return channel

    def _outcome(self, column: str) -> tuple[Outcome | None, tuple[Outcome, ...]]:
        text = self.text(column)
        if not text:
            return None, ()
        words = parse_outcome(text)
        if words.outcome is None:
            choices = [o.label for o in words.choices] or [r.label for r in outcomes()]
            rule = "ledger.outcome_too_broad" if words.choices else "ledger.unknown_outcome"
            self._find(rule, value=text, choices=choices)
        return words.outcome, words.grounds

    def _grounds(self, outcome: Outcome | None) -> tuple[Outcome, ...]:
        found: list[Outcome] = []
        for part, ground in parse_grounds(self.text("withheld_under")):
            rule = outcome_of(ground) if ground else None
            if rule is None or not rule.withheld or outcome is not Outcome.PARTLY_DISCLOSED:
                choices = [r.label for r in outcomes() if r.withheld]
                self._find("ledger.not_a_ground", value=part, choices=choices)
            else:
                found.append(rule.outcome)
        return tuple(dict.fromkeys(found))

    def _day(self, column: str) -> date | None:
        value = self.given.get(column)
        if not parse_text(value):
            return None
        day = parse_day(value)
        if day is None:
            self._find("ledger.not_a_day", column=self._heading(column), value=parse_text(value))
        elif self.today is not None and day > self.today and column != "due_on":
            heading = self._heading(column)
            self._find("ledger.day_in_future", column=heading, value=day, today=self.today)
        return day

    def _required(self) -> None:
        for column in columns():
            if column.required and not self.text(column.id):
                self._find("ledger.missing", column=column.label)

    def _order(self, days: Mapping[str, date | None]) -> None:
        for later, earlier in _ORDER:
            day, before = days[later], days[earlier]
            if day is not None and before is not None and day < before:
                self._find(
                    "ledger.days_reversed",
                    column=self._heading(later),
                    value=day,
                    earlier_column=self._heading(earlier),
                    earlier=before,
                )

    def _pairs(
        self,
        outcome: Outcome | None,
        concluded_on: date | None,
        redone_outcome: Outcome | None,
        redone_on: date | None,
    ) -> None:
        """An outcome and its day come together; what was redone was concluded before."""
        for name, day_name, value, day in (
            ("outcome", "concluded_on", outcome, concluded_on),
            ("redone_outcome", "redone_on", redone_outcome, redone_on),
        ):
            words = {"column": self._heading(name), "day_column": self._heading(day_name)}
            if value is not None and day is None and not self.text(day_name):
                self._find("ledger.outcome_without_day", **words)
            if day is not None and value is None and not self.text(name):
                self._find("ledger.day_without_outcome", **words)
        if redone_on is not None and concluded_on is None:
            self._find("ledger.redone_before_concluded")

    def _heading(self, column: str) -> str:
        return self.headings.get(column) or columns_by_id()[column].label

    def _find(self, rule: str, **values: object) -> None:
        self.findings.append(find(rule, line=self.place, **values))


@lru_cache(maxsize=1)
def _channels() -> Mapping[str, Channel]:
    return {plain(word): channel for word, channel in channel_words().items()}


@lru_cache(maxsize=1)
def _headings() -> Mapping[str, tuple[str, bool]]:
    """Every heading by its column, and whether it certainly means that column."""
    found: dict[str, tuple[str, bool]] = {}
    for column in columns():
        found.update({plain(word): (column.id, False) for word in column.doubtful})
        found.update({plain(word): (column.id, True) for word in (column.label, *column.variants)})
    return found
