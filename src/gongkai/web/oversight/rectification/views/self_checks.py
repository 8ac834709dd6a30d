"""Screens of self-checks: months by agencies, one month to fill in, to sign, to print."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.watching.models import Standing
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.public.shell import has_columns
from gongkai.web.remedies.views.asking import page, sent, taken

from ..acts import self_checks as acting
from ..columns import known_of, month_before, month_of
from ..forms.self_checks import Row, rows_of
from ..forms.tasks import WordsForm
from ..models import CheckAnswer, CheckState, SelfCheck
from ..months import Month, asked_for, months_of, not_done, page_of, watched
from .found import HERE
from .notices import DOCX

_ACT, _SIGN = "oversight.self_check", "oversight.sign_self_check"
_MONTHS, _LINES = 6, 60
_LOOKS = {
    CheckState.DRAFT: "half",
    CheckState.HANDED_IN: "info",
    CheckState.RETURNED: "back",
    CheckState.SIGNED: "ok",
}


@staff("oversight.read")
def self_checks(request: StaffRequest) -> HttpResponseBase:
    """Who did which month; what is missing is seen."""
    today = timezone.localdate()
    asked = asked_for(today)
    months = [asked]
    while len(months) < _MONTHS:
        months.append(month_before(months[-1]))
    agencies = [one for one in request.actor.agencies("oversight.read") if one.ended_on is None]
    lines = _lines(agencies, months, today)
    missing = request.GET.get("state") == "missing"
    if missing:
        lines = [one for one in lines if not one["done"]]
    shown = Paginator(lines, _LINES).get_page(request.GET.get("page"))
    context = {
        "here": HERE,
        "tab": "self_check",
        "months": months,
        "page": shown,
        "missing": missing,
        "query": "state=missing" if missing else "",
        "asked": asked,
        "not_done": sum(not one["done"] for one in lines),
        "watched": watched(asked),
        "mine": [one for one in request.actor.agencies(_ACT) if has_columns(one)],
        "this_month": month_of(today),
    }
    return render(request, "rectification/self_checks.html", context)


@staff("oversight.read")
def self_check(request: StaffRequest, agency: int, month: str) -> HttpResponseBase:
    """One month: to be filled in by the office, or as it was handed in or signed."""
    one, day = _agency(request, agency), _month(month)
    check = SelfCheck.objects.filter(agency=one, month=day).first() or SelfCheck(
        agency=one, month=day
    )
    fills = request.actor.may(_ACT, one) and check.state in (
        CheckState.DRAFT,
        CheckState.RETURNED,
    )
    if request.method == "POST":
        request.actor.require(_ACT, one)
        return _filled(request, check)
    if not fills:
        return _read_only(request, check)
    return _page(request, check, rows_of(check, known_of(one, day)))


@require_POST
@staff(_SIGN)
def sign(request: StaffRequest, number: int) -> HttpResponseBase:
    """Sign it for good."""
    check = _found(request, number)
    request.actor.require(_SIGN, check.agency)
    try:
        acting.sign(request.actor, check)
        messages.success(request, f"已签字：{check}。")
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    return _back(check)


@staff(_SIGN)
def give_back(request: StaffRequest, number: int) -> HttpResponseBase:
    """Not to be signed as it is."""
    check = _found(request, number)
    request.actor.require(_SIGN, check.agency)
    form = WordsForm("要改什么", request.POST or None)
    if taken(
        request, form, lambda: acting.give_back(request.actor, check, form.cleaned_data["words"])
    ):
        messages.success(request, "已退回。")
        return _back(check)
    return page(
        request, "rectification/ask.html", form, here=HERE, tab="self_check", title="退回自查",
        button="退回", back=page_of(check.agency, check.month), above=str(check),
    )  # fmt: skip


@staff("oversight.read")
def file(request: StaffRequest, number: int, form: str) -> HttpResponseBase:
    """The signed sheet as docx or pdf."""
    check = _found(request, number)
    if check.state != CheckState.SIGNED or form not in ("docx", "pdf"):
        raise Http404
    digest, media = (check.pdf, "application/pdf") if form == "pdf" else (check.docx, DOCX)
    return sent(filestore.read(digest), f"{check}表.{form}", media)


def _filled(request: StaffRequest, check: SelfCheck) -> HttpResponseBase:
    """What was typed is kept in any case that the act allows; then handed in, where asked."""
    known = known_of(check.agency, check.month)
    rows = rows_of(check, known, request.POST)
    if any(row.form.errors for row in rows):
        return _page(request, check, rows, status=422)
    said = {row.known.column.key: row.form.said() for row in rows}
    if "blanks" in request.POST:
        said = {key: _in_order(row, said[key]) for key, row in _by_key(rows).items()}
    try:
        check = acting.fill(request.actor, check.agency, check.month, said)
        if "hand_in" in request.POST:
            if lacks := acting.lacks_of(check):
                return _page(request, check, rows, lacks=lacks, status=422)
            acting.hand_in(request.actor, check)
            messages.success(request, "已送签，等另一人签字。")
        else:
            messages.success(request, "已保存。")
    except Forbidden as refusal:
        return _page(request, check, rows, lacks={"": str(refusal)}, status=422)
    return _back(check)


def _in_order(row: Row, said: acting.Said) -> acting.Said:
    """A column that nobody answered for, and in which the watch has nothing, is in order."""
    still = any(one.state == Standing.OPEN for one in row.known.findings)
    blank = not said.answer and not still
    return acting.Said(CheckAnswer.IN_ORDER, said.note) if blank else said


def _by_key(rows: list[Row]) -> dict[str, Row]:
    return {row.known.column.key: row for row in rows}


def _page(
    request: StaffRequest,
    check: SelfCheck,
    rows: list[Row],
    lacks: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    context = {
        "here": HERE,
        "tab": "self_check",
        "check": check,
        "rows": rows,
        "lacks": lacks or {},
        "wrong": sum(bool(row.form.errors) for row in rows),
        "answers": CheckAnswer.choices,
        "look": _LOOKS[CheckState(check.state)],
        "may_order": request.actor.may("oversight.task", check.agency),
    }
    return render(request, "rectification/self_check.html", context, status=status)


def _read_only(request: StaffRequest, check: SelfCheck) -> HttpResponseBase:
    said: list[dict[str, Any]] = check.snapshot
    if check.state != CheckState.SIGNED:
        said = acting.snapshot_of(check) if check.pk else []
    told = [{**one, "label": CheckAnswer(one["answer"]).label} for one in said]
    signs = request.actor.may(_SIGN, check.agency) and check.state == CheckState.HANDED_IN
    context = {
        "here": HERE,
        "tab": "self_check",
        "check": check,
        "told": told,
        "look": _LOOKS[CheckState(check.state)],
        "signed": check.state == CheckState.SIGNED,
        "intact": check.state == CheckState.SIGNED and check.intact,
        "may_sign": signs and request.actor.person.pk != check.prepared_by_id,
        "own_hand": signs and request.actor.person.pk == check.prepared_by_id,
    }
    return render(request, "rectification/self_check_kept.html", context)


def _lines(agencies: list[Agency], months: list[date], today: date) -> list[dict[str, Any]]:
    """For each agency its months, each in a word."""
    asked = {month for month in months if watched(month)}
    missing = {one.agency.pk for one in not_done(agencies, months[0])}
    found: dict[int, dict[str, Any]] = {}
    for one in months_of(agencies, months):
        key = one.agency.pk
        line = found.setdefault(
            key, {"agency": one.agency, "squares": [], "done": key not in missing}
        )
        line["squares"].append(_square(one, one.month in asked and one.in_being, today))
    return list(found.values())


def _square(one: Month, asked: bool, today: date) -> dict[str, Any]:
    if one.check is not None:
        word, look = one.check.get_state_display(), _LOOKS[CheckState(one.check.state)]
    elif asked:
        word, look = "没有做", "bad" if one.due_on < today else "warn"
    else:
        word, look = "没有巡检" if one.in_being else "未设立", ""
    late = (
        asked and one.due_on < today and (one.check is None or one.check.state != CheckState.SIGNED)
    )
    return {
        "month": one.month, "word": word, "look": look, "address": one.address,
        "late": f"应在 {one.due_on:%m-%d} 前签字" if late else "",
    }  # fmt: skip


def _agency(request: StaffRequest, number: int) -> Agency:
    one = Agency.objects.filter(pk=number).first()
    if one is None or not request.actor.may("oversight.read", one) or not has_columns(one):
        raise Http404
    return one


def _found(request: StaffRequest, number: int) -> SelfCheck:
    check = SelfCheck.objects.select_related("agency", "prepared_by", "signed_by")
    one = check.filter(pk=number).first()
    if one is None or not request.actor.may("oversight.read", one.agency):
        raise Http404
    return one


def _month(told: str) -> date:
    try:
        month = date.fromisoformat(f"{told}-01")
    except ValueError as error:
        raise Http404 from error
    if month > timezone.localdate():
        raise Http404
    return month


def _back(check: SelfCheck) -> HttpResponseBase:
    return redirect(page_of(check.agency, check.month))
