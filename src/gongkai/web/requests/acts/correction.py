"""Acts: ask for a correction, once; the correction came; it did not come in time (art. 30)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web.policies import Actor, Forbidden
from gongkai.web.registers.days import working_days

from ..evidence import still_lacking
from ..keeping import add_event, tell
from ..models import DisclosureRequest, Event, Letter, Message, PaperKind
from ..papers import keep_text
from ..steps import held
from ..venue import settings_of
from .draft_letter import begin, require_lawful


@transaction.atomic
def ask_for_correction(
    actor: Actor,
    case: DisclosureRequest,
    *,
    points: Sequence[str],
    guidance: Sequence[str],
    due_on: date | None = None,
) -> Letter:
    """A notice that names everything at once; it stops the limit on the day it is served."""
    case, who = held(actor, case, "request.handle")
    today = timezone.localdate()
    days = max(settings_of(case.agency).correction_days, 1)
    until = due_on or working_days().nth_after(today, days).day
    if until <= today:
        raise Forbidden(f"补正期限 {until} 要晚于今天。")
    require_lawful(case, "ask_for_correction", until=until.isoformat())
    return begin(
        actor, case, who, "correction_notice",
        {
            "correction_points": list(points), "correction_guidance": list(guidance),
            "correction_due_on": until,
        },
        act="ask_for_correction",
    )  # fmt: skip


@transaction.atomic
def correction_received(
    actor: Actor,
    case: DisclosureRequest,
    on: date,
    *,
    text: str = "",
    corrected_description: str = "",
    message: Message | None = None,
) -> Event:
    """The corrected request came: the limit is reckoned anew from that day.

    ``corrected_description`` is what is asked for now; what was asked before is kept.
    """
    case, who = held(actor, case, "request.handle")
    if not (text.strip() or corrected_description.strip() or message or _came(case)):
        raise Forbidden("写下补正的内容，或者先把补正材料加进材料。")
    if text.strip():
        keep_text(case, PaperKind.CORRECTION, "补正的内容.txt", text.strip())
    facts: dict[str, Any] = {"message": message.pk} if message else {}
    corrected = corrected_description.strip()
    if corrected and corrected != case.description.strip():
        former = keep_text(case, PaperKind.REQUEST, "补正前的申请内容.txt", case.description)
        # What was asked before comes back where the correction is undone.
        facts["former_description"] = former.pk
        case.description = corrected
    event = add_event(case, "corrected", on, actor, facts=facts)
    tell("request.correction_received", case, who, after={"on": on, "due_on": case.due_on})
    return event


@transaction.atomic
def correction_lapsed(actor: Actor, case: DisclosureRequest) -> Letter:
    """No correction in time and no good reason: the notice that it is not processed further."""
    case, who = held(actor, case, "request.handle")
    require_lawful(case, "correction_lapsed")
    lacks = still_lacking(case, "correction_lapsed", {})
    if lacks:
        raise Forbidden("案卷里还缺：" + "；".join(f"{one.label}（{one.says}）" for one in lacks))
    return begin(
        actor, case, who, "correction_lapsed_notice", {}, act="correction_lapsed"
    )  # fmt: skip


def _came(case: DisclosureRequest) -> bool:
    return case.papers.filter(kind=PaperKind.CORRECTION).exists()
