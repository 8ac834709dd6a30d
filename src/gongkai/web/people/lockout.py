"""Five tries, then a quarter of an hour: counted by django-axes, said in words here."""

from __future__ import annotations

from datetime import datetime

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

MINUTES = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)


def tries_left(request: HttpRequest, username: str) -> int:
    """How often ``username`` may still be tried from this address."""
    failures: int = AxesProxyHandler.get_failures(request, {"username": username})
    return max(0, settings.AXES_FAILURE_LIMIT - failures)


def locked_until(username: str) -> datetime | None:
    """When the last lock on ``username`` ends, from whatever address; None if there is none."""
    begun = timezone.now() - settings.AXES_COOLOFF_TIME
    failed: dict[str | None, int] = {}
    latest: dict[str | None, datetime] = {}
    for attempt in AccessAttempt.objects.filter(username=username, attempt_time__gte=begun):
        address = attempt.ip_address
        failed[address] = failed.get(address, 0) + attempt.failures_since_start
        latest[address] = max(latest.get(address, attempt.attempt_time), attempt.attempt_time)
    locked = [latest[a] for a, count in failed.items() if count >= settings.AXES_FAILURE_LIMIT]
    return max(locked) + settings.AXES_COOLOFF_TIME if locked else None


def locked_usernames() -> set[str]:
    """Every username that is locked from some address now."""
    begun = timezone.now() - settings.AXES_COOLOFF_TIME
    recent = AccessAttempt.objects.filter(attempt_time__gte=begun)
    failed: dict[tuple[str, str | None], int] = {}
    for name, address, count in recent.values_list(
        "username", "ip_address", "failures_since_start"
    ):
        failed[name, address] = failed.get((name, address), 0) + count
    return {name for (name, _), n in failed.items() if n >= settings.AXES_FAILURE_LIMIT}


def unlock(username: str) -> int:
    """Forget the failed tries for ``username``; how many records there were."""
    return int(reset(username=username))
