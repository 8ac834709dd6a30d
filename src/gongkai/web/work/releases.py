"""What becomes public, or changes in public, by the hour or the day alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.web.attempts import attempt_each
from gongkai.web.audit.record import SYSTEM, record
from gongkai.web.disclosure.acts.afterwards import refresh
from gongkai.web.disclosure.acts.publish import publish_due
from gongkai.web.disclosure.audited import subject_of
from gongkai.web.disclosure.models import InformationItem, ItemKind, State
from gongkai.web.disclosure.steps import OutOfTurn, locked
from gongkai.web.disclosure.validity import validity_of
from gongkai.web.public import bake
from gongkai.web.public.pages import turning_on
from gongkai.web.publication.models import Publication

# The last day for which pages were turned.
_TURNED = "worker.turned"
# After a longer silence everything is baked: cheaper than to look at each day.
_LONG_DAYS = 62


class NotReleased(Exception):
    """Some items could not be released; the others were. The reasons are in the log."""


def publish_scheduled() -> int:
    """Publish every approved item whose hour has come; how many there were."""
    due = InformationItem.objects.filter(
        state=State.SCHEDULED, scheduled_for__lte=timezone.now()
    ).order_by("scheduled_for", "pk")
    return _each(list(due), _publish)


def renew_validities() -> int:
    """Release again every document that holds otherwise today than its page says.

    A document comes into force, is amended or lapses on a day on which nobody does anything.
    """
    shown = {
        number: (validity, note)
        for number, validity, note in Publication.objects.filter(
            kind=ItemKind.NORMATIVE_DOCUMENT
        ).values_list("pk", "validity", "validity_note")
    }
    documents = (
        InformationItem.objects.filter(pk__in=shown)
        .select_related("live")
        .prefetch_related("life_events")
    )
    today = timezone.localdate()
    return _each([item for item in documents if validity_of(item, today) != shown[item.pk]], _renew)


def turn_pages() -> int:
    """Have pages baked that say something else from today on, or from a day since the last time.

    A report falls due, an entry of a catalogue goes stale: nothing changed but the date.
    """
    kept = Path(settings.DATA) / _TURNED
    today = timezone.localdate()
    try:
        last = date.fromisoformat(kept.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        last = today - timedelta(days=1)
    pages: set[str] = set()
    if (today - last).days > _LONG_DAYS:
        bake.ask_for_all()
    else:
        for day in range(last.toordinal() + 1, today.toordinal() + 1):
            pages |= turning_on(date.fromordinal(day))
        bake.ask_for(pages)
    kept.write_text(today.isoformat(), encoding="ascii")
    return len(pages)


def _publish(item: InformationItem) -> None:
    # Somebody may have been quicker, or have called it back.
    with suppress(OutOfTurn):
        publish_due(item)


@transaction.atomic
def _renew(item: InformationItem) -> None:
    item = locked(item)
    shown = Publication.objects.filter(pk=item.pk).first()
    now = validity_of(item, timezone.localdate())
    if shown is None or (shown.validity, shown.validity_note) == now:
        return
    refresh(item)
    record(
        "item.validity_changed",
        subject_of(item),
        SYSTEM,
        reason="到了日期",
        before={"validity": shown.validity, "note": shown.validity_note},
        after={"validity": now[0], "note": now[1]},
    )


def _each(items: list[InformationItem], act: Callable[[InformationItem], None]) -> int:
    failures = attempt_each(act, items)
    if failures:
        numbers = "、".join(str(item.pk) for item in failures)
        raise NotReleased(f"没有办成的信息：{numbers}")
    return len(items)
