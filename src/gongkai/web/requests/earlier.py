"""Earlier requests: of the same person, and of the same matter.

The same person by the fingerprint of the document number, which unseals nobody; the same
matter by how many pairs of characters two descriptions share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from gongkai.core.bigrams import normal, tokens

from .ledger import outcome_of_case
from .models import DisclosureRequest

# Fewer shared pairs say nothing: 关于, 信息, 公开 stand in every request.
_ALIKE = 0.5
_LOOKED_AT = 3000
_YEARS = 5


@dataclass(frozen=True)
class Alike:
    """An earlier request, and how much of the two descriptions is the same, from 0 to 1."""

    case: DisclosureRequest
    share: float


@dataclass(frozen=True)
class Earlier:
    """A request this person made here; ``alike`` where it asks for much the same (art. 36 (6))."""

    case: DisclosureRequest
    outcome: str
    alike: bool


def earlier_of(case: DisclosureRequest, most: int = 50) -> list[Earlier]:
    """What this person asked here before, the newest first."""
    wanted = _pairs(case.description)
    before = of_same_person(case).filter(pk__lt=case.pk)
    before = before.prefetch_related("events").order_by("-pk")[:most]
    return [
        Earlier(one, _ended(one), _share(wanted, _pairs(one.description)) >= _ALIKE)
        for one in before
    ]


def of_same_person(case: DisclosureRequest) -> QuerySet[DisclosureRequest]:
    """Every other request of this person at this agency; none where no number is known."""
    if not case.requester.same_as:
        return DisclosureRequest.objects.none()
    return DisclosureRequest.objects.filter(
        agency=case.agency, requester__same_as=case.requester.same_as
    ).exclude(pk=case.pk)


def in_last_year(case: DisclosureRequest) -> int:
    """How many this person made here within a year up to this one, itself counted (art. 35)."""
    since = case.arrived_on - timedelta(days=365)
    earlier = of_same_person(case).filter(arrived_on__gt=since, arrived_on__lte=case.arrived_on)
    return earlier.count() + 1


def of_same_matter(case: DisclosureRequest, most: int = 10) -> list[Alike]:
    """Requests at this agency that ask for much the same, the most alike first."""
    wanted = _pairs(case.description)
    if not wanted:
        return []
    since = date(max(case.arrived_on.year - _YEARS, 1), 1, 1)
    others = (
        DisclosureRequest.objects.filter(agency=case.agency, arrived_on__gte=since)
        .exclude(pk=case.pk)
        .select_related("requester")[:_LOOKED_AT]
    )
    found = [Alike(one, _share(wanted, _pairs(one.description))) for one in others]
    alike = [one for one in found if one.share >= _ALIKE]
    return sorted(alike, key=lambda one: (-one.share, -one.case.pk))[:most]


def _ended(case: DisclosureRequest) -> str:
    """How it ended, or where it stands."""
    outcome = outcome_of_case(case)
    return outcome.label if outcome else case.get_state_display()


def _pairs(text: str) -> frozenset[str]:
    return frozenset(tokens(normal(text)))


def _share(left: frozenset[str], right: frozenset[str]) -> float:
    """How many of the pairs of both descriptions together stand in each."""
    together = len(left) + len(right)
    return 2 * len(left & right) / together if together else 0.0
