"""The chain of digests (SM3, GB/T 32905): each entry seals the one before it.

What the chain alone cannot show is that the last entries were cut off: for that an
auditor notes the last number and digest down, and looks later whether they still stand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes

from gongkai.web.audit.models import AuditEntry

_SEALED = (
    "number", "act", "person", "person_name", "role", "agency", "agency_name", "subject_kind",
    "subject", "subject_name", "reason", "before", "after", "address", "previous",
)  # fmt: skip
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: the entry and what is wrong with it."""

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How far the chain was read: the last entry, its digest, and the first break."""

    number: int
    digest: str
    broken: Break | None = None


def digest_of(entry: AuditEntry) -> str:
    """64 hexadecimal digits over every fact of the entry and the digest before it."""
    facts = {name: getattr(entry, name) for name in _SEALED}
    facts["at"] = entry.at.timestamp()
    written = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(written.encode())
    return sm3.finalize().hex()


def verify(entries: Iterable[AuditEntry]) -> Verified:
    """Read ``entries``, which come in order from the first, up to the first break."""
    digest, number = "", 0
    for entry in entries:
        what = ""
        if entry.number != number + 1:
            return Verified(number, digest, Break(number + 1, "缺少这一条"))
        if entry.previous != digest:
            what = "与上一条接不上"
        elif entry.digest != digest_of(entry):
            what = "内容被改动过"
        if what:
            return Verified(number, digest, Break(entry.number, what))
        digest, number = entry.digest, entry.number
    return Verified(number, digest)


def verify_all() -> Verified:
    """The whole trail, read in pieces."""
    return verify(AuditEntry.objects.order_by("number").iterator(chunk_size=_AT_ONCE))
