"""Our own writings as documents: what the record tells, what was written, the agency's template.

The files of an approved writing lie sealed in the store, since they name the other side.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.core.document_number import DocumentNumber
from gongkai.core.letters import Letter, LetterDocument, Unready, letter_kind, render
from gongkai.web import filestore
from gongkai.web.requests.venue import reconsideration_bodies, settings_of
from gongkai.web.sealed import unseal

from .models import Procedure, RecordCorrection, RemedyCase, Statement

NOTICE, ANSWER, DEFENCE = (
    "record_correction_notice", "reconsideration_answer", "litigation_answer",
)  # fmt: skip
# What is written by hand; everything else the record tells.
WRITTEN = {
    ANSWER: ("challenged_act", "answer_facts", "answer_reasons", "answer_request", "evidence"),
    DEFENCE: (
        "challenged_act", "agency_address", "legal_representative", "answer_facts",
        "answer_reasons", "answer_request", "evidence",
    ),
    NOTICE: ("record_findings",),
}  # fmt: skip
_STAND_IN = DocumentNumber("文号待编", 2099, 999999)
UNNUMBERED = "（签发时编号）"
# The platform says simplified, the letter summary.
_PROCEDURES = {Procedure.SIMPLIFIED: "summary", Procedure.ORDINARY: "ordinary"}
_NATURAL, _OTHER = "natural_person", "other"


def kind_for(of: RemedyCase | RecordCorrection) -> str:
    """The kind of letter that this record asks for."""
    if isinstance(of, RecordCorrection):
        return NOTICE
    return DEFENCE if of.remedy_kind.litigation else ANSWER


def numbered(kind: str) -> bool:
    """Whether a letter of this kind bears a document number."""
    return letter_kind(kind).holds("document_number")


def given_facts(statement: Statement) -> dict[str, Any]:
    """What was written."""
    facts: dict[str, Any] = json.loads(statement.facts) if statement.facts else {}
    return facts


def preview(statement: Statement) -> LetterDocument | Unready:
    """The writing as it stands."""
    if statement.dated:
        return document(statement, statement.number, statement.dated)
    made = document(statement, str(_STAND_IN), timezone.localdate())
    if isinstance(made, Unready):
        return made
    return replace(made, number=UNNUMBERED if made.number else "")


def document(statement: Statement, number: str, dated: date) -> LetterDocument | Unready:
    """The writing with its number and day."""
    facts = facts_of(statement) | {"document_number": number, "made_on": dated}
    template = settings_of(statement.agency).templates.get(statement.kind)
    made = render(Letter(statement.kind, facts, template))
    return made if isinstance(made, Unready) else replace(made, agency=statement.agency.name)


def facts_of(statement: Statement) -> dict[str, Any]:
    """Everything the record and the writer tell."""
    if statement.correction is not None:
        told = _of_correction(statement.correction)
    else:
        assert statement.case is not None, "statement_of_one_record"
        told = _of_case(statement.case)
    agency = statement.agency
    common = {
        "agency": agency.name,
        "agency_address": agency.address,
        "contact_office": agency.disclosure_office or agency.name,
        "contact_phone": agency.phone,
        "contact_address": agency.address,
    }
    return {**common, **told, **given_facts(statement)}


def file_of(statement: Statement, form: str) -> bytes:
    """The approved writing as ``docx`` or ``pdf``; whoever calls has asked the policy."""
    return unseal(filestore.read(statement.pdf if form == "pdf" else statement.docx))


def challenged_act(case: RemedyCase) -> str:
    """The reply that is fought, by its number and day, where there is one; "" otherwise."""
    if case.request is None:
        return ""
    reply = case.request.letters.filter(act="served").exclude(number="").last()
    if reply is None or reply.dated is None:
        return f"对{case.request.number}政府信息公开申请的处理"
    day = f"{reply.dated.year}年{reply.dated.month}月{reply.dated.day}日"
    return f"本机关{day}作出的{reply.number}《{letter_kind(reply.kind).title}》"


def _of_case(case: RemedyCase) -> dict[str, Any]:
    return {
        "reconsideration_body": case.body,
        "trial_court": case.body,
        "case_number": case.number,
        "applicant_name": case.applicant,
        "plaintiff_name": case.applicant,
        "challenged_act": challenged_act(case),
        "procedure": _PROCEDURES.get(Procedure(case.procedure), "") if case.procedure else "",
        "answer_received_on": case.copy_received_on,
    }


def _of_correction(correction: RecordCorrection) -> dict[str, Any]:
    chosen = settings_of(correction.agency)
    return {
        "requester_name": correction.name,
        "requester_kind": _NATURAL if correction.is_natural_person else _OTHER,
        "received_on": correction.received_on,
        "channel": correction.channel,
        "record_concerned": correction.record_concerned,
        "record_findings": correction.findings,
        "record_result": correction.result,
        "record_agency": correction.other_agency,
        "reconsideration_bodies": reconsideration_bodies(correction.agency),
        "reconsideration_channel": chosen.reconsideration_address,
        "court": chosen.court,
        "served_online": bool(correction.mailbox) and not correction.address,
    }
