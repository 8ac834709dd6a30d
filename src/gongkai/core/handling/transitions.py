"""Where a request can stand, and the table of moves: from, act, to, citation, effect on the clock.

The table is data (``transitions.toml``), for a lawyer to read.  The clock follows it, and the
screens ask it what may be done next.  Conditions that need the case itself (a correction is
asked for once, an extension comes before the due day) are not in the table but in :mod:`.steps`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ..law import cite
from .load import Data, made, read_data

_FILE = "transitions.toml"


class State(StrEnum):
    """Where a request stands; how it ended is its outcome, not its state."""

    RECEIVED = "received"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    PROCESSING = "processing"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_REASONS = "awaiting_reasons"
    AWAITING_THIRD_PARTY = "awaiting_third_party"
    AWAITING_AGENCY = "awaiting_agency"
    AWAITING_FEE = "awaiting_fee"
    DECIDED = "decided"
    SIGNED = "signed"
    SERVED = "served"
    ARCHIVED = "archived"
    ABANDONED_CORRECTION = "abandoned_correction"
    ABANDONED_FEE = "abandoned_fee"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(_table()["state"][self]["label"])

    @property
    def concluded(self) -> bool:
        """Whether nothing is left to answer (办结)."""
        return bool(_table()["state"][self]["concluded"])


class ActKind(StrEnum):
    """What can happen to a request, whoever does it."""

    CONFIRMED = "confirmed"
    ASK_FOR_CORRECTION = "ask_for_correction"
    CORRECTED = "corrected"
    CORRECTION_LAPSED = "correction_lapsed"
    ASK_FOR_REASONS = "ask_for_reasons"
    REASONS_GIVEN = "reasons_given"
    CONSULT_THIRD_PARTY = "consult_third_party"
    THIRD_PARTY_ANSWERED = "third_party_answered"
    CONSULT_AGENCY = "consult_agency"
    AGENCY_ANSWERED = "agency_answered"
    EXTEND = "extend"
    DELAY = "delay"
    CHARGE_FEE = "charge_fee"
    FEE_PAID = "fee_paid"
    FEE_LAPSED = "fee_lapsed"
    WITHDRAWN = "withdrawn"
    DECIDE = "decide"
    SIGN = "sign"
    SERVED = "served"
    ARCHIVED = "archived"
    ORDERED_REDO = "ordered_redo"

    @property
    def label(self) -> str:
        return str(_table()["act"][self]["label"])

    @property
    def before(self) -> str:
        """What is said where the act that must come first is missing; "" where none must."""
        return str(_table()["act"][self].get("before", ""))


class Effect(StrEnum):
    """What an act does to the reply limit (答复期限).

    RESTART and STOP are not PAUSE: after a pause the days already used stay used.
    """

    START = "start"
    RESTART = "restart"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    SET = "set"
    END = "end"
    NONE = "none"

    @property
    def label(self) -> str:
        return _EFFECTS[self]


_EFFECTS = {
    Effect.START: "起算",
    Effect.RESTART: "重新计算",
    Effect.STOP: "停下，收到后重新计算",
    Effect.PAUSE: "暂停",
    Effect.RESUME: "继续计算",
    Effect.EXTEND: "延长",
    Effect.SET: "另定",
    Effect.END: "终止",
    Effect.NONE: "不影响",
}


@dataclass(frozen=True)
class Move:
    """One line of the table.  ``to`` is None where the state stays as it is."""

    act: ActKind
    from_: tuple[State, ...]
    to: State | None
    effect: Effect
    basis: str
    says: str

    @property
    def citation(self) -> str:
        return cite(self.basis)


@dataclass(frozen=True)
class Arrival:
    """How a channel begins: ``confirmed`` where the day of confirmation counts as received.

    ``same_day`` where the agency must seek the confirmation on the day of arrival.
    """

    to: State
    confirmed: bool
    same_day: bool
    basis: str
    says: str


@lru_cache(maxsize=1)
def moves() -> tuple[Move, ...]:
    """The whole table, in its order."""
    listed = {str(number): data for number, data in enumerate(_table()["move"], 1)}
    return tuple(made(_FILE, listed, lambda _, data: _move(data)).values())


def move_from(states: Iterable[State], act: ActKind) -> Move | None:
    """The line for ``act`` from the first of ``states`` that has one."""
    lines = _by_place()
    return next((lines[state, act] for state in states if (state, act) in lines), None)


def acts_from(state: State) -> tuple[ActKind, ...]:
    """The acts that the table allows in ``state``, in its order."""
    found = [move.act for move in moves() if state in move.from_]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def arrivals() -> Mapping[str, Arrival]:
    """How each channel begins, by its name; and ``misaddressed``, whatever the channel."""
    return made(_FILE, _table()["arrival"], lambda _, data: _arrival(data))


@lru_cache(maxsize=1)
def _table() -> Data:
    return read_data(_FILE)


@lru_cache(maxsize=1)
def _by_place() -> Mapping[tuple[State, ActKind], Move]:
    found: dict[tuple[State, ActKind], Move] = {}
    for move in moves():
        for state in move.from_:
            found.setdefault((state, move.act), move)
    return found


def _move(data: Data) -> Move:
    groups: Mapping[str, list[str]] = _table()["group"]
    named = [state for name in data["from"] for state in groups.get(name, [name])]
    return Move(
        act=ActKind(data["act"]),
        from_=tuple(State(name) for name in named),
        to=State(data["to"]) if "to" in data else None,
        effect=Effect(data["effect"]),
        basis=data["basis"],
        says=data["says"],
    )


def _arrival(data: Data) -> Arrival:
    return Arrival(
        to=State(data["to"]),
        confirmed={"arrival": False, "confirmation": True}[data["day"]],
        same_day=data.get("same_day", False),
        basis=data["basis"],
        says=data["says"],
    )
