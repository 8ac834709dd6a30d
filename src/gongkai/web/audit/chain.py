"""The chain of digests (SM3, GB/T 32905): each entry seals the one before it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes

from .models import AuditEntry

_SEALED = (
    "number", "act", "person", "person_name", "role", "agency", "agency_name", "subject_kind",
    "subject", "subject_name", "reason", "before", "after", "address", "previous",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: the entry and what is wrong with it."""

    number: int
    what: str


def digest_of(entry: AuditEntry) -> str:
    """64 hexadecimal digits over every fact of the entry and the digest before it."""
    facts = {name: getattr(entry, name) for name in _SEALED}
    facts["at"] = entry.at.timestamp()
    written = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(written.encode())
    return sm3.finalize().hex()


def verify(entries: Iterable[AuditEntry]) -> Break | None:
    """The first break in ``entries``, which come in order from the first; None if none."""
    previous, number = "", 0
    for entry in entries:
        if entry.number != number + 1:
            return Break(number + 1, "缺少这一条")
        if entry.previous != previous:
            return Break(entry.number, "与上一条接不上")
        if entry.digest != digest_of(entry):
            return Break(entry.number, "内容被改动过")
        previous, number = entry.digest, entry.number
    return None
