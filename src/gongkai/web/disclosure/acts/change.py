"""Acts on what is public already: correct it, take it back; and discard a draft."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.publication import release as publication

from ..audited import subject_of
from ..models import InformationItem, State, Verdict
from ..steps import locked, move, require_state
from .draft import new_version


@transaction.atomic
def correct(
    actor: Actor, item: InformationItem, reason: str, *, urgent: bool = False
) -> InformationItem:
    """Begin a new version of what is public, which stays public until the new one is approved.

    An urgent correction goes straight to the secrecy review.
    """
    item = locked(item)
    who = actor.require("item.correct", item.agency)
    require_state(item, State.PUBLISHED, State.WITHDRAWN, State.KEPT)
    if not reason.strip():
        raise Forbidden("更正要写明原因，公开以后会显示。")
    before = {"state": item.state}
    new_version(item, actor, reason)
    item.urgent = urgent
    item.state, item.state_since = State.DRAFT, timezone.now()
    item.save()
    record(
        "item.correct", subject_of(item), who, reason=reason, before=before,
        after={"state": State.DRAFT, "urgent": urgent},
    )  # fmt: skip
    return item


@transaction.atomic
def withdraw(actor: Actor, item: InformationItem, reason: str) -> InformationItem:
    """Take it off every public door at once; its address says that it was withdrawn, and why."""
    item = locked(item)
    who = actor.require("item.withdraw", item.agency)
    if item.live is None:
        raise Forbidden("这条信息现在没有公开，不用撤回。")
    if not reason.strip():
        raise Forbidden("撤回要写明原因，原来的网址上会显示。")
    before = {"state": item.state, "version": item.live.number}
    item.live = None
    item.withdrawn_at, item.withdrawal_reason = timezone.now(), reason
    if item.state == State.PUBLISHED:
        move(item, State.WITHDRAWN, Verdict.WITHDRAWN, actor.person, reason)
    else:
        # A new version is being written or reviewed: it goes on, only the old one is gone.
        item.save()
    publication.withdraw(item.pk, reason)
    record(
        "item.withdraw", subject_of(item), who, reason=reason, before=before,
        after={"state": item.state},
    )  # fmt: skip
    return item


@transaction.atomic
def discard(actor: Actor, item: InformationItem, reason: str = "") -> InformationItem:
    """Drop a draft. What was public before goes on being public in its last version."""
    item = locked(item)
    who = actor.require("item.discard", item.agency)
    require_state(item, State.DRAFT)
    before = {"state": item.state, "version": item.version.number}
    if item.live is not None:
        item.current = item.live
        item.state = State.PUBLISHED
    else:
        item.state = State.DISCARDED
    item.returned = item.urgent = False
    item.state_since = timezone.now()
    item.save()
    record(
        "item.discard", subject_of(item), who, reason=reason, before=before,
        after={"state": item.state},
    )  # fmt: skip
    return item


@transaction.atomic
def restore(actor: Actor, item: InformationItem) -> InformationItem:
    """The undo of ``discard`` for a draft that was never public."""
    item = locked(item)
    who = actor.require("item.discard", item.agency)
    require_state(item, State.DISCARDED)
    item.state, item.state_since = State.DRAFT, timezone.now()
    item.save()
    record(
        "item.restore", subject_of(item), who, before={"state": State.DISCARDED},
        after={"state": State.DRAFT},
    )  # fmt: skip
    return item
