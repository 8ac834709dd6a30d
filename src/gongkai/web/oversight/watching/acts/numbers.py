"""Act: set a number that the watch judges by, for an agency and what is below it, or for all."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.core.watching.limits import watch_limits
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, record
from gongkai.web.policies import Actor, Forbidden

from ..models import WatchSetting

MOST = 3_660


@transaction.atomic
def set_number(actor: Actor, agency: Agency, name: str, value: int | None) -> None:
    """Judge by ``value``; None goes back to the number of above, or the default.

    Set for the top of the tree it holds for everybody.
    """
    who = actor.require("oversight.settings", agency)
    limit = watch_limits().get(name)
    if limit is None:
        raise Forbidden("没有这一项设置。")
    if value is not None and not 0 <= value <= MOST:
        raise Forbidden(f"“{limit.label}”要填 0 到 {MOST}。")
    whose = agency if agency.parent_id else None
    place = WatchSetting.objects.filter(agency=whose, name=name)
    before = place.values_list("value", flat=True).first()
    if before == value:
        return
    if value is None:
        place.delete()
    else:
        facts = {"value": value, "set_by": actor.person, "set_at": timezone.now()}
        WatchSetting.objects.update_or_create(agency=whose, name=name, defaults=facts)
    subject = Subject("watch_setting", name, f"{agency.short_name}　{limit.label}")
    record("oversight.settings", subject, who, before={"value": before}, after={"value": value})
