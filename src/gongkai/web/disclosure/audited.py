"""How the audit trail names an item."""

from __future__ import annotations

from gongkai.web.audit.record import Subject

from .models import InformationItem


def subject_of(item: InformationItem) -> Subject:
    """The item as a subject of the audit trail."""
    return Subject("item", str(item.pk), str(item))
