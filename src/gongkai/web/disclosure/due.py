"""By when an item must be public (art. 26), kept beside it so that lists can ask for it."""

from __future__ import annotations

from gongkai.core.time_limits import publication_due
from gongkai.web.registers.days import working_days

from .models import InformationItem, State

# Nothing is due any more for what stands in one of these.
_OVER = (State.KEPT, State.WITHDRAWN, State.DISCARDED)


def set_due(item: InformationItem) -> None:
    """Reckon the due day of ``item``; the caller saves it."""
    version = item.version
    if item.first_published_at or version.disclosure_class != "proactive" or not version.made_on:
        item.due_on, item.due_provisional = None, False
        return
    due = publication_due(version.made_on, working_days())
    item.due_on, item.due_provisional = due.day, due.provisional


def renew_due_days(**_: object) -> None:
    """A year's holidays were announced: what was reckoned without them is reckoned anew."""
    waiting = InformationItem.objects.exclude(due_on=None).exclude(state__in=_OVER)
    for item in waiting.select_related("current").iterator(chunk_size=500):
        before = (item.due_on, item.due_provisional)
        set_due(item)
        if before != (item.due_on, item.due_provisional):
            item.save(update_fields=["due_on", "due_provisional"])
