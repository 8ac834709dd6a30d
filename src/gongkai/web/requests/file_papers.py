"""Papers of the file that never leave the house, and the receipt handed over at the counter.

登记表, 收到日确认记录, 检索记录, 审查呈批单, 送达回证: each is made from what the record
holds; what the record does not hold is told, never left blank.  They name who asked: whoever
calls has asked whether they may be seen.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gongkai.core.handling.outcomes import OutcomeGroup, outcome_of
from gongkai.core.letters import LetterDocument, Unready, letter_kind

from .letter_facts import facts_of_decision
from .letters import paper_of_case
from .models import (
    Delivery,
    DeliveryWay,
    DisclosureRequest,
    Letter,
    LetterState,
    SearchRecord,
    Verdict,
)

_WAYS = {
    DeliveryWay.DIRECT: "direct",
    DeliveryWay.ENTRUSTED: "entrusted",
    DeliveryWay.POST: "post",
    DeliveryWay.ONLINE: "electronic",
    DeliveryWay.EMAIL: "electronic",
    DeliveryWay.PUBLIC_NOTICE: "announcement",
}
_CLASSES = {
    OutcomeGroup.DISCLOSED: "disclose",
    OutcomeGroup.PARTLY_DISCLOSED: "partly",
    OutcomeGroup.WITHHELD: "withhold",
    OutcomeGroup.UNABLE_TO_PROVIDE: "unable",
    OutcomeGroup.NOT_PROCESSED: "not_processed",
}
# What article 29 wants in a request, and where the record has it.
_ELEMENTS = (("姓名或者名称", "name"), ("身份证明", "same_as"), ("联系方式", "reached"))
Made = LetterDocument | Unready


def receipt(case: DisclosureRequest, code: str) -> Made:
    """登记回执: with the query code, which is told only here; not before the day is confirmed."""
    return paper_of_case(
        case, "receipt", {"query_code": code, "made_on": timezone.localdate()}
    )  # fmt: skip


def registration_form(case: DisclosureRequest, officer: str = "") -> Made:
    """申请登记表."""
    lacking = elements_lacking(case)
    facts: dict[str, Any] = {
        "elements": "lacking" if lacking else "complete",
        "elements_lacking": lacking,
        "officer": officer or _clerk_of(case),
        **_confirmation(case),
    }
    return paper_of_case(case, "registration_form", facts)


def receipt_day_record(case: DisclosureRequest) -> Made:
    """收到日确认记录, for what counts from the day both sides confirmed."""
    facts = {"officer": _clerk_of(case), **_confirmation(case)}
    return paper_of_case(case, "receipt_day_record", facts)


def search_sheet(record: SearchRecord) -> Made:
    """检索记录."""
    facts = {
        "search_scope": record.places.splitlines(),
        "search_systems": record.places.splitlines(),
        "search_terms": record.words,
        "searched_on": record.on,
        "searched_by": record.person.name,
        "search_result": record.result,
    }
    return paper_of_case(record.request, "search_record", facts)


def review_sheet(letter: Letter) -> Made:
    """公开审查呈批单 of a reply: who drafted it, who read it, what was said."""
    decision = letter.decision
    facts: dict[str, Any] = {"drafter": letter.written_by.name}
    if decision is not None:
        rule = outcome_of(decision.outcome)
        told = facts_of_decision(decision)
        facts |= {
            "proposed_class": _CLASSES.get(rule.group),
            "proposed_grounds": f"{'、'.join(rule.citations)}：{rule.label}",
            "information_title": told.get("information_title") or letter.request.description,
        }
    read = letter.opinions.filter(step=LetterState.SECRECY_REVIEW, verdict=Verdict.PASSED).last()
    if read is not None:
        said = read.text or "同意"
        facts |= {
            "reviewer": read.person.name,
            "reviewed_on": timezone.localdate(read.at),
            "review_opinion": said,
            "secrecy_checked": said,
        }
    return paper_of_case(letter.request, "review_sheet", facts)


def service_sheet(delivery: Delivery) -> Made:
    """送达回证."""
    letter = delivery.letter
    facts: dict[str, Any] = {
        "served_papers": [[letter_kind(letter.kind).title, letter.number, "1"]],
        "service_way": _WAYS[DeliveryWay(delivery.way)],
        "served_on": delivery.came_on if delivery.way == DeliveryWay.DIRECT else delivery.sent_on,
        "officer": delivery.person.name if delivery.person else "",
        "signed_for_by": delivery.signed_for_by,
        "signed_for_on": delivery.came_on,
        "postal_number": delivery.tracking_number,
    }
    if delivery.way == DeliveryWay.POST:
        facts["posted_on"] = delivery.sent_on
    elif delivery.way == DeliveryWay.ENTRUSTED:
        facts |= {"served_on": delivery.came_on, "entrusted_body": delivery.note}
    elif delivery.way == DeliveryWay.PUBLIC_NOTICE:
        facts["announced_at"] = delivery.note
    elif delivery.way == DeliveryWay.EMAIL:
        facts["electronic_account"] = letter.request.requester.mailbox
    elif delivery.way == DeliveryWay.ONLINE:
        facts["electronic_account"] = f"本平台，凭查询码查看 {letter.request.number}"
    return paper_of_case(letter.request, "service_receipt", facts)


def elements_lacking(case: DisclosureRequest) -> list[str]:
    """Which of the elements of article 29 the record does not have."""
    who = case.requester
    held = {
        "name": who.name,
        "same_as": who.same_as,
        "reached": who.phone or who.mailbox or who.address,
    }
    found = [label for label, name in _ELEMENTS if not held[name]]
    if not case.description.strip():
        found.append("信息描述")
    if not case.form_of_supply:
        found.append("形式要求")
    return found


def _clerk_of(case: DisclosureRequest) -> str:
    return case.registered_by.name if case.registered_by else ""


def _confirmation(case: DisclosureRequest) -> dict[str, Any]:
    event = case.events.filter(act="confirmed", undone_at=None).first()
    if event is None:
        return {}
    told = {name: event.facts.get(name, "") for name in ("how", "at", "with_whom")}
    return {
        "confirmed_on": event.on,
        "confirmed_by": told["how"],
        "confirmed_at": told["at"],
        "confirmed_with": told["with_whom"],
    }
