"""The course a request took: the limits that ran, who was consulted, what it waits for.

A *round* is one running of the reply limit: the first from the day of receipt, another from the
corrected request (art. 30), from the payment, from the order to redo.  A *consultation* takes
days out of a round (art. 33, paragraph 3) without beginning a new one.

This only holds what is the case and counts days; what an act does to it is :mod:`.steps`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ..days import WorkingDays
from ..finding import Finding
from ..rules import basis, say
from .history import Act
from .settings import ClockSettings
from .transitions import ActKind, State

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ActFinding:
    """What is to be said of one act.  ``place``: its number in the record, from 0; None: of none.

    ``ignored``: the clock goes on as though it had not been recorded.
    """

    finding: Finding
    place: int | None = None
    ignored: bool = False

    @property
    def rule(self) -> str:
        return self.finding.rule

    @property
    def text(self) -> str:
        return say(self.finding)

    @property
    def citation(self) -> str:
        return basis(self.finding)


@dataclass
class Round:
    """One running of the reply limit.  ``started_on`` is the day before the first that counts."""

    started_on: date
    cause: ActKind | None
    length: int
    extension: int = 0
    extended_on: date | None = None
    until: date | None = None  # art. 35: a day instead of a number of days

    @property
    def in_full(self) -> int:
        return self.length + self.extension


@dataclass
class Consultation:
    """A third party or another agency asked for its opinion.

    ``last_day``: of its fifteen working days; None for an agency that the fifteen don't bind.
    ``assumed``: reckoned from the day of sending, the day of receipt not being known.
    ``answered_on`` is when the opinion came; ``cut_on`` when the agency replied without it.
    """

    kind: ActKind
    sent_on: date
    party: str
    last_day: date | None
    assumed: bool
    answered_on: date | None = None
    cut_on: date | None = None

    @property
    def third_party(self) -> bool:
        return self.kind is ActKind.CONSULT_THIRD_PARTY

    @property
    def ended_on(self) -> date | None:
        """The last day of the wait, whatever ended it; None where nothing ever will."""
        days = [d for d in (self.answered_on, self.last_day, self.cut_on) if d]
        return min(days) if days else None

    @property
    def silent(self) -> bool:
        """Whether the wait ends with the last day, no opinion having come by then."""
        return self.ended_on is not None and self.ended_on not in (self.answered_on, self.cut_on)

    def open_on(self, day: date) -> bool:
        """Whether an opinion is waited for at the end of ``day``."""
        if day < self.sent_on:
            return False
        if self.silent:
            return day <= self.last_day if self.last_day else True
        return self.ended_on is None or day < self.ended_on

    def takes(self, day: date, settings: ClockSettings) -> bool:
        """Whether ``day`` is taken out of the reply limit."""
        if day < self.sent_on or (day == self.sent_on and settings.sending_day_counts):
            return False
        if self.ended_on is None:
            return True
        if day == self.ended_on and settings.answer_day_counts and not self.silent:
            return False
        return day <= self.ended_on


@dataclass
class Course:
    """Everything the acts made of a request.

    ``stage`` leaves out the waits that run beside the work (opinions, reasons): they are told by
    ``consultations`` and ``reasons_asked_on``.  ``waits_on``: the act that stopped the limit, to
    be reckoned anew; None while it runs.
    """

    arrived_on: date
    stage: State
    received_on: date | None = None
    rounds: list[Round] = field(default_factory=list)
    consultations: list[Consultation] = field(default_factory=list)
    waits_on: Act | None = None
    correction: Act | None = None
    corrected_on: date | None = None
    correct_by: date | None = None
    fee: Act | None = None
    pay_by: date | None = None
    paid_on: date | None = None
    reasons_asked_on: date | None = None
    reasons_given_on: date | None = None
    served: Act | None = None
    concluded_on: date | None = None
    confirmed_on: date | None = None
    accepted: list[tuple[int, Act]] = field(default_factory=list)
    findings: list[ActFinding] = field(default_factory=list)

    @property
    def round(self) -> Round | None:
        return self.rounds[-1] if self.rounds else None

    @property
    def redone(self) -> bool:
        """Whether a review or a court has ordered a new reply: its limit is theirs."""
        return any(round_.cause is ActKind.ORDERED_REDO for round_ in self.rounds)

    def states_on(self, day: date) -> tuple[State, ...]:
        """Every state it is in at the end of ``day``, the one to show first."""
        if self.stage is not State.PROCESSING:
            return (self.stage,)
        waiting = [c for c in self.consultations if c.open_on(day)]
        found = []
        if any(c.third_party for c in waiting):
            found.append(State.AWAITING_THIRD_PARTY)
        if any(not c.third_party for c in waiting):
            found.append(State.AWAITING_AGENCY)
        if self.reasons_asked_on and not self.reasons_given_on:
            found.append(State.AWAITING_REASONS)
        return tuple(found) or (State.PROCESSING,)


def nth_day(
    round_: Round,
    n: int,
    consultations: Sequence[Consultation],
    days: WorkingDays,
    settings: ClockSettings,
) -> date | None:
    """The ``n``\\ th day that counts in a round; None where an open consultation hides it."""
    for number, day in numbered(round_, consultations, days, settings):
        if number == n:
            return day
    return None


def numbered(
    round_: Round,
    consultations: Sequence[Consultation],
    days: WorkingDays,
    settings: ClockSettings,
) -> Iterator[tuple[int, date]]:
    """The days that count in a round, numbered from 1, for as long as one will come."""
    endless = min((c.sent_on for c in consultations if c.ended_on is None), default=None)
    # A fee is reckoned from the day after payment in so many words; the others from a day.
    first = settings.count_first_day and round_.cause is not ActKind.FEE_PAID
    day = round_.started_on - _A_DAY if first else round_.started_on
    number = 0
    while endless is None or day <= endless:
        day += _A_DAY
        if days.is_working_day(day) and not any(c.takes(day, settings) for c in consultations):
            number += 1
            yield number, day


def due_day(course: Course, days: WorkingDays, settings: ClockSettings) -> date | None:
    """The day by which the reply is due; None while nothing says so."""
    if course.round is None or course.waits_on is not None:
        return None
    if course.round.until is not None:
        return course.round.until
    return nth_day(course.round, course.round.in_full, course.consultations, days, settings)
