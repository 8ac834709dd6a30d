"""How a request ended: by a reply, or without one; and again where a review or court ordered it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.core.handling.history import History
from gongkai.core.handling.outcomes import Outcome
from gongkai.core.handling.transitions import ActKind

# How a request ends without a reply.
_WITHOUT_REPLY = {
    ActKind.CORRECTION_LAPSED: Outcome.CORRECTION_LAPSED,
    ActKind.FEE_LAPSED: Outcome.FEE_LAPSED,
    ActKind.WITHDRAWN: Outcome.WITHDRAWN,
}


@dataclass(frozen=True)
class Ending:
    """A day on which the request was concluded, and how."""

    on: date
    outcome: Outcome


def endings(history: History) -> list[Ending]:
    """Each time the request was concluded, in order: the first, and those after orders to redo."""
    found: list[Ending] = []
    decided: Outcome | None = None
    for act in history.acts:
        if act.kind is ActKind.DECIDE and act.outcome:
            decided = Outcome(act.outcome)
        elif act.kind is ActKind.SERVED and decided is not None:
            found.append(Ending(act.posted_on or act.on, decided))
        elif act.kind in _WITHOUT_REPLY:
            found.append(Ending(act.on, _WITHOUT_REPLY[act.kind]))
        elif act.kind is ActKind.ORDERED_REDO:
            decided = None
    return found
