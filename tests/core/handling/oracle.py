"""A slow clock that shares no code with the one it checks: it lives through a case day by day.

Each morning it asks whether the day counts (is it worked? does anybody still have to be heard?
is the requester to correct or to pay?), each evening it takes the acts of the day.  Working
days come from another calendar (chinesecalendar), Monday to Friday after its last year.  Acts
are plain dictionaries as in the cases: ``{"act": "extend", "on": date(...), "days": 10}``.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import chinese_calendar

Given = dict[str, Any]

CONFIRMED_CHANNELS = {"plain_post", "fax", "online", "email"}
WORKING = {"processing", "awaiting_reasons", "awaiting_third_party", "awaiting_agency"}
OVER = {"served", "archived", "abandoned_correction", "abandoned_fee", "withdrawn"}
# From where an act may come, written down a second time from the Regulation.
ALLOWED = {
    "confirmed": {"awaiting_confirmation"},
    "ask_for_correction": WORKING | {"decided"},
    "corrected": {"awaiting_correction"},
    "correction_lapsed": {"awaiting_correction"},
    "ask_for_reasons": WORKING,
    "reasons_given": WORKING | {"awaiting_correction", "awaiting_fee", "decided", "signed"},
    "consult_third_party": WORKING | {"decided"},
    "third_party_answered": WORKING | {"awaiting_correction", "awaiting_fee", "decided", "signed"},
    "consult_agency": WORKING | {"decided"},
    "agency_answered": WORKING | {"awaiting_correction", "awaiting_fee", "decided", "signed"},
    "extend": WORKING | {"decided", "signed"},
    "delay": WORKING | {"decided", "signed"},
    "charge_fee": WORKING | {"decided"},
    "fee_paid": {"awaiting_fee"},
    "fee_lapsed": {"awaiting_fee"},
    "withdrawn": WORKING
    | {"awaiting_confirmation", "awaiting_correction", "awaiting_fee", "decided", "signed"},
    "decide": WORKING | {"decided", "signed"},
    "sign": {"decided"},
    "served": WORKING | {"awaiting_confirmation", "decided", "signed"},
    "archived": OVER - {"archived"},
    "ordered_redo": OVER,
}
STEP = timedelta(days=1)
_LAST_YEAR = 2026


@cache
def worked(day: date) -> bool:
    if day.year > _LAST_YEAR:
        return day.weekday() < 5
    return bool(chinese_calendar.is_workday(day))


def nth(day: date, n: int) -> date:
    """The nth working day after ``day``, counted one by one."""
    while n:
        day += STEP
        n -= worked(day)
    return day


@dataclass
class Asked:
    """Somebody who is being heard."""

    kind: str
    party: str
    sent: date
    last: date | None
    answered: date | None = None
    cut: date | None = None

    def waited_for(self, day: date) -> bool:
        """Whether ``day`` is spent waiting: sent before, and until this morning nothing ended it."""
        if day <= self.sent:
            return False
        if self.answered and self.answered < day:
            return False
        if self.cut and self.cut < day:
            return False
        return self.last is None or day <= self.last

    def open_in_the_evening(self, day: date) -> bool:
        return self.waited_for(day + STEP) or (
            day == self.last and not self.answered and not self.cut
        )


@dataclass
class Oracle:
    """A case, lived through.  ``due`` is the day on which the count was full."""

    received: date
    channel: str
    misaddressed: bool = False
    stage: str = ""
    start: date | None = None
    got: date | None = None  # the day of receipt
    need: int = 20
    count: int = 0
    due: date | None = None
    set_day: date | None = None
    extended: bool = False
    redo: bool = False
    waiting: bool = False
    asked: list[Asked] = field(default_factory=list)
    reasons: str = ""
    correction: bool = False
    correct_by: date | None = None
    fee: bool = False
    pay_by: date | None = None
    over: date | None = None
    ignored: list[int] = field(default_factory=list)
    last: date = date.min  # of the acts that counted
    ours: date = date.min  # of those that the agency did itself, or waited for
    counted: dict[date, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.channel in CONFIRMED_CHANNELS or self.misaddressed:
            self.stage = "awaiting_confirmation"
        else:
            self.got = self.start = self.received
            self.stage = "processing"

    # ── a day ─────────────────────────────────────────────────────

    def morning(self, day: date) -> None:
        if self.start is None or day <= self.start or self.waiting or self.due_fixed():
            return
        if worked(day) and not any(a.waited_for(day) for a in self.asked):
            self.count += 1
            self.counted[day] = self.count
            if self.count == self.need:
                self.due = day

    def due_fixed(self) -> bool:
        return self.set_day is None and self.due is not None

    def deadline(self) -> date | None:
        return None if self.waiting else (self.set_day or self.due)

    def begin(self, day: date, need: int = 20) -> None:
        self.start, self.need, self.count, self.due = day, need, 0, None
        self.set_day, self.extended, self.waiting = None, False, False
        self.counted = {}

    def states(self, day: date) -> list[str]:
        if self.stage != "processing":
            return [self.stage]
        found = []
        for kind in ("third_party", "agency"):
            if any(a.kind == kind and a.open_in_the_evening(day) for a in self.asked):
                found.append(f"awaiting_{kind}")
        if self.reasons == "asked":
            found.append("awaiting_reasons")
        return found or ["processing"]

    def ahead(self, day: date) -> date | None:
        """The due day if nothing else happens, seen from the evening of ``day``."""
        if self.waiting or self.start is None:
            return None
        if self.set_day:
            return self.set_day
        if any(a.last is None and not a.answered and not a.cut for a in self.asked):
            return self.due
        other = copy.deepcopy(self)
        while other.due is None:
            day += STEP
            other.morning(day)
        return other.due

    # ── an act ────────────────────────────────────────────────────

    def evening(self, place: int, act: Given) -> None:
        if self.take(act):
            self.last = act["on"]
            if not act["act"].endswith("_answered") and act["act"] != "reasons_given":
                self.ours = act["on"]
        else:
            self.ignored.append(place)

    def take(self, act: Given) -> bool:
        day, kind = act["on"], act["act"]
        if day < self.received or not set(self.states(day)) & ALLOWED[kind]:
            return False
        limit = self.deadline()
        too_late = limit is not None and day > limit
        return bool(getattr(self, f"do_{kind}")(act, day, too_late))

    def do_confirmed(self, act: Given, day: date, too_late: bool) -> bool:
        self.stage, self.got = "processing", day
        self.begin(day)
        return True

    def do_ask_for_correction(self, act: Given, day: date, too_late: bool) -> bool:
        if self.correction:
            return False
        self.correction, self.stage, self.waiting = True, "awaiting_correction", not too_late
        if act.get("until") and act["until"] >= day:
            self.correct_by = act["until"]
        return True

    def do_corrected(self, act: Given, day: date, too_late: bool) -> bool:
        self.stage = "processing"
        if self.waiting:
            self.begin(day)
        return True

    def do_correction_lapsed(self, act: Given, day: date, too_late: bool) -> bool:
        if self.correct_by and day <= self.correct_by:
            return False
        self.stage, self.over = "abandoned_correction", day
        return True

    def do_charge_fee(self, act: Given, day: date, too_late: bool) -> bool:
        if self.fee:
            return False
        self.fee, self.stage, self.waiting = True, "awaiting_fee", not too_late
        self.pay_by = nth(max(day, act.get("received_on") or day), 20)
        return True

    def do_fee_paid(self, act: Given, day: date, too_late: bool) -> bool:
        return self.do_corrected(act, day, too_late)

    def do_fee_lapsed(self, act: Given, day: date, too_late: bool) -> bool:
        assert self.pay_by
        if day <= self.pay_by:
            return False
        self.stage, self.over = "abandoned_fee", day
        return True

    def do_ask_for_reasons(self, act: Given, day: date, too_late: bool) -> bool:
        self.reasons, self.stage = "asked", "processing"
        return True

    def do_reasons_given(self, act: Given, day: date, too_late: bool) -> bool:
        if self.reasons != "asked":
            return False
        self.reasons = "given"
        return True

    def do_consult_third_party(self, act: Given, day: date, too_late: bool) -> bool:
        got = max(day, act.get("received_on") or day)
        self.asked.append(Asked("third_party", act.get("party", ""), day, nth(got, 15)))
        self.stage = "processing"
        return True

    def do_consult_agency(self, act: Given, day: date, too_late: bool) -> bool:
        got = max(day, act.get("received_on") or day)
        last = nth(got, 15) if act.get("co_maker", True) else None
        self.asked.append(Asked("agency", act.get("party", ""), day, last))
        self.stage = "processing"
        return True

    def do_third_party_answered(self, act: Given, day: date, too_late: bool) -> bool:
        return self.answer("third_party", act, day)

    def do_agency_answered(self, act: Given, day: date, too_late: bool) -> bool:
        return self.answer("agency", act, day)

    def answer(self, kind: str, act: Given, day: date) -> bool:
        left = [a for a in self.asked if a.kind == kind and a.answered is None]
        named = [a for a in left if not act.get("party") or a.party == act["party"]]
        if not named and len(left) == 1 and left[0].party == "":
            named = left
        if not named:
            return False
        named[0].answered = day
        return True

    def do_extend(self, act: Given, day: date, too_late: bool) -> bool:
        if self.redo or self.set_day or self.extended or too_late or not 1 <= act["days"] <= 20:
            return False
        self.need, self.extended = self.need + act["days"], True
        if self.due == day:  # extended on the last day
            self.due = None
        return True

    def do_delay(self, act: Given, day: date, too_late: bool) -> bool:
        if self.redo or self.reasons != "given" or too_late:
            return False
        ahead = self.ahead(day)
        if act["until"] <= (ahead or day) or act["until"] <= day:
            return False
        if (act["until"] - day).days > 366:
            return False
        self.set_day = act["until"]
        return True

    def do_withdrawn(self, act: Given, day: date, too_late: bool) -> bool:
        self.stop_waiting(day)
        self.stage, self.over = "withdrawn", day
        return True

    def do_decide(self, act: Given, day: date, too_late: bool) -> bool:
        self.stage = "decided"
        return True

    def do_sign(self, act: Given, day: date, too_late: bool) -> bool:
        self.stop_waiting(day)
        self.stage = "signed"
        return True

    def do_served(self, act: Given, day: date, too_late: bool) -> bool:
        posted = act.get("posted_on")
        by_post = act.get("service", "post") == "post"
        if posted and by_post and max(self.received, self.ours) <= posted <= day:
            day = posted
        self.stop_waiting(day)
        self.stage, self.over = "served", day
        return True

    def do_archived(self, act: Given, day: date, too_late: bool) -> bool:
        self.stage = "archived"
        return True

    def do_ordered_redo(self, act: Given, day: date, too_late: bool) -> bool:
        self.stage, self.over, self.redo = "processing", None, True
        days = act.get("days") or 20
        self.begin(day, days if 1 <= days <= 366 else 20)
        return True

    def stop_waiting(self, day: date) -> None:
        for one in self.asked:
            if one.open_in_the_evening(day):
                one.cut = day


@dataclass(frozen=True)
class Told:
    """What the oracle says of a case."""

    due: date | None
    state: str
    late: bool
    got: date | None
    ignored: tuple[int, ...]
    counted: dict[date, int]
    pay_by: date | None
    last_days: tuple[date | None, ...]
    states: tuple[str, ...]


def tell(case: Given, today: date) -> Told:
    """Live through ``case`` and say what came of it on ``today``."""
    oracle = Oracle(case["received"], case["channel"], case.get("misaddressed", False))
    waiting = sorted(enumerate(case.get("acts", [])), key=lambda p: p[1]["on"])
    while waiting and waiting[0][1]["on"] < oracle.received:
        oracle.ignored.append(waiting.pop(0)[0])
    day = oracle.received
    while True:
        oracle.morning(day)
        while waiting and waiting[0][1]["on"] == day:
            oracle.evening(*waiting.pop(0))
        if not waiting:
            break
        day += STEP
    return settle(oracle, today)


def settle(oracle: Oracle, today: date) -> Told:
    """Count the last round once more with all that is known, to the day it is full."""
    due = oracle.set_day if not oracle.waiting else None
    counted: dict[date, int] = {}
    if oracle.start and oracle.set_day is None and not oracle.waiting:
        endless = any(a.last is None and not a.answered and not a.cut for a in oracle.asked)
        day, count = oracle.start, 0
        while count < oracle.need:
            day += STEP
            if endless and day > max(a.sent for a in oracle.asked) + timedelta(days=1500):
                break
            if worked(day) and not any(a.waited_for(day) for a in oracle.asked):
                count += 1
                counted[day] = count
                due = day if count == oracle.need else None
    today = max(today, oracle.last)
    last = oracle.over or today
    states = oracle.states(today)
    return Told(
        due=due,
        state=states[0],
        late=due is not None and last > due,
        got=oracle.got,
        ignored=tuple(sorted(oracle.ignored)),
        counted=counted,
        pay_by=oracle.pay_by,
        last_days=tuple(a.last for a in oracle.asked),
        states=tuple(states),
    )
