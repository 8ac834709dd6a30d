"""The other limits of a case: by when to ask for correction, to hear an opinion, to pay.

Each is told whether it still runs, was met, or has passed; the reply's own limit is the account.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..days import WorkingDays
from ..law import cite
from .course import Consultation, Course, due_day, nth_day
from .receipt import Receipt
from .settings import ClockSettings
from .transitions import ActKind, State
from .walk import length, limit_end

_REGULATION = "ogi-regulation-2019"
_NOT_SETTLED = (State.PROCESSING, State.DECIDED, State.SIGNED)


@dataclass(frozen=True)
class RunningLimit:
    """One limit.  ``met_on``: when what it asks for was done; ``assumed``: why it is a guess."""

    id: str
    label: str
    last_day: date
    basis: str
    running: bool
    met_on: date | None = None
    party: str = ""
    assumed: str = ""
    today: date = date.max

    @property
    def late(self) -> bool:
        """Whether it was met after its last day, or runs still and has passed."""
        if self.met_on:
            return self.met_on > self.last_day
        return self.running and self.today > self.last_day

    @property
    def citation(self) -> str:
        return cite(self.basis)


def running_limits(
    course: Course, receipt: Receipt, days: WorkingDays, settings: ClockSettings, today: date
) -> Iterator[RunningLimit]:
    """Every limit beside the reply's, in the order in which a case meets them."""
    open_ = course.concluded_on is None
    if receipt.confirm_by:
        yield RunningLimit(
            id="confirmation",
            label="与申请人确认收到最迟",
            last_day=receipt.confirm_by,
            basis=receipt.basis,
            running=open_ and course.received_on is None,
            met_on=course.confirmed_on,
            today=today,
        )
    if course.received_on and (len(course.rounds) == 1 or course.correction):
        last_day = limit_end("ask_for_correction", course.received_on, days, settings)
        asked = course.correction is not None
        yield RunningLimit(
            id="correction_notice",
            label="告知补正最迟",
            last_day=last_day,
            basis=f"{_REGULATION}#30",
            # Most requests need none: that nothing was asked for in time is nothing amiss.
            running=open_ and not asked and course.stage in _NOT_SETTLED and today <= last_day,
            met_on=course.correction.on if course.correction else None,
            today=today,
        )
    if course.correct_by:
        yield RunningLimit(
            id="correction",
            label="申请人补正最迟",
            last_day=course.correct_by,
            basis=f"{_REGULATION}#30",
            running=open_ and course.corrected_on is None,
            met_on=course.corrected_on,
            today=today,
        )
    for consultation in course.consultations:
        if consultation.last_day:
            yield _opinion(consultation, consultation.last_day, today)
    if course.pay_by and course.fee:
        guessed = not course.fee.received_on
        yield RunningLimit(
            id="fee_payment",
            label="缴纳信息处理费最迟",
            last_day=course.pay_by,
            basis="handling-fee-2020#6",
            running=open_ and course.paid_on is None,
            met_on=course.paid_on,
            assumed="没有记申请人收到收费通知的日子，按发出之日推算" if guessed else "",
            today=today,
        )
    yield from _of_the_reply(course, days, settings, today)


def _opinion(consultation: Consultation, last_day: date, today: date) -> RunningLimit:
    third_party = consultation.third_party
    who = "第三方" if third_party else "其他机关"
    return RunningLimit(
        id="third_party_opinion" if third_party else "agency_opinion",
        label=f"{who}提出意见最迟",
        last_day=last_day,
        basis=f"{_REGULATION}#{32 if third_party else 34}",
        running=consultation.open_on(today),
        met_on=consultation.answered_on,
        party=consultation.party,
        assumed=f"没有记{who}收到征求意见书的日子，按发出之日推算" if consultation.assumed else "",
        today=today,
    )


def _of_the_reply(
    course: Course, days: WorkingDays, settings: ClockSettings, today: date
) -> Iterator[RunningLimit]:
    """How far the reply can be extended; and its due day, were the day of receipt to count."""
    limit = course.round
    due_on = due_day(course, days, settings)
    if limit is None or due_on is None or limit.until or course.concluded_on:
        return
    fixed = course.redone and not settings.extension_in_redo
    if not limit.extended_on and not fixed:
        in_full = limit.length + length("extension")
        last_day = nth_day(limit, in_full, course.consultations, days, settings)
        if last_day:
            yield RunningLimit(
                id="full_extension",
                label="延长后答复最迟",
                last_day=last_day,
                basis=f"{_REGULATION}#33.2",
                running=today <= due_on,
                today=today,
            )
    if days.is_working_day(limit.started_on) and limit.cause is not ActKind.FEE_PAID:
        careful = nth_day(limit, limit.in_full - 1, course.consultations, days, settings)
        if careful and not settings.count_first_day:
            yield RunningLimit(
                id="early_warning",
                label="起算当日也计入的，答复最迟",
                last_day=careful,
                basis="civil-code-2020#201",
                running=today <= careful,
                today=today,
            )
