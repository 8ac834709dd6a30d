"""Random histories, some of them sensible: what people record, and what they get wrong."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.history import Act, History, Service
from gongkai.core.handling.transitions import ActKind

from .oracle import ALLOWED, Oracle, nth

FIRST, SPAN = date(2019, 6, 1), 2350  # to the end of 2025: what follows ends within 2026
# Acts that a case often has come often; those that end it come rarely.
WEIGHTS = {
    "confirmed": 9, "ask_for_correction": 4, "corrected": 8, "correction_lapsed": 1,
    "ask_for_reasons": 3, "reasons_given": 7, "consult_third_party": 4,
    "third_party_answered": 5, "consult_agency": 3, "agency_answered": 4, "extend": 4, "delay": 2,
    "charge_fee": 3, "fee_paid": 6, "fee_lapsed": 2, "withdrawn": 1, "decide": 2, "sign": 3,
    "served": 2, "archived": 1, "ordered_redo": 3,
}  # fmt: skip
STEPS = (0, 0, 1, 1, 1, 2, 3, 4, 6, 9, 14, 25)


def random_case(random: Random) -> dict[str, Any]:
    """A case as the oracle takes it; about a third of its acts fit no law."""
    received = FIRST + timedelta(days=random.randrange(SPAN))
    case: dict[str, Any] = {
        "received": received,
        "channel": random.choice(list(Channel)).value,
        "misaddressed": random.random() < 0.1,
        "acts": [],
    }
    shadow = Oracle(received, case["channel"], case["misaddressed"])
    day = received
    for _ in range(random.randrange(9)):
        step = random.choice(STEPS)
        for offset in range(1, step + 1):
            shadow.morning(day + timedelta(days=offset))
        day += timedelta(days=step)
        act = _random_act(random, shadow, day)
        case["acts"].append(act)
        shadow.take(act)
    if len(case["acts"]) > 1 and random.random() < 0.15:
        wrong = random.choice(case["acts"])
        wrong["on"] += timedelta(days=random.randrange(-30, 10))
    return case


def _random_act(random: Random, shadow: Oracle, day: date) -> dict[str, Any]:
    now = set(shadow.states(day))
    fitting = [k for k in WEIGHTS if ALLOWED[k] & now]
    if shadow.reasons == "given":
        fitting += ["delay"] * 5
    kinds = fitting if random.random() < 0.8 else list(WEIGHTS)
    kind = random.choices(kinds, [WEIGHTS[k] for k in kinds])[0]
    act: dict[str, Any] = {"act": kind, "on": day}
    if kind == "extend":
        act["days"] = random.choice((1, 5, 10, 15, 20, 20, 20, 0, 21))
    elif kind == "delay":
        act["until"] = day + timedelta(days=random.choice((0, 10, 30, 60, 90, 120, 366, 400)))
    elif kind == "ask_for_correction" and random.random() < 0.5:
        act["until"] = day + timedelta(days=random.randrange(-2, 20))
    elif kind.startswith("consult") or kind == "charge_fee":
        if random.random() < 0.6:
            act["received_on"] = day + timedelta(days=random.choice((-1, 0, 1, 2, 3, 5)))
        if kind != "charge_fee" and random.random() < 0.3:
            act["party"] = random.choice("甲乙")
        if kind == "consult_agency" and random.random() < 0.2:
            act["co_maker"] = False
    elif kind.endswith("_answered") and random.random() < 0.3:
        act["party"] = random.choice("甲乙")
    elif kind == "served" and random.random() < 0.4:
        act["service"] = random.choice(list(Service)).value
        act["posted_on"] = day - timedelta(days=random.choice((-1, 0, 1, 2, 4)))
    elif kind == "ordered_redo" and random.random() < 0.3:
        act["days"] = random.choice((0, 10, 15, 30))
    if kind == "fee_lapsed" and shadow.pay_by and random.random() < 0.5:
        act["on"] = max(day, nth(shadow.pay_by, 1))
    return act


def history_of(case: dict[str, Any]) -> History:
    """The same case as the clock takes it."""
    acts = []
    for given in case.get("acts", []):
        fields = {k: v for k, v in given.items() if k != "act"}
        if "service" in fields:
            fields["service"] = Service(fields["service"])
        acts.append(Act(ActKind(given["act"]), **fields))
    misaddressed = case.get("misaddressed", False)
    return History(case["received"], Channel(case["channel"]), tuple(acts), misaddressed)
