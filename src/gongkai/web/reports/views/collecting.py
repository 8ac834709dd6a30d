"""The screens of the competent department: files handed over, a report examined, chasing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from gongkai.core.writers.html import article
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import answer as answering
from ..acts import chase as chasing
from ..acts import receive
from ..checking import Checked
from ..filling import Filled
from ..models import Batch, Chase, FileState, Submission
from ..superior import governments
from .found import HERE, context_of


class BatchForm(forms.Form):
    """Which year the files are of; the files themselves come beside."""

    year = forms.IntegerField(label="年度", min_value=2019, max_value=2100)


@staff("report.collect")
def upload(request: StaffRequest) -> HttpResponseBase:
    """Hand over many files at once."""
    tops = governments(request.actor)
    form = BatchForm(request.POST or None, initial={"year": timezone.localdate().year - 1})
    files = request.FILES.getlist("files")
    if request.method == "POST" and form.is_valid():
        to = next((top for top in tops if top.code == request.POST.get("to")), tops[0])
        try:
            batch, refused = receive.hand_over(
                request.actor,
                to,
                form.cleaned_data["year"],
                [(str(file.name), file.read()) for file in files],
            )
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
        else:
            for one in refused[:10]:
                messages.warning(request, one)
            return redirect("reports:batch", batch.pk)
    context = {
        "here": HERE,
        "form": form,
        "tops": tops,
        "batches": Batch.objects.filter(to__in=tops)
        .select_related("uploaded_by")
        .annotate(count=Count("files"))[:20],
    }
    return render(request, "reports/upload.html", context, status=422 if form.errors else 200)


@staff("report.collect")
def batch(request: StaffRequest, number: int) -> HttpResponseBase:
    """The files of a batch: how far the reading is, whose each is, what is doubtful."""
    one = _batch(request, number)
    context = _batch_context(request, one)
    if request.headers.get("HX-Request"):
        return render(request, "reports/batch_rows.html", context)
    return render(request, "reports/batch.html", context)


@require_POST
@staff("report.collect")
def take_in(request: StaffRequest, number: int) -> HttpResponseBase:
    """Take one file in as somebody's report, or every file about which nothing is doubtful."""
    one = _batch(request, number)
    files = one.files.filter(state=FileState.READ).select_related("agency")
    wanted = request.POST.get("file", "")
    if wanted.isdecimal():
        files = files.filter(pk=int(wanted))
    sure = [file for file in files if wanted or (file.agency and not file.doubts)]
    taken, refused = [], []
    reach = {a.code: a for a in request.actor.agencies("report.collect")}
    for file in sure:
        agency = reach.get(request.POST.get("agency", "")) if wanted else file.agency
        if agency is None:
            refused.append(f"“{file.name}”先选是哪个机关的。")
            continue
        try:
            taken.append(receive.take_in(request.actor, file, agency))
        except (Forbidden, OutOfTurn) as refusal:
            refused.append(f"“{file.name}”没有收入：{refusal}")
    for words in refused[:10]:
        messages.warning(request, words)
    if taken:
        names = "、".join(report.agency.short_name for report in taken[:5])
        messages.success(
            request, f"已收入 {len(taken)} 份：{names}{'等' if len(taken) > 5 else ''}。"
        )
    elif not refused:
        messages.warning(request, "没有可以收入的：有的还在读，有的要先核对。")
    return redirect("reports:batch", one.pk)


@require_POST
@staff("report.collect")
def drop(request: StaffRequest, number: int, file: int) -> HttpResponseBase:
    """Leave a file out, or take it up again."""
    one = _batch(request, number)
    wanted = one.files.filter(pk=file).first()
    if wanted is None:
        raise Http404
    try:
        if wanted.state == FileState.DROPPED:
            receive.pick_up(request.actor, wanted)
        else:
            receive.drop(request.actor, wanted)
            undo = reverse("reports:drop", args=[one.pk, wanted.pk])
            messages.success(request, f"没有要“{wanted.name}”。", extra_tags=f"undo:{undo}")
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    return redirect("reports:batch", one.pk)


