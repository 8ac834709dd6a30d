"""Screens of an item as it stands: its page, its review, its versions side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.core.bodies import compare_bodies, render_body
from gongkai.core.catalogue import DisclosureClass, ground, statutory_item
from gongkai.core.rules import Rule, rule
from gongkai.core.screening import Mark, mark
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.registers.days import working_days

from .. import screening
from ..acts import answer as answering
from ..acts import review as reviewing
from ..clock import clock_of
from ..models import (
    UNDER_REVIEW,
    Finding,
    InformationItem,
    ItemKind,
    ItemVersion,
    Screening,
    State,
)
from ..separation import STEP_ACTS, able, require_another
from ..steps import OutOfTurn, steps_of
from .found import found

PASS = {
    State.SECTION_REVIEW: reviewing.pass_section_review,
    State.SECRECY_REVIEW: reviewing.pass_secrecy_review,
    State.APPROVAL: reviewing.approve,
}


@staff("item.read")
def item(request: StaffRequest, number: int) -> HttpResponseBase:
    """An item: what it says, where it stands, what can be done with it."""
    one = found(request, number)
    return render(request, "disclosure/item.html", _context(request, one, one.version))


@staff("item.read")
def version(request: StaffRequest, number: int, version: int) -> HttpResponseBase:
    """An earlier version as it was."""
    one = found(request, number)
    return render(request, "disclosure/item.html", _context(request, one, _version(one, version)))


@staff("item.read")
def compare(request: StaffRequest, number: int, old: int, new: int) -> HttpResponseBase:
    """Two versions: what was changed in metadata and text."""
    one = found(request, number)
    left, right = _version(one, old), _version(one, new)
    changed = [
        {"label": field.verbose_name, "old": was, "new": now}
        for field in ItemVersion._meta.fields
        if field.name in _COMPARED
        and (was := getattr(left, field.name)) != (now := getattr(right, field.name))
    ]
    context = {
        "here": "disclosure:list",
        "item": one,
        "old": left,
        "new": right,
        "changed": changed,
        "body": compare_bodies(left.body_html, right.body_html).html(_link(right)),
    }
    return render(request, "disclosure/compare.html", context)


@staff("item.read")
def review(request: StaffRequest, number: int) -> HttpResponseBase:
    """The reviewer's screen; passing and returning are one form."""
    one = found(request, number)
    if one.state not in UNDER_REVIEW:
        return redirect("disclosure:item", one.pk)
    step = State(one.state)
    request.actor.require(STEP_ACTS[step], one.agency)
    error, text = "", request.POST.get("text", "")
    if request.method == "POST":
        try:
            if "return" in request.POST:
                after = reviewing.return_item(request.actor, one, text)
                messages.success(request, f"已退回{after.author.name}：{after}。")
            else:
                after = PASS[step](request.actor, one, text)
                messages.success(
                    request, f"{step.label}已通过，现在是“{after.get_state_display()}”。"
                )
            return redirect("disclosure:item", one.pk)
        except Forbidden as refusal:
            error = str(refusal)
    context = _context(request, one, one.version)
    context |= {"error": error, "text": text, "barred": _barred(request, one)}
    return render(request, "disclosure/review.html", context, status=422 if error else 200)


@require_POST
@staff("item.review_secrecy")
def answer(request: StaffRequest, number: int, finding: int) -> HttpResponseBase:
    """Answer a finding; with htmx it comes back alone, with what it changes elsewhere."""
    one = found(request, number)
    wanted = Finding.objects.filter(version=one.version, number=finding).first()
    if wanted is None:
        raise Http404
    error = ""
    choice, reason = request.POST.get("choice", ""), request.POST.get("reason", "")
    try:
        wanted = answering.answer(request.actor, wanted, choice, reason)
    except Forbidden as refusal:
        error = str(refusal)
        if not request.headers.get("HX-Request"):
            messages.warning(request, error)
    if not request.headers.get("HX-Request"):
        return redirect(reverse("disclosure:review", args=[number]) + f"#find{finding}")
    if wanted.attachment_id and choice == answering.REDACT and not error:
        # The copy is checked anew: any finding may be another one now.
        return HttpResponse(headers={"HX-Refresh": "true"})
    one = found(request, number)
    shown = _shown(wanted)
    shown |= {"error": error, "choice": choice, "reason": reason} if error else {}
    context = {**_context(request, one, one.version), "answered": shown}
    return render(request, "disclosure/answered.html", context, status=422 if error else 200)


@require_POST
@staff("item.read")
def check_again(request: StaffRequest, number: int) -> HttpResponseBase:
    """Run the check of the present version once more (a draft may be checked before it is handed in)."""
    one = found(request, number)
    if one.state not in (State.DRAFT, *UNDER_REVIEW):
        raise OutOfTurn("这条信息不在起草或审查中，不用再检查。")
    screening.start(one.version)
    messages.success(request, "检查已经开始，几秒后刷新看结果。")
    return redirect("disclosure:item", one.pk)


_COMPARED = frozenset(
    {
        "title", "summary", "issuer", "source", "document_number", "made_on", "genre", "theme",
        "keywords", "column", "statutory", "disclosure_class", "legal_basis", "class_reason",
        "effective_on", "expires_on",
    }
)  # fmt: skip


def _version(one: InformationItem, number: int) -> ItemVersion:
    wanted = one.versions.filter(number=number).first()
    if wanted is None:
        raise Http404
    return wanted


