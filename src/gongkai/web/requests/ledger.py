"""The line of a case in the ledger (台账, art. 45), made from its events.

A reply by order of a review or a court stands beside the first, never in its place.
"""

from __future__ import annotations

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.ledger import LedgerEntry, RequesterKind
from gongkai.core.handling.outcomes import Outcome

from . import clock
from .endings import endings
from .models import DisclosureRequest, LetterState


def entry_of(case: DisclosureRequest) -> LedgerEntry:
    """The ledger's line of ``case``; the requester is masked in it."""
    ends = endings(clock.history_of(case))
    first = ends[0] if ends else None
    again = ends[-1] if len(ends) > 1 else None
    replies = [one for one in case.letters.all() if one.act == "served"]
    served = [one for one in replies if one.state == LetterState.SERVED]
    return LedgerEntry(
        number=case.number,
        agency=case.agency.name,
        requester_kind=RequesterKind(case.requester.kind),
        received_on=case.received_on,
        channel=Channel(case.channel),
        arrived_on=case.arrived_on,
        due_on=case.due_on,
        concluded_on=first.on if first else None,
        outcome=first.outcome if first else None,
        withheld_under=_grounds(case)
        if first and first.outcome is Outcome.PARTLY_DISCLOSED
        else (),
        reply_number=served[0].number if served else case.imported_line.get("reply_number", ""),
        redone_on=again.on if again else None,
        redone_outcome=again.outcome if again else None,
        split_from=case.split_from.number if case.split_from else "",
        requester=case.requester.masked_name,
        matter=case.title or case.description,
    )


def outcome_of_case(case: DisclosureRequest) -> Outcome | None:
    """How it ended last, also where no reply ended it; None while it has not."""
    ends = endings(clock.history_of(case))
    return ends[-1].outcome if ends else None


def _grounds(case: DisclosureRequest) -> tuple[Outcome, ...]:
    """The grounds of the parts taken out of the first partial disclosure."""
    decisions = sorted(case.decisions.all(), key=lambda one: one.pk)
    partly = [one for one in decisions if one.outcome == Outcome.PARTLY_DISCLOSED]
    served = [one for one in partly if any(
        letter.decision_id == one.pk and letter.state == LetterState.SERVED
        for letter in case.letters.all()
    )]  # fmt: skip
    if not partly:
        return tuple(Outcome(ground) for ground in case.imported_line.get("withheld_under", ()))
    chosen = served or partly
    parts = chosen[0].withheld if chosen else []
    return tuple(dict.fromkeys(Outcome(part["ground"]) for part in parts))
