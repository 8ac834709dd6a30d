"""Act: draft an item of information, and save what was written.

The disclosure class is settled while drafting, with basis and reason for anything but
proactive disclosure (arts. 13 to 16); publication is due twenty working days after the
day made (art. 26).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden

from ..audited import subject_of
from ..due import set_due
from ..models import InformationItem, ItemKind, ItemVersion, State
from ..steps import locked, require_state

# What an author writes; everything else of a version is set by acts.
WRITTEN = (
    "title", "body_html", "summary", "issuer", "source", "document_number", "made_on", "genre",
    "theme", "keywords", "column", "statutory", "disclosure_class", "legal_basis", "class_reason",
    "effective_on", "expires_on", "details",
)  # fmt: skip


@transaction.atomic
def start(
    actor: Actor, agency: Agency, kind: str = ItemKind.PLAIN, **written: Any
) -> InformationItem:
    """A new draft of ``agency``; ``written`` by the names in WRITTEN."""
    who = actor.require("item.draft", agency)
    item = InformationItem.objects.create(agency=agency, kind=ItemKind(kind), author=actor.person)
    version = ItemVersion(item=item, number=1, written_by=actor.person)
    _write(version, {"issuer": agency.name, "source": agency.name, **written})
    item.current = version
    set_due(item)
    item.save()
    record("item.draft", subject_of(item), who, after=state_of(version))
    return item


@transaction.atomic
def save(
    actor: Actor, item: InformationItem, kept: Mapping[str, Any] | None = None, **written: Any
) -> InformationItem:
    """Save the present draft; ``kept`` are facts of the item (kind, interprets, …)."""
    item = locked(item)
    who = actor.require("item.edit", item.agency)
    require_state(item, State.DRAFT)
    version = item.version
    if version.sealed:
        raise Forbidden("这一稿已经送审，不能再改；退回后在新一稿里改。")
    before = state_of(version)
    version.written_by = actor.person
    _write(version, written)
    for name, value in (kept or {}).items():
        if name not in _KEPT:
            raise KeyError(name)
        setattr(item, name, value)
    set_due(item)
    item.save()
    record("item.edit", subject_of(item), who, before=before, after=state_of(version))
    return item


_KEPT = ("kind", "interprets", "interpretation_due", "released_together", "scheduled_for")


def new_version(item: InformationItem, actor: Actor, reason: str = "") -> ItemVersion:
    """A copy of the last version to go on writing in, with its attachments."""
    old = item.version
    attachments = list(old.attachments.all())
    version = ItemVersion.objects.get(pk=old.pk)
    version.pk, version.number, version.sealed = None, old.number + 1, False
    version.written_by, version.change_reason = actor.person, reason
    version.created_at = version.saved_at = timezone.now()
    version._state.adding = True
    version.save()
    for attachment in attachments:
        attachment.pk, attachment.version = None, version
        attachment._state.adding = True
        attachment.save()
    item.current = version
    item.save()
    return version


def state_of(version: ItemVersion) -> dict[str, Any]:
    """What the audit line keeps of a version: its metadata, and the body by its length."""
    facts = {name: getattr(version, name) for name in WRITTEN if name != "body_html"}
    for name in ("made_on", "effective_on", "expires_on"):
        facts[name] = facts[name].isoformat() if facts[name] else None
    return {**facts, "version": version.number, "body_characters": len(version.body_html)}


def _write(version: ItemVersion, written: Mapping[str, Any]) -> None:
    for name, value in written.items():
        if name not in WRITTEN:
            raise KeyError(name)
        setattr(version, name, value)
    if "body_html" in written:
        version.redacted_body = ""
    version.saved_at = timezone.now()
    version.save()
