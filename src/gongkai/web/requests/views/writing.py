"""Screens of a letter that is written: its facts, its text, one more, or one dropped."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect

from gongkai.core.letters import (
    Addressee,
    Signatory,
    letter_kind,
    letter_kinds,
)
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import StaffRequest, staff

from ..acts import add_paper as filing
from ..acts import draft_letter as drafting
from ..forms.letters import EnclosuresForm, FactsForm, OpinionForm, TextForm
from ..forms.steps import ReasonForm
from ..letters import facts_of, text_to_edit
from ..models import (
    Consultation,
    ConsultationKind,
    DisclosureRequest,
    Letter,
    LetterState,
    PaperKind,
)
from ..separation import act_of
from ..service import party_of
from .found import found
from .letters import found_letter
from .pages import ask, attempt

# Written from this page; the others begin with an act of their own.
_FREE = (
    "consultation_notice", "assistance_request", "disclosure_notice_to_third_party",
    "renewed_reply", "withdrawal_confirmation",
)  # fmt: skip


@staff("request.handle")
def facts(request: StaffRequest, number: int, letter: int) -> HttpResponseBase:
    """The facts of a draft and what goes with it."""
    one = _draft(request, number, letter)
    kind = letter_kind(one.kind)
    sent = request.POST if request.method == "POST" else None
    form = FactsForm(kind, facts_of(one), sent)
    enclosures = EnclosuresForm(one, sent)
    if sent is not None and form.is_valid() and enclosures.is_valid():
        done = attempt(form, lambda: _write(request, one, form, enclosures))
        if done is not None:
            messages.success(request, f"已保存：{kind.label}的要素。")
            return redirect("requests:letter", one.request_id, one.pk)
    return ask(
        request, one.request, form, "letter_facts",
        letter=one, kind=kind, enclosures=enclosures, back_to_text=bool(one.text),
    )  # fmt: skip


@transaction.atomic
def _write(
    request: StaffRequest, one: Letter, form: FactsForm, enclosures: EnclosuresForm
) -> Letter:
    chosen = list(enclosures.cleaned_data["enclosures"])
    for file in request.FILES.getlist("new_enclosures"):
        chosen.append(
            filing.add_paper(
                request.actor, one.request, PaperKind.INFORMATION, str(file.name), file.read()
            )
        )
    return drafting.edit_letter(request.actor, one, given=form.given(), enclosures=chosen)


@staff("request.handle")
def text(request: StaffRequest, number: int, letter: int) -> HttpResponseBase:
    """The text of a draft, to be edited by hand."""
    one = _draft(request, number, letter)
    initial = text_to_edit(one)
    if not initial and request.method != "POST":
        messages.warning(request, "要素还不全，补全以后才有正文可改。")
        return redirect("requests:letter_facts", one.request_id, one.pk)
    sent = request.POST if request.method == "POST" else None
    form = TextForm(sent, initial={"text": initial})
    if sent is not None and form.is_valid():
        wanted = "" if "reset" in request.POST else form.cleaned_data["text"]
        # As it follows from the facts, it goes on following them.
        wanted = "" if _same(wanted, initial) and not one.text else wanted
        done = attempt(form, lambda: drafting.edit_letter(request.actor, one, text=wanted))
        if done is not None:
            messages.success(request, f"已保存：{letter_kind(one.kind).label}的正文。")
            return redirect("requests:letter", one.request_id, one.pk)
    return ask(request, one.request, form, "letter_text", letter=one, kind=letter_kind(one.kind))


@staff("request.read")
def discard(request: StaffRequest, number: int, letter: int) -> HttpResponseBase:
    """Drop a letter that has not gone out."""
    one = found_letter(request, number, letter)
    signed = one.state == LetterState.SIGNED
    act = act_of(one, LetterState.SIGNING) if signed else "request.handle"
    request.actor.require(act, one.agency)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: drafting.discard_letter(request.actor, one, reason))
        if done is not None:
            messages.success(request, f"已作废：{letter_kind(done.kind).label}。")
            return redirect("requests:case", number)
    return ask(
        request, one.request, form, "discard", letter=one, kind=letter_kind(one.kind), signed=signed
    )


@staff("request.handle")
def other(request: StaffRequest, number: int) -> HttpResponseBase:
    """Begin one of the letters that no other screen begins."""
    case = found(request, number)
    request.actor.require("request.handle", case.agency)
    kinds = _other_kinds()
    wanted, to = request.POST.get("kind", ""), request.POST.get("to", "")
    parties = case.consultations.filter(kind=ConsultationKind.THIRD_PARTY)
    party = parties.filter(pk=int(to)).first() if to.isdecimal() else None
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if wanted not in kinds:
            form.add_error(None, "选一种文书。")
        else:
            done = attempt(form, lambda: _begun(request, case, wanted, party))
            if done is not None:
                return redirect("requests:letter_facts", case.pk, done.pk)
    return ask(
        request,
        case,
        form,
        "other_letter",
        kinds=kinds.values(),
        wanted=wanted,
        to=to,
        parties=[(one.pk, party_of(one)) for one in parties],
    )


def _begun(
    request: StaffRequest, case: DisclosureRequest, kind: str, party: Consultation | None
) -> Letter:
    """A letter of ``kind``; to a third party only where the kind is for one."""
    to_party = letter_kind(kind).addressee is Addressee.THIRD_PARTY
    return drafting.draft_letter(
        request.actor, case, kind, {}, consultation=party if to_party else None
    )


def _other_kinds() -> dict[str, Any]:
    return {
        name: kind
        for name, kind in letter_kinds().items()
        if name in _FREE
        and kind.addressee is not Addressee.INTERNAL
        and kind.signed_by is Signatory.AGENCY
    }


def _draft(request: StaffRequest, number: int, letter: int) -> Letter:
    one = found_letter(request, number, letter)
    request.actor.require("request.handle", one.agency)
    if one.state != LetterState.DRAFT:
        raise OutOfTurn(
            f"“{letter_kind(one.kind).label}”现在是“{one.get_state_display()}”，退回以后才能改。"
        )
    return one


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())
