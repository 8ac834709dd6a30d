"""The legal clock: from what happened to a request, the day by which the reply is due.

It starts on the day of receipt (art. 31), starts again with the corrected request (art. 30) and
the payment of a fee, lets out the time in which others are heard (arts. 32 to 34), is extended
once (art. 33) or set (art. 35), and begins anew when a review or a court orders a new reply.
The result is an *account*: every day with why it counts or not, so that nobody has to believe
a date.  What the law leaves open is a setting (:mod:`.settings`) and is said in the account.

It never raises for what people recorded: what the law does not allow is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from ..days import WorkingDays
from ..rules import find
from .changes import Change, next_changes
from .course import ActFinding, Consultation, Course, due_day, numbered
from .day_lines import DayLine, day_lines
from .history import History, Service
from .receipt import Receipt, receipt
from .running_limits import RunningLimit, running_limits
from .settings import ClockSettings, open_questions
from .steps import follow
from .transitions import ActKind, State

_REGULATION_FROM = date(2019, 5, 15)
# Where no due day ends the account, it goes on to today, but not for ever.
_LONGEST_WAIT = timedelta(days=366)


def account(
    history: History,
    working_days: WorkingDays,
    today: date,
    settings: ClockSettings | None = None,
) -> Account:
    """The account of a request on ``today``."""
    settings = settings or ClockSettings()
    return Account(history, working_days, today, settings, follow(history, working_days, settings))


@dataclass(frozen=True)
class Account:
    """Where a request stands, when the reply is due, and how that was reckoned."""

    history: History
    working_days: WorkingDays
    today: date
    settings: ClockSettings
    course: Course

    @cached_property
    def as_of(self) -> date:
        """Today; where an act is recorded for a later day, that day: it counts as having come."""
        return max([self.today, *(act.on for _, act in self.course.accepted)])

    @property
    def states(self) -> tuple[State, ...]:
        """Every state it is in: several, where several are asked for their opinion."""
        return self.course.states_on(self.as_of)

    @property
    def state(self) -> State:
        return self.states[0]

    @property
    def received_on(self) -> date | None:
        """The day of receipt; None until both sides confirmed."""
        return self.course.received_on

    @property
    def started_on(self) -> date | None:
        """The day from which the limit that runs is reckoned, itself not counted."""
        return self.course.round.started_on if self.course.round else None

    @property
    def concluded_on(self) -> date | None:
        """The day that counts as the end: of a reply by post, the day of posting."""
        return self.course.concluded_on

    @cached_property
    def due_on(self) -> date | None:
        """The day by which the reply is due; None while none can be told (see ``says``)."""
        return due_day(self.course, self.working_days, self.settings)

    @property
    def late(self) -> bool:
        """Whether it was served after the due day, or the day is past and it was not served."""
        return self.due_on is not None and (self.concluded_on or self.as_of) > self.due_on

    @property
    def why(self) -> str:
        """Why the due day is provisional; "" where it is settled."""
        return "；".join(dict.fromkeys(self._doubts()))

    @property
    def provisional(self) -> bool:
        return bool(self.why)

    @property
    def receipt(self) -> Receipt:
        given = self.history
        confirmed_on = self.course.confirmed_on
        return receipt(given.received, given.channel, confirmed_on, given.misaddressed)

    @property
    def pauses(self) -> tuple[Consultation, ...]:
        """Every consultation, whose time is taken out of the limit."""
        return tuple(self.course.consultations)

    @property
    def running_pauses(self) -> tuple[Consultation, ...]:
        return tuple(c for c in self.course.consultations if c.open_on(self.as_of))

    @cached_property
    def days(self) -> tuple[DayLine, ...]:
        """A line for every day from arrival to the due day, or to where it waits."""
        last = self.due_on or self._told_until()
        lines = day_lines(
            self.course, self.receipt, self.due_on, last, self.working_days, self.settings
        )
        return tuple(lines)

    @cached_property
    def used(self) -> int:
        """How many days of the limit have counted by the end of today, or of the last day."""
        if self.course.round is None:
            return 0
        last = min(self.concluded_on or self.as_of, self.due_on or self.as_of)
        if self.course.waits_on:
            last = min(last, self.course.waits_on.on)
        count = 0
        for number, day in numbered(
            self.course.round, self.course.consultations, self.working_days, self.settings
        ):
            if day > last:
                break
            count = number
        return count

    @property
    def days_left(self) -> int | None:
        """Days of the limit still to come after today, below 0 for working days past the due day.

        None where no limit runs.  Days that are taken out are not among them.
        """
        limit = self.course.round
        if self.due_on is None or self.concluded_on or limit is None:
            return None
        if self.as_of > self.due_on:
            return -self.working_days.count_between(self.due_on, self.as_of).days
        if limit.until:
            return self.working_days.count_between(self.as_of, limit.until).days
        return limit.in_full - self.used

    @cached_property
    def limits(self) -> tuple[RunningLimit, ...]:
        """The other limits of the case."""
        return tuple(
            running_limits(self.course, self.receipt, self.working_days, self.settings, self.today)
        )

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What may be done next and would change the due day."""
        return tuple(change for change in self._next if change.matters)

    @property
    def acts_open(self) -> tuple[ActKind, ...]:
        """What may be done next: by the table, and by this case."""
        return tuple(change.act for change in self._next)

    @cached_property
    def findings(self) -> tuple[ActFinding, ...]:
        """What in the record the law does not allow, or what is to be looked at."""
        return (*self._of_the_whole(), *self.course.findings)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What the law leaves open, as far as this case turns on it."""
        questions = open_questions()
        return tuple(questions[name].note for name in self._open_questions())

    @cached_property
    def says(self) -> str:
        """Where the limit stands, as a sentence."""
        return _sentence(self)

    @cached_property
    def _next(self) -> tuple[Change, ...]:
        found = next_changes(
            self.history, self.course, self.working_days, self.settings, self.today
        )
        return tuple(found)

    def _told_until(self) -> date:
        last = max([self.course.arrived_on, *(act.on for _, act in self.course.accepted)])
        if self.concluded_on:
            return last
        return max(last, min(self.as_of, last + _LONGEST_WAIT))

    def _doubts(self) -> Iterator[str]:
        if self.due_on is None or self.started_on is None:
            return
        limit = self.course.round
        if limit and not limit.until:
            doubt = self.working_days.doubt(self.started_on, self.due_on)
            if doubt:
                yield doubt
            for pause in self.pauses:
                if pause.silent and self.started_on < (pause.last_day or self.due_on):
                    yield from self._doubts_of(pause)

    def _doubts_of(self, pause: Consultation) -> Iterator[str]:
        who = (pause.party or "第三方") if pause.third_party else (pause.party or "其他机关")
        if self.due_on and pause.sent_on < self.due_on:
            if pause.open_on(self.as_of) and not pause.answered_on:
                yield f"还没有收到{who}的意见，按 {pause.last_day} 逾期未提出推算"
            if pause.assumed:
                yield f"没有记{who}收到征求意见书的日子，按发出之日推算"

    def _open_questions(self) -> Iterator[str]:
        if self.started_on:
            yield "count_first_day"
        if self.pauses:
            yield "sending_day_counts"
            yield "answer_day_counts"
        if self.course.fee:
            yield "fee"
        if self.course.redone:
            yield "extension_in_redo"
        if self.course.round and self.course.round.until:
            yield "longest_delay"
        if self.course.served and self.course.served.service is Service.ELECTRONIC:
            yield "electronic_service"

    def _of_the_whole(self) -> Iterator[ActFinding]:
        given = self.history
        if given.unread:
            yield ActFinding(find("clock.unread", words="、".join(given.unread)))
        if given.received < _REGULATION_FROM:
            yield ActFinding(find("clock.earlier_regulation", received_on=given.received))
        for place, act in enumerate(given.acts):
            if act.on > self.today:
                named = {"act": act.kind.label, "on": act.on, "today": self.today}
                yield ActFinding(find("clock.after_today", **named), place)


def _sentence(told: Account) -> str:
    course, due_on = told.course, told.due_on
    if course.stage in (State.ABANDONED_CORRECTION, State.ABANDONED_FEE):
        return f"{told.concluded_on} {course.stage.label}，不再处理"
    if course.stage is State.WITHDRAWN:
        return f"{told.concluded_on} 申请人撤回，办理终止"
    if told.concluded_on and due_on:
        late = "已逾期" if told.late else "没有逾期"
        return f"{told.concluded_on} 办结，答复期限到 {due_on}，{late}"
    if told.concluded_on:
        return f"{told.concluded_on} 办结，收到之日未定，不能说是否逾期"
    if told.received_on is None and course.round is None:
        return "还没有双方确认，收到之日未定，期限没有起算"
    if course.waits_on and course.waits_on.kind is ActKind.ASK_FOR_CORRECTION:
        return "等待补正，答复期限自收到补正之日起重新计算"
    if course.waits_on:
        return f"等待缴费（最迟 {course.pay_by}），答复期限自缴清次日起重新计算"
    if due_on is None:
        return "征求其他机关意见的时间不计入，收到意见后继续计算"
    if told.late:
        return f"答复期限已于 {due_on} 届满，还没有送达"
    return f"答复期限到 {due_on}"
