"""Act: leave a remark for colleagues; it never enters a letter."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.policies import Actor, Forbidden

from ..discretion import discreet
from ..keeping import tell
from ..models import DisclosureRequest, Remark
from ..steps import held


@transaction.atomic
def remark(actor: Actor, case: DisclosureRequest, text: str) -> Remark:
    """A remark of anybody who may read the case."""
    case, who = held(actor, case, "request.read")
    if not text.strip():
        raise Forbidden("备注是空的。")
    kept = Remark.objects.create(
        request=case, text=discreet(case, text.strip()), person=actor.person
    )
    tell("request.remark", case, who, after={"remark": kept.pk})
    return kept
