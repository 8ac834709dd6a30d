"""What every act on a request does alike: hold it, add to its history, reckon anew, tell the trail.

Nothing else writes events or what is derived from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.web.audit.record import Subject, Who, record
from gongkai.web.policies import Actor, Forbidden

from . import clock
from .models import DisclosureRequest, Event, Letter


def subject_of(case: DisclosureRequest) -> Subject:
    """The request as a subject of the audit trail: by number, never by the requester's name."""
    return Subject("disclosure_request", str(case.pk), case.number)


def locked(case: DisclosureRequest) -> DisclosureRequest:
    """The request as it stands now, held until the act's transaction ends."""
    return DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=case.pk)


def add_event(
    case: DisclosureRequest,
    act: str,
    on: date,
    actor: Actor | None,
    *,
    facts: Mapping[str, Any] | None = None,
    note: str = "",
    letter: Letter | None = None,
) -> Event:
    """Add an act to the history and reckon the clock anew.

    Raises Forbidden with the core's own sentence where the law does not allow the act on
    that day; then nothing is kept.
    """
    event = Event(
        request=case,
        act=act,
        on=on,
        facts=dict(facts or {}),
        note=note,
        letter=letter,
        person=actor.person if actor else None,
    )
    refused = clock.refusal(case, event)
    if refused:
        raise Forbidden(refused)
    event.save()
    clock.settle(case)
    return event


def tell(
    act: str,
    case: DisclosureRequest,
    who: Who,
    *,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """The act's line in the audit trail; last in the act."""
    record(act, subject_of(case), who, reason=reason, before=before, after=after)
