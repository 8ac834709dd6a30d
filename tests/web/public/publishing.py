"""Make things public in tests as an act does: in a transaction, through ``release``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import Publication, Withdrawal
from gongkai.web.publication.release import Release, ReleasedFile, release, withdraw


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    """A moment of release in local time."""
    return datetime(year, month, day, hour, minute, tzinfo=timezone.get_default_timezone())


def publish(
    agency: Agency,
    number: int,
    title: str = "",
    *,
    files: tuple[ReleasedFile, ...] = (),
    ties: tuple[tuple[str, int], ...] = (),
    elsewhere: tuple[dict[str, Any], ...] = (),
    **facts: Any,
) -> Publication:
    """An item with the facts that every item has, unless told otherwise."""
    usual: dict[str, Any] = {
        "kind": "plain",
        "column": "statutory",
        "statutory": "20-7",
        "title": title or f"第 {number} 条信息",
        "body_html": "<p>正文。</p>",
        "index_number": f"{agency.code}-2026-{number:05d}",
        "made_on": date(2026, 1, 5),
        "published_at": at(2026, 1, 6),
    }
    with transaction.atomic():
        return release(
            Release(number, agency, {**usual, **facts}, files=files, ties=ties, elsewhere=elsewhere)
        )


def take_back(number: int, reason: str = "名单有误。") -> Withdrawal:
    """Withdraw an item."""
    with transaction.atomic():
        return withdraw(number, reason)


def public_file(name: str, data: bytes = b"%PDF-1.4 x", **facts: Any) -> ReleasedFile:
    """A file in the store that may be public."""
    usual: dict[str, Any] = {"media_type": "application/pdf", "size": len(data)}
    return ReleasedFile(filestore.put(data), name, **{**usual, **facts})
