"""Acts on a matter of concern: register or change it, say what was released, close it, reopen it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.registers.acts import facts_of, subject_of

from ..models import Concern, ConcernRelease, ConcernResult, OwnLimit

POLICY = "oversight.respond"


@transaction.atomic
def put(actor: Actor, concern: Concern, facts: Mapping[str, Any]) -> Concern:
    """Register a matter or change it; ValidationError where the facts do not fit."""
    who = actor.require(POLICY, facts["agency"])
    before = {} if concern.pk is None else facts_of(concern)
    if before:
        actor.require(POLICY, Agency.objects.get(pk=before["agency_id"]))
        _require_open(concern)
    for name, value in facts.items():
        setattr(concern, name, value)
    if concern.pk is None:
        concern.recorded_by = actor.person
    concern.full_clean()
    concern.save()
    record(POLICY, subject_of(concern), who, before=before, after=facts_of(concern))
    return concern


@transaction.atomic
def release(actor: Actor, concern: Concern, facts: Mapping[str, Any]) -> ConcernRelease:
    """Say what was released about it, and when."""
    who = actor.require(POLICY, concern.agency)
    _require_open(concern)
    one = ConcernRelease(concern=concern, recorded_by=actor.person, **facts)
    one.full_clean()
    one.save()
    record("oversight.record_release", subject_of(one), who, after=facts_of(one))
    return one


@transaction.atomic
def remove_release(actor: Actor, one: ConcernRelease) -> None:
    """The undo of ``release``."""
    who = actor.require(POLICY, one.concern.agency)
    _require_open(one.concern)
    record("oversight.remove_release", subject_of(one), who, before=facts_of(one))
    one.delete()


@transaction.atomic
def close(actor: Actor, concern: Concern, result: str, said: str) -> None:
    """It is done: answered, passed on, or not answered for a reason."""
    who = actor.require(POLICY, concern.agency)
    held = Concern.objects.select_for_update().get(pk=concern.pk)
    _require_open(held)
    if result not in ConcernResult.values:
        raise Forbidden("选结果。")
    if result == ConcernResult.ANSWERED and not held.releases.exists():
        raise Forbidden("还没有登记发布，不能算已回应；先登记在哪里、什么时候发布的。")
    if result != ConcernResult.ANSWERED and not said.strip():
        raise Forbidden("写明转给哪个机关，或者不作公开回应的理由。")
    held.closed_at, held.result, held.said = timezone.now(), result, said.strip()
    held.save(update_fields=["closed_at", "result", "said"])
    after = {"result": result, "said": held.said}
    record("oversight.close_concern", subject_of(held), who, after=after)


@transaction.atomic
def reopen(actor: Actor, concern: Concern) -> None:
    """The undo of ``close``."""
    who = actor.require(POLICY, concern.agency)
    if concern.is_open:
        raise Forbidden("这一件还没有办结。")
    before = {"result": concern.result, "said": concern.said}
    concern.closed_at, concern.result, concern.said = None, "", ""
    concern.save(update_fields=["closed_at", "result", "said"])
    record("oversight.reopen_concern", subject_of(concern), who, before=before)


@transaction.atomic
def set_limit(actor: Actor, slug: str, hours: int | None, source: str) -> None:
    """Set the region's own limit, with the paper that sets it; None goes back to the country's."""
    who = actor.require_somewhere("oversight.settings")
    own = OwnLimit.objects.filter(limit=slug).first() or OwnLimit(limit=slug)
    before = {} if own.pk is None else {"hours": own.hours, "source": own.source}
    if hours is None:
        if own.pk is None:
            return
        subject = subject_of(own)
        own.delete()
        record("oversight.set_response_limit", subject, who, before=before)
        return
    own.hours, own.source, own.recorded_by = hours, source.strip(), actor.person
    own.full_clean()
    own.save()
    after = {"hours": hours, "source": own.source}
    record("oversight.set_response_limit", subject_of(own), who, before=before, after=after)


def _require_open(concern: Concern) -> None:
    if not concern.is_open:
        raise Forbidden("这一件已经办结；要改的，先改回未办结。")
