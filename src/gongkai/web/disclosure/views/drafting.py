"""Screens for drafting: write, paste, import from Word, hand in."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.core.bodies import (
    LABELS,
    Fact,
    FactKind,
    body_from_docx,
    clean,
    with_attachments,
)
from gongkai.core.errors import UnreadableDocument
from gongkai.core.rules import find, say
from gongkai.web.agencies.models import Agency
from gongkai.web.apart import NoAnswer, apart
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import attach as attaching
from ..acts import change, draft
from ..acts import submit as submitting
from ..completeness import what_is_missing
from ..forms import DraftForm, initial_of
from ..models import InformationItem, State
from ..steps import OutOfTurn
from .found import elsewhere, found


@staff("item.draft")
def new(request: StaffRequest) -> HttpResponseBase:
    """A new draft."""
    agency = _agency(request)
    form = DraftForm(agency, request.POST or None, initial=_first(request, agency))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            item = draft.start(request.actor, agency, form.cleaned_data["kind"], **form.written())
            item = draft.save(request.actor, item, form.kept())
        return _go_on(request, item)
    return _page(request, form, agency)


@staff("item.edit")
def edit(request: StaffRequest, number: int) -> HttpResponseBase:
    """Write on in a draft."""
    item = found(request, number)
    request.actor.require("item.edit", item.agency)
    if away := elsewhere(item):
        return away
    if item.state != State.DRAFT:
        raise OutOfTurn(
            f"“{item}”现在是“{item.get_state_display()}”，不能改；退回或者更正以后再改。"
        )
    form = DraftForm(item.agency, request.POST or None, initial=initial_of(item))
    if request.method == "POST" and form.is_valid():
        item = draft.save(request.actor, item, form.kept(), **form.written())
        return _go_on(request, item)
    return _page(request, form, item.agency, item)


@staff("item.draft")
def from_word(request: StaffRequest) -> HttpResponseBase:
    """A new draft out of a Word file: its text, tables and pictures."""
    agency = _agency(request)
    file = request.FILES.get("file")
    context: dict[str, Any] = {
        "here": "disclosure:list",
        "agency": agency,
        "agencies": request.actor.agencies("item.draft"),
    }
    if request.method != "POST":
        return render(request, "disclosure/from_word.html", context)
    if file is None:
        context["error"] = "选一个 docx 文件。"
        return render(request, "disclosure/from_word.html", context, status=422)
    data, name = file.read(), str(file.name)
    try:
        attaching.store(name, data)
        imported = apart(body_from_docx, data)
    except (Forbidden, NoAnswer, UnreadableDocument) as error:
        context["error"] = f"没有读成：{_why(error)}"
        return render(request, "disclosure/from_word.html", context, status=422)
    with transaction.atomic():
        facts = {kind: fact for kind in FactKind if (fact := imported.fact(kind))}
        item = draft.start(
            request.actor,
            agency,
            title=imported.title or "",
            **{_WRITTEN_AS[kind]: _value(fact) for kind, fact in facts.items()},
        )
        references = {}
        for image in imported.images:
            attachment = attaching.attach(
                request.actor, item, image.name, image.data, inline=True, alternative_text=image.alt
            )
            references[image.name] = str(attachment.reference)
        body = with_attachments(imported.html, references)
        item = draft.save(request.actor, item, body_html=body)
    for kind, fact in facts.items():
        messages.info(request, f"{LABELS[kind]}从{fact.where}读出：{fact.value}，核对一下。")
    for kind in {fact.kind for fact in imported.facts} - set(facts):
        messages.warning(request, f"{LABELS[kind]}在文件里有几种写法，没有填，自己填。")
    for what in imported.dropped:
        messages.info(request, f"没有带过来：{what}。")
    messages.success(request, f"已从“{name}”读入，核对后送审。")
    return redirect("disclosure:edit", item.pk)


@require_POST
@staff("item.draft")
def paste(request: StaffRequest) -> HttpResponseBase:
    """What was pasted, cleaned; the editor puts it where the cursor is."""
    return JsonResponse(asdict(clean(request.POST.get("html", ""))))


@require_POST
@staff("item.submit")
def submit(request: StaffRequest, number: int) -> HttpResponseBase:
    """Hand in."""
    item = found(request, number)
    if away := elsewhere(item):
        return away
    try:
        item = submitting.submit(request.actor, item, request.POST.get("text", ""))
    except Forbidden as refusal:
        messages.warning(request, f"没有送审：{refusal}")
        return redirect("disclosure:edit", item.pk)
    messages.success(
        request,
        f"已送{item.get_state_display()}：{item}。",
        extra_tags=f"undo:{reverse('disclosure:recall', args=[item.pk])}",
    )
    return redirect("disclosure:item", item.pk)


@require_POST
@staff("item.recall")
def recall(request: StaffRequest, number: int) -> HttpResponseBase:
    """Take a submission back."""
    item = submitting.recall(request.actor, found(request, number))
    messages.success(request, f"已撤回送审：{item}。")
    return redirect("disclosure:edit", item.pk)


@require_POST
@staff("item.discard")
def discard(request: StaffRequest, number: int) -> HttpResponseBase:
    """Drop a draft."""
    item = found(request, number)
    if away := elsewhere(item):
        return away
    item = change.discard(request.actor, item, request.POST.get("reason", ""))
    undo = f"undo:{reverse('disclosure:restore', args=[item.pk])}"
    messages.success(
        request,
        f"已作废：{item}。",
        extra_tags=undo if item.state == State.DISCARDED else "",
    )
    return redirect("disclosure:list")


@require_POST
@staff("item.discard")
def restore(request: StaffRequest, number: int) -> HttpResponseBase:
    """Take a discarded draft up again."""
    item = change.restore(request.actor, found(request, number))
    messages.success(request, f"已恢复：{item}。")
    return redirect("disclosure:edit", item.pk)


# What each fact of a document is called in a version.
_WRITTEN_AS = {
    FactKind.DOCUMENT_NUMBER: "document_number",
    FactKind.MADE_ON: "made_on",
    FactKind.ISSUING_AGENCY: "issuer",
}


def _value(fact: Fact) -> Any:
    return date.fromisoformat(fact.value) if fact.kind is FactKind.MADE_ON else fact.value


def _why(error: Exception) -> str:
    if isinstance(error, UnreadableDocument):
        return say(find(error.rule, **error.values))
    return str(error)


def _agency(request: StaffRequest) -> Agency:
    """The agency a draft is for: the one chosen, or the only one."""
    able = request.actor.agencies("item.draft")
    wanted = request.POST.get("agency") or request.GET.get("agency")
    for agency in able:
        if agency.code == wanted:
            return agency
    active = [agency for agency in able if agency.ended_on is None]
    if not active:
        raise Forbidden("你所在的机关已经撤销或者并入别的机关，不能再起草。")
    return active[0]


def _first(request: StaffRequest, agency: Agency) -> dict[str, Any]:
    """What a new draft begins with; an interpretation of a document names it."""
    first: dict[str, Any] = {"issuer": agency.name, "source": agency.name}
    wanted = request.GET.get("interprets", "")
    documents = InformationItem.objects.filter(agency=agency)
    document = documents.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if document:
        first |= {
            "kind": "interpretation",
            "interprets": document,
            "title": f"《{document}》解读",
            "place": f"statutory/{document.version.statutory}",
        }
    return first


def _go_on(request: StaffRequest, item: InformationItem) -> HttpResponseBase:
    if request.headers.get("HX-Request"):
        return HttpResponse(f"已保存 {item.version.saved_at:%H:%M}")
    if "submit" in request.POST:
        return submit(request, item.pk)
    messages.success(request, f"已保存：{item}。")
    return redirect("disclosure:edit", item.pk)


def _pictures(item: InformationItem) -> dict[str, str]:
    """Where the editor shows each picture of the text from."""
    return {
        f"attachment:{a.reference}": reverse("disclosure:preview", args=[item.pk, a.pk])
        for a in item.version.attachments.filter(inline=True)
    }


def _page(
    request: StaffRequest, form: DraftForm, agency: Agency, item: InformationItem | None = None
) -> HttpResponseBase:
    return render(
        request,
        "disclosure/edit.html",
        {
            "here": "disclosure:list",
            "form": form,
            "agency": agency,
            "agencies": request.actor.agencies("item.draft"),
            "item": item,
            "missing": what_is_missing(item) if item else [],
            "pictures": json.dumps(_pictures(item)) if item else "",
            "attachments": item.version.attachments.all() if item else [],
            "returned": item.opinions.filter(verdict="returned").last() if item else None,
        },
        status=422 if form.errors else 200,
    )
