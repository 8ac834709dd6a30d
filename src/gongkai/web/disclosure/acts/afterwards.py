"""Acts on an item after its release: validity, other channels, reassessment.

What these change is shown to the public, so a public item is released again with it.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.core.normative_document import EventKind
from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.publication.release import release

from ..audited import subject_of
from ..models import (
    InformationItem,
    ItemKind,
    LifeEvent,
    OtherRelease,
    Reassessment,
    State,
)
from ..reassessment import a_year_after
from ..steps import locked, require_state
from .publish import release_of

REASSESSED_KEEP, REASSESSED_DISCLOSE = "keep", "disclose"


@transaction.atomic
def declare_validity(
    actor: Actor,
    item: InformationItem,
    kind: str,
    on: date,
    *,
    until: date | None = None,
    by_document: str = "",
    by_item: InformationItem | None = None,
    note: str = "",
) -> LifeEvent:
    """Record that a normative document was amended, extended, repealed or has lapsed.

    ``until`` is the new last day of validity, for an extension.
    """
    item = locked(item)
    who = actor.require("item.declare_validity", item.agency)
    if item.kind != ItemKind.NORMATIVE_DOCUMENT:
        raise Forbidden("只有行政规范性文件才有修改、废止、失效。")
    event_kind = EventKind(kind)
    made_on = item.version.made_on
    if made_on and on < made_on:
        raise Forbidden(f"日期早于成文日期（{made_on:%Y-%m-%d}）。")
    if not by_document.strip():
        raise Forbidden(f"写明由哪一份文件{event_kind.label}。")
    if event_kind is EventKind.EXTENDED and (until is None or until < on):
        raise Forbidden("写明延长到哪一天。")
    event = LifeEvent.objects.create(
        item=item,
        kind=event_kind,
        on=on,
        until=until if event_kind is EventKind.EXTENDED else None,
        by_document=by_document.strip(),
        by_item=by_item,
        note=note.strip(),
        recorded_by=actor.person,
    )
    record(
        "item.declare_validity",
        subject_of(item),
        who,
        reason=note,
        after={"kind": kind, "on": on.isoformat(), "by": by_document},
    )
    refresh(item)
    return event


@transaction.atomic
def revoke_validity(actor: Actor, event: LifeEvent) -> InformationItem:
    """Take back an event recorded by mistake: the undo of ``declare_validity``."""
    item = locked(event.item)
    who = actor.require("item.declare_validity", item.agency)
    before = {"kind": event.kind, "on": event.on.isoformat(), "by": event.by_document}
    event.delete()
    record("item.declare_validity", subject_of(item), who, before=before)
    refresh(item)
    return item


@transaction.atomic
def record_release(
    actor: Actor,
    item: InformationItem,
    channel: str,
    released_on: date,
    *,
    where: str = "",
    link: str = "",
) -> OtherRelease:
    """Record where else the item was released (art. 23)."""
    item = locked(item)
    who = actor.require("item.record_release", item.agency)
    if released_on > timezone.localdate():
        raise Forbidden("日期还没有到。")
    other = OtherRelease.objects.create(
        item=item,
        channel=channel,
        where=where.strip(),
        link=link,
        released_on=released_on,
        recorded_by=actor.person,
    )
    record(
        "item.record_release",
        subject_of(item),
        who,
        after={"channel": channel, "on": released_on.isoformat(), "where": where},
    )
    refresh(item)
    return other


@transaction.atomic
def remove_release(actor: Actor, other: OtherRelease) -> InformationItem:
    """Take back a record of another channel: the undo of ``record_release``."""
    item = locked(other.item)
    who = actor.require("item.record_release", item.agency)
    before = {"channel": other.channel, "on": other.released_on.isoformat()}
    other.delete()
    record("item.record_release", subject_of(item), who, before=before)
    refresh(item)
    return item


@transaction.atomic
def reassess(
    actor: Actor, reassessment: Reassessment, result: str, reasons: str, next_on: date | None = None
) -> Reassessment:
    """Look again at what is not proactively public (art. 18): keep it so, or disclose it.

    To disclose begins a new version, which goes through every review.
    """
    item = locked(reassessment.item)
    who = actor.require("item.reassess", item.agency)
    require_state(item, State.KEPT)
    if result not in (REASSESSED_KEEP, REASSESSED_DISCLOSE):
        raise Forbidden("选一个评估结果。")
    if not reasons.strip():
        raise Forbidden("写明评估的理由。")
    today = timezone.localdate()
    reassessment.done_on, reassessment.result = today, result
    reassessment.reasons, reassessment.person = reasons.strip(), actor.person
    reassessment.save()
    if result == REASSESSED_KEEP:
        item.reassessments.create(due_on=next_on or a_year_after(today))
    record("item.reassess", subject_of(item), who, reason=reasons, after={"result": result})
    return reassessment


def refresh(item: InformationItem) -> None:
    """Release a public item again, with what has changed around its text."""
    if item.live is not None:
        release(release_of(item, item.live))
