"""Act: confirm the receipt with the requester; that day counts as received (art. 31)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.web.policies import Actor, Forbidden

from ..discretion import discreet
from ..keeping import add_event, tell
from ..models import DisclosureRequest
from ..steps import held


@transaction.atomic
def confirm(
    actor: Actor,
    case: DisclosureRequest,
    on: date,
    how: str,
    *,
    with_whom: str = "",
    at: str = "",
) -> DisclosureRequest:
    """Both sides confirmed on ``on``, by telephone, letter, online: the limit starts.

    ``with_whom`` of the requester's side, ``at`` which hour: for the record of confirmation.
    """
    case, who = held(actor, case, "request.handle")
    if not how.strip():
        raise Forbidden("写明怎样确认的，如 电话、网上回执、回信。")
    told = {"how": how.strip(), "at": at.strip(), "with_whom": with_whom.strip()}
    facts = {name: discreet(case, words) for name, words in told.items() if words}
    add_event(case, "confirmed", on, actor, facts=facts, note="，".join(facts.values()))
    tell(
        "request.confirm", case, who,
        after={"on": on, "received_on": case.received_on, "due_on": case.due_on},
    )  # fmt: skip
    return case
