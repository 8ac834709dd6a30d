"""Acts: ask a third party or another agency for its opinion; it answered; it was silent.

Art. 32: a third party's silence leaves the choice to the agency.  Art. 34: a co-maker's
silence is consent.  The time is taken out of the limit (art. 33, paragraph 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.registers.days import working_days

from .. import clock
from ..keeping import add_event, tell
from ..models import (
    Answer,
    Consultation,
    ConsultationKind,
    DisclosureRequest,
    Event,
    LetterState,
    Paper,
)
from ..service import party_of
from ..steps import held
from .draft_letter import begin, require_lawful

_KINDS = {
    ConsultationKind.THIRD_PARTY: ("third_party_consultation", "consult_third_party"),
    ConsultationKind.CO_MAKER: ("agency_consultation", "consult_agency"),
    ConsultationKind.AGENCY: ("assistance_request", "consult_agency"),
}
# An agency that made nothing of it is bound by no limit of the law; the letter asks for one.
_USUAL_DAYS = 10


@transaction.atomic
def consult(
    actor: Actor,
    case: DisclosureRequest,
    kind: str,
    *,
    what: Sequence[str],
    party: str = "",
    agency: Agency | None = None,
    contact: str = "",
    matter_summary: str = "",
    interest_concerned: str = "",
    own_view: str = "",
    reply_by: date | None = None,
) -> Consultation:
    """The letter to ``party`` (sealed) or ``agency``; several may be asked side by side."""
    case, who = held(actor, case, "request.handle")
    asked = ConsultationKind(kind)
    name = party.strip() or (agency.name if agency else "")
    lines = [line.strip() for line in what if line.strip()]
    if not name:
        raise Forbidden("写明征求谁的意见。")
    if not lines:
        raise Forbidden("逐项写明拟公开的内容。")
    letter_kind, act = _KINDS[asked]
    require_lawful(case, act, party=name if asked != ConsultationKind.THIRD_PARTY else "")
    given: dict[str, object] = {"matter_summary": matter_summary.strip() or None}
    if asked == ConsultationKind.AGENCY:
        due_on = reply_by or working_days().nth_after(timezone.localdate(), _USUAL_DAYS).day
        given |= {"assisting_body": name, "tasks": lines, "assist_due_on": due_on}
    else:
        given |= {"proposed_content": lines, "other_agency": name, "own_view": own_view.strip()}
        given["interest_concerned"] = interest_concerned.strip()
    given = {field: value for field, value in given.items() if value}
    letter = begin(actor, case, who, letter_kind, given, act=act, several=True)
    return Consultation.objects.create(
        request=case,
        kind=asked,
        party=name if asked == ConsultationKind.THIRD_PARTY or agency is None else "",
        agency=agency,
        contact=contact.strip(),
        what="\n".join(lines),
        letter=letter,
        person=actor.person,
    )


@transaction.atomic
def answer_received(
    actor: Actor,
    consultation: Consultation,
    *,
    on: date,
    answer: str,
    reasons: str = "",
    weighed: str = "",
    paper: Paper | None = None,
) -> Event:
    """The opinion came; ``weighed`` is the agency's own judgement of its reasons."""
    case, who = held(actor, consultation.request, "request.handle")
    consultation = _held(consultation)
    given = Answer(answer)
    if given == Answer.SILENT:
        raise Forbidden("逾期没有答复的，另记“逾期未答复”。")
    if consultation.answer and consultation.answer != Answer.SILENT:
        raise Forbidden("这一份的意见已经记过；记错的，先撤销。")
    if consultation.letter is None or consultation.letter.state != LetterState.SERVED:
        raise Forbidden("征求意见书还没有送出去。")
    third_party = consultation.kind == ConsultationKind.THIRD_PARTY
    act = "third_party_answered" if third_party else "agency_answered"
    before = consultation.answer
    consultation.answer, consultation.answered_on = given, on
    consultation.reasons, consultation.paper = reasons.strip(), paper
    consultation.weighed = weighed.strip() or consultation.weighed
    consultation.save()
    event = add_event(
        case, act, on, actor,
        facts={"party": party_of(consultation), "consultation": consultation.pk},
    )  # fmt: skip
    tell(
        "request.answer_received", case, who,
        before={"answer": before}, after={"answer": given, "on": on, "due_on": case.due_on},
    )  # fmt: skip
    return event


@transaction.atomic
def silent(actor: Actor, consultation: Consultation, weighed: str = "") -> Consultation:
    """The fifteen working days are over and nothing came."""
    case, who = held(actor, consultation.request, "request.handle")
    consultation = _held(consultation)
    if consultation.answer:
        raise Forbidden("这一份的意见已经记过。")
    last_day = last_day_of(consultation)
    if last_day is None:
        raise Forbidden("这一份征求意见没有法定期限，没有答复的继续催办。")
    if timezone.localdate() <= last_day:
        raise Forbidden(
            f"期限到 {last_day}，还没有过，{last_day + timedelta(days=1)} 起才能记逾期。"
        )
    consultation.answer, consultation.weighed = Answer.SILENT, weighed.strip()
    consultation.save()
    clock.settle(case)
    tell("request.consultation_silent", case, who, after={"last_day": last_day})
    return consultation


@transaction.atomic
def weigh(actor: Actor, consultation: Consultation, weighed: str) -> Consultation:
    """The agency's judgement: whether the reasons hold, why it discloses after silence."""
    case, who = held(actor, consultation.request, "request.handle")
    consultation = _held(consultation)
    if not consultation.answer:
        raise Forbidden("还没有收到意见。")
    if not weighed.strip():
        raise Forbidden("写明本机关的判断和理由。")
    consultation.weighed = weighed.strip()
    consultation.save(update_fields=["weighed"])
    tell("request.weigh", case, who, after={"consultation": consultation.pk})
    return consultation


def last_day_of(consultation: Consultation) -> date | None:
    """The last day for the opinion; None while the letter is not out or nothing binds."""
    party = party_of(consultation)
    pauses = clock.account_of(consultation.request).pauses
    return next((pause.last_day for pause in pauses if pause.party == party), None)


def _held(consultation: Consultation) -> Consultation:
    return Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
