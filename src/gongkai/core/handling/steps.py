"""A history walked through, act by act, to the course it makes.

The acts are taken in the order of their days; those of one day in the order of the record.
What the table of moves (:mod:`.transitions`) or a condition (:mod:`.conditions`) does not allow
is said as a finding and left out: nothing here raises.
"""

from __future__ import annotations

from ..days import WorkingDays
from .conditions import CONDITIONS
from .course import Course, Round
from .history import Act, History
from .receipt import receipt
from .settings import ClockSettings
from .transitions import ActKind, State, move_from
from .walk import Walk, length

# States beside the work, told by what is open and not by the stage.
_BESIDE = (State.AWAITING_REASONS, State.AWAITING_THIRD_PARTY, State.AWAITING_AGENCY)


def follow(history: History, days: WorkingDays, settings: ClockSettings) -> Course:
    """The course that the acts of ``history`` make."""
    first = receipt(history.received, history.channel, None, history.misaddressed)
    course = Course(history.received, first.state, first.received_on)
    if first.received_on:
        course.rounds.append(Round(first.received_on, None, length("reply")))
    walk = Walk(history, days, settings, first, course)
    _tell_disorder(walk)
    for place, act in sorted(enumerate(history.acts), key=lambda numbered: numbered[1].on):
        walk.place = place
        if _take(walk, act):
            course.accepted.append((place, act))
    return course


def _take(walk: Walk, act: Act) -> bool:
    """Whether ``act`` counts, and what comes of it."""
    course = walk.course
    if act.on < course.arrived_on:
        return walk.refuse("before_arrival", act, arrived_on=course.arrived_on)
    states = course.states_on(act.on)
    move = move_from(states, act.kind)
    if move is None:
        return _out_of_place(walk, act, states[0])
    condition = CONDITIONS.get(act.kind)
    if condition is not None and not condition(walk, act):
        return False
    if move.to is not None:
        course.stage = State.PROCESSING if move.to in _BESIDE else move.to
    return True


def _out_of_place(walk: Walk, act: Act, state: State) -> bool:
    """Refuse an act that the table has not for this state, with the sentence that fits."""
    course = walk.course
    if act.kind is ActKind.CONFIRMED and course.confirmed_on:
        return walk.refuse("confirmed_already", act, confirmed_on=course.confirmed_on)
    if act.kind is ActKind.CONFIRMED and course.received_on:
        channel = walk.history.channel.label
        facts = {"channel": channel, "received_on": course.received_on}
        return walk.refuse("confirmation_not_needed", act, **facts)
    if state is State.AWAITING_CONFIRMATION:
        return walk.refuse("not_confirmed", act)
    if course.concluded_on:
        concluded = course.concluded_on
        return walk.refuse("concluded", act, state=state.label, concluded_on=concluded)
    if act.kind is ActKind.ASK_FOR_CORRECTION and course.correction:
        return walk.refuse("second_correction", act, first_on=course.correction.on)
    if act.kind is ActKind.CHARGE_FEE and course.fee:
        return walk.refuse("second_fee", act, first_on=course.fee.on)
    if act.kind.before:
        return walk.refuse("nothing_before", act, reason=act.kind.before)
    return walk.refuse("not_now", act, state=state.label)


def _tell_disorder(walk: Walk) -> None:
    """Say of each act that stands after a later one: a wrong date, or only recorded late."""
    latest: Act | None = None
    for place, act in enumerate(walk.history.acts):
        if latest and act.on < latest.on:
            walk.place = place
            walk.remark("not_in_order", act, previous_on=latest.on)
        else:
            latest = act
