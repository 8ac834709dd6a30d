"""Runs of the watch: planned by the day, by what changed, or asked for; one at a time; resumed.

A run is a row.  The worker's duty takes the oldest one that has not ended, family by family; what
it has looked at is kept as it goes, so that a run that was cut off goes on where it stood.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.attempts import attempt_each
from gongkai.web.audit.models import AuditEntry
from gongkai.web.disclosure.models import InformationItem
from gongkai.web.locks import hold

from .families import FAMILIES, Family
from .merging import merge
from .models import Watch
from .terms import EVERYTHING, Reach, Terms

Meanwhile = Callable[[], None]
LOCK = "watch.lock"
# So often the row tells where a long family stands.
_TELL_SECONDS = 1.0
_KEPT = timedelta(days=60)
# After more changes a whole run is as quick.
_MOST_CHANGED = 5_000
_AT_ONCE = 500


def plan_daily() -> Watch:
    """A whole run, unless one has not ended yet; runs over changes are not kept for long."""
    long_ago = timezone.now() - _KEPT
    Watch.objects.filter(full=False, ended_at__lt=long_ago).delete()
    waiting = unfinished(full=True, agency=None)
    return waiting or plan(full=True)


def plan_changes() -> Watch | None:
    """A run over what changed since the last that looked at it; None where nothing did."""
    if unfinished() is not None:
        return None
    since = _looked_until()
    last = _trail()
    if since is None or not _changes(since, last).exists():
        return None
    items = _changes(since, last).filter(subject_kind="item").values("subject").distinct().count()
    if items > _MOST_CHANGED:
        return plan(full=True)
    return plan(full=False, trail_from=since)


def plan(**facts: object) -> Watch:
    """A run that waits to be done."""
    return Watch.objects.create(trail_to=_trail(), **facts)


def unfinished(**facts: object) -> Watch | None:
    """The oldest run that waits or goes on."""
    return Watch.objects.filter(ended_at=None, **facts).order_by("pk").first()


def carry_on(meanwhile: Meanwhile = lambda: None) -> int:
    """Do what waits, unless another process is at it; how many runs ended."""
    done = 0
    with hold(Path(settings.DATA) / LOCK) as mine:
        while mine and (watch := unfinished()) is not None:
            run(watch, meanwhile)
            done += 1
    return done


def run(watch: Watch, meanwhile: Meanwhile = lambda: None, today: date | None = None) -> Watch:
    """Every family that this run has not done yet; a fault of ours in one keeps none back."""
    terms = Terms(today or timezone.localdate(), _teller(watch, meanwhile))
    reach = reach_of(watch)
    waiting = [family for family in FAMILIES if family.name not in watch.looked_at]
    failures = attempt_each(partial(_do, watch, reach, terms), waiting)
    watch.trouble = "；".join(f"{f.label}没有查完：{why}" for f, why in failures.items())[:500]
    watch.stage, watch.ended_at = "", timezone.now()
    watch.save(update_fields=["trouble", "stage", "ended_at"])
    return watch


def reach_of(watch: Watch) -> Reach:
    """What a run looks at."""
    if not watch.full:
        return _changed(watch.trail_from, watch.trail_to)
    if watch.agency is None:
        return EVERYTHING
    return Reach(frozenset(Agency.objects.under(watch.agency).values_list("pk", flat=True)))


def _do(watch: Watch, reach: Reach, terms: Terms, family: Family) -> None:
    terms.tell(family.label)
    looked = family.find(reach, terms)
    merged = merge(family, reach, looked.found)
    watch.looked_at[family.name] = looked.count
    watch.opened += merged.opened
    watch.mended += merged.mended
    watch.save(update_fields=["looked_at", "opened", "mended"])


def _teller(watch: Watch, meanwhile: Meanwhile) -> Callable[[str], None]:
    told_at = 0.0

    def tell(said: str) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= _TELL_SECONDS:
            Watch.objects.filter(pk=watch.pk).update(stage=said[:100])
            told_at = time.monotonic()
        meanwhile()

    return tell


def _trail() -> int:
    return AuditEntry.objects.aggregate(last=Max("number"))["last"] or 0


def _looked_until() -> int | None:
    """The last number of the trail that a run over all agencies has taken into account."""
    whole = Watch.objects.filter(agency=None).exclude(ended_at=None)
    last: int | None = whole.aggregate(last=Max("trail_to"))["last"]
    return last


def _changes(since: int, until: int) -> QuerySet[AuditEntry]:
    told = AuditEntry.objects.filter(number__gt=since, number__lte=until)
    # Who signed in or read something changed nothing that is watched.
    return told.exclude(Q(act__startswith="session.") | Q(act__endswith=".read"))


def _changed(since: int, until: int) -> Reach:
    """The items and agencies that the trail names, with the agencies of those items."""
    changes = _changes(since, until)
    items = [int(n) for n in _subjects(changes, "item") if n.isdigit()]
    codes = set(changes.values_list("agency", flat=True)) | _subjects(changes, "agency")
    agencies = set(Agency.objects.filter(code__in=codes).values_list("pk", flat=True))
    for start in range(0, len(items), _AT_ONCE):
        owners = InformationItem.objects.filter(pk__in=items[start : start + _AT_ONCE])
        agencies |= set(owners.values_list("agency", flat=True))
    return Reach(frozenset(agencies), frozenset(items))


def _subjects(changes: QuerySet[AuditEntry], kind: str) -> set[str]:
    return set(changes.filter(subject_kind=kind).values_list("subject", flat=True))
