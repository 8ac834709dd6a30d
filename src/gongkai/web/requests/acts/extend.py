"""Act: extend the limit of the reply (art. 33): once, at most twenty working days, in time.

The head of the disclosure office agrees by signing the notice; it counts when it is served.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.web.policies import Actor, Forbidden

from .. import clock
from ..models import DisclosureRequest, Event, Letter
from ..steps import held
from .draft_letter import begin, require_lawful


@transaction.atomic
def extend(actor: Actor, case: DisclosureRequest, days: int, reasons: str = "") -> Letter:
    """The notice of an extension by ``days`` working days."""
    case, who = held(actor, case, "request.handle")
    require_lawful(case, "extend", days=days)
    event = Event(request=case, act="extend", on=timezone.localdate(), facts={"days": days})
    original, extended = case.due_on, clock.account_of(case, and_then=[event]).due_on
    if original is None or extended is None:
        raise Forbidden("现在说不出答复到期日（还在等对方的意见），等期限继续计算以后再延长。")
    given = {
        "original_due_on": original, "extension_days": days, "extended_to": extended,
        "extension_reasons": reasons.strip(),
    }  # fmt: skip
    return begin(actor, case, who, "extension_notice", given, act="extend")
