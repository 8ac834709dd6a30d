"""Screens of our own writings: write, approve, send, take away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.core.letters import Unready, letter_kind
from gongkai.web.policies import StaffRequest, staff

from ..acts import statements as acting
from ..acts.papers import policy_of
from ..forms.cases import StatementForm, text_of_rows
from ..forms.plain import DayForm, ReasonForm
from ..models import RecordCorrection, RemedyCase, Statement, StatementState
from ..writing import WRITTEN, challenged_act, file_of, given_facts, kind_for, preview
from . import cases, corrections
from .asking import HERE, ask, page, sent, taken

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@staff("remedy.record")
def write(request: StaffRequest, number: int) -> HttpResponseBase:
    """Write the answer or the defence."""
    return _write(request, cases.found(request, number))


@staff("record_correction.handle")
def write_notice(request: StaffRequest, number: int) -> HttpResponseBase:
    """Write the notice of a correction: all of it follows from what was found."""
    return _write(request, corrections.found(request, number))


@staff("remedy.read")
def statement(request: StaffRequest, statement: int) -> HttpResponseBase:
    """The writing as it stands, to be read and approved."""
    one = found(request, statement)
    acting.look(request.actor, one)
    made = preview(one)
    unready = made if isinstance(made, Unready) else None
    context = {
        "here": HERE,
        "statement": one,
        "label": letter_kind(one.kind).label,
        "above": acting.record_of(one),
        "back": address_of(one),
        "lines": [] if isinstance(made, Unready) else made.text.splitlines(),
        "notes": () if isinstance(made, Unready) else made.notes,
        "lacks": unready.sentences if unready else (),
        "may_approve": request.actor.may(acting.APPROVING, one.agency)
        and request.actor.person.pk != one.written_by_id,
        "may_keep": request.actor.may(policy_of(acting.record_of(one)), one.agency),
        "edit_address": _edit_address(one),
        "states": StatementState,
    }
    response = render(request, "remedies/statement.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@staff("request.sign")
def approve(request: StaffRequest, statement: int) -> HttpResponseBase:
    """Approve it."""
    one = found(request, statement)
    request.actor.require(acting.APPROVING, one.agency)
    done = acting.approve(request.actor, one)
    messages.success(request, f"已签发：{letter_kind(done.kind).label} {done.number}。")
    return redirect("remedies:statement", one.pk)


@staff("remedy.record")
def send(request: StaffRequest, statement: int) -> HttpResponseBase:
    """It left the house."""
    one = _kept(request, statement)
    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})
    if taken(request, form, lambda: acting.send(request.actor, one, form.cleaned_data["on"])):
        messages.success(request, "已记下发出。")
        return redirect(address_of(one))
    return ask(
        request, form, title="记发出", button="记下", back=address_of(one),
        above=acting.record_of(one),
    )  # fmt: skip


@staff("remedy.record")
def discard(request: StaffRequest, statement: int) -> HttpResponseBase:
    """Take it back."""
    one = _kept(request, statement)
    form = ReasonForm(request.POST or None)
    if taken(
        request, form, lambda: acting.discard(request.actor, one, form.cleaned_data["reason"])
    ):
        messages.success(request, "已作废，可以另写。")
        return redirect(address_of(one))
    note = "已经编的文号不再用。" if one.number else ""
    return ask(
        request, form, title="作废文书", button="作废", back=address_of(one),
        above=acting.record_of(one), note=note,
    )  # fmt: skip


@staff("remedy.read")
def download(request: StaffRequest, statement: int, form: str) -> HttpResponseBase:
    """The approved file."""
    one = found(request, statement)
    if form not in ("docx", "pdf") or not one.docx:
        raise Http404
    media_type = "application/pdf" if form == "pdf" else _DOCX
    name = f"{letter_kind(one.kind).title}{one.number}.{form}"
    acting.look(request.actor, one, form)
    return sent(file_of(one, form), name, media_type)


def found(request: StaffRequest, number: int) -> Statement:
    """The writing; only those who keep the record or may approve see it: it names people."""
    one = Statement.objects.select_related(
        "agency", "case__request", "correction", "written_by", "approved_by"
    ).filter(pk=number)
    statement = one.first()
    if statement is None:
        raise Http404
    acts = (policy_of(acting.record_of(statement)), acting.APPROVING)
    if not any(request.actor.may(act, statement.agency) for act in acts):
        raise Http404
    return statement


def address_of(statement: Statement) -> str:
    """The page of the record whose writing it is."""
    if statement.case is not None:
        return reverse("remedies:case", args=[statement.case.pk])
    assert statement.correction is not None
    return reverse("remedies:correction", args=[statement.correction.pk])


def _kept(request: StaffRequest, number: int) -> Statement:
    one = found(request, number)
    request.actor.require(policy_of(acting.record_of(one)), one.agency)
    return one


def _edit_address(statement: Statement) -> str:
    if statement.case is not None:
        return reverse("remedies:write", args=[statement.case.pk])
    assert statement.correction is not None
    return reverse("remedies:write_notice", args=[statement.correction.pk])


def _write(request: StaffRequest, of: RemedyCase | RecordCorrection) -> HttpResponseBase:
    request.actor.require(policy_of(of), of.agency)
    kind = kind_for(of)
    sent_in = request.POST if request.method == "POST" else None
    form = StatementForm(kind, sent_in, initial=_initial(of, kind))
    made: list[Statement] = []
    if taken(request, form, lambda: made.append(acting.write(request.actor, of, form.facts()))):
        messages.success(request, f"已保存：{letter_kind(kind).label}。要由另一个人签发。")
        return redirect("remedies:statement", made[0].pk)
    name = "case" if isinstance(of, RemedyCase) else "correction"
    context = {
        "title": f"写{letter_kind(kind).label}",
        "button": "保存",
        "back": reverse(f"remedies:{name}", args=[of.pk]),
        "above": of,
        "keep": f"statement-{kind}-{of.pk}",
        "note": letter_kind(kind).note,
    }
    return page(request, "remedies/ask.html", form, **context)


def _initial(of: RemedyCase | RecordCorrection, kind: str) -> dict[str, Any]:
    draft = of.statements.filter(state=StatementState.DRAFT).last()
    if draft is not None:
        facts = given_facts(draft)
        return {**facts, "evidence": text_of_rows(facts.get("evidence"))}
    if isinstance(of, RemedyCase):
        return {"challenged_act": challenged_act(of), "agency_address": of.agency.address}
    return dict.fromkeys(WRITTEN[kind], of.findings)
