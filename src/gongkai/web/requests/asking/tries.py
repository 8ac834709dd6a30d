"""How often one address may try: submissions, uploads, wrong codes; and when a sum is asked for.

What is counted is a fingerprint of the network address, for an hour, and nobody reads an address
out of it.  Counts are written outside the act's own transaction: what fails counts too.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from gongkai.web.sealed import fingerprint

from ..models import Tries

SUBMISSION, UPLOAD, WRONG_CODE = "submission", "upload", "wrong_code"
DRAFT, MESSAGE, APPRAISAL = "draft", "message", "appraisal"
_HOUR = timedelta(hours=1)
_EVERYBODY = "everybody"


def count(kind: str, request: HttpRequest) -> None:
    """One more try of ``kind`` from where ``request`` comes, and by everybody."""
    for source in (_source(request), _EVERYBODY):
        _add(kind, source)


def too_many(kind: str, request: HttpRequest) -> bool:
    """Whether the address of ``request`` has had its share of this hour."""
    most = {
        SUBMISSION: settings.ASKING_AN_HOUR,
        UPLOAD: settings.ASKING_UPLOADS_AN_HOUR,
        DRAFT: settings.ASKING_UPLOADS_AN_HOUR,
        MESSAGE: settings.ASKING_AN_HOUR,
        APPRAISAL: settings.ASKING_AN_HOUR,
        WRONG_CODE: settings.ASKING_WRONG_CODES_AN_HOUR,
    }
    return _so_far(kind, _source(request)) >= most[kind]


def minutes_left() -> int:
    """In how many minutes the next hour begins."""
    return max(1, -(-(_hour() + _HOUR - timezone.now()).seconds // 60))


def sum_wanted(request: HttpRequest, kind: str = SUBMISSION) -> bool:
    """Whether a submission from here is asked for a sum first; each kind has its own count."""
    mine = _so_far(kind, _source(request))
    return mine >= settings.ASKING_WITHOUT_SUM or (
        _so_far(kind, _EVERYBODY) >= settings.ASKING_WITHOUT_SUM_ALL
    )


def forget() -> None:
    """Remove what is older than a day."""
    Tries.objects.filter(since__lt=timezone.now() - 24 * _HOUR).delete()


def _so_far(kind: str, source: str) -> int:
    found = Tries.objects.filter(kind=kind, source=source, since=_hour()).first()
    return found.count if found else 0


def _add(kind: str, source: str) -> None:
    here = Tries.objects.filter(kind=kind, source=source, since=_hour())
    if here.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            Tries.objects.create(kind=kind, source=source, since=_hour(), count=1)
    except IntegrityError:
        here.update(count=F("count") + 1)


def _hour() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def _source(request: HttpRequest) -> str:
    """The address; of an IPv6 one the network, since a household has as many as it likes."""
    told = request.META.get("REMOTE_ADDR") or ""
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return fingerprint("address unknown")
    if address.version == 6:
        address = ipaddress.ip_network(f"{told}/64", strict=False).network_address
    return fingerprint(f"address {address}")
