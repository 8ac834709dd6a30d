"""Act: choose the outcome, with what was answered, each withheld part, and what proves it.

Arts. 36 to 39.  The guide of the core proposes; who handles the request may choose otherwise
with reasons.  What the file must hold for the outcome is asked before it may be chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.core.errors import HandlingError
from gongkai.core.handling.guide import Proposal, next_question
from gongkai.core.handling.outcomes import Outcome, outcome_of
from gongkai.web.policies import Actor, Forbidden

from ..evidence import circumstances_of, still_lacking
from ..keeping import add_event, tell
from ..letter_facts import IDENTITY_FACTS
from ..letters import plain
from ..models import (
    Answer,
    ConsultationKind,
    Decision,
    DisclosureRequest,
    Letter,
    LetterState,
)
from ..steps import UNDER_WAY, OutOfTurn, held

_AGAINST = "against_third_party"
_OBJECTION = frozenset({_AGAINST, "third_party_unfounded"})
_GIVES = (Outcome.DISCLOSED, Outcome.PARTLY_DISCLOSED)


@transaction.atomic
def decide(
    actor: Actor,
    case: DisclosureRequest,
    outcome: str,
    *,
    answers: Mapping[str, str] | None = None,
    circumstances: Iterable[str] = (),
    withheld: Sequence[Mapping[str, str]] = (),
    facts: Mapping[str, Any] | None = None,
    reasons: str = "",
) -> Decision:
    """Choose ``outcome``.

    ``facts``: facts of the reply and evidence, by the names of letter facts and requirements.
    ``withheld``: for 部分公开 each part as ``where``, ``ground`` (an outcome) and ``reasons``.
    """
    case, who = held(actor, case, "request.handle")
    chosen = _chosen(outcome)
    told = plain({n: value for n, value in (facts or {}).items() if n not in IDENTITY_FACTS})
    cases = _circumstances(case, [*circumstances, *_of_guide(chosen, answers or {}, reasons)])
    _require_parts(chosen, withheld)
    _require_objection_met(case, chosen, cases)
    lacks = still_lacking(
        case, chosen, told, circumstances=cases, withheld=withheld, reasons=reasons
    )
    if lacks:
        raise Forbidden(
            f"选“{chosen.label}”，案卷里还缺："
            + "；".join(f"{one.label}（{one.says.rstrip('。')}）" for one in lacks) + "。"
        )  # fmt: skip
    _supersede(case)
    decision = Decision.objects.create(
        request=case,
        outcome=chosen,
        answers=dict(answers or {}),
        withheld=[dict(part) for part in withheld],
        facts={**told, "circumstances": cases},
        reasons=reasons.strip(),
        made_by=actor.person,
    )
    before = {"outcome": case.outcome}
    add_event(case, "decide", timezone.localdate(), actor, facts={"outcome": chosen.value})
    tell(
        "request.decide", case, who, before=before,
        after={"outcome": case.outcome, "withheld_parts": len(withheld)},
    )  # fmt: skip
    return decision


def _circumstances(case: DisclosureRequest, told: Sequence[str]) -> list[str]:
    """What the file shows and what was answered; public interest outweighs silence."""
    shown = [one for one in circumstances_of(case) if one not in told]
    if _AGAINST in told:
        shown = [one for one in shown if one != "third_party_silent"]
    return [*shown, *dict.fromkeys(told)]


def _chosen(outcome: str) -> Outcome:
    rule = outcome_of(outcome)
    if not rule.by_reply and rule.outcome is not Outcome.OTHERWISE_CONCLUDED:
        raise Forbidden(f"“{rule.label}”不用选：记下撤回，或者发不再处理的告知书。")
    return rule.outcome


def _of_guide(chosen: Outcome, answers: Mapping[str, str], reasons: str) -> tuple[str, ...]:
    """The circumstances that the answers show; choosing otherwise than they lead needs reasons."""
    if not answers:
        return ()
    try:
        led = next_question(answers)
    except HandlingError as error:
        raise Forbidden(f"逐问的回答有误，重新回答：{error}") from error
    if not isinstance(led, Proposal):
        return ()
    if led.outcome is not chosen and not reasons.strip():
        raise Forbidden(f"逐问得出的是“{led.outcome.label}”，另选“{chosen.label}”要写明理由。")
    return led.circumstances


def _require_parts(chosen: Outcome, withheld: Sequence[Mapping[str, str]]) -> None:
    if withheld and chosen is not Outcome.PARTLY_DISCLOSED:
        raise Forbidden("只有部分公开才逐处写不予公开的内容。")
    if chosen is not Outcome.PARTLY_DISCLOSED:
        return
    if not withheld:
        raise Forbidden("部分公开要逐处写明不公开什么、依据哪一条、为什么。")
    for number, part in enumerate(withheld, 1):
        if not all(str(part.get(name, "")).strip() for name in ("where", "ground", "reasons")):
            raise Forbidden(f"第 {number} 处没有写全：不公开什么、依据哪一条、为什么。")
        if part["ground"] not in set(Outcome) or not outcome_of(part["ground"]).withheld:
            raise Forbidden(f"第 {number} 处的依据不是条例第十四条至第十六条的理由。")


def _require_objection_met(
    case: DisclosureRequest, chosen: Outcome, circumstances: Sequence[str]
) -> None:
    """Art. 32: against a third party's objection only for reasons that are on the file."""
    parties = case.consultations.filter(kind=ConsultationKind.THIRD_PARTY)
    if chosen not in _GIVES:
        return
    if parties.filter(answer="", letter__state=LetterState.SERVED).exists():
        raise Forbidden("还在等第三方的意见；收到意见，或者期限过了记逾期以后再选。")
    objects = parties.filter(answer=Answer.REFUSES).exists()
    if objects and chosen is Outcome.DISCLOSED and not _OBJECTION & set(circumstances):
        raise Forbidden("第三方不同意公开：写明理由为什么不合理，或者不公开对公共利益的重大影响。")


def _supersede(case: DisclosureRequest) -> None:
    """The decision before stands in the file; a reply on its way is dropped, one signed is not."""
    standing = case.decisions.filter(superseded_at=None)
    if standing.filter(letters__state=LetterState.SIGNED).exists():
        raise OutOfTurn("答复已经签发；要改办理结果，先作废那份答复。")
    replies = Letter.objects.filter(decision__in=standing, state__in=UNDER_WAY)
    replies.update(state=LetterState.DISCARDED)
    standing.update(superseded_at=timezone.now())
