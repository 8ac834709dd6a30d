"""Acts: draft a letter, edit it, drop it.

A letter is made from the facts of the case; what is missing is told before it is handed in.
Its text may be edited, never what the law wants in it.  What it does to the request happens
when it is served.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.core.handling.outcomes import outcome_of
from gongkai.core.letters import Addressee, Signatory, letter_kind
from gongkai.web.audit.record import Who
from gongkai.web.policies import Actor, Forbidden

from .. import clock
from ..discretion import discreet
from ..keeping import tell
from ..letters import stored_facts
from ..models import (
    Consultation,
    ConsultationKind,
    Decision,
    DisclosureRequest,
    Event,
    Letter,
    LetterState,
    Paper,
)
from ..separation import act_of
from ..steps import UNDER_WAY, OutOfTurn, held, held_letter, letter_facts_for_trail, require_state

# Letters begun by an act of their own.
_BY_ACTS = frozenset(
    {
        "correction_notice", "reasons_notice", "extension_notice", "delay_notice",
        "third_party_consultation", "agency_consultation", "fee_notice",
        "correction_lapsed_notice", "fee_lapsed_notice",
    }
)  # fmt: skip


@transaction.atomic
def draft_reply(
    actor: Actor, case: DisclosureRequest, given: Mapping[str, Any] | None = None,
    enclosures: Iterable[Paper] = (),
) -> Letter:  # fmt: skip
    """The reply of the outcome chosen; ``enclosures`` are what is supplied."""
    case, who = held(actor, case, "request.handle")
    decision = case.decisions.filter(superseded_at=None).first()
    if decision is None or case.state not in ("decided", "signed"):
        raise OutOfTurn("还没有选定办理结果，选定以后才能起草答复。")
    rule = outcome_of(decision.outcome)
    if not rule.by_reply:
        raise OutOfTurn(f"“{rule.label}”不以答复书办结，由签发人终止办理。")
    kind = letter_kind(rule.letter)
    return begin(
        actor, case, who, kind.id, given or {},
        act="served", decision=decision, enclosures=enclosures,
    )  # fmt: skip


@transaction.atomic
def draft_letter(
    actor: Actor, case: DisclosureRequest, kind: str, given: Mapping[str, Any],
    enclosures: Iterable[Paper] = (), consultation: Consultation | None = None,
) -> Letter:  # fmt: skip
    """Any other letter of the case: 征求意见告知书, 决定公开告知第三方书, 重新答复书, 答辩 …

    ``consultation`` says which third party a letter to one goes to.
    """
    case, who = held(actor, case, "request.handle")
    known = letter_kind(kind)
    if known.id in _BY_ACTS or (known.outcome and known.ref.startswith("R")):
        raise Forbidden(f"“{known.label}”要先办对应的事项，再起草。")
    if known.addressee is Addressee.INTERNAL or known.signed_by is not Signatory.AGENCY:
        raise Forbidden(f"“{known.label}”不是本机关对外的文书，不走审签。")
    act = "served" if known.id == "renewed_reply" else ""
    decision = case.decisions.filter(superseded_at=None).first() if act else None
    if act and (decision is None or case.state not in ("decided", "signed")):
        raise OutOfTurn("还没有选定办理结果，选定以后才能起草答复。")
    to = _third_party(case, consultation) if known.addressee is Addressee.THIRD_PARTY else None
    return begin(
        actor, case, who, known.id, given, act=act, decision=decision, enclosures=enclosures,
        consultation=to, several=to is not None,
    )  # fmt: skip


@transaction.atomic
def edit_letter(
    actor: Actor,
    letter: Letter,
    *,
    given: Mapping[str, Any] | None = None,
    text: str | None = None,
    enclosures: Iterable[Paper] | None = None,
) -> Letter:
    """Change facts, text (``""`` takes it back to what the facts say) or enclosures of a draft."""
    letter, case = held_letter(letter)
    who = actor.require("request.handle", case.agency)
    require_state(letter, LetterState.DRAFT)
    if given is not None:
        letter.facts = {**letter.facts, **stored_facts(letter.kind, given)}
    if text is not None:
        letter.text = text.replace("\r\n", "\n").strip()
    if enclosures is not None:
        letter.enclosures.set(_own(case, enclosures))
    letter.save()
    letter.writers.add(actor.person)
    tell("request.edit_letter", case, who, after=letter_facts_for_trail(letter))
    return letter


@transaction.atomic
def discard_letter(actor: Actor, letter: Letter, reason: str) -> Letter:
    """Drop a letter that has not gone out; a number given stays with it (作废), no gap comes."""
    letter, case = held_letter(letter)
    require_state(letter, *UNDER_WAY)
    signed = letter.state == LetterState.SIGNED
    act = act_of(letter, LetterState.SIGNING) if signed else "request.handle"
    who = actor.require(act, case.agency)
    if not reason.strip():
        raise Forbidden("作废要写明原因。")
    before = letter_facts_for_trail(letter)
    letter.state = LetterState.DISCARDED
    letter.save()
    if signed:
        for event in letter.events.filter(undone_at=None):
            event.undone_at, event.undone_by = timezone.now(), actor.person
            event.undone_reason = discreet(case, reason)[:200]
            event.save()
        clock.settle(case)
    tell(
        "request.discard_letter", case, who, reason=discreet(case, reason),
        before=before, after={**letter_facts_for_trail(letter), "number": letter.number},
    )  # fmt: skip
    return letter


def begin(
    actor: Actor,
    case: DisclosureRequest,
    who: Who,
    kind: str,
    given: Mapping[str, Any],
    *,
    act: str = "",
    decision: Decision | None = None,
    enclosures: Iterable[Paper] = (),
    several: bool = False,
    consultation: Consultation | None = None,
) -> Letter:
    """A draft of ``kind`` on a case that is held; for the acts that write a letter."""
    known = letter_kind(kind)
    pending = case.letters.filter(kind=kind, state__in=UNDER_WAY).first()
    if pending is not None and not several:
        raise OutOfTurn(
            f"已有一份“{known.label}”在办（{pending.get_state_display()}），改那一份，或者先作废。"
        )
    letter = Letter.objects.create(
        request=case,
        agency=case.agency,
        kind=kind,
        addressee=_addressee(case, known.addressee, given),
        facts=stored_facts(kind, given),
        decision=decision,
        act=act,
        act_facts={"consultation": consultation.pk} if consultation else {},
        written_by=actor.person,
    )
    letter.enclosures.set(_own(case, enclosures))
    tell("request.draft_letter", case, who, after=letter_facts_for_trail(letter))
    return letter


def require_lawful(case: DisclosureRequest, act: str, **facts: Any) -> None:
    """Raise Forbidden with the core's sentence where ``act`` would not be allowed today."""
    event = Event(request=case, act=act, on=timezone.localdate(), facts=facts)
    refused = clock.refusal(case, event)
    if refused:
        raise Forbidden(refused)


