"""How soon a matter of public concern is to be answered, and whether it was.

Hours run as the clock runs, through nights and days off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from ..handling.load import Data, made, read_data
from ..law import cite

_FILE = "response_limits.toml"
ANY = "any"
# Within the last quarter of a limit it is near.
_NEAR = 4


@dataclass(frozen=True)
class ResponseLimit:
    """One limit.  ``major``: it is for major emergencies alone, or for all other matters;
    ``met_by``: the kind of release that meets it, or any."""

    id: str
    label: str
    hours: int
    major: bool
    met_by: str
    basis: str
    verified: bool
    note: str

    @property
    def citation(self) -> str:
        return cite(self.basis)


@dataclass(frozen=True)
class Response:
    """One limit of one matter: until when, and when it was met."""

    limit: ResponseLimit
    hours: int
    due_at: datetime
    met_at: datetime | None

    def late(self, now: datetime) -> bool:
        """Whether it was met after its end, or its end has passed."""
        return (self.met_at or now) > self.due_at

    def near(self, now: datetime) -> bool:
        """Whether it is not met and the last quarter of its time runs."""
        left = self.due_at - now
        return self.met_at is None and timedelta() <= left <= timedelta(hours=self.hours) / _NEAR


@lru_cache(maxsize=1)
def response_limits() -> Mapping[str, ResponseLimit]:
    """Every limit by id."""
    return made(_FILE, read_data(_FILE, __package__), _limit)


def responses(
    began_at: datetime,
    releases: Iterable[tuple[str, datetime]],
    *,
    major: bool,
    own_hours: Mapping[str, int],
) -> list[Response]:
    """The limits of a matter; ``releases`` are (kind, when), ``own_hours`` what the region set."""
    told = sorted(releases, key=lambda one: one[1])
    found = []
    for limit in response_limits().values():
        if limit.major is not major:
            continue
        hours = own_hours.get(limit.id, limit.hours)
        met = next((at for kind, at in told if limit.met_by in (ANY, kind)), None)
        found.append(Response(limit, hours, began_at + timedelta(hours=hours), met))
    return found


def _limit(name: str, data: Data) -> ResponseLimit:
    cite(data["basis"])
    return ResponseLimit(
        id=name,
        label=data["label"],
        hours=data["hours"],
        major=data["major"],
        met_by=data["met_by"],
        basis=data["basis"],
        verified=data.get("verified", True),
        note=data.get("note", ""),
    )
