"""Screens of delivery: how a letter went out, the proof, and the day it truly came."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect

from gongkai.core.letters import letter_kind
from gongkai.web.policies import StaffRequest, staff

from ..acts import add_paper as filing
from ..acts import serve as serving
from ..forms.letters import ArrivalForm, ServeForm
from ..models import Delivery, DeliveryWay, Letter, LetterState, PaperKind
from ..wishes import WayOfDelivery
from .clocks import day_words
from .letters import found_letter
from .pages import ask, attempt, to_case

# The way a requester wishes for, as a way of serving.
_WISHED = {
    WayOfDelivery.ONLINE: DeliveryWay.ONLINE,
    WayOfDelivery.EMAIL: DeliveryWay.EMAIL,
    WayOfDelivery.POST: DeliveryWay.POST,
    WayOfDelivery.PICK_UP: DeliveryWay.DIRECT,
    WayOfDelivery.ON_SITE: DeliveryWay.DIRECT,
}


@staff("request.serve")
def deliver(request: StaffRequest, number: int, letter: int) -> HttpResponseBase:
    """Record how a signed letter leaves the house; online it is there at once."""
    one = found_letter(request, number, letter)
    request.actor.require("request.serve", one.agency)
    if one.state not in (LetterState.SIGNED, LetterState.SERVED):
        return redirect("requests:letter", number, letter)
    case = one.request
    to_requester = letter_kind(one.kind).addressee.value == "requester"
    wishes = {wish.value: way for wish, way in _WISHED.items()}
    wished = wishes.get(case.way_of_delivery) if to_requester else None
    initial = {"way": wished or DeliveryWay.POST}
    form = ServeForm(case, request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _served(request, one, dict(form.cleaned_data)))
        if done is not None:
            words = f"{one.number} 已{done.get_way_display()}，{day_words(done.sent_on, done.sent_on)}交出。"
            return to_case(request, case, words)
    return ask(
        request, case, form, "deliver",
        letter=one, kind=letter_kind(one.kind), to_requester=to_requester,
    )  # fmt: skip


@transaction.atomic
def _served(request: StaffRequest, one: Letter, given: dict[str, Any]) -> Delivery:
    for file in given.pop("uploads"):
        given["proof"] = filing.add_paper(
            request.actor, one.request, PaperKind.PROOF, str(file.name), file.read()
        )
    way, sent_on = given.pop("way"), given.pop("sent_on")
    return serving.serve(request.actor, one, way, sent_on, **given)


@staff("request.serve")
def arrived(request: StaffRequest, number: int, letter: int, delivery: int) -> HttpResponseBase:
    """The day a letter truly came, or that the post brought it back."""
    one = found_letter(request, number, letter)
    request.actor.require("request.serve", one.agency)
    sent = one.deliveries.filter(pk=delivery).first()
    if sent is None:
        raise Http404
    sent.letter = one
    form = ArrivalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: _recorded(request, sent, given))
        if done is not None:
            came = given["what"] == "came"
            said = f"已记 {given['on']} {'签收' if came else '退回，可以再送一次'}。"
            return to_case(request, one.request, said)
    return ask(
        request, one.request, form, "arrived",
        letter=one, kind=letter_kind(one.kind), delivery=sent,
    )  # fmt: skip


def _recorded(request: StaffRequest, sent: Delivery, given: dict[str, Any]) -> Delivery:
    if given["what"] == "came":
        return serving.record_arrival(request.actor, sent, given["on"], given["signed_for_by"])
    return serving.record_return(request.actor, sent, given["on"], given["note"])
