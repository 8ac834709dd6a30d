"""Act: conclude what is answered by no letter of the law (其他处理), seen by a second person.

The Regulation has no article for it; the row of table three should stay near to nothing.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.core.handling.outcomes import Outcome
from gongkai.web.policies import Actor, Forbidden

from ..discretion import discreet
from ..keeping import add_event, tell
from ..models import DisclosureRequest
from ..steps import OutOfTurn, held


@transaction.atomic
def conclude_otherwise(
    actor: Actor, case: DisclosureRequest, on: date, how_told: str
) -> DisclosureRequest:
    """End it on ``on``; ``how_told`` says how the requester was told. Not who chose it."""
    case, who = held(actor, case, "request.sign")
    decision = case.decisions.filter(superseded_at=None).first()
    if decision is None or case.outcome != Outcome.OTHERWISE_CONCLUDED or case.concluded_on:
        raise OutOfTurn("只有选了“其他处理”、还没有办结的才这样终止。")
    if decision.made_by_id == actor.person.pk:
        raise Forbidden("办理结果是你选的，终止要由另一个人同意。")
    if not how_told.strip():
        raise Forbidden("写明怎样告知了申请人。")
    note = discreet(case, how_told.strip())
    add_event(case, "sign", on, actor)
    add_event(case, "served", on, actor, note=note)
    tell("request.conclude", case, who, reason=note, after={"on": on, "state": case.state})
    return case
