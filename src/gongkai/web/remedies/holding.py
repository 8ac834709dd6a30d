"""What keeps who asked from being erased: a review or a suit that is open."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.web.requests.models import DisclosureRequest


def with_open_cases(requests: QuerySet[DisclosureRequest]) -> QuerySet[DisclosureRequest]:
    """Those of ``requests`` on which a case is open."""
    return requests.filter(remedies__isnull=False, remedies__closed_on=None)
