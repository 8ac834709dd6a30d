"""Acts: ask for reasons where requests are far too many; the reasons came (art. 35)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.policies import Actor, Forbidden

from ..keeping import add_event, tell
from ..models import DisclosureRequest, Event, Letter, Message, PaperKind
from ..papers import keep_text
from ..steps import held
from .draft_letter import begin, require_lawful


@transaction.atomic
def ask_for_reasons(
    actor: Actor, case: DisclosureRequest, *, volume_facts: str, reasons_due_on: date
) -> Letter:
    """A notice that asks for reasons; the limit of the reply goes on."""
    case, who = held(actor, case, "request.handle")
    if not volume_facts.strip():
        raise Forbidden("写明从哪天到哪天申请了多少件，为什么明显超过合理范围。")
    if reasons_due_on <= timezone.localdate():
        raise Forbidden(f"说明理由的期限 {reasons_due_on} 要晚于今天。")
    require_lawful(case, "ask_for_reasons")
    return begin(
        actor, case, who, "reasons_notice",
        {"volume_facts": volume_facts.strip(), "reasons_due_on": reasons_due_on},
        act="ask_for_reasons",
    )  # fmt: skip


@transaction.atomic
def reasons_received(
    actor: Actor, case: DisclosureRequest, on: date, *, text: str = "",
    message: Message | None = None,
) -> Event:  # fmt: skip
    """The reasons came; whether they hold is for the outcome to say."""
    case, who = held(actor, case, "request.handle")
    if not (text.strip() or message):
        raise Forbidden("写下申请人说明的理由。")
    if text.strip():
        keep_text(case, PaperKind.OTHER, "说明的理由.txt", text.strip())
    facts = {"message": message.pk} if message else {}
    event = add_event(case, "reasons_given", on, actor, facts=facts)
    tell("request.reasons_received", case, who, after={"on": on})
    return event
