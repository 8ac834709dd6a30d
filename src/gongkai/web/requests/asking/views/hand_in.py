"""Hand in a correction, reasons, a payment's proof, a supplement; change contact; withdraw."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.core.personal_numbers import masked
from gongkai.web.policies import Forbidden

from ...acts import hand_in as act
from ...clock import account_of
from ...kept_files import IDENTITY_KINDS, PAPER_KINDS, KeptFile
from ...models import DisclosureRequest, MessageKind, PaperKind
from .. import key, tries
from ..forms import ContactForm, HandInForm
from ..pages import for_everybody, private
from ..uploads import bounded, take
from .progress import opened_page, to_door

_HEADINGS = {
    MessageKind.CORRECTION: "交补正材料",
    MessageKind.REASONS: "说明理由",
    MessageKind.PAYMENT: "交缴费凭证",
    MessageKind.SUPPLEMENT: "补充说明或者材料",
    MessageKind.WITHDRAWAL: "撤回这件申请？",
}
_PAPERS = {
    MessageKind.CORRECTION: PaperKind.CORRECTION,
    MessageKind.PAYMENT: PaperKind.PAYMENT,
}


@for_everybody
@bounded
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, kind: str) -> HttpResponseBase:
    """One kind of message, with papers."""
    if kind not in _HEADINGS:
        raise Http404
    asked = MessageKind(kind)
    found = key.opened(request)
    if found is None:
        return to_door()
    if asked not in act.may_hand_in(account_of(found)):
        return _not_now(request, found, asked)
    if request.method != "POST":
        return _shown(request, found, asked, HandInForm(kind=asked))
    if tries.too_many(tries.MESSAGE, request):
        return _wait(request, found)
    tries.count(tries.MESSAGE, request)
    papers, refused = _papers(request, asked)
    form = HandInForm(request.POST, kind=asked, papers=len(papers), refused=refused)
    if not form.is_valid():
        return _shown(request, found, asked, form)
    try:
        act.hand_in(found, asked, _submission(request), form.cleaned_data["text"], papers)
    except Forbidden as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, found, asked, form)
    return _done(found, asked)


@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponseBase:
    """How the requester is reached: what is kept is shown masked, what is typed replaces it."""
    found = key.opened(request)
    if found is None:
        return to_door()
    if MessageKind.CONTACT not in act.may_hand_in(account_of(found)):
        return _not_now(request, found, MessageKind.CONTACT)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act.change_contact(found, _submission(request), form.cleaned_data)
            return _done(found, MessageKind.CONTACT)
        except Forbidden:
            return _not_now(request, found, MessageKind.CONTACT)
    return opened_page(
        request,
        found,
        "contact.html",
        title="改联系方式",
        crumbs=[("申请进度", _case_path()), ("改联系方式", None)],
        errors=len(form.errors),
        status=422 if form.errors else 200,
        form=form,
        kept=_masked_contact(found),
        submission=uuid.uuid4(),
    )


def _papers(
    request: HttpRequest, kind: MessageKind
) -> tuple[list[tuple[PaperKind, KeptFile]], dict[str, str]]:
    """What was sent, all of it sealed: nobody knows what a correction shows."""
    kept, refused = take(request, ("papers",), PAPER_KINDS, sealed=True)
    papers = [(_PAPERS.get(kind, PaperKind.OTHER), file) for _, file in kept]
    if kind is MessageKind.CORRECTION:
        proofs, wrong = take(request, ("identity",), IDENTITY_KINDS, sealed=True)
        papers += [(PaperKind.IDENTITY, file) for _, file in proofs]
        refused |= wrong
    return papers, refused


def _shown(
    request: HttpRequest, found: DisclosureRequest, kind: MessageKind, form: forms.Form
) -> HttpResponseBase:
    asked_for = found.letters.filter(events__act=f"ask_for_{kind.value}").last()
    return opened_page(
        request,
        found,
        "hand_in.html",
        title=_HEADINGS[kind],
        crumbs=[("申请进度", _case_path()), (_HEADINGS[kind].rstrip("？"), None)],
        errors=len(form.errors),
        status=422 if form.errors else 200,
        heading=_HEADINGS[kind],
        kind=kind.value,
        form=form,
        letter=asked_for,
        submission=_submission(request),
        told=account_of(found),
    )


def _not_now(request: HttpRequest, found: DisclosureRequest, kind: MessageKind) -> HttpResponseBase:
    stands = "、".join(state.label for state in account_of(found).states)
    return opened_page(
        request,
        found,
        "not_now.html",
        title="现在不能交",
        status=409,
        text=f"这件申请现在{stands}，不能交{kind.label}。",
    )


def _wait(request: HttpRequest, found: DisclosureRequest) -> HttpResponseBase:
    minutes = tries.minutes_left()
    return opened_page(
        request,
        found,
        "not_now.html",
        title="过一会儿再交",
        status=429,
        text=f"这个网络地址交得太多，{minutes} 分钟以后再交；急的寄信或者当面交。",
    )


def _submission(request: HttpRequest) -> uuid.UUID:
    """The form's own number: sent twice, it is one message."""
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid.uuid4()


def _done(found: DisclosureRequest, kind: MessageKind) -> HttpResponseBase:
    response: HttpResponse = HttpResponseRedirect(f"{reverse('asking:case')}?arrived={kind.value}")
    return key.hold_open(private(response), found)


def _case_path() -> str:
    return reverse("asking:case").removeprefix(reverse("public:home"))


def _masked_contact(found: DisclosureRequest) -> Mapping[str, Any]:
    requester = found.requester
    name, _, host = requester.mailbox.partition("@")
    digits = "".join(filter(str.isdigit, requester.phone))
    return {
        "phone": masked(digits) if len(digits) > 5 else "",
        "mailbox": f"{name[:1]}***@{host}" if host else "",
        "address": f"{requester.address[:6]}…" if requester.address else "",
    }
