"""Act: publish what has been approved, at once or at its hour; keep what is not proactive.

The day of release is the true moment and is never set by hand (a false one is a veto in
the national inspection, 国办秘函〔2019〕19号); the index number is given here, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from gongkai.core.normative_document import EventKind
from gongkai.web.audit.record import SYSTEM, Who, record
from gongkai.web.people.models import Person
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.publication.models import Tie
from gongkai.web.publication.release import Release, ReleasedFile, relate, release

from ..audited import subject_of
from ..index_numbers import free_index_numbers
from ..models import Attachment, InformationItem, ItemVersion, State, Verdict
from ..reassessment import plan_reassessment
from ..steps import locked, move, require_state
from ..validity import validity_of

# Sent within the act, before anything is public, with ``item``, ``person`` and ``who``: what must
# happen together with the release; Forbidden from a receiver undoes the whole act.
publishing = Signal()

# How the document that says so stands to the one it changes.
_TIES = {
    EventKind.AMENDED: Tie.AMENDS,
    EventKind.EXTENDED: Tie.AMENDS,
    EventKind.REPEALED: Tie.REPEALS,
    EventKind.LAPSED: Tie.REPEALS,
}


def conclude(item: InformationItem, actor: Actor, who: Who, text: str) -> InformationItem:
    """After the last step: publish, wait for the hour or the interpretation, or keep."""
    if item.version.disclosure_class != "proactive":
        move(item, State.KEPT, Verdict.PASSED, actor.person, text)
        plan_reassessment(item)
        return item
    waits = item.scheduled_for is not None and item.scheduled_for > timezone.now()
    if waits or _waits_for_company(item):
        move(item, State.SCHEDULED, Verdict.PASSED, actor.person, text)
        return item
    move(item, State.PUBLISHED, Verdict.PASSED, actor.person, text)
    make_public(item, actor.person, who)
    for other in _company(item):
        if other.state == State.SCHEDULED and not _waits_for_company(other):
            _publish_scheduled(other, actor.person, who)
    return item


@transaction.atomic
def publish_due(item: InformationItem) -> InformationItem:
    """Publish a scheduled item whose hour has come; done by the platform itself."""
    item = locked(item)
    require_state(item, State.SCHEDULED)
    if item.scheduled_for is None or item.scheduled_for > timezone.now():
        return item
    if not _waits_for_company(item):
        _publish_scheduled(item, _approver(item), SYSTEM)
    return item


@transaction.atomic
def publish_now(actor: Actor, item: InformationItem) -> InformationItem:
    """Publish an approved item without waiting for the hour set."""
    item = locked(item)
    who = actor.require("item.schedule", item.agency)
    require_state(item, State.SCHEDULED)
    if _waits_for_company(item):
        raise Forbidden("要和解读同时发布，解读还没有签发。")
    _publish_scheduled(item, actor.person, who)
    return item


def _publish_scheduled(item: InformationItem, person: Person, who: Who) -> None:
    move(item, State.PUBLISHED, Verdict.PUBLISHED, person)
    make_public(item, person, who)


def make_public(item: InformationItem, person: Person, who: Who) -> None:
    """Write the public copy of the version; called when the item has reached PUBLISHED."""
    version = item.version
    now = timezone.now()
    if item.index_number is None:
        place = version.statutory or version.column
        (item.index_number,) = free_index_numbers(item.agency, [(timezone.localdate(), place)])
    if item.first_published_at is None:
        item.first_published_at = now
    item.live = version
    item.urgent = False
    item.scheduled_for = None
    item.withdrawn_at, item.withdrawal_reason = None, ""
    item.save()
    publishing.send(InformationItem, item=item, person=person, who=who)
    release(release_of(item, version))
    # What came out before this and names it could not be tied to it yet.
    for interpretation in item.interpretations.filter(live__isnull=False):
        relate(interpretation.pk, Tie.INTERPRETS, item.pk)
    for event in item.life_events.all():
        if event.by_item_id is not None:
            relate(event.by_item_id, _TIES[EventKind(event.kind)], item.pk)
    record(
        "item.publish",
        subject_of(item),
        who,
        reason=version.change_reason,
        after={"version": version.number, "index_number": item.index_number},
    )


def release_of(
    item: InformationItem, version: ItemVersion, attachments: Iterable[Attachment] | None = None
) -> Release:
    """The public copy: what the public may know of the item and nothing else.

    ``attachments`` are those of ``version``, where the caller has them at hand.
    """
    if attachments is None:
        attachments = version.attachments.select_related("original", "redacted")
    validity, note = validity_of(item, timezone.localdate())
    facts: dict[str, Any] = {
        "kind": item.kind,
        "column": version.column,
        "statutory": version.statutory,
        "title": version.title,
        "summary": version.summary,
        "body_html": version.public_body,
        "index_number": item.index_number,
        "document_number": version.document_number,
        "issuer": version.issuer,
        "source": version.source,
        "genre": version.genre,
        "theme": version.theme,
        "keywords": version.keywords,
        "made_on": version.made_on,
        "published_at": item.first_published_at,
        "effective_on": version.effective_on,
        "expires_on": version.expires_on,
        "validity": validity,
        "validity_note": note,
        "facts": {**version.details, "life": _life(item), **_former(item)},
    }
    ties = [(Tie.INTERPRETS, item.interprets_id)] if item.interprets_id else []
    ties += [(_TIES[EventKind(event.kind)], event.item_id) for event in item.causes.all()]
    return Release(
        number=item.pk,
        agency=item.agency,
        facts=facts,
        files=tuple(map(_file, attachments)),
        ties=tuple(ties),
        elsewhere=tuple(
            {name: getattr(other, name) for name in ("channel", "where", "released_on", "link")}
            for other in item.other_releases.all()
        ),
    )


def _file(attachment: Attachment) -> ReleasedFile:
    return ReleasedFile(
        digest=attachment.public_file.digest,
        name=attachment.name,
        media_type=attachment.public_file.media_type,
        size=attachment.public_file.size,
        description=attachment.alternative_text,
        inline=attachment.inline,
        reference=str(attachment.reference),
    )


def _former(item: InformationItem) -> dict[str, str]:
    """Where it stood on the former site, whose day of release it keeps."""
    web = item.former_address.startswith(("http://", "https://"))
    return {"former_address": item.former_address} if web else {}


def _life(item: InformationItem) -> list[dict[str, Any]]:
    return [
        {
            "kind": event.kind,
            "on": event.on.isoformat(),
            "until": event.until.isoformat() if event.until else None,
            "by": event.by_document,
            "by_number": event.by_item_id,
            "note": event.note,
        }
        for event in item.life_events.all()
    ]


def _company(item: InformationItem) -> list[InformationItem]:
    """The items that are to come out together with this one."""
    company = list(item.interpretations.exclude(state=State.DISCARDED))
    if item.interprets is not None and item.interprets.released_together:
        company.append(item.interprets)
    return company


def _waits_for_company(item: InformationItem) -> bool:
    """A document marked so waits until its interpretation is approved, and the other way round."""
    if item.released_together:
        interpretations = item.interpretations.exclude(state=State.DISCARDED)
        ready = [i.state in (State.SCHEDULED, State.PUBLISHED) for i in interpretations]
        return not ready or not all(ready)
    document = item.interprets
    if document is not None and document.released_together:
        return document.state not in (State.SCHEDULED, State.PUBLISHED)
    return False


def _approver(item: InformationItem) -> Person:
    last = item.opinions.filter(version=item.version, verdict=Verdict.PASSED).last()
    return last.person if last else item.author
