"""Every column of one's agencies, and the page where one is promised and confirmed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.core.watching.columns import ColumnState
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import columns as acts
from ..columns import Watched, column_of, columns_of
from ..forms import ConfirmationForm, PromiseForm
from ..models import ColumnConfirmation
from ..terms import Reach, Terms
from .lists import HERE, TAB

PAGE = 100
_ORDER = {
    ColumnState.STALE: 0,
    ColumnState.BLANK: 1,
    ColumnState.SOON: 2,
    ColumnState.CONFIRMED: 3,
    ColumnState.FINE: 4,
}
LOOKS = {
    ColumnState.STALE: "bad",
    ColumnState.BLANK: "warn",
    ColumnState.SOON: "warn",
    ColumnState.CONFIRMED: "ok",
    ColumnState.FINE: "ok",
}


@staff("oversight.read")
def columns(request: StaffRequest) -> HttpResponseBase:
    """The columns, those with something wrong first."""
    agencies = request.actor.agencies("oversight.read")
    asked = [a.pk for a in agencies if a.code == request.GET.get("agency", a.code)]
    watched = _watched(asked)
    counts = Counter(one.verdict.state for one in watched)
    state = request.GET.get("state", "")
    shown = [one for one in watched if not state or one.verdict.state == state]
    shown.sort(key=lambda one: _ORDER[one.verdict.state])
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {
        "here": HERE,
        "tab": TAB,
        "page": page,
        "rows": [_row(one) for one in page],
        "query": query.urlencode(),
        "total": len(watched),
        "states": [(s.value, s.label, counts[s]) for s in _ORDER if counts[s]],
        "state": state,
        "agencies": agencies,
        "agency": request.GET.get("agency", ""),
    }
    return render(request, "watching/columns.html", context)


@staff("oversight.read")
def column(request: StaffRequest, agency: str, name: str) -> HttpResponseBase:
    """One column: how it stands, its promise, who confirmed what."""
    return _page(request, *_asked(request, agency, name))


@staff("oversight.columns")
@require_POST
def promise(request: StaffRequest, agency: str, name: str) -> HttpResponseBase:
    """Set how often it is updated, or take that back."""
    whose, place = _asked(request, agency, name)
    form = PromiseForm(request.POST)
    if form.is_valid():
        try:
            made = acts.promise(request.actor, whose, *place, form.told)
        except (Forbidden, OutOfTurn) as refusal:
            form.add_error(None, str(refusal))
        else:
            said = f"承诺{made.told.label}更新" if made else "不再有更新承诺"
            messages.success(request, f"已记下：{said}。下次检查按它看。")
            return redirect("watching:column", agency, name)
    return _page(request, whose, place, promised=form)


@staff("oversight.columns")
@require_POST
def confirm(request: StaffRequest, agency: str, name: str) -> HttpResponseBase:
    """There is nothing until a day."""
    whose, place = _asked(request, agency, name)
    form = ConfirmationForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            acts.confirm_nothing(request.actor, whose, *place, given["until"], given["note"])
        except Forbidden as refusal:
            form.add_error("until", str(refusal))
        else:
            messages.success(request, f"已确认：到 {given['until']} 没有此类信息。")
            return redirect("watching:column", agency, name)
    return _page(request, whose, place, confirmed=form)


@staff("oversight.columns")
@require_POST
def end_confirmation(request: StaffRequest, agency: str, name: str) -> HttpResponseBase:
    """There is something after all."""
    whose, place = _asked(request, agency, name)
    acts.end_confirmation(request.actor, whose, *place)
    messages.success(request, "已取消确认。")
    return redirect("watching:column", agency, name)


def _page(
    request: StaffRequest,
    agency: Agency,
    place: tuple[str, str],
    promised: PromiseForm | None = None,
    confirmed: ConfirmationForm | None = None,
) -> HttpResponseBase:
    watched = next(one for one in _watched([agency.pk]) if (one.column, one.statutory) == place)
    made = watched.promise
    told = {"rhythm": made.rhythm, "number": made.number or None} if made else {}
    past = ColumnConfirmation.objects.filter(agency=agency, column=place[0], statutory=place[1])
    shown: list[forms.Form] = [one for one in (promised, confirmed) if one is not None]
    context = {
        "here": HERE,
        "tab": TAB,
        "agency": agency,
        "name": place[1] or place[0],
        "row": _row(watched),
        "promised": promised or PromiseForm(initial=told),
        "confirmed": confirmed or ConfirmationForm(auto_id="confirm_%s"),
        "form": shown[0] if shown else None,
        "past": past.select_related("confirmed_by")[:20],
        "may": request.actor.may("oversight.columns", agency),
    }
    status = 422 if any(form.errors for form in shown) else 200
    return render(request, "watching/column.html", context, status=status)


def _watched(agencies: list[int]) -> list[Watched]:
    terms = Terms(timezone.localdate())
    found = columns_of(Reach(frozenset(agencies)), terms)
    return [one for _, watched in found for one in watched]


def _row(one: Watched) -> dict[str, Any]:
    newest = one.facts.newest
    return {
        "one": one,
        "look": LOOKS[one.verdict.state],
        "label": one.verdict.state.label,
        "promise": one.promise.told.label if one.promise else "",
        "usual": one.facts.rhythm.label,
        "days": (timezone.localdate() - newest).days if newest else None,
    }


def _asked(request: StaffRequest, code: str, name: str) -> tuple[Agency, tuple[str, str]]:
    """404 for an agency out of one's reach, or no column of it."""
    agencies = request.actor.agencies("oversight.read")
    agency = next((a for a in agencies if a.code == code), None)
    place = column_of(agency, name) if agency else None
    if agency is None or place is None or agency.ended_on is not None:
        raise Http404
    return agency, place
