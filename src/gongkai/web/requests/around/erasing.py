"""Erasure by period: who asked is forgotten so many days after the request was concluded.

Law on Protection of Personal Information, art. 47.  While a review or a suit is open it is
kept (``also_held``).  Letters, the form and proofs of delivery belong to the archive and stay,
sealed; proof of identity, authority and every fact of the requester's record go.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import QuerySet

from .. import venue
from ..models import DisclosureRequest, RequestSettings

Holds = Callable[[QuerySet[DisclosureRequest]], QuerySet[DisclosureRequest]]
_HOLDS: list[Holds] = []


def also_held(by: Holds) -> Holds:
    """Another reason to keep: of some requests, those that are held; called at the start."""
    if by not in _HOLDS:
        _HOLDS.append(by)
    return by


def held(cases: QuerySet[DisclosureRequest]) -> QuerySet[DisclosureRequest]:
    """Those of ``cases`` that may not be erased yet."""
    keys: set[int] = set(cases.filter(concluded_on=None).values_list("pk", flat=True))
    for by in _HOLDS:
        keys.update(by(cases).values_list("pk", flat=True))
    return cases.filter(pk__in=keys)


def erase_on(case: DisclosureRequest) -> date | None:
    """The day from which the identity of this request may go; None while it is open."""
    if case.concluded_on is None:
        return None
    return case.concluded_on + timedelta(days=venue.settings_of(case.agency).identity_kept_days)


def due_for_erasure(today: date) -> QuerySet[DisclosureRequest]:
    """Every request whose period is over and which nothing holds."""
    chosen = dict(RequestSettings.objects.values_list("agency", "identity_kept_days"))
    usual = RequestSettings().identity_kept_days
    ended = DisclosureRequest.objects.filter(
        requester__erased_at=None, concluded_on__lte=today - timedelta(days=_shortest(chosen))
    ).values_list("pk", "agency", "concluded_on")
    keys = [
        pk
        for pk, agency, concluded_on in ended
        if concluded_on is not None
        and concluded_on + timedelta(days=chosen.get(agency, usual)) <= today
    ]
    due = DisclosureRequest.objects.filter(pk__in=keys)
    # The parts of one request share the record: it goes with the last of them.
    requesters = due.values("requester")
    parts = DisclosureRequest.objects.filter(requester__in=requesters)
    kept = set(held(parts).values_list("requester", flat=True))
    kept |= set(parts.exclude(pk__in=keys).values_list("requester", flat=True))
    return due.exclude(requester__in=kept).select_related("agency", "requester")


def _shortest(chosen: dict[int, int]) -> int:
    return min([RequestSettings().identity_kept_days, *chosen.values()])
