"""How a matter of concern stands against its limits at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gongkai.core.watching.responding import Response, responses

from .models import Concern, ConcernResult, OwnLimit

# These were nobody's to answer here.
_NOT_OURS = (ConcernResult.PASSED_ON, ConcernResult.NOT_ANSWERED, ConcernResult.TWICE)


@dataclass(frozen=True)
class Stands:
    """A matter, its limits, and the one that presses most."""

    concern: Concern
    limits: list[Response]
    now: datetime

    @property
    def asked(self) -> bool:
        """Whether it was for this agency to answer in public."""
        return self.concern.result not in _NOT_OURS

    @property
    def next(self) -> Response | None:
        """The unmet limit that ends first; None where none is left or the matter is closed."""
        if not self.concern.is_open:
            return None
        unmet = [one for one in self.limits if one.met_at is None]
        return min(unmet, key=lambda one: one.due_at, default=None)

    @property
    def late(self) -> bool:
        """Whether a limit was missed, or is being missed."""
        return self.asked and any(one.late(self.now) for one in self.limits)

    @property
    def near(self) -> bool:
        """Whether the next limit ends soon."""
        return self.next is not None and self.next.near(self.now)


def own_hours() -> Mapping[str, int]:
    """The limits that the region has set itself."""
    return dict(OwnLimit.objects.values_list("limit", "hours"))


def standing_of(concerns: Iterable[Concern], now: datetime) -> list[Stands]:
    """How each of ``concerns`` stands; prefetch ``releases`` where there are many."""
    hours = own_hours()
    return [
        Stands(
            concern,
            responses(
                concern.began_at,
                [(one.kind, one.at) for one in concern.releases.all()],
                major=concern.is_major,
                own_hours=hours,
            ),
            now,
        )
        for concern in concerns
    ]
