"""Acts: look at who asks, and mend how to reach them.

Personal Information Protection Law: only who needs it sees it, and each look is kept.
The disclosure office may, and whoever has the case; nobody above, no reviewer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from gongkai.web.audit.record import Who
from gongkai.web.people.models import Role
from gongkai.web.policies import Actor, Forbidden

from ..discretion import discreet
from ..keeping import locked, tell
from ..letters import file_of
from ..models import DisclosureRequest, IdentityView, Letter, Paper, Requester
from ..numbers import digest_of_code, new_query_code
from ..papers import bytes_of

_CONTACT = ("phone", "mailbox", "address", "postcode")


@dataclass(frozen=True)
class Identity:
    """Who asks, unsealed for one look."""

    name: str
    document_kind: str
    document_number: str
    unified_code: str
    representative: str
    contact: str
    agent: str
    phone: str
    mailbox: str
    address: str
    postcode: str


@transaction.atomic
def view_identity(actor: Actor, case: DisclosureRequest, reason: str) -> Identity:
    """Everything known of the requester; the look is recorded with its reason."""
    case = locked(case)
    who = require_need(actor, case)
    _look(actor, case, who, "申请人身份信息", reason)
    return identity_of(case.requester)


@transaction.atomic
def open_paper(actor: Actor, paper: Paper, reason: str = "") -> bytes:
    """What a paper holds; of a sealed one the look is recorded with its reason."""
    case = locked(paper.request)
    if not paper.sealed and not paper.from_requester:
        actor.require("request.read", case.agency)
        return bytes_of(paper)
    who = require_need(actor, case)
    if paper.sealed:
        _look(actor, case, who, f"{paper.get_kind_display()}（第 {paper.pk} 号材料）", reason)
    return bytes_of(paper)


@transaction.atomic
def print_letter(actor: Actor, letter: Letter, form: str) -> bytes:
    """The signed letter as ``docx`` or ``pdf``: it names its addressee, so the look is recorded."""
    case = locked(letter.request)
    who = require_need(actor, case)
    _look(actor, case, who, f"文书 {letter.number}（{form}）", "打印、送达文书")
    return file_of(letter, form)


@transaction.atomic
def change_contact(
    actor: Actor, case: DisclosureRequest, contact: Mapping[str, str], reason: str
) -> DisclosureRequest:
    """New telephone, mailbox or address, as the requester told."""
    case = locked(case)
    who = require_need(actor, case)
    if set(contact) - set(_CONTACT) or not contact:
        raise KeyError(f"only {_CONTACT} may be changed")
    if not reason.strip():
        raise Forbidden("写明凭什么改联系方式，如 申请人来电、网上提交。")
    requester = case.requester
    for name, text in contact.items():
        setattr(requester, name, text.strip())
    if not any((requester.phone, requester.mailbox, requester.address)):
        raise Forbidden("电话、邮箱、通信地址至少留一种。")
    requester.save()
    tell(
        "request.change_contact", case, who, reason=discreet(case, reason),
        after={"changed": sorted(contact)},
    )  # fmt: skip
    return case


@transaction.atomic
def renew_code(actor: Actor, case: DisclosureRequest, reason: str) -> str:
    """A new query code for who lost his, after making sure who it is; the old one ends."""
    case = locked(case)
    who = require_need(actor, case)
    if not reason.strip():
        raise Forbidden("写明怎样核实了对方是申请人。")
    code = new_query_code()
    case.code_digest = digest_of_code(code)
    case.save(update_fields=["code_digest"])
    tell("request.renew_code", case, who, reason=discreet(case, reason))
    return code


def identity_of(requester: Requester) -> Identity:
    """The unsealed facts, for acts that have recorded the look."""
    return Identity(**{name: getattr(requester, name) for name in Identity.__dataclass_fields__})


def may_view(actor: Actor, case: DisclosureRequest) -> bool:
    """Whether the policy lets ``actor`` look."""
    appointment = actor.appointment_for("request.view_identity", case.agency)
    if appointment is None:
        return False
    return _in_office(actor, case) or case.handler_id == actor.person.pk


def require_need(actor: Actor, case: DisclosureRequest) -> Who:
    """Who looks; raises Forbidden for all but the disclosure office and who has the case."""
    who = actor.require("request.view_identity", case.agency)
    if not may_view(actor, case):
        has_it = case.handler.name if case.handler else "还没有分办"
        raise Forbidden(f"申请人信息只给公开工作机构和承办人看（承办人：{has_it}）。")
    return who


def _in_office(actor: Actor, case: DisclosureRequest) -> bool:
    responsible = case.agency.responsible()
    return any(
        one.role == Role.DISCLOSURE_OFFICE and one.agency_id in responsible
        for one in actor.appointments
    )


def _look(actor: Actor, case: DisclosureRequest, who: Who, what: str, reason: str) -> None:
    if not reason.strip():
        raise Forbidden("看申请人信息要写明原因，会记下来。")
    reason = discreet(case, reason.strip())[:200]
    IdentityView.objects.create(request=case, person=actor.person, what=what, reason=reason)
    tell("request.view_identity", case, who, reason=reason, after={"what": what})
