"""Whether a document holds on a day (有效性)."""

from __future__ import annotations

from enum import StrEnum


class Validity(StrEnum):
    """Where a document stands.

    An amended one (已修改) holds, in its amended text; a pending one (尚未施行)
    has been issued and does not hold yet.
    """

    PENDING = "pending"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def holds(self) -> bool:
        """现行有效, as the yearly count means it."""
        return self in (Validity.IN_FORCE, Validity.AMENDED)


_LABELS = {
    Validity.PENDING: "尚未施行",
    Validity.IN_FORCE: "现行有效",
    Validity.AMENDED: "已修改",
    Validity.REPEALED: "已废止",
    Validity.LAPSED: "已失效",
}
