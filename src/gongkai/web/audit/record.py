"""Write one entry, inside the transaction of the act it tells of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone

from gongkai.web.audit.chain import digest_of
from gongkai.web.audit.models import AuditEntry
from gongkai.web.client_address import plain_address

# Any constant will do: writers of the chain wait for one another on PostgreSQL.
_CHAIN_LOCK = 71120190515


@dataclass(frozen=True, slots=True)
class Who:
    """The person who acts, in which role, for which agency, from which address."""

    person: str = ""
    person_name: str = "系统"
    role: str = ""
    agency: str = ""
    agency_name: str = ""
    address: str | None = None


SYSTEM = Who()


@dataclass(frozen=True, slots=True)
class Subject:
    """What was acted on: its kind, its number there, what people call it."""

    kind: str
    number: str
    name: str


def record(
    act: str,
    subject: Subject,
    who: Who,
    *,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry; only what differs between ``before`` and ``after`` is kept.

    Call it last in an act: on PostgreSQL other acts wait for the rest of the transaction.
    Raises RuntimeError outside a transaction: an entry and its act stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit entry is written in the transaction of its act")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    was, now = _plain(before), _plain(after)
    same = {key for key in was.keys() & now.keys() if was[key] == now[key]}
    last = AuditEntry.objects.order_by("-number").first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        # Whole seconds: what every database gives back as it was written.
        at=timezone.now().replace(microsecond=0),
        act=act,
        person=who.person,
        person_name=who.person_name,
        role=who.role,
        agency=who.agency,
        agency_name=who.agency_name,
        subject_kind=subject.kind,
        subject=subject.number,
        subject_name=subject.name[:300],
        reason=reason,
        before={key: value for key, value in was.items() if key not in same},
        after={key: value for key, value in now.items() if key not in same},
        address=plain_address(who.address),
        previous=last.digest if last else "",
    )
    entry.digest = digest_of(entry)
    entry.save()
    return entry


def _plain(facts: Mapping[str, Any] | None) -> dict[str, Any]:
    """As JSON gives it back, so that the digest is over what the database will say."""
    plain: dict[str, Any] = json.loads(json.dumps(dict(facts or {}), cls=DjangoJSONEncoder))
    return plain
