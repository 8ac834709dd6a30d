"""Act: set a reasonable day for the reply where the reasons hold but there is too much (art. 35)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.web.policies import Actor, Forbidden

from ..models import DisclosureRequest, Letter
from ..steps import held
from .draft_letter import begin, require_lawful


@transaction.atomic
def delay(
    actor: Actor, case: DisclosureRequest, until: date, *, reasons: str, volume_facts: str
) -> Letter:
    """The notice that the reply comes by ``until``."""
    case, who = held(actor, case, "request.handle")
    if not reasons.strip() or not volume_facts.strip():
        raise Forbidden("写明数量、频次的事实，和为什么理由合理但无法按期答复。")
    require_lawful(case, "delay", until=until.isoformat())
    given = {
        "delayed_until": until, "delay_reasons": reasons.strip(),
        "volume_facts": volume_facts.strip(),
    }  # fmt: skip
    return begin(actor, case, who, "delay_notice", given, act="delay")
