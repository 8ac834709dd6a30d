"""What stands beside a finding on its page, of applications that know this one and not the other
way round: they append here in their ``ready``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gongkai.web.policies import StaffRequest

from .models import WatchFinding


@dataclass(frozen=True)
class Beside:
    """A template shown beside the finding, with what it needs."""

    template: str
    context: dict[str, object] = field(default_factory=dict)


# None where there is nothing to show to this person.
beside: list[Callable[[StaffRequest, WatchFinding], Beside | None]] = []

# One short line for a row of the list, by the key of the finding: "在改　到 10月26日".
row_notes: list[Callable[[list[int]], dict[int, str]]] = []


def notes_of(keys: list[int]) -> dict[int, str]:
    """What is said beside each row."""
    found: dict[int, str] = {}
    for told in row_notes:
        found.update(told(keys))
    return found