def _third_party(case: DisclosureRequest, chosen: Consultation | None) -> Consultation:
    parties = list(case.consultations.filter(kind=ConsultationKind.THIRD_PARTY))
    if chosen is not None and chosen not in parties:
        raise Forbidden("征求意见的不是这件申请的第三方。")
    if chosen is None and len(parties) != 1:
        raise Forbidden("写明发给哪一个第三方。" if parties else "还没有征求过第三方意见。")
    return chosen or parties[0]


def _own(case: DisclosureRequest, papers: Iterable[Paper]) -> list[Paper]:
    found = list(papers)
    if any(paper.request_id != case.pk for paper in found):
        raise Forbidden("附件不是这件申请的材料。")
    if any(paper.sealed for paper in found):
        raise Forbidden("身份证明、授权委托书不能作附件。")
    return found


def _addressee(case: DisclosureRequest, whom: Addressee, given: Mapping[str, Any]) -> str:
    """For lists: the requester masked, a third party not named."""
    if whom is Addressee.REQUESTER:
        return case.requester.masked_name
    if whom is Addressee.THIRD_PARTY:
        return "第三方"
    named = given.get("other_agency") or given.get("assisting_body") or ""
    return str(named or given.get("reconsideration_body") or given.get("trial_court") or "")[:120]
