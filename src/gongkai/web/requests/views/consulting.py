"""Screens of opinions: ask a third party or another agency, and record what it answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect

from gongkai.web.policies import StaffRequest, staff

from ..acts import consult as consulting
from ..acts.consult import last_day_of
from ..forms.consult import AgencyForm, AnswerForm, ThirdPartyForm, WeighedForm
from ..models import Consultation, ConsultationKind, DisclosureRequest, LetterState
from .found import found
from .notices import to_letter
from .pages import ask, attempt, to_case


@staff("request.handle")
def third_party(request: StaffRequest, number: int) -> HttpResponseBase:
    """Ask whoever would be harmed."""
    case = _mine(request, number)
    form = ThirdPartyForm(request.POST or None, initial={"matter_summary": case.title})
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "what": form.cleaned_data["what"].splitlines()}
        return _asked(request, case, form, ConsultationKind.THIRD_PARTY, given)
    return ask(request, case, form, "consult_third_party")


@staff("request.handle")
def agency(request: StaffRequest, number: int) -> HttpResponseBase:
    """Ask a co-maker, or another agency for help."""
    case = _mine(request, number)
    form = AgencyForm(case, request.POST or None, initial={"matter_summary": case.title})
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "what": form.cleaned_data["what"].splitlines()}
        kind = ConsultationKind(given.pop("kind"))
        if given["agency"] is not None:
            given["party"] = ""
        return _asked(request, case, form, kind, given)
    return ask(request, case, form, "consult_agency")


def _asked(
    request: StaffRequest,
    case: DisclosureRequest,
    form: Any,
    kind: ConsultationKind,
    given: dict[str, Any],
) -> HttpResponseBase:
    one = attempt(form, lambda: consulting.consult(request.actor, case, kind, **given))
    if one is not None and one.letter is not None:
        return to_letter(request, one.letter)
    name = "third_party" if kind == ConsultationKind.THIRD_PARTY else "agency"
    return ask(request, case, form, f"consult_{name}")


@staff("request.handle")
def answers(request: StaffRequest, number: int) -> HttpResponseBase:
    """All opinions asked for, with where each stands."""
    case = _mine(request, number)
    asked = list(case.consultations.select_related("agency", "letter"))
    if len(asked) == 1:
        return redirect("requests:answer", case.pk, asked[0].pk)
    rows = [{"one": one, "last_day": last_day_of(one), "sent": _is_out(one)} for one in asked]
    return ask(request, case, WeighedForm(), "answers", rows=rows)


@staff("request.handle")
def answer(request: StaffRequest, number: int, consultation: int) -> HttpResponseBase:
    """Record one opinion, its silence, or our judgement of it."""
    case = _mine(request, number)
    one = case.consultations.filter(pk=consultation).select_related("agency", "letter").first()
    if one is None:
        raise Http404
    judged, silent = bool(one.answer), "silent" in request.POST
    sent = request.POST or None
    form: forms.Form = AnswerForm(one, sent)
    if judged:
        form = WeighedForm(sent, initial={"weighed": one.weighed})
    elif silent:
        # Nothing came: only our own judgement is taken from the form.
        form = WeighedForm(sent)
        form.fields["weighed"].required = False
    if sent is not None and form.is_valid():
        said = _recorded(request, case, one, form, silent=silent)
        if said is not None:
            return said
    if silent and not judged:
        refused, form = form, AnswerForm(one, sent)
        form.full_clean()
        form.errors.clear()
        for words in refused.non_field_errors():
            form.add_error(None, words)
    return ask(
        request, case, form, "answer", one=one, judged=judged, last_day=last_day_of(one),
        sent=_is_out(one),
    )  # fmt: skip


def _recorded(
    request: StaffRequest,
    case: DisclosureRequest,
    one: Consultation,
    form: forms.Form,
    *,
    silent: bool,
) -> HttpResponseBase | None:
    """Do what was asked; None where it was refused."""
    given, actor = form.cleaned_data, request.actor
    if one.answer:
        if attempt(form, lambda: consulting.weigh(actor, one, given["weighed"])) is None:
            return None
        return to_case(request, case, "本机关的判断已保存。")
    if silent:
        if attempt(form, lambda: consulting.silent(actor, one, given["weighed"])) is None:
            return None
        return to_case(request, case, "已记逾期没有提出意见。")
    event = attempt(form, lambda: consulting.answer_received(actor, one, **given))
    if event is None:
        return None
    return to_case(request, case, "意见已登记，期限继续计算。", undo=event)


def _is_out(one: Consultation) -> bool:
    return one.letter is not None and one.letter.state == LetterState.SERVED


def _mine(request: StaffRequest, number: int) -> DisclosureRequest:
    case = found(request, number)
    request.actor.require("request.handle", case.agency)
    return case
