"""The life of a normative document (规章、行政规范性文件), and the yearly counts of the report.

A document is issued, comes into force, may be amended, extended, repealed or
declared lapsed, and lapses by itself when its term ends (有效期届满).  From these
events follows whether it holds on a given day.

The annual report (form of 2021, section two) asks for 本年制发件数, 本年废止件数
and 现行有效件数, as of 31 December.  The form doesn't say whether a lapsed
document counts as repealed, nor whether one that is issued and not yet in force
counts as valid: both are told apart here, so that nothing is hidden in a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .catalogue import Validity


class EventKind(StrEnum):
    """What can happen to a document that has been issued."""

    AMENDED = "amended"
    EXTENDED = "extended"
    REPEALED = "repealed"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        return {
            EventKind.AMENDED: "修改",
            EventKind.EXTENDED: "延长有效期",
            EventKind.REPEALED: "废止",
            EventKind.LAPSED: "宣布失效",
        }[self]


@dataclass(frozen=True)
class Event:
    """One event: the day from which it has effect, and the document that says so.

    ``until`` is the new last day of validity, for an extension only; None there
    means that the term is lifted.
    """

    kind: EventKind
    on: date
    by: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Life:
    """One document's life.

    ``key`` is the caller's name for it.  ``issued_on`` is the day it was made
    (成文日期); ``effective_on`` the first day it holds, that same day if none is
    given; ``expires_on`` the last day it holds (有效期至).
    """

    key: str
    issued_on: date
    effective_on: date | None = None
    expires_on: date | None = None
    events: tuple[Event, ...] = ()

    @property
    def begins_on(self) -> date:
        return self.effective_on or self.issued_on


@dataclass(frozen=True)
class Standing:
    """Where a document stands on a day: since when, and by which document."""

    validity: Validity
    since: date
    by: str = ""


@dataclass(frozen=True)
class YearCount:
    """The documents of one year, each number with the documents behind it."""

    year: int
    issued: tuple[str, ...]
    repealed: tuple[str, ...]
    lapsed: tuple[str, ...]
    in_force: tuple[str, ...]
    pending: tuple[str, ...]

    def cells(self, table: str) -> Mapping[str, int]:
        """The cells of ``table`` (``normative_documents``, ``government_rules``), form of 2021.

        ``repealed`` counts what was repealed, not what lapsed; ``in_force`` what
        holds on 31 December, not what is still to come into force.
        """
        return {
            f"{table}/issued": len(self.issued),
            f"{table}/repealed": len(self.repealed),
            f"{table}/in_force": len(self.in_force),
        }


def standing_on(life: Life, day: date) -> Standing | None:
    """Where the document stands on ``day``; None before it was issued."""
    if day < life.issued_on:
        return None
    last_day = life.expires_on
    amended: Event | None = None
    for event in sorted((e for e in life.events if e.on <= day), key=lambda e: e.on):
        if last_day is not None and event.on > last_day:
            break  # its term had ended before: nothing more can happen to it
        if event.kind is EventKind.REPEALED:
            return Standing(Validity.REPEALED, event.on, event.by)
        if event.kind is EventKind.LAPSED:
            return Standing(Validity.LAPSED, event.on, event.by)
        if event.kind is EventKind.EXTENDED:
            last_day = event.until
        else:
            amended = event
    if last_day is not None and day > last_day:
        return Standing(Validity.LAPSED, last_day + timedelta(days=1))
    if day < life.begins_on:
        return Standing(Validity.PENDING, life.issued_on)
    if amended:
        return Standing(Validity.AMENDED, max(amended.on, life.begins_on), amended.by)
    return Standing(Validity.IN_FORCE, life.begins_on)


def validity_on(life: Life, day: date) -> Validity | None:
    """Whether the document holds on ``day``; None before it was issued."""
    standing = standing_on(life, day)
    return standing.validity if standing else None


def problems_of(life: Life) -> tuple[str, ...]:
    """What in a document's life cannot be, one Chinese sentence each."""
    found = []
    if life.effective_on and life.effective_on < life.issued_on:
        found.append(f"施行日期 {life.effective_on} 早于成文日期 {life.issued_on}。")
    if life.expires_on and life.expires_on < life.begins_on:
        found.append(f"有效期至 {life.expires_on}，早于施行日期 {life.begins_on}。")
    last_day = life.expires_on
    ended: Event | None = None
    for event in sorted(life.events, key=lambda e: e.on):
        said = f"{event.on} {event.kind.label}"
        if event.on < life.issued_on:
            found.append(f"{said}，早于成文日期 {life.issued_on}。")
        elif ended:
            found.append(f"{said}，但 {ended.on} 已经{ended.kind.label}。")
        elif last_day and event.on > last_day:
            found.append(f"{said}，但有效期在 {last_day} 已满。")
        elif event.kind is EventKind.EXTENDED:
            if event.until and event.until < event.on:
                found.append(f"{said}到 {event.until}，早于延长的日期。")
            last_day = event.until
        elif event.kind in (EventKind.REPEALED, EventKind.LAPSED):
            ended = event
        if event.until and event.kind is not EventKind.EXTENDED:
            found.append(f"{said}不该写新的有效期。")
    return tuple(found)


def count_year(lives: Iterable[Life], year: int) -> YearCount:
    """The documents issued, repealed and lapsed in ``year``, and those that hold at its end."""
    end = date(year, 12, 31)
    found: dict[str, list[str]] = {
        name: [] for name in ("issued", "repealed", "lapsed", "in_force", "pending")
    }
    for life in lives:
        standing = standing_on(life, end)
        if standing is None:
            continue
        if life.issued_on.year == year:
            found["issued"].append(life.key)
        if standing.validity.holds:
            found["in_force"].append(life.key)
        elif standing.validity is Validity.PENDING or standing.since.year == year:
            found[standing.validity].append(life.key)
    return YearCount(year, **{name: tuple(keys) for name, keys in found.items()})
