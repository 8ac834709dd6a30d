"""One agency's sheet: what each sees and may write, by where the assessment stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongkai.web import filestore
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import begin as beginning
from ..acts import review, score_self
from ..evidence import line_kept, measures, plain
from ..evidence.records import shown
from ..formula import told
from ..models import Assessment, Score, Stage, Standing
from ..results import total_text
from . import HERE, LINES

# What the agency may not see before it is told.
_OPEN = (Stage.TOLD, Stage.OBJECTED, Stage.FINAL)


@dataclass
class Row:
    """An indicator as the sheet shows it, with what was typed where the last act was refused."""

    score: Score
    formula: str
    measure: str
    typed: dict[str, str] = field(default_factory=dict)


@staff("oversight.read")
def sheet(request: StaffRequest, number: int) -> HttpResponseBase:
    """The sheet; a POST writes the part that is one's own at this stage."""
    one = _found(request, number)
    writes = _writes(request, one)
    error = ""
    if request.method == "POST":
        try:
            words = _write(request, one, writes)
        except Forbidden as refusal:
            error = str(refusal)
        else:
            messages.success(request, words)
            return redirect("assessment:sheet", one.pk)
    assesses = request.actor.may("oversight.assess", one.agency)
    known = measures()
    typed = request.POST if error else {}
    rows = [
        Row(score, told(score.indicator, known.get(score.indicator.measure)),
            known[score.indicator.measure].label if score.indicator.measure else "",
            _typed(score, writes, typed))
        for score in one.scores.select_related(
            "indicator", "self_by", "reviewed_by", "answered_by"
        ).defer("lines")
    ]  # fmt: skip
    context = {
        "here": HERE,
        "one": one,
        "rows": rows,
        "writes": writes,
        "error": error,
        "assesses": assesses,
        "shows_review": assesses or one.stage in _OPEN,
        "replaced": one.table.standing == Standing.REPLACED,
        "may_conclude": assesses and one.stage == Stage.TOLD
        and (one.objection_until is None or timezone.localdate() > one.objection_until),
        "may_accept": request.actor.may("oversight.score_self", one.agency),
        "total": total_text(one),
    }  # fmt: skip
    return render(request, "assessment/sheet.html", context, status=422 if error else 200)


@require_POST
@staff("oversight.read")
def act(request: StaffRequest, number: int) -> HttpResponseBase:
    """The acts that are a button, or a button with a reason."""
    one = _found(request, number)
    what, reason = request.POST.get("act", ""), request.POST.get("reason", "")
    try:
        if what == "take_back":
            score_self.take_back(request.actor, one)
            done = "已撤回自评，可以接着改。"
        elif what == "accept":
            review.accept(request.actor, one)
            done = "已记下没有异议，分数定了。"
        elif what == "conclude":
            review.conclude(request.actor, one)
            done = "分数定了。"
        elif what == "take_up":
            review.take_up(request.actor, one, reason)
            done = "开始复核。"
        elif what == "give_back":
            review.give_back(request.actor, one, reason)
            done = "已退回自评。"
        elif what == "count":
            beginning.count_anew(request.actor, one)
            done = "已重新取数；自评和复核没有动。"
        else:
            raise Http404
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("assessment:sheet", one.pk)


@staff("oversight.read")
def evidence(request: StaffRequest, number: int, score: int) -> HttpResponseBase:
    """Every record that a number counted on the day it was taken."""
    one = _found(request, number)
    held = one.scores.select_related("indicator").filter(pk=score).first()
    measure = measures().get(held.indicator.measure) if held else None
    if held is None or measure is None:
        raise Http404
    page = Paginator([line_kept(one.agency_id, kept) for kept in held.lines], LINES)
    shown_page = page.get_page(request.GET.get("page"))
    context = {
        "here": HERE,
        "one": one,
        "score": held,
        "measure": measure,
        "formula": told(held.indicator, measure),
        "page": shown_page,
        "lines": shown(measure, shown_page),
    }
    return render(request, "assessment/evidence.html", context)


