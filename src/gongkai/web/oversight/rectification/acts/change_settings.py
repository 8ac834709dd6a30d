"""The act of the competent department that settles days and names for its tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.policies import Actor

from ..audited import subject_of
from ..models import RectificationSettings

FIELDS = ("days", "office_after", "above_after", "self_check_day", "notice_mark")


@transaction.atomic
def change_settings(
    actor: Actor, agency: Agency, facts: Mapping[str, Any]
) -> RectificationSettings:
    """Set them for what ``agency`` is competent for."""
    who = actor.require("oversight.settings", agency)
    kept = RectificationSettings.objects.select_for_update().filter(agency=agency).first()
    kept = kept or RectificationSettings(agency=agency)
    before = {name: getattr(kept, name) for name in FIELDS}
    for name in FIELDS:
        setattr(kept, name, facts[name])
    kept.save()
    after = {name: facts[name] for name in FIELDS}
    record("rectification.settings", subject_of(kept), who, before=before, after=after)
    return kept
