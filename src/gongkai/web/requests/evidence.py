"""What the file of a case holds, by the requirements of the outcomes: told by the record itself.

The agency bears the proof (法释〔2025〕8号 arts. 5, 6).  What the record shows counts as held;
the rest has to be written when the outcome is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from gongkai.core.handling.outcomes import lacking
from gongkai.core.handling.requirements import Requirement

from . import clock
from .letter_facts import search_in_words
from .models import (
    Answer,
    ConsultationKind,
    DisclosureRequest,
    Letter,
    LetterState,
    MessageKind,
    PaperKind,
)

_OUT = (LetterState.SIGNED, LetterState.SERVED)
# A fact of the letter that is itself what a requirement asks for.
_SERVED_BY: Mapping[str, tuple[str, ...]] = {
    "where_public": ("access_ways",),
    "means_of_supply": ("access_ways",),
    "classification_mark": ("secrecy_mark",),
    "classification_period": ("secrecy_mark",),
    "legal_provision": ("prohibiting_law",),
    "third_party_harm": ("interest_concerned",),
    "special_provision": ("special_law",),
    "enquiry_route": ("enquiry_office",),
    "not_responsible_reason": ("not_responsible_because",),
    "no_ready_information": ("creation_because",),
    "why_still_unclear": ("still_unclear",),
    "petition_content": ("petition_because",),
    "earlier_reply": ("previous_number",),
    "earlier_reply_served": ("previous_service",),
    "publication_named": ("information_title",),
    "request_count": ("volume_facts",),
    "reasons_unfounded": ("unreasonable_because",),
    "earlier_supply": ("previous_supply",),
    "public_interest_weighing": ("public_interest",),
}


def held_by_record(case: DisclosureRequest) -> dict[str, str]:
    """Every requirement that the record itself meets, and with what."""
    return {
        slug: what
        for source in (_searches, _opinions, _letters, _limits, _papers)
        for slug, what in source(case)
    }


def held(
    case: DisclosureRequest,
    told: Mapping[str, Any],
    withheld: Sequence[Mapping[str, str]] = (),
    reasons: str = "",
) -> dict[str, str]:
    """What the record holds and what is ``told``: requirements and facts of the letter by name."""
    found = held_by_record(case)
    for name, what in told.items():
        if _said(what):
            found[name] = str(what)
    for slug, names in _SERVED_BY.items():
        for name in names:
            if _said(told.get(name)):
                found.setdefault(slug, str(told[name]))
    if reasons.strip():
        found.setdefault("withholding_reasons", reasons)
    parts = [part for part in withheld if all(_said(part.get(n)) for n in _PART)]
    if parts and len(parts) == len(withheld):
        found["withheld_part_reasons"] = f"{len(parts)} 处"
        # Reasons for each part are the reasons for what is withheld.
        found.setdefault("withholding_reasons", f"{len(parts)} 处，逐处说明")
    # Seen to at the secrecy review, without which no reply is signed (art. 17).
    found["disclosure_review"] = "答复签发前由保密审查人员审查"
    return found


_PART = ("where", "ground", "reasons")


def still_lacking(
    case: DisclosureRequest,
    outcome: str,
    told: Mapping[str, Any],
    *,
    circumstances: Iterable[str] = (),
    withheld: Sequence[Mapping[str, str]] = (),
    reasons: str = "",
) -> tuple[Requirement, ...]:
    """What the file still lacks before ``outcome`` may be chosen."""
    grounds = dict.fromkeys(part["ground"] for part in withheld if part.get("ground"))
    holds = held(case, told, withheld, reasons)
    if withheld:
        # Reasons are given for each part.
        holds.setdefault("withholding_reasons", holds.get("withheld_part_reasons", ""))
        if not holds["withholding_reasons"]:
            del holds["withholding_reasons"]
    return lacking(outcome, holds.keys(), circumstances, grounds)


def circumstances_of(case: DisclosureRequest) -> tuple[str, ...]:
    """The circumstances that the opinions asked for show."""
    found = []
    for one in case.consultations.all():
        if one.kind == ConsultationKind.THIRD_PARTY:
            found.append("concerns_third_party")
            if one.answer == Answer.SILENT:
                found.append("third_party_silent")
        else:
            found.append("concerns_other_agency")
    return tuple(dict.fromkeys(found))


def _searches(case: DisclosureRequest) -> Iterator[tuple[str, str]]:
    records = list(case.searches.all())
    # A search that found it is no proof that there is nothing.
    if records and not any(record.found for record in records):
        yield "search_record", "；".join(map(search_in_words, records))


def _opinions(case: DisclosureRequest) -> Iterator[tuple[str, str]]:
    for one in case.consultations.all():
        if not one.answer:
            continue
        third_party = one.kind == ConsultationKind.THIRD_PARTY
        what = f"{one.get_kind_display()}：{one.get_answer_display()}"
        if one.answer == Answer.SILENT:
            if third_party or one.kind == ConsultationKind.CO_MAKER:
                yield "third_party_silence" if third_party else "agency_silence", what
        elif third_party:
            yield "third_party_opinion", what
            if one.answer != Answer.AGREES and one.weighed:
                yield "opinion_unfounded", one.weighed
        elif one.answer != Answer.REFUSES:
            yield "agency_agreement", what
        if third_party and one.answer == Answer.SILENT and one.weighed:
            yield "own_decision_reasons", one.weighed


_BY_LETTER = {
    "correction_notice": ("correction_notice", "correction_notice_served"),
    "fee_notice": ("fee_notice", "fee_notice_served"),
    "reasons_notice": ("", "reasons_asked"),
    "disclosure_notice_to_third_party": ("third_party_told", ""),
}


def _letters(case: DisclosureRequest) -> Iterator[tuple[str, str]]:
    for letter in case.letters.filter(state__in=_OUT, kind__in=_BY_LETTER):
        signed, served = _BY_LETTER[letter.kind]
        if signed:
            yield signed, letter.number
        if served and letter.state == LetterState.SERVED:
            yield served, _service_of(letter)


def _service_of(letter: Letter) -> str:
    delivery = letter.deliveries.first()
    return f"{letter.number} {delivery}" if delivery else letter.number


def _limits(case: DisclosureRequest) -> Iterator[tuple[str, str]]:
    course, today = clock.account_of(case).course, timezone.localdate()
    if course.corrected_on:
        yield "corrected_request", f"{course.corrected_on} 收到补正"
    elif course.correct_by and course.correct_by < today:
        yield "correction_period_ended", f"补正期限 {course.correct_by} 届满"
    if course.pay_by and not course.paid_on and course.pay_by < today:
        yield "fee_period_ended", f"缴费期限 {course.pay_by} 届满"


def _papers(case: DisclosureRequest) -> Iterator[tuple[str, str]]:
    for paper in case.papers.filter(kind=PaperKind.INFORMATION):
        yield "means_of_supply", paper.name
    for message in case.messages.filter(kind=MessageKind.WITHDRAWAL):
        yield "withdrawal", f"{message.at:%Y-%m-%d} 网上撤回"


def _said(what: object) -> bool:
    if isinstance(what, list | tuple):
        return any(_said(one) for one in what)
    return what is not None and what is not False and bool(str(what).strip())
