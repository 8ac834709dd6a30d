"""What a run found, beside what was known: new, still there, no longer there, set aside.

What was set aside stays so as long as what is wrong is the same; a fault that changed is a new
one.  What is no longer found is mended, whoever mended it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from .families import Family
from .models import Standing, WatchFinding
from .terms import Found, Reach

_AT_ONCE = 500


@dataclass(frozen=True)
class Merged:
    """How many findings were opened and how many were not found again."""

    opened: int
    mended: int


@transaction.atomic
def merge(family: Family, reach: Reach, found: Sequence[Found]) -> Merged:
    """Keep what a family found within reach."""
    now = timezone.now()
    within = reach.of_item("item_number") if family.of_items else reach.of_agency()
    known = WatchFinding.objects.filter(within, rule__in=family.rules)
    open_ = {(one.rule, one.key): one for one in known.filter(state=Standing.OPEN)}
    aside = dict(known.filter(state=Standing.SET_ASIDE).values_list("fingerprint", "pk"))
    new: list[WatchFinding] = []
    changed: list[WatchFinding] = []
    seen: list[int] = []
    for one in {(f.finding.rule, f.key): f for f in found}.values():
        was = open_.pop((one.finding.rule, one.key), None)
        if was is not None:
            seen.append(was.pk)
            if _differs(was, one):
                changed.append(_put(was, one))
        elif one.fingerprint in aside:
            seen.append(aside[one.fingerprint])
        else:
            new.append(_put(WatchFinding(found_at=now, seen_at=now), one))
    WatchFinding.objects.bulk_create(new, batch_size=_AT_ONCE)
    WatchFinding.objects.bulk_update(
        changed, ("values", "place", "address", "fingerprint", "agency"), batch_size=_AT_ONCE
    )
    _update(seen, seen_at=now)
    _update([was.pk for was in open_.values()], state=Standing.MENDED, mended_at=now)
    return Merged(len(new), len(open_))


def _differs(was: WatchFinding, one: Found) -> bool:
    return (was.values, was.place, was.address, was.fingerprint, was.agency_id) != (
        _values(one),
        one.place[:300],
        one.address[:300],
        one.fingerprint,
        one.agency,
    )


def _put(finding: WatchFinding, one: Found) -> WatchFinding:
    finding.agency_id = one.agency
    finding.rule, finding.severity = one.finding.rule, one.finding.severity.value
    finding.key, finding.item_number = one.key[:300], one.item
    finding.place, finding.address = one.place[:300], one.address[:300]
    finding.values, finding.fingerprint = _values(one), one.fingerprint
    return finding


def _values(one: Found) -> dict[str, object]:
    """As JSON gives them back."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in one.finding.values.items()
    }


def _update(keys: Iterable[int], **facts: object) -> None:
    rest = list(keys)
    for start in range(0, len(rest), _AT_ONCE):
        WatchFinding.objects.filter(pk__in=rest[start : start + _AT_ONCE]).update(**facts)
