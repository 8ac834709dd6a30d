"""Acts on one's own calendar address: make it, or make another, which ends the first; end it."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.record import Subject, record
from gongkai.web.people.models import Person
from gongkai.web.policies import Actor

from ...models import FeedToken


@transaction.atomic
def make_feed(actor: Actor) -> str:
    """A new token, told once and kept nowhere; the address before it opens nothing any more."""
    who = actor.require_somewhere("request.read")
    token = secrets.token_urlsafe(32)
    FeedToken.objects.update_or_create(
        person=actor.person,
        defaults={"digest": _digest(token), "made_at": timezone.now(), "read_at": None},
    )
    record("request.make_feed", _subject(actor.person), who)
    return token


@transaction.atomic
def end_feed(actor: Actor) -> None:
    """The address opens nothing any more."""
    who = actor.require_somewhere("request.read")
    FeedToken.objects.filter(person=actor.person).delete()
    record("request.end_feed", _subject(actor.person), who)


def reader_of(token: str) -> Person | None:
    """Whose calendar it is; None where nobody's, or where he is here no longer."""
    found = FeedToken.objects.select_related("person").filter(digest=_digest(token)).first()
    if found is None or not found.person.is_active:
        return None
    FeedToken.objects.filter(pk=found.pk).update(read_at=timezone.now())
    return found.person


def _digest(token: str) -> str:
    return hashlib.sha256(f"calendar {token}".encode()).hexdigest()


def _subject(person: Person) -> Subject:
    return Subject("person", str(person.pk), person.name)
