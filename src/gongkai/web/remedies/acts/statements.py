"""Acts on our own writings: write, approve by another person, send; nothing leaves unseen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from gongkai.core.letters import Unready, letter_kind
from gongkai.core.writers import letter_docx
from gongkai.web import filestore
from gongkai.web.audit.record import record
from gongkai.web.people.models import Appointment, Role
from gongkai.web.policies import RULES, Actor, Forbidden
from gongkai.web.requests.numbers import next_letter_number
from gongkai.web.sealed import seal
from gongkai.web.typesetting import typeset

from ..audited import discreet, subject_of
from ..models import RecordCorrection, RemedyCase, Statement, StatementState
from ..writing import WRITTEN, document, kind_for, numbered, preview
from .cases import record_answer
from .corrections import tell_result
from .papers import policy_of

APPROVING = "request.sign"
_ACTS_OF_LOOKING = {RemedyCase: "remedy", RecordCorrection: "record_correction"}


def record_of(statement: Statement) -> RemedyCase | RecordCorrection:
    """The record whose writing it is."""
    found = statement.case or statement.correction
    assert found is not None, "statement_of_one_record"
    return found


@transaction.atomic
def look(actor: Actor, statement: Statement, form: str = "") -> None:
    """Whoever reads a writing reads whom it names: the look is kept.

    For who keeps the record, and for who may approve; ``form`` of the file that is printed.
    """
    of = record_of(statement)
    able = [act for act in (policy_of(of), APPROVING) if actor.may(act, statement.agency)]
    who = actor.require(able[0] if able else policy_of(of), statement.agency)
    label = letter_kind(statement.kind).label
    act = f"{_ACTS_OF_LOOKING[type(of)]}.view_identity"
    record(
        act,
        subject_of(of),
        who,
        reason=f"{'打印' if form else '看'}{label}{form and f'（{form}）'}",
    )


@transaction.atomic
def write(actor: Actor, of: RemedyCase | RecordCorrection, facts: Mapping[str, Any]) -> Statement:
    """Write the answer, the defence or the notice, or rewrite the draft."""
    who = actor.require(policy_of(of), of.agency)
    kind = kind_for(of)
    draft = of.statements.exclude(state=StatementState.DISCARDED).last()
    if draft is not None and draft.state != StatementState.DRAFT:
        raise Forbidden(f"“{letter_kind(kind).label}”{draft.get_state_display()}，不能再改。")
    draft = draft or Statement(agency=of.agency, kind=kind)
    if isinstance(of, RemedyCase):
        draft.case = of
    else:
        draft.correction = of
    draft.facts = json.dumps(
        {name: facts[name] for name in WRITTEN[kind] if facts.get(name)},
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
    )
    draft.written_by = actor.person
    draft.written_at = timezone.now()
    draft.save()
    record("statement.write", subject_of(of), who, after={"letter_kind": kind})
    return draft


@transaction.atomic
def approve(actor: Actor, statement: Statement) -> Statement:
    """Another person approves: it gets its number and day, and its files are made."""
    statement = _locked(statement)
    of = record_of(statement)
    who = actor.require(APPROVING, statement.agency)
    _require(statement, StatementState.DRAFT)
    if actor.person.pk == statement.written_by_id:
        raise Forbidden(
            f"这份是你写的，不能由你签发（写的人和签发的人必须不同）。{_who_can(statement)}"
        )
    unready = preview(statement)
    if isinstance(unready, Unready):
        raise Forbidden("还不能签发：" + "；".join(unready.sentences))
    today = timezone.localdate()
    number = next_letter_number(statement.agency, today) if numbered(statement.kind) else ""
    made = document(statement, number, today)
    if isinstance(made, Unready):
        raise Forbidden("还不能签发：" + "；".join(made.sentences))
    statement.docx = filestore.put(seal(letter_docx.render(made)))
    statement.pdf = filestore.put(seal(typeset(made)))
    statement.number, statement.dated = number, today
    statement.approved_by, statement.approved_at = actor.person, timezone.now()
    statement.state = StatementState.APPROVED
    statement.save()
    after = {"letter_kind": statement.kind, "number": number}
    record("statement.approve", subject_of(of), who, after=after)
    return statement


@transaction.atomic
def send(actor: Actor, statement: Statement, on: date) -> Statement:
    """It left the house: our answer is given, or the applicant was told."""
    statement = _locked(statement)
    of = record_of(statement)
    who = actor.require(policy_of(of), statement.agency)
    _require(statement, StatementState.APPROVED)
    assert statement.dated is not None, "an approved writing has its day"
    if on < statement.dated:
        raise Forbidden(f"发出日期早于落款日期（{statement.dated}）。")
    statement.sent_on, statement.state = on, StatementState.SENT
    statement.save()
    record("statement.send", subject_of(of), who, after={"sent_on": on.isoformat()})
    if isinstance(of, RemedyCase):
        record_answer(actor, of, on)
    else:
        tell_result(actor, of, on)
    return statement


@transaction.atomic
def discard(actor: Actor, statement: Statement, reason: str) -> Statement:
    """Take a writing back before it was sent; another can be written. Its number is not reused."""
    statement = _locked(statement)
    of = record_of(statement)
    who = actor.require(policy_of(of), statement.agency)
    _require(statement, StatementState.DRAFT, StatementState.APPROVED)
    if statement.state == StatementState.APPROVED and not reason.strip():
        raise Forbidden("已签发的要作废，写明原因。")
    statement.state = StatementState.DISCARDED
    statement.save()
    record("statement.discard", subject_of(of), who, reason=discreet(of, reason.strip()))
    return statement


def _locked(statement: Statement) -> Statement:
    return Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)


def _require(statement: Statement, *states: StatementState) -> None:
    if statement.state not in states:
        raise Forbidden(f"这份文书现在是“{statement.get_state_display()}”，刷新看看。")


def _who_can(statement: Statement) -> str:
    held = Appointment.objects.on(timezone.localdate()).filter(
        agency__in=statement.agency.responsible(), role__in=RULES[APPROVING], person__is_active=True
    )
    others = held.exclude(person=statement.written_by_id).select_related("person")
    names = "、".join(sorted({one.person.name for one in others}))
    if names:
        return f"可以由{names}签发。"
    roles = "、".join(Role(role).label for role in RULES[APPROVING])
    return f"没有别的人担任{roles}，请安全管理员增加任职。"
