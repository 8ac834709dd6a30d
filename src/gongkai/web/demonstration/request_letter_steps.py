"""The letters of one request of the region: what each is made of, how far it came, its service.

Each leaves what the act of that name would have left (``requests/acts``), on its own day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.core.fees import FeeMethod, fee_by_page
from gongkai.core.handling.outcomes import outcome_of
from gongkai.core.letters import letter_kind
from gongkai.core.time_limits import time_limits
from gongkai.web.requests import clock
from gongkai.web.requests.models import (
    Consultation,
    ConsultationKind,
    Delivery,
    DeliveryWay,
    Event,
    FeeNotice,
    Letter,
    LetterState,
    PaperKind,
)
from gongkai.web.requests.service import HANDED_OVER, day_that_counts, event_facts
from gongkai.web.requests.venue import settings_of

from .region import Facts
from .request_course import Course
from .request_letters import Signing, Writing, begin, pass_through, serve, usual_way

# Steps that are letters; of a reply the kind follows from its outcome.
LETTERS: Mapping[str, str] = {
    "ask_for_correction": "correction_notice",
    "correction_lapsed": "correction_lapsed_notice",
    "ask_for_reasons": "reasons_notice",
    "extend": "extension_notice",
    "delay": "delay_notice",
    "charge_fee": "fee_notice",
    "fee_lapsed": "fee_lapsed_notice",
    "consult_third_party": "third_party_consultation",
    "consult_agency": "agency_consultation",
    "ask_for_assistance": "assistance_request",
    "tell_third_party": "disclosure_notice_to_third_party",
    "reply": "",
}
_EVENT_OF = {"reply": "served", "tell_third_party": "", "ask_for_assistance": "consult_agency"}
_CONSULTED = {
    "consult_third_party": ConsultationKind.THIRD_PARTY,
    "consult_agency": ConsultationKind.CO_MAKER,
    "ask_for_assistance": ConsultationKind.AGENCY,
}
_SIGNED = (LetterState.SIGNED, LetterState.SERVED)
# A letter by post comes two working days later.
_POST_DAYS = 2


def is_signed(step: Facts) -> bool:
    """Whether the step is a letter that was signed, and so has a number."""
    return step["act"] in LETTERS and stands(step) in _SIGNED


def stands(step: Facts) -> LetterState:
    """How far the letter came."""
    return LetterState(step.get("stands", "served"))


def write(course: Course, step: Facts, act: str, on: date, number: str) -> None:
    writing = _writing(course, step, act, on)
    written_on = (course.decided_on or on) if act == "reply" else on
    letter = begin(course.case, course.writer, writing, course.at(written_on))
    asked = _ask(course, step, act, letter)
    _charge(course, act, letter)
    read_on = min(course.world.days.after(written_on, 1), on)
    way = Signing(
        written_at=course.at(written_on),
        read_at=course.at(read_on),
        signed_at=course.at(on),
        stands=stands(step),
        number=number,
        returned=step.get("returned", ""),
    )
    letter = pass_through(letter, course.office, way, course.world.press)
    signed = stands(step) in (LetterState.SIGNED, LetterState.SERVED)
    if signed and act == "reply":
        course.event({}, "sign", on, letter=letter)
    if stands(step) == LetterState.SERVED:
        _served(course, step, letter, on, asked)


def _served(
    course: Course, step: Facts, letter: Letter, on: date, asked: Consultation | None
) -> None:
    delivery = _delivery(course, step, letter, course.world.days.day(step.get("sent", on)))
    serve(letter, delivery)
    if asked is not None:
        asked.sent_on, asked.came_on = delivery.sent_on, delivery.came_on
        asked.save(update_fields=["sent_on", "came_on"])
    if letter.act:
        day = day_that_counts(delivery)
        course.event(step, letter.act, day, event_facts(letter, delivery), letter)


def _delivery(course: Course, step: Facts, letter: Letter, sent_on: date) -> Delivery:
    way = DeliveryWay(step.get("by", usual_way(course.case, letter.kind)))
    came_on: date | None = sent_on
    if "came" in step:
        came_on = course.world.days.day(step["came"])
    elif way == DeliveryWay.POST:
        came_on = course.world.days.after(sent_on, _POST_DAYS)
    elif step.get("unread"):
        came_on = None
    if came_on is not None and came_on > course.world.days.today:
        came_on = None
    who = {DeliveryWay.ONLINE: "申请人（网上打开）", DeliveryWay.POST: "本人"}.get(way, "本人")
    by_post = way == DeliveryWay.POST
    return Delivery(
        letter=letter,
        way=way,
        sent_on=sent_on,
        came_on=None if way == DeliveryWay.EMAIL else came_on,
        signed_for_by=who if came_on and way != DeliveryWay.EMAIL else "",
        tracking_number=f"XA{letter.pk:09d}00" if by_post else "",
        proof=course.papers.image(PaperKind.PROOF, "送达回证.png", course.at(sent_on))
        if way in HANDED_OVER
        else None,
        person=course.office.keeper,
        at=course.at(sent_on),
    )


def _writing(course: Course, step: Facts, act: str, on: date) -> Writing:
    kind, event = LETTERS[act], _EVENT_OF.get(act, act)
    given = {**course.told(step.get("facts", {})), **_reckoned(course, step, act, on)}
    if act == "tell_third_party":
        asked = course.case.consultations.filter(kind=ConsultationKind.THIRD_PARTY)
        return Writing(kind, given, event, consultation=asked[0].pk)
    if act != "reply":
        return Writing(kind, given, event)
    decision = course.case.decisions.get(superseded_at=None)
    kind = step.get("kind") or outcome_of(decision.outcome).letter
    enclosed = course.case.papers.filter(kind=PaperKind.INFORMATION)
    return Writing(letter_kind(kind).id, given, event, decision, tuple(enclosed))


def _reckoned(course: Course, step: Facts, act: str, on: date) -> dict[str, Any]:
    """What the acts reckon for a letter of this kind."""
    if act == "ask_for_correction" and "until" not in step:
        days = settings_of(course.case.agency).correction_days
        return {"correction_due_on": course.world.days.after(on, days)}
    if act == "ask_for_correction":
        return {"correction_due_on": course.world.days.day(step["until"])}
    if act == "extend":
        event = Event(request=course.case, act=act, on=on, facts={"days": step["days"]})
        return {
            "original_due_on": clock.account_of(course.case, on).due_on,
            "extension_days": step["days"],
            "extended_to": clock.account_of(course.case, on, and_then=[event]).due_on,
        }
    if act == "charge_fee":
        return _fee_facts(step["pages"])
    return {}


def _ask(course: Course, step: Facts, act: str, letter: Letter) -> Consultation | None:
    if act not in _CONSULTED:
        return None
    agency = course.world.agencies.get(step.get("agency", ""))
    what = step["facts"].get("proposed_content") or step["facts"]["tasks"]
    return Consultation.objects.create(
        request=course.case,
        kind=_CONSULTED[act],
        party=step.get("party", ""),
        agency=agency,
        what="\n".join(what),
        letter=letter,
        person=course.writer,
    )


def _charge(course: Course, act: str, letter: Letter) -> None:
    if act != "charge_fee":
        return
    fee = fee_by_page(letter.facts["fee_quantity"])
    FeeNotice.objects.create(
        request=course.case,
        by_volume=True,
        count=fee.count,
        sum_yuan=fee.sum_yuan,
        working=[*fee.working, *fee.notes],
        letter=letter,
        person=course.writer,
    )


def _fee_facts(pages: int) -> dict[str, Any]:
    fee = fee_by_page(pages)
    return {
        "fee_method": FeeMethod.BY_PAGE.value,
        "fee_quantity": pages,
        "fee_lines": [
            [f"第{line.first}—{line.last}{line.counts}", str(line.count), str(line.price_yuan),
             str(line.sum_yuan)]
            for line in fee.lines
        ],
        "fee_yuan": str(fee.sum_yuan),
        "payment_days": time_limits()["fee_payment"].length,
    }  # fmt: skip
