"""What a case tells its letters: the facts that need not be typed again.

Who asked, and who was asked for an opinion, is never stored with a letter: it is read
from the sealed record each time the letter is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, TextChoices

from gongkai.core.handling.channels import Channel
from gongkai.core.handling.course import Course
from gongkai.core.handling.grounds import withholding_ground
from gongkai.core.handling.outcomes import outcome_of
from gongkai.core.handling.receipt import receipt

from . import clock
from .models import (
    Answer,
    Consultation,
    ConsultationKind,
    Decision,
    DisclosureRequest,
    Letter,
    LetterState,
    SearchRecord,
)
from .models.requesters import mask_name
from .venue import reconsideration_bodies, settings_of
from .wishes import DocumentKind, FormOfSupply, WayOfDelivery

# Never stored with a letter (models/requesters.py seals them).
IDENTITY_FACTS = frozenset(
    {
        "requester_name", "requester_document", "requester_identity", "requester_phone",
        "requester_address", "requester_email", "agent_name", "third_party_name",
    }
)  # fmt: skip
# Set when the letter is signed.
SIGNING_FACTS = frozenset({"document_number", "made_on"})
_ONLINE = (WayOfDelivery.ONLINE, WayOfDelivery.EMAIL)
_OUT = (LetterState.SIGNED, LetterState.SERVED)
_VIEWS = {
    Answer.REFUSES: "disagree",
    Answer.PARTLY: "partly_agree",
    Answer.SILENT: "silent",
}


def facts_of_case(case: DisclosureRequest) -> dict[str, Any]:
    """Everything the record of a case says, by the names of letter facts."""
    told = clock.account_of(case)
    facts: dict[str, Any] = {
        "request_number": case.number,
        "arrived_on": case.arrived_on,
        "received_on": told.received_on,
        "receipt_basis": _receipt_basis(case, told.received_on),
        "channel": case.channel,
        "requester_kind": case.requester.kind,
        "request_content": case.description,
        "supply_form": label_of(FormOfSupply, case.form_of_supply),
        "supply_way": label_of(WayOfDelivery, case.way_of_delivery),
        "reply_due_on": told.due_on,
        "confirmed_on": told.course.confirmed_on,
        "corrected_on": told.course.corrected_on,
        "concluded_on": told.concluded_on,
        "officer": case.handler.name if case.handler else "",
        "matter_summary": case.title or case.description,
    }
    for source in (
        _of_agency(case), _of_letters(case, told.course), _of_searches(case), _of_opinions(case),
    ):  # fmt: skip
        facts.update(source)
    return {name: value for name, value in facts.items() if value not in (None, "", (), [])}


def facts_of_decision(decision: Decision) -> dict[str, Any]:
    """What was written when the outcome was chosen, and each withheld part with its article."""
    facts = dict(decision.facts)
    if decision.reasons:
        facts.setdefault("withholding_reasons", decision.reasons)
    if decision.withheld:
        facts["withheld_parts"] = [
            [part["where"], part["reasons"], withholding_ground(part["ground"]).citation]
            for part in decision.withheld
        ]
    facts["outcome"] = decision.outcome
    return facts


def identity_facts(
    case: DisclosureRequest, letter: Letter | None, *, reveal: bool
) -> dict[str, Any]:
    """Who asked and who was consulted; masked unless ``reveal``."""
    who = case.requester
    facts: dict[str, Any] = {"requester_name": who.name if reveal else who.masked_name}
    if reveal:
        facts |= {
            "requester_document": label_of(DocumentKind, who.document_kind),
            "requester_identity": who.document_number or who.unified_code,
            "requester_phone": who.phone,
            "requester_address": who.address,
            "requester_email": who.mailbox,
            "agent_name": who.agent,
        }
    consulted = consultation_of(letter) if letter else None
    if consulted is not None and consulted.party:
        # Told apart from the requester, who may be masked alike.
        masked = f"{mask_name(consulted.party)}（第三方）"
        facts["third_party_name"] = consulted.party if reveal else masked
    return facts


def consultation_of(letter: Letter) -> Consultation | None:
    """The opinion that a letter asks for, or that it is about."""
    about = letter.act_facts.get("consultation")
    found = letter.request.consultations.filter(Q(letter=letter) | Q(pk=about or 0))
    return found.select_related("letter").first() if letter.pk else None


def facts_of_consultation(letter: Letter) -> dict[str, Any]:
    """What a letter to a third party says of the opinion it was asked for."""
    one = consultation_of(letter)
    if one is None or one.letter is None:
        return {}
    facts = {"consultation_number": one.letter.number, "third_party_reasons": one.reasons}
    if one.answer in _VIEWS:
        facts["third_party_view"] = _VIEWS[Answer(one.answer)]
    return {name: value for name, value in facts.items() if value}


def label_of(choices: type[TextChoices], value: str) -> str:
    """The Chinese label of a choice; what was written by hand stays as it is."""
    return dict(choices.choices).get(value, value)


def _receipt_basis(case: DisclosureRequest, received_on: date | None) -> str:
    told = receipt(case.arrived_on, Channel(case.channel), received_on, case.misaddressed)
    return f"{told.says}（{told.citation}）"


def _of_agency(case: DisclosureRequest) -> Mapping[str, Any]:
    agency, chosen = case.agency, settings_of(case.agency)
    address = "，".join(part for part in (agency.address, agency.postcode) if part)
    return {
        "agency": agency.name,
        "contact_office": agency.disclosure_office or agency.name,
        "contact_phone": agency.phone,
        "contact_address": address,
        "reconsideration_bodies": reconsideration_bodies(agency),
        "reconsideration_channel": chosen.reconsideration_address,
        "court": chosen.court,
        "served_online": case.way_of_delivery in _ONLINE,
        "payment_ways": chosen.fee_account,
    }


def _of_letters(case: DisclosureRequest, course: Course) -> Mapping[str, Any]:
    """What the letters that went out say of themselves in those that follow."""
    facts: dict[str, Any] = {}
    out = case.letters.filter(state__in=_OUT).prefetch_related("deliveries")
    for letter in out:
        served_on = next((one.sent_on for one in letter.deliveries.all()), None)
        if letter.kind == "correction_notice":
            facts |= {
                "correction_number": letter.number,
                "correction_asked_on": letter.dated,
                "correction_served_on": served_on,
                "correction_due_on": course.correct_by or letter.facts.get("correction_due_on"),
            }
        elif letter.kind == "reasons_notice":
            facts |= {
                "reasons_asked_on": letter.dated,
                "volume_facts": letter.facts.get("volume_facts"),
            }
        elif letter.kind == "extension_notice":
            facts["extended_to"] = letter.facts.get("extended_to")
        elif letter.kind == "fee_notice":
            facts |= {
                "fee_notice_number": letter.number,
                "fee_served_on": served_on,
                "fee_due_on": course.pay_by,
                "fee_yuan": letter.facts.get("fee_yuan"),
            }
    return facts


def _of_searches(case: DisclosureRequest) -> Mapping[str, Any]:
    records = list(case.searches.all())
    if not records:
        return {}
    return {"search_account": "；".join(map(search_in_words, records))}


def search_in_words(record: SearchRecord) -> str:
    """One search as a letter tells of it."""
    day = f"{record.on.year}年{record.on.month}月{record.on.day}日"
    return f"{day}在{record.places.strip()}以“{record.words.strip()}”检索，{record.result.strip()}".rstrip(
        "。；"
    )


def _of_opinions(case: DisclosureRequest) -> Iterator[tuple[str, Any]]:
    for one in case.consultations.filter(kind=ConsultationKind.THIRD_PARTY):
        if one.answer in _VIEWS:
            yield "third_party_view", _VIEWS[Answer(one.answer)]
            yield "third_party_reasons", one.reasons


def result_in_words(case: DisclosureRequest) -> str:
    """How it ended: the outcome, and the number of the reply."""
    label = outcome_of(case.outcome).label if case.outcome else case.get_state_display()
    reply = case.letters.filter(state=LetterState.SERVED, act="served").last()
    return f"{label}（{reply.number}）" if reply else label