def _context(request: StaffRequest, one: InformationItem, version: ItemVersion) -> dict[str, Any]:
    findings = list(version.findings.select_related("attachment", "answered_by"))
    marks = [
        Mark(start, end, f.number, warning=f.severity != "error")
        for f in findings
        for start, end, _ in f.spans
    ]
    link = _link(version)
    check = Screening.objects.filter(version=version).first()
    found_rules = {f.rule for f in findings}
    attachments = list(version.attachments.select_related("original", "redacted"))
    within: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.attachment_id:
            within.setdefault(finding.attachment_id, []).append(finding)
    return {
        "here": "disclosure:list",
        "item": one,
        "version": version,
        "body": mark(render_body(version.body_html, link), marks),
        "redacted_body": render_body(version.redacted_body, link, prefix="r"),
        "clock": clock_of(one, timezone.localdate(), working_days())
        if not one.first_published_at
        else None,
        "steps": _steps(one),
        "opinions": one.opinions.select_related("person", "version"),
        "shown": [_shown(f) for f in findings],
        "check": check,
        "unanswered": screening.unanswered(version),
        "clear": [r for r in screening.looked_for() if r.id not in found_rules],
        "attachments": [{"file": a, "findings": within.get(a.pk, [])} for a in attachments],
        "versions": list(one.versions.order_by("-number")),
        "previous": one.versions.filter(number__lt=version.number).order_by("-number").first(),
        "statutory": statutory_item(version.statutory) if version.statutory else None,
        "disclosure_class": DisclosureClass(version.disclosure_class),
        "ground": ground(version.legal_basis) if version.legal_basis else None,
        "may": _may(request, one),
        "may_answer": _may_answer(request, one, version),
        "is_document": one.kind == ItemKind.NORMATIVE_DOCUMENT,
        "next_people": _next_people(one),
    }


def _link(version: ItemVersion) -> Callable[[str], str | None]:
    """Addresses of pictures and files in the text, by what the text calls them."""
    keys = {str(a.reference): a.pk for a in version.attachments.all()}

    def link(reference: str) -> str | None:
        key = keys.get(reference)
        return reverse("disclosure:preview", args=[version.item_id, key]) if key else None

    return link


def _steps(one: InformationItem) -> list[dict[str, Any]]:
    steps = [State.DRAFT, *steps_of(one)]
    ended = one.version.disclosure_class != "proactive"
    steps.append(State.KEPT if ended else State.PUBLISHED)
    at = steps.index(State(one.state)) if one.state in steps else len(steps)
    if one.state == State.SCHEDULED:
        at = len(steps) - 1
    return [
        {
            # The last step is an act yet to be done, not the state after it.
            "label": "发布" if step == State.PUBLISHED else step.label,
            "done": place < at or one.state in (State.PUBLISHED, State.KEPT),
            "now": place == at,
        }
        for place, step in enumerate(steps)
    ]


def _shown(finding: Finding) -> dict[str, Any]:
    told: Rule = rule(finding.rule)
    return {
        "finding": finding,
        "rule": told,
        "why": told.why.zh.format_map(_Blank(finding.values)),
        "answers": [c for c in told.answers if c.id in finding.choices],
        "choice": finding.answer,
        "reason": finding.answer_reason,
        "answered": next((c.words.zh for c in told.answers if c.id == finding.answer), ""),
    }


class _Blank(dict[str, Any]):
    """Values that a rule's words may name and an older finding may lack."""

    def __missing__(self, key: str) -> str:
        return "…"


def _may(request: StaffRequest, one: InformationItem) -> dict[str, bool]:
    """What this person may do with the item as it stands: only that is shown."""

    def allowed(act: str, *states: State) -> bool:
        return one.state in states and request.actor.may(act, one.agency)

    return {
        "edit": allowed("item.edit", State.DRAFT),
        "submit": allowed("item.submit", State.DRAFT),
        "discard": allowed("item.discard", State.DRAFT),
        "restore": allowed("item.discard", State.DISCARDED),
        "recall": allowed("item.recall", steps_of(one)[0]),
        "review": one.state in UNDER_REVIEW
        and request.actor.may(STEP_ACTS[State(one.state)], one.agency),
        "redact": allowed("item.redact", State.DRAFT, State.SECRECY_REVIEW),
        "correct": allowed("item.correct", State.PUBLISHED, State.WITHDRAWN, State.KEPT),
        "withdraw": one.live is not None and request.actor.may("item.withdraw", one.agency),
        "publish_now": allowed("item.schedule", State.SCHEDULED),
        "validity": one.kind == ItemKind.NORMATIVE_DOCUMENT
        and request.actor.may("item.declare_validity", one.agency),
        "releases": one.first_published_at is not None
        and request.actor.may("item.record_release", one.agency),
        "reassess": allowed("item.reassess", State.KEPT),
        "interpret": one.kind == ItemKind.NORMATIVE_DOCUMENT
        and request.actor.may("item.draft", one.agency),
        "check": one.state in (State.DRAFT, *UNDER_REVIEW),
    }


def _may_answer(request: StaffRequest, one: InformationItem, version: ItemVersion) -> bool:
    return (
        one.state == State.SECRECY_REVIEW
        and version.pk == one.version.pk
        and request.actor.may("item.review_secrecy", one.agency)
        and not _barred(request, one)
    )


def _barred(request: StaffRequest, one: InformationItem) -> str:
    """Why this person may not review this item; empty when nothing bars it."""
    try:
        require_another(one, request.actor.person)
    except Forbidden as reason:
        return str(reason)
    return ""


def _next_people(one: InformationItem) -> str:
    """Who can do the present step."""
    if one.state not in UNDER_REVIEW:
        return ""
    return "、".join(person.name for person in able(one, State(one.state)))
