"""Each act's own conditions, and what it makes of the course.

The table (:mod:`.transitions`) says from which state an act may come.  Here are the conditions
that need the case itself: a correction is asked for once (art. 30), an extension comes before
the due day, once, up to twenty working days (art. 33), a delay after the reasons (art. 35), a
fee once.  A limit that has ended is neither stopped nor begun anew by anything.

Each function says whether the act counts; what is wrong with it, it says to the walk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from .course import Consultation, Round
from .history import Act, Service
from .transitions import ActKind
from .walk import Walk, length

# An order may give a limit of its own, an agency a time for correction; more is a slip.
_LONGEST = 366
_LONGEST_EXTENSION = length("extension")


def confirmed(walk: Walk, act: Act) -> bool:
    if walk.receipt.confirm_by and act.on > walk.receipt.confirm_by:
        arrived_on = walk.course.arrived_on
        walk.remark("confirmed_late", act, arrived_on=arrived_on, confirmed_on=act.on)
    walk.course.received_on = walk.course.confirmed_on = act.on
    walk.course.rounds.append(Round(act.on, None, length("reply")))
    return True


def ask_for_correction(walk: Walk, act: Act) -> bool:
    course = walk.course
    if course.correction:
        return walk.refuse("second_correction", act, first_on=course.correction.on)
    course.correction = act
    if due_on := walk.overdue(act.on):
        walk.remark("limit_ended", act, due_on=due_on)
    else:
        course.waits_on = act
        last_day = walk.limit_end("ask_for_correction", course.received_on or act.on)
        if act.on > last_day:
            walk.remark("correction_notice_late", act, last_day=last_day)
    if act.until and act.until < act.on:
        walk.remark("correction_period", act, until=act.until)
    elif act.until:
        course.correct_by = act.until
    elif act.days and 0 < act.days <= _LONGEST:
        course.correct_by = walk.days.nth_after(walk.after_sending(act), act.days).day
    return True


def corrected(walk: Walk, act: Act) -> bool:
    course = walk.course
    if course.correct_by and act.on > course.correct_by:
        walk.remark("corrected_late", act, last_day=course.correct_by)
    course.corrected_on = act.on
    _restart(walk, act)
    return True


def correction_lapsed(walk: Walk, act: Act) -> bool:
    course = walk.course
    if course.correct_by and act.on <= course.correct_by:
        return walk.refuse("lapsed_early", act, last_day=course.correct_by)
    course.concluded_on = act.on
    return True


def charge_fee(walk: Walk, act: Act) -> bool:
    course = walk.course
    if course.fee:
        return walk.refuse("second_fee", act, first_on=course.fee.on)
    course.fee = act
    course.pay_by = walk.limit_end("fee_payment", walk.after_sending(act))
    if due_on := walk.overdue(act.on):
        walk.remark("limit_ended", act, due_on=due_on)
    else:
        course.waits_on = act
    return True


def fee_paid(walk: Walk, act: Act) -> bool:
    course = walk.course
    if course.pay_by and act.on > course.pay_by:
        walk.remark("paid_late", act, last_day=course.pay_by)
    course.paid_on = act.on
    _restart(walk, act)
    return True


def fee_lapsed(walk: Walk, act: Act) -> bool:
    course = walk.course
    if course.pay_by and act.on <= course.pay_by:
        return walk.refuse("lapsed_early", act, last_day=course.pay_by)
    course.concluded_on = act.on
    return True


def ask_for_reasons(walk: Walk, act: Act) -> bool:
    walk.course.reasons_asked_on = act.on
    walk.course.reasons_given_on = None
    return True


def reasons_given(walk: Walk, act: Act) -> bool:
    course = walk.course
    if not course.reasons_asked_on or course.reasons_given_on:
        return walk.refuse("nothing_before", act, reason=act.kind.before)
    course.reasons_given_on = act.on
    return True


def consult(walk: Walk, act: Act) -> bool:
    if due_on := walk.overdue(act.on):
        walk.remark("limit_ended", act, due_on=due_on)
    received_on = walk.after_sending(act)
    third_party = act.kind is ActKind.CONSULT_THIRD_PARTY
    limit = "third_party_opinion" if third_party else "agency_opinion"
    bound = third_party or act.co_maker
    walk.course.consultations.append(
        Consultation(
            kind=act.kind,
            sent_on=act.on,
            party=act.party,
            last_day=walk.limit_end(limit, received_on) if bound else None,
            assumed=bound and received_on == act.on and act.received_on != act.on,
        )
    )
    return True


def answered(walk: Walk, act: Act) -> bool:
    kind = _ASKED[act.kind]
    open_ = [c for c in walk.course.consultations if c.kind is kind and not c.answered_on]
    meant = [c for c in open_ if c.party == act.party] if act.party else open_
    if not meant and len(open_) == 1 and not open_[0].party:
        meant = open_
    if not meant:
        return walk.refuse("nothing_before", act, reason=act.kind.before)
    if len(meant) > 1:
        walk.remark("whose_opinion", act)
    consultation = meant[0]
    if consultation.last_day and act.on > consultation.last_day:
        walk.remark("opinion_late", act, last_day=consultation.last_day)
    consultation.answered_on = act.on
    return True


def extend(walk: Walk, act: Act) -> bool:
    limit = walk.course.round
    if limit is None:
        return walk.refuse("not_confirmed", act)
    if walk.course.redone and not walk.settings.extension_in_redo:
        return walk.refuse("extension_in_redo", act)
    if limit.until:
        return walk.refuse("extension_after_delay", act, due_on=limit.until)
    if limit.extended_on:
        return walk.refuse("second_extension", act, first_on=limit.extended_on)
    if act.days is None or not 0 < act.days <= _LONGEST_EXTENSION:
        return walk.refuse("extension_length", act, days="？" if act.days is None else act.days)
    if due_on := walk.overdue(act.on):
        return walk.refuse("extension_late", act, due_on=due_on)
    limit.extension, limit.extended_on = act.days, act.on
    return True


def delay(walk: Walk, act: Act) -> bool:
    course = walk.course
    limit = course.round
    if limit is None:
        return walk.refuse("not_confirmed", act)
    if walk.course.redone and not walk.settings.extension_in_redo:
        return walk.refuse("extension_in_redo", act)
    if not course.reasons_given_on:
        return walk.refuse("delay_without_reasons", act)
    if due_on := walk.overdue(act.on):
        return walk.refuse("delay_late", act, due_on=due_on)
    if reason := _wrong_delay(walk, act):
        return walk.refuse("delay_day", act, until=act.until or "？", reason=reason)
    if limit.until:
        walk.remark("second_delay", act, before=limit.until)
    limit.until = act.until
    return True


def _wrong_delay(walk: Walk, act: Act) -> str:
    """Why a request cannot be delayed until the day given; "" where it can."""
    if act.until is None:
        return "没有写到哪一天"
    # ``overdue`` tells the due day where it lies before the day asked about.
    due_on = walk.overdue(date.max)
    if due_on and act.until <= due_on:
        return f"不晚于原来的期限 {due_on}"
    if act.until <= act.on:
        return "不晚于告知之日"
    if (act.until - act.on).days > walk.settings.longest_delay:
        return f"超过 {walk.settings.longest_delay} 日，不像合理期限"
    return ""


def sign(walk: Walk, act: Act) -> bool:
    _cut(walk, act, act.on)
    return True


def withdrawn(walk: Walk, act: Act) -> bool:
    for consultation in walk.course.consultations:
        if consultation.open_on(act.on):
            consultation.cut_on = act.on
    walk.course.concluded_on = act.on
    return True


def served(walk: Walk, act: Act) -> bool:
    course = walk.course
    day = act.on
    if act.posted_on:
        if reason := _wrong_posting(walk, act):
            walk.remark("posting_day", act, posted_on=act.posted_on, reason=reason)
        else:
            day = act.posted_on
    if not course.rounds:
        walk.remark("served_unconfirmed", act)
    _cut(walk, act, day)
    course.served, course.concluded_on = act, day
    return True


def _wrong_posting(walk: Walk, act: Act) -> str:
    if act.service not in (None, Service.POST):
        return f"这是{act.service.label}"
    if act.posted_on and act.posted_on > act.on:
        return "晚于送达"
    if act.posted_on and act.posted_on < walk.course.arrived_on:
        return "早于申请到达"
    for _, before in reversed(walk.course.accepted):
        # What others send in may still arrive while the letter is under way.
        if act.posted_on and before.on > act.posted_on and before.kind not in _ARRIVING:
            return f"早于 {before.on} 的{before.kind.label}"
    return ""


def ordered_redo(walk: Walk, act: Act) -> bool:
    course = walk.course
    days = length("redo")
    until = act.until
    if act.days is not None and 0 < act.days <= _LONGEST:
        days = act.days
    elif act.days is not None:
        walk.remark("order_limit", act, given=f"{act.days} 个工作日")
    if until and not 0 < (until - act.on).days <= _LONGEST:
        walk.remark("order_limit", act, given=f"到 {until}")
        until = None
    course.rounds.append(Round(act.on, act.kind, days, until=until))
    course.waits_on = course.concluded_on = course.served = None
    return True


def _restart(walk: Walk, act: Act) -> None:
    """A new round, where the limit waited for this; an ended limit is not begun anew."""
    if walk.course.waits_on is not None:
        walk.course.waits_on = None
        walk.course.rounds.append(Round(act.on, act.kind, length("reply")))


def _cut(walk: Walk, act: Act, day: date) -> None:
    """The reply goes out: nobody is waited for any longer."""
    for consultation in walk.course.consultations:
        if consultation.open_on(day):
            last_day = consultation.last_day or "不限"
            walk.remark("opinion_not_awaited", act, last_day=last_day)
            consultation.cut_on = day


_ARRIVING = (
    ActKind.THIRD_PARTY_ANSWERED,
    ActKind.AGENCY_ANSWERED,
    ActKind.REASONS_GIVEN,
)
_ASKED = {
    ActKind.THIRD_PARTY_ANSWERED: ActKind.CONSULT_THIRD_PARTY,
    ActKind.AGENCY_ANSWERED: ActKind.CONSULT_AGENCY,
}

# What is not here (to decide, to file) has no condition but the table's.
CONDITIONS: Mapping[ActKind, Callable[[Walk, Act], bool]] = {
    ActKind.CONFIRMED: confirmed,
    ActKind.ASK_FOR_CORRECTION: ask_for_correction,
    ActKind.CORRECTED: corrected,
    ActKind.CORRECTION_LAPSED: correction_lapsed,
    ActKind.ASK_FOR_REASONS: ask_for_reasons,
    ActKind.REASONS_GIVEN: reasons_given,
    ActKind.CONSULT_THIRD_PARTY: consult,
    ActKind.THIRD_PARTY_ANSWERED: answered,
    ActKind.CONSULT_AGENCY: consult,
    ActKind.AGENCY_ANSWERED: answered,
    ActKind.EXTEND: extend,
    ActKind.DELAY: delay,
    ActKind.CHARGE_FEE: charge_fee,
    ActKind.FEE_PAID: fee_paid,
    ActKind.FEE_LAPSED: fee_lapsed,
    ActKind.WITHDRAWN: withdrawn,
    ActKind.SIGN: sign,
    ActKind.SERVED: served,
    ActKind.ORDERED_REDO: ordered_redo,
}