@staff("oversight.read")
def proof(request: StaffRequest, number: int, score: int) -> HttpResponseBase:
    """The paper that an agency put beside its own score; to keep, never to run."""
    one = _found(request, number)
    held = one.scores.select_related("proof").filter(pk=score).first()
    if held is None or held.proof is None:
        raise Http404
    response = HttpResponse(
        filestore.read(held.proof.digest), content_type="application/octet-stream"
    )
    response["Content-Disposition"] = content_disposition_header(True, held.proof_name) or ""
    return response


def _found(request: StaffRequest, number: int) -> Assessment:
    one = Assessment.objects.select_related("agency", "table__to").filter(pk=number).first()
    if one is None:
        raise Http404
    request.actor.require("oversight.read", one.agency)
    return one


def _writes(request: StaffRequest, one: Assessment) -> str:
    """Which part this person may write now: self, review, objection, answer, or none."""
    if one.table.standing == Standing.REPLACED:
        return ""
    part, act = {
        Stage.SELF: ("self", "oversight.score_self"),
        Stage.REVIEW: ("review", "oversight.assess"),
        Stage.TOLD: ("objection", "oversight.score_self"),
        Stage.OBJECTED: ("answer", "oversight.assess"),
        Stage.FINAL: ("", ""),
    }[Stage(one.stage)]
    if part == "objection" and one.objection_until and timezone.localdate() > one.objection_until:
        return ""
    return part if part and request.actor.may(act, one.agency) else ""


def _write(request: StaffRequest, one: Assessment, writes: str) -> str:
    sent, onward = request.POST, "onward" in request.POST
    keys = list(one.scores.values_list("pk", flat=True))
    if writes == "self":
        said = {
            key: (_points(sent, key), sent.get(f"words-{key}", ""))
            for key in keys if f"words-{key}" in sent
        }  # fmt: skip
        proofs = {
            key: (str(file.name), file.read())
            for key in keys if (file := request.FILES.get(f"proof-{key}"))
        }  # fmt: skip
        score_self.write(request.actor, one, said, proofs)
        if onward:
            score_self.hand_in(request.actor, one)
            return "自评已报送主管部门。"
        return "已保存自评。"
    if writes == "objection":
        score_self.object_to(
            request.actor, one, {key: sent.get(f"words-{key}", "") for key in keys}
        )
        return "申诉已交主管部门。"
    given = {
        key: review.Verdict(
            _points(sent, key), sent.get(f"words-{key}", ""), f"out-{key}" in sent
        )
        for key in keys if f"words-{key}" in sent
    }  # fmt: skip
    if writes == "review":
        review.review(request.actor, one, given)
        if onward:
            review.tell(request.actor, one)
            return "已反馈给机关。"
        return "已保存复核。"
    if writes == "answer":
        review.answer(request.actor, one, given)
        return "已答复申诉，分数定了。"
    raise Forbidden(f"{one}现在是“{one.get_stage_display()}”，这一步不由你写。")


def _points(sent: Mapping[str, str], key: int) -> Decimal | None:
    text = sent.get(f"points-{key}", "").strip()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value != round(value, 2):
        raise Forbidden(f"分数“{text[:20]}”不是数，最多两位小数。")
    return value


def _typed(score: Score, writes: str, sent: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the fields: as typed, else as kept, else (in the review) what is suggested."""
    kept: dict[str, Any] = {"words": score.objection}
    if writes == "self":
        kept = {"points": score.self_points, "words": score.self_words}
    elif writes == "review":
        points = score.points if score.settled else _offered(score)
        kept = {"points": points, "words": score.words, "out": score.left_out}
    elif writes == "answer":
        kept = {"points": score.points, "words": score.answer}
    found = {
        name: plain(value) if isinstance(value, Decimal) else str(value or "")
        for name, value in kept.items()
    }
    if f"words-{score.pk}" in sent:
        found = {name: sent.get(f"{name}-{score.pk}", "") for name in ("points", "words", "out")}
    return found


def _offered(score: Score) -> Decimal | None:
    return score.suggested if score.suggested is not None else score.self_points
