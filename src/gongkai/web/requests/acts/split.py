"""Act: split a request of several matters, so that each is answered and counted on its own.

One matter, one request.  The first stays under the number given; each of the others gets its
own, with the same requester, channel and day of receipt.  The request as it came is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from gongkai.core.handling.transitions import State
from gongkai.web.policies import Actor, Forbidden

from ..clock import settle
from ..keeping import tell
from ..models import DisclosureRequest, Event, LetterState, PaperKind
from ..numbers import digest_of_code, next_request_number
from ..papers import keep_text
from ..steps import held

_BEGINNING = (State.RECEIVED, State.AWAITING_CONFIRMATION, State.PROCESSING)


@dataclass(frozen=True)
class Matter:
    """One matter of a request, in the requester's words."""

    description: str
    title: str = ""


@transaction.atomic
def split(
    actor: Actor, case: DisclosureRequest, matters: Sequence[Matter]
) -> list[DisclosureRequest]:
    """Split ``case``; gives all parts, the one that keeps the number first."""
    case, who = held(actor, case, "request.register")
    _require_splittable(case, matters)
    keep_text(case, PaperKind.REQUEST, "拆分前的申请内容.txt", case.description)
    first, *others = matters
    case.title, case.description = first.title.strip(), first.description.strip()
    case.save(update_fields=["title", "description"])
    parts = [case, *(_part(case, matter, actor) for matter in others)]
    numbers = [part.number for part in parts]
    for part in parts:
        tell("request.split", part, who, after={"parts": numbers, "split_from": case.number})
    return parts


def splittable(case: DisclosureRequest) -> bool:
    """Whether the case can still be split: nothing of it has gone out or is being written."""
    letters = case.letters.exclude(state=LetterState.DISCARDED)
    return not (
        case.split_from_id
        or case.parts.exists()
        or case.state not in _BEGINNING
        or letters.exists()
    )


def _require_splittable(case: DisclosureRequest, matters: Sequence[Matter]) -> None:
    if len(matters) < 2:
        raise Forbidden("拆分要写至少两项内容。")
    if any(not matter.description.strip() for matter in matters):
        raise Forbidden("每一项都要写要什么信息。")
    if case.split_from_id or case.parts.exists():
        raise Forbidden("这件申请已经拆分过。")
    if not splittable(case):
        raise Forbidden("已经发文或者在办文书，不能再拆分。拆分在登记以后、发文以前办。")


def _part(case: DisclosureRequest, matter: Matter, actor: Actor) -> DisclosureRequest:
    part = DisclosureRequest.objects.create(
        agency=case.agency,
        requester=case.requester,
        number=next_request_number(case.agency, case.arrived_on),
        # The requester sees the parts with the code of the whole; this one nobody knows.
        code_digest=digest_of_code(secrets.token_hex(32)),
        channel=case.channel,
        misaddressed=case.misaddressed,
        arrived_on=case.arrived_on,
        submitted_at=case.submitted_at,
        title=matter.title.strip(),
        description=matter.description.strip(),
        form_of_supply=case.form_of_supply,
        way_of_delivery=case.way_of_delivery,
        help_needed=case.help_needed,
        registered_by=actor.person,
        split_from=case,
        handler=case.handler,
        internal_due_on=case.internal_due_on,
    )
    for event in case.events.filter(undone_at=None):
        Event.objects.create(
            request=part, act=event.act, on=event.on, facts=event.facts, note=event.note,
            person=event.person, recorded_at=event.recorded_at,
        )  # fmt: skip
    for paper in case.papers.all():
        paper.pk, paper.request = None, part
        paper._state.adding = True
        paper.save()
    settle(part)
    return part
