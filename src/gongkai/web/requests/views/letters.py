"""Screens of a letter: read it, hand it in, review it, sign it, take it away."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.core.letters import (
    LetterDocument,
    PageBreak,
    Paragraph,
    Table,
    Unready,
    attachment_lines,
    letter_kind,
)
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import identity as looking
from ..acts import review_letter as reviewing
from ..acts.sign import sign as act_of_signing
from ..forms.letters import OpinionForm
from ..letters import preview, printing_note
from ..models import (
    Letter,
    LetterState,
    Verdict,
)
from ..separation import able, act_of, require_another
from ..steps import steps_of
from .found import found, head_of
from .next_acts import may_review
from .pages import ask, attempt

_UNDER_REVIEW = (LetterState.SECTION_REVIEW, LetterState.SECRECY_REVIEW, LetterState.SIGNING)
_OUT = (LetterState.SIGNED, LetterState.SERVED)


def found_letter(request: StaffRequest, number: int, letter: int) -> Letter:
    """A letter of a request that this person may read."""
    case = found(request, number)
    one = case.letters.filter(pk=letter).select_related("written_by", "signed_by").first()
    if one is None:
        raise Http404
    one.request = case
    return one


@staff("request.read")
def letter(request: StaffRequest, number: int, letter: int) -> HttpResponseBase:
    """A letter as it stands, what it lacks, who said what of it, and what comes next."""
    one = found_letter(request, number, letter)
    return _page(request, one, OpinionForm())


@require_POST
@staff("request.handle")
def submit(request: StaffRequest, number: int, letter: int) -> HttpResponseBase:
    """Hand a letter in."""
    one = found_letter(request, number, letter)
    form = OpinionForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data["text"]
        done = attempt(form, lambda: reviewing.submit_letter(request.actor, one, said))
        if done is not None:
            label = letter_kind(done.kind).label
            messages.success(
                request,
                f"{label}已送{done.get_state_display()}。",
                extra_tags="undo:" + reverse("requests:recall", args=[number, letter]),
            )
            return redirect("requests:letter", number, letter)
    return _page(request, one, form, submitting=True)


@require_POST
@staff("request.handle")
def recall(request: StaffRequest, number: int, letter: int) -> HttpResponseBase:
    """Take a letter back before anybody has read it."""
    one = reviewing.recall_letter(request.actor, found_letter(request, number, letter))
    messages.success(request, f"已撤回：{letter_kind(one.kind).label}。")
    return redirect("requests:letter", number, letter)


@require_POST
@staff("request.read")
def review(request: StaffRequest, number: int, letter: int) -> HttpResponseBase:
    """Pass the step of review where the letter stands, or return it with reasons."""
    one = found_letter(request, number, letter)
    _require_step(request, one)
    form = OpinionForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data["text"]
        done = attempt(form, lambda: _reviewed(request, one, said))
        if done is not None:
            back = "return" in request.POST
            label, state = letter_kind(done.kind).label, done.get_state_display()
            messages.success(
                request, f"已退回{one.written_by.name}。" if back else f"{label}现在是“{state}”。"
            )
            return redirect("requests:letter", number, letter)
    return _page(request, one, form)


def _reviewed(request: StaffRequest, one: Letter, said: str) -> Letter:
    if "return" in request.POST:
        return reviewing.return_letter(request.actor, one, said)
    if one.state == LetterState.SECTION_REVIEW:
        return reviewing.pass_section_review(request.actor, one, said)
    if one.state == LetterState.SECRECY_REVIEW:
        return reviewing.pass_secrecy_review(request.actor, one, said)
    raise OutOfTurn("签发另有一页，先看清楚再签。")


@staff("request.read")
def sign(request: StaffRequest, number: int, letter: int) -> HttpResponseBase:
    """The last look: signing gives number and day, and prints it for good."""
    one = found_letter(request, number, letter)
    if one.state != LetterState.SIGNING:
        return redirect("requests:letter", number, letter)
    _require_step(request, one)
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["text"]
        done = attempt(form, lambda: act_of_signing(request.actor, one, said))
        if done is not None:
            messages.success(
                request, f"已签发：{done.number} {letter_kind(done.kind).label}，可以送达了。"
            )
            return redirect("requests:letter", number, letter)
    return ask(
        request, one.request, form, "sign",
        letter=one, kind=letter_kind(one.kind), barred=_barred(request, one),
        printing_note=printing_note(one),
    )  # fmt: skip


@staff("request.read")
def download(request: StaffRequest, number: int, letter: int, form: str) -> HttpResponseBase:
    """The signed letter as Word or PDF; it names who asked, so only for who may know."""
    one = found_letter(request, number, letter)
    looking.require_need(request.actor, one.request)
    if form not in ("docx", "pdf") or not (one.docx and one.pdf):
        raise Http404
    name = f"{one.number} {letter_kind(one.kind).title}.{form}"
    types = {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
    printed = looking.print_letter(request.actor, one, form)
    response = HttpResponse(printed, content_type=types[form])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "no-store"
    return response


def _page(
    request: StaffRequest, one: Letter, form: OpinionForm, *, submitting: bool = False
) -> HttpResponseBase:
    case, kind = one.request, letter_kind(one.kind)
    made = preview(one)
    ready = not isinstance(made, Unready)
    may_handle = request.actor.may("request.handle", case.agency)
    barred = _barred(request, one)
    context: dict[str, Any] = {
        **head_of(case),
        "letter": one,
        "kind": kind,
        "form": form,
        "submitting": submitting,
        "document": shown(made) if isinstance(made, LetterDocument) else None,
        "printing_note": printing_note(one),
        "lacks": () if ready or not isinstance(made, Unready) else made.lacks,
        "steps": _steps(one),
        "opinions": one.opinions.select_related("person"),
        "deliveries": one.deliveries.select_related("proof", "person"),
        "enclosures": one.enclosures.all(),
        "next_people": _next_people(one),
        "reviewing": one.state in _UNDER_REVIEW
        and request.actor.may(act_of(one, LetterState(one.state)), one.agency),
        "barred": barred,
        "may": {
            "edit": may_handle and one.state == LetterState.DRAFT,
            "review": may_review(request.actor, one),
            "serve": request.actor.may("request.serve", case.agency)
            and (one.state == LetterState.SIGNED or _came_back(one)),
            "download": one.state in _OUT and looking.may_view(request.actor, case),
            "discard": _may_discard(request, one),
            "recall": may_handle and one.state in _UNDER_REVIEW and _fresh(one),
            "record": request.actor.may("request.serve", case.agency),
        },
    }
    return render(request, "requests/letter.html", context, status=422 if form.errors else 200)


def shown(document: LetterDocument) -> dict[str, Any]:
    """The neutral document as the template prints it."""
    return {
        "document": document,
        "blocks": [_block(block) for block in document.blocks],
        "enclosure": [_block(block) for block in document.enclosure],
        "attachments": attachment_lines(document.attachments) if document.attachments else (),
    }


def _block(block: Any) -> dict[str, Any]:
    match block:
        case Paragraph(text, place):
            return {"is": "paragraph", "text": text, "place": place.value}
        case Table():
            return {
                "is": "table",
                "head": block.rows[: block.head_rows],
                "rows": block.rows[block.head_rows :],
            }
        case PageBreak():
            return {"is": "page"}
    raise TypeError(f"no block of a letter: {block!r}")


def _steps(one: Letter) -> list[dict[str, Any]]:
    """The way of the letter, for the line of steps."""
    order = [LetterState.DRAFT, *steps_of(one), LetterState.SERVED]
    state = LetterState(one.state)
    if state == LetterState.DISCARDED:
        return []
    at = order.index(LetterState.SERVED if state == LetterState.SIGNED else state)
    return [
        {
            "label": "送达" if step == LetterState.SERVED else step.label,
            "done": place < at or state == LetterState.SERVED,
            "now": place == at and state != LetterState.SERVED,
        }
        for place, step in enumerate(order)
    ]


def _require_step(request: StaffRequest, one: Letter) -> None:
    if one.state not in _UNDER_REVIEW:
        raise OutOfTurn(f"这份文书现在是“{one.get_state_display()}”，不用审。可能别人刚刚办过。")
    request.actor.require(act_of(one, LetterState(one.state)), one.agency)


def _barred(request: StaffRequest, one: Letter) -> str:
    """Why this person may not read this letter for the house; "" where he may."""
    if one.state not in _UNDER_REVIEW:
        return ""
    try:
        require_another(one, request.actor.person)
    except Forbidden as reason:
        return str(reason)
    return ""


def _next_people(one: Letter) -> str:
    if one.state not in _UNDER_REVIEW:
        return ""
    return "、".join(person.name for person in able(one, LetterState(one.state)))


def _fresh(one: Letter) -> bool:
    last = one.opinions.order_by("-at", "-pk").first()
    return last is not None and last.verdict == Verdict.SUBMITTED


def _came_back(one: Letter) -> bool:
    last = one.deliveries.order_by("pk").last()
    return last is not None and last.returned_on is not None and last.came_on is None


def _may_discard(request: StaffRequest, one: Letter) -> bool:
    if one.state in (LetterState.SERVED, LetterState.DISCARDED):
        return False
    act = "request.handle"
    if one.state == LetterState.SIGNED:
        act = act_of(one, LetterState.SIGNING)
    return request.actor.may(act, one.agency)
