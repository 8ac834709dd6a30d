"""Act: a review or a court orders a new reply; a new limit runs (法释〔2025〕8号 art. 11)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.policies import Actor, Forbidden

from ..discretion import discreet
from ..keeping import add_event, tell
from ..models import DisclosureRequest, Event
from ..steps import held


@transaction.atomic
def redo(
    actor: Actor,
    case: DisclosureRequest,
    on: date,
    *,
    order: str,
    days: int | None = None,
    until: date | None = None,
) -> Event:
    """``on``: the day the decision or judgment took effect; ``order``: whose it is and its number.

    Without ``days`` or ``until`` of the order itself, twenty working days.
    """
    case, who = held(actor, case, "remedy.record")
    if not order.strip():
        raise Forbidden("写明哪个机关、法院的决定、判决和文号。")
    if until is not None and until <= on:
        raise Forbidden(f"重新答复的期限 {until} 不晚于决定、判决生效之日 {on}。")
    if days is not None and days < 1:
        raise Forbidden("重新答复的期限至少一个工作日。")
    facts = {"days": days, "until": until.isoformat() if until else None}
    event = add_event(
        case, "ordered_redo", on, actor,
        facts={name: value for name, value in facts.items() if value is not None},
        note=discreet(case, order.strip()),
    )  # fmt: skip
    # What was decided stays in the file; a new outcome is chosen.
    case.decisions.filter(superseded_at=None).update(superseded_at=timezone.now())
    tell(
        "request.redo", case, who, reason=discreet(case, order.strip()),
        after={"on": on, "due_on": case.due_on, "state": case.state},
    )  # fmt: skip
    return event
