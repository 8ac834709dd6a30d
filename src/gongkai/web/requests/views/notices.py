"""Screens that begin a letter of the procedure, and that record what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from gongkai.core.fees import Fee, fee_by_page
from gongkai.core.handling.transitions import ActKind
from gongkai.core.letters import letter_kind
from gongkai.web.policies import StaffRequest, staff

from ..acts import add_paper as filing
from ..acts import correction as correcting
from ..acts import delay as delaying
from ..acts import extend as extending
from ..acts import fee as charging
from ..acts import reasons as reasoning
from ..acts.fee import fee_for_item
from ..clock import account_of
from ..earlier import earlier_of
from ..forms import notices
from ..models import DisclosureRequest, Event, Letter, PaperKind
from .clocks import day_words
from .found import found
from .pages import ask, attempt, to_case


@staff("request.handle")
def correction(request: StaffRequest, number: int) -> HttpResponseBase:
    """Write the notice that asks for a correction."""
    case = _mine(request, number)
    form = notices.CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        letter = attempt(
            form,
            lambda: correcting.ask_for_correction(
                request.actor,
                case,
                points=notices.lines_of(given["points"]),
                guidance=notices.lines_of(given["guidance"]),
                due_on=given["due_on"],
            ),
        )
        if letter is not None:
            return to_letter(request, letter)
    last_day = next(
        (one.last_day for one in account_of(case).limits if one.id == "correction_notice"), None
    )
    return ask(request, case, form, "correction", last_day=last_day)


@staff("request.handle")
def corrected(request: StaffRequest, number: int) -> HttpResponseBase:
    """The corrected request came."""
    case = _mine(request, number)
    form = notices.CorrectedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        event = attempt(
            form,
            lambda: correcting.correction_received(
                request.actor,
                case,
                given["on"],
                text=given["text"],
                corrected_description=given["corrected_description"],
            ),
        )
        if event is not None:
            return _recorded(request, event, "已登记收到补正")
    return ask(request, case, form, "corrected")


@staff("request.handle")
def reasons(request: StaffRequest, number: int) -> HttpResponseBase:
    """Write the notice that asks for reasons."""
    case = _mine(request, number)
    form = notices.ReasonsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        letter = attempt(
            form, lambda: reasoning.ask_for_reasons(request.actor, case, **form.cleaned_data)
        )
        if letter is not None:
            return to_letter(request, letter)
    return ask(request, case, form, "reasons", earlier=earlier_of(case))


@staff("request.handle")
def reasons_given(request: StaffRequest, number: int) -> HttpResponseBase:
    """The reasons came."""
    case = _mine(request, number)
    form = notices.ReasonsGivenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        event = attempt(
            form,
            lambda: reasoning.reasons_received(
                request.actor, case, given["on"], text=given["text"]
            ),
        )
        if event is not None:
            return _recorded(request, event, "已登记申请人的理由")
    return ask(request, case, form, "reasons_given")


@staff("request.handle")
def extend(request: StaffRequest, number: int) -> HttpResponseBase:
    """Write the notice of an extension."""
    case = _mine(request, number)
    form = notices.ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        letter = attempt(
            form,
            lambda: extending.extend(request.actor, case, given["days"], given["reasons"]),
        )
        if letter is not None:
            return to_letter(request, letter)
    event = Event(request=case, act="extend", on=timezone.localdate(), facts={"days": 20})
    longest = account_of(case, and_then=[event])
    extended = longest.due_on if ActKind.EXTEND in account_of(case).acts_open else None
    return ask(request, case, form, "extend", longest=extended)


@staff("request.handle")
def delay(request: StaffRequest, number: int) -> HttpResponseBase:
    """Write the notice of a delay under art. 35."""
    case = _mine(request, number)
    form = notices.DelayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        until = given.pop("until")
        letter = attempt(form, lambda: delaying.delay(request.actor, case, until, **given))
        if letter is not None:
            return to_letter(request, letter)
    return ask(request, case, form, "delay")


@staff("request.handle")
def fee(request: StaffRequest, number: int) -> HttpResponseBase:
    """Reckon the fee both ways, choose one, write the notice."""
    case = _mine(request, number)
    sent = request.POST if "charge" in request.POST else None
    form = notices.FeeForm(sent, initial={"pages": request.GET.get("pages", "")})
    if sent is not None and form.is_valid():
        given = form.cleaned_data
        notice = attempt(
            form,
            lambda: charging.charge_fee(
                request.actor,
                case,
                by_volume=given["way"] == "by_page",
                pages=given["pages"],
                reasons=given["reasons"],
            ),
        )
        if notice is not None and notice.letter is not None:
            return to_letter(request, notice.letter)
    pages = request.POST.get("pages", "") or request.GET.get("pages", "")
    wanted = int(pages) if pages.isdecimal() and 0 < int(pages) <= 1_000_000 else None
    return ask(
        request,
        case,
        form,
        "fee",
        by_item=_shown(fee_for_item(case)),
        by_page=_shown(fee_by_page(wanted)) if wanted else None,
        pages=pages,
        pages_wrong=bool(pages) and wanted is None,
        nobody_known=not case.requester.same_as,
    )


def _shown(fee: Fee) -> dict[str, Any]:
    return {
        "sum": fee.sum_yuan,
        "working": fee.working,
        "notes": fee.notes,
        "label": fee.schedule.label,
        "counted": fee.already + 1,
    }


@staff("request.handle")
def fee_paid(request: StaffRequest, number: int) -> HttpResponseBase:
    """The fee was paid."""
    case = _mine(request, number)
    form = notices.FeePaidForm(case, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        event = attempt(form, lambda: _paid(request, case, form.cleaned_data))
        if event is not None:
            return _recorded(request, event, "已登记缴清")
    return ask(request, case, form, "fee_paid", fees=case.fees.all())


@transaction.atomic
def _paid(request: StaffRequest, case: DisclosureRequest, given: dict[str, Any]) -> Event:
    proof = given["proof"]
    for file in given["uploads"]:
        proof = filing.add_paper(
            request.actor, case, PaperKind.PAYMENT, str(file.name), file.read()
        )
    return charging.fee_paid(request.actor, case, given["on"], proof=proof)


@staff("request.handle")
def correction_lapsed(request: StaffRequest, number: int) -> HttpResponseBase:
    """The correction did not come: write the notice that ends the request."""
    return _lapsed(request, number, "correction_lapsed", correcting.correction_lapsed)


@staff("request.handle")
def fee_lapsed(request: StaffRequest, number: int) -> HttpResponseBase:
    """The fee was not paid: write the notice that ends the request."""
    return _lapsed(request, number, "fee_lapsed", charging.fee_lapsed)


def _lapsed(request: StaffRequest, number: int, name: str, act: Any) -> HttpResponseBase:
    case = _mine(request, number)
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        form = forms.Form({})
        form.is_valid()
        letter = attempt(form, lambda: act(request.actor, case))
        if letter is not None:
            return to_letter(request, letter)
    return ask(request, case, form, "lapsed", which=name)


def to_letter(request: StaffRequest, letter: Letter) -> HttpResponseBase:
    """On to the letter that was begun."""
    label = letter_kind(letter.kind).label
    messages.success(request, f"{label}起草好了：核对要素和正文，再送签。送达以后才算数。")
    return redirect("requests:letter", letter.request_id, letter.pk)


def _recorded(request: StaffRequest, event: Event, said: str) -> HttpResponseBase:
    case = DisclosureRequest.objects.get(pk=event.request_id)
    until = f"，答复最迟 {day_words(case.due_on, event.on)}" if case.due_on else ""
    return to_case(request, case, f"{said}{until}。", undo=event)


def _mine(request: StaffRequest, number: int) -> DisclosureRequest:
    case = found(request, number)
    request.actor.require("request.handle", case.agency)
    return case