@staff("report.collect")
def examine(request: StaffRequest, number: int) -> HttpResponseBase:
    """A submitted report: what it says, what is found, what was reasoned; accept or return."""
    sent = _submission(request, number)
    error, words = "", request.POST.get("words", "")
    if request.method == "POST":
        try:
            if "return" in request.POST:
                answering.give_back(request.actor, sent, words)
                messages.success(request, f"已退回：{sent.version.report}。")
            else:
                answering.accept(request.actor, sent)
                undo = reverse("reports:reopen", args=[sent.pk])
                messages.success(
                    request, f"已收下：{sent.version.report}。", extra_tags=f"undo:{undo}"
                )
            return redirect("reports:list")
        except Forbidden as refusal:
            error = str(refusal)
    filled = Filled(sent.version)
    checked = Checked(filled, neighbours=True)
    report = sent.version.report
    context: dict[str, Any] = context_of(request, report, filled)
    context |= {
        "sent": sent,
        "error": error,
        "words": words,
        "now": "check",
        "article": mark_safe(article(filled.report)),
        "open": [one for one in checked.found if one.open],
        "aside": [one for one in checked.found if not one.open],
        "letter": answering.letter_of(sent, ""),
        "changed": [
            (spec, figure, filled.printed[spec.address]) for spec, figure in filled.changed()
        ],
        "unread": [filled.form.cells[a].label for a in filled.report.unread],
    }
    return render(request, "reports/examine.html", context, status=422 if error else 200)


@require_POST
@staff("report.collect")
def reopen(request: StaffRequest, number: int) -> HttpResponseBase:
    """Take an acceptance back."""
    sent = _submission(request, number)
    try:
        answering.reopen(request.actor, sent)
        messages.success(request, f"重新审核：{sent.version.report}。")
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    return redirect("reports:examine", sent.pk)


@require_POST
@staff("report.collect")
def chase(request: StaffRequest) -> HttpResponseBase:
    """Ask the chosen agencies for their report."""
    reach = {str(a.pk): a for a in request.actor.agencies("report.collect")}
    chosen = [reach[key] for key in request.POST.getlist("agency") if key in reach]
    year = request.POST.get("year", "")
    if not chosen or not year.isdecimal():
        messages.warning(request, "先在表里选要催的机关。")
        return redirect("reports:list")
    try:
        chased = chasing.chase(request.actor, chosen, int(year), request.POST.get("note", ""))
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    else:
        names = "、".join(one.agency.short_name for one in chased[:5])
        more = f"等 {len(chased)} 个机关" if len(chased) > 5 else ""
        chasing.mail(request.actor, chased)
        messages.success(request, f"已催报：{names}{more}。{_mailed(chased)}")
        for words in _not_mailed(chased)[:10]:
            messages.warning(request, words)
    return redirect("reports:list")


def _mailed(chased: list[Chase]) -> str:
    """What went by mail, in words."""
    sent = sum(bool(one.mailed_to) for one in chased)
    return f"邮件发出 {sent} 封。" if sent else "工作台上看得到，没有发邮件。"


def _not_mailed(chased: list[Chase]) -> list[str]:
    """Why no mail went, and to whom, each reason once."""
    found: dict[str, list[str]] = {}
    for one in chased:
        if one.not_mailed:
            found.setdefault(one.not_mailed, []).append(one.agency.short_name)
    return [f"没有发邮件给{'、'.join(names)}：{why}。" for why, names in found.items()]


def _batch(request: StaffRequest, number: int) -> Batch:
    one = Batch.objects.select_related("to", "uploaded_by").filter(pk=number).first()
    if one is None or not request.actor.may("report.collect", one.to):
        raise Http404
    return one


def _batch_context(request: StaffRequest, one: Batch) -> dict[str, Any]:
    files = list(one.files.select_related("agency", "version__report").order_by("pk"))
    waiting = sum(file.state == FileState.WAITING for file in files)
    return {
        "here": HERE,
        "batch": one,
        "files": files,
        "total": len(files),
        "done": len(files) - waiting,
        "waiting": waiting,
        "sure": sum(1 for f in files if f.state == FileState.READ and f.agency and not f.doubts),
        "agencies": _choices(request),
    }


def _choices(request: StaffRequest) -> list[Agency]:
    return request.actor.agencies("report.collect")


def _submission(request: StaffRequest, number: int) -> Submission:
    sent = (
        Submission.objects.select_related(
            "to", "submitted_by", "answered_by",
            "version__compilation", "version__report__agency", "version__report__item",
            "version__report__current", "version__report__live",
        )
        .filter(pk=number)
        .first()
    )  # fmt: skip
    if sent is None or not request.actor.may("report.collect", sent.to):
        raise Http404
    return sent
