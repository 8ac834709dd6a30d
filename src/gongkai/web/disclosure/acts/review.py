"""Acts: section review, secrecy review, approval; or return with reasons.

Secrecy review (art. 17): before anything leaves the house, and with every finding of the
check answered.  The reviewer wrote nothing of it and passed no earlier step.
"""

from __future__ import annotations

from django.db import transaction

from gongkai.web.audit.record import Who, record
from gongkai.web.policies import Actor, Forbidden

from ..audited import subject_of
from ..models import UNDER_REVIEW, InformationItem, State, Verdict
from ..screening import unanswered
from ..separation import STEP_ACTS, require_another
from ..steps import locked, move, require_state, step_after
from .answer import RETURN
from .draft import new_version
from .publish import conclude


@transaction.atomic
def pass_section_review(actor: Actor, item: InformationItem, text: str = "") -> InformationItem:
    """The section's head agrees."""
    return _pass(actor, item, State.SECTION_REVIEW, text)


@transaction.atomic
def pass_secrecy_review(actor: Actor, item: InformationItem, text: str = "") -> InformationItem:
    """The secrecy reviewer agrees; every finding has been answered."""
    open_findings = unanswered(item.version)
    if open_findings is None:
        raise Forbidden("发布前检查还没有做完，稍等再审。")
    if open_findings:
        raise Forbidden(f"还有 {open_findings} 项检查发现没有答复，答复完才能通过。")
    back = item.version.findings.filter(answer=RETURN).values_list("number", flat=True)
    if back:
        numbers = "、".join(str(number) for number in back)
        raise Forbidden(f"第 {numbers} 项的答复是退回起草人，不能同时通过；退回，或者改答复。")
    return _pass(actor, item, State.SECRECY_REVIEW, text)


@transaction.atomic
def approve(actor: Actor, item: InformationItem, text: str = "") -> InformationItem:
    """The leader signs; the item is published, waits for its hour, or is kept."""
    return _pass(actor, item, State.APPROVAL, text)


@transaction.atomic
def return_item(actor: Actor, item: InformationItem, reasons: str) -> InformationItem:
    """Back to the author with reasons, in a new version; from any step of review."""
    item = locked(item)
    require_state(item, *UNDER_REVIEW)
    who = actor.require(STEP_ACTS[State(item.state)], item.agency)
    require_another(item, actor.person)
    if not reasons.strip():
        raise Forbidden("退回要写明原因，起草人才知道改什么。")
    before = {"state": item.state}
    item.returned = True
    move(item, State.DRAFT, Verdict.RETURNED, actor.person, reasons)
    writer = item.version.written_by
    new_version(item, Actor(writer))
    record(
        "item.return",
        subject_of(item),
        who,
        reason=reasons,
        before=before,
        after={"state": State.DRAFT},
    )
    return item


def _pass(actor: Actor, item: InformationItem, step: State, text: str) -> InformationItem:
    item = locked(item)
    require_state(item, step)
    who = actor.require(STEP_ACTS[step], item.agency)
    require_another(item, actor.person)
    later = step_after(item)
    if later is not None:
        move(item, later, Verdict.PASSED, actor.person, text)
        _record(item, step, later, who, text)
        return item
    concluded = conclude(item, actor, who, text)
    _record(concluded, step, State(concluded.state), who, text)
    return concluded


def _record(item: InformationItem, step: State, to: State, who: Who, text: str) -> None:
    record(
        STEP_ACTS[step],
        subject_of(item),
        who,
        reason=text,
        before={"state": step},
        after={"state": to},
    )
