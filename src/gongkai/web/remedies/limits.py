"""The clocks of a case of reconsideration or litigation: what is due from whom by when.

Only our own answer can be missed by us; the rest tells when to expect what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.core.days import DueDay, WorkingDays
from gongkai.core.remedies.limits import RemedyLimit, remedy_due, remedy_limit

from .models import Procedure, RemedyCase


@dataclass(frozen=True)
class CaseLimit:
    """One limit of a case.  ``ours``: it is for the agency to keep; ``met_on``: when it was."""

    rule: RemedyLimit
    start: date
    due: DueDay
    ours: bool
    met_on: date | None = None

    def late(self, today: date) -> bool:
        """Whether it was met after its last day, or has passed and was not met."""
        return (self.met_on or today) > self.due.day

    def running(self) -> bool:
        """Whether it is still to be met."""
        return self.met_on is None


def answer_limit(case: RemedyCase) -> str:
    """The limit of our answer, by the kind of the case and its procedure."""
    if case.remedy_kind.litigation:
        return "defend"
    return "answer_simplified" if case.procedure == Procedure.SIMPLIFIED else "answer_ordinary"


def answer_due(case: RemedyCase, days: WorkingDays) -> DueDay | None:
    """The last day of our answer; None until the copy has come."""
    if case.copy_received_on is None:
        return None
    return remedy_due(answer_limit(case), case.copy_received_on, days)


def limits_of(case: RemedyCase, days: WorkingDays) -> list[CaseLimit]:
    """Every limit that can be told of the case, ours first."""
    return list(_limits(case, days))


def _limits(case: RemedyCase, days: WorkingDays) -> Iterator[CaseLimit]:
    if case.copy_received_on:
        met_on = case.answered_on or case.closed_on
        yield _limit(answer_limit(case), case.copy_received_on, days, ours=True, met_on=met_on)
    if case.remedy_kind.litigation:
        return
    simplified = case.procedure == Procedure.SIMPLIFIED
    decide = "decide_simplified" if simplified else "decide_ordinary"
    yield _limit(decide, case.opened_on, days, met_on=case.closed_on)
    if case.decision_received_on:
        suit = case.followed_by.order_by("opened_on").first()
        yield _limit(
            "sue_after_reconsideration",
            case.decision_received_on,
            days,
            met_on=suit.opened_on if suit else None,
        )


def _limit(
    name: str, start: date, days: WorkingDays, *, ours: bool = False, met_on: date | None = None
) -> CaseLimit:
    rule = remedy_limit(name)
    return CaseLimit(rule, start, remedy_due(rule, start, days), ours, met_on)
