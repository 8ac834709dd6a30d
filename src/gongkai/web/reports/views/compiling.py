"""The compile screen: a section of the form at a time, with what is found beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import begin as beginning
from ..acts import fill
from ..checking import Checked, Found, length_of, similarity_with_last_year
from ..filling import Filled
from ..models import AnnualReport
from ..opened import open_cell
from ..prose import facts_of
from ..tables import Table, table_of
from ..versions import require_writer
from .found import context_of, found


@staff("report.read")
def section(request: StaffRequest, number: int, key: str) -> HttpResponseBase:
    """One section: its table or its text, the findings, the number that is open."""
    report = found(request, number)
    require_writer(request.actor, report)
    wrong: dict[str, str] = {}
    typed: dict[str, str] = {}
    if request.method == "POST":
        if "measure" in request.POST:
            return render(request, "reports/measure.html", _measures(report, key, request))
        wrong, typed = _save(request, report, key)
        report = found(request, number)
        if not wrong and not request.headers.get("HX-Request"):
            messages.success(request, f"已保存：{report}。")
            return redirect(_next(report, key, "next" in request.POST))
    filled = Filled(report.version)
    if key not in {one.key for one in filled.form.sections}:
        raise Http404
    checked = Checked(filled, neighbours=_is_prose(filled, key))
    context = context_of(request, report, filled, key)
    context |= _findings(checked, key)
    context |= {"wrong": wrong}
    opened = request.GET.get("cell", "")
    if opened:
        context |= {"opened": open_cell(filled, opened), "open_address": opened}
    if request.headers.get("HX-Request"):
        if request.method == "GET" and opened:
            return render(request, "reports/cell.html", context)
        context |= {"squares": _squares(table_of(key, filled, checked.found))}
        return render(request, "reports/findings.html", context)
    column = request.GET.get("column", "")
    table = table_of(key, filled, checked.found, typed, wrong)
    context |= {"table": table, "column": column, "columns": _columns(filled, key)}
    if column and table:
        context["fields"] = [
            square for square in _squares(table)
            if square.typed and square.spec and square.spec.column == column
        ]  # fmt: skip
    context |= {"openable": [s for s in _squares(table) if s.value not in ("", "0")]}
    if table is None:
        context |= _prose(report, filled, checked, key)
    context["here_section"] = next(s for s in context["sections"] if s["key"] == key)
    return render(request, "reports/section.html", context, status=422 if wrong else 200)


@require_POST
@staff("report.read")
def cell(request: StaffRequest, number: int) -> HttpResponseBase:
    """One cell: type a number over it with its reason, give the reason, go back to the source."""
    report = found(request, number)
    require_writer(request.actor, report)
    address, what = request.POST.get("cell", ""), request.POST.get("act", "")
    why = request.POST.get("why", "")
    try:
        if what == "restore":
            fill.restore(request.actor, report, [address])
            messages.success(request, "已改回来源的数。")
        elif what == "explain":
            fill.explain(request.actor, report, address, why)
            messages.success(request, "已记下理由。")
        elif what == "type":
            wrong = fill.type_in(
                request.actor, report, {address: request.POST.get("value", "")}, why
            )
            if wrong:
                messages.warning(request, wrong[address])
            else:
                messages.success(request, "已改。")
        else:
            raise Http404
    except (Forbidden, OutOfTurn) as refusal:
        messages.warning(request, f"没有改：{refusal}")
    return redirect(_back(request, report, address))


@require_POST
@staff("report.read")
def restore(request: StaffRequest, number: int) -> HttpResponseBase:
    """Every cell back to what its source gave."""
    report = found(request, number)
    require_writer(request.actor, report)
    count = len(list(Filled(report.version).changed()))
    fill.restore(request.actor, report)
    messages.success(request, f"{count} 格已改回来源的数。" if count else "没有改过的数。")
    return redirect("reports:section", report.pk, request.POST.get("section") or "overview")


@require_POST
@staff("report.compile")
def take(request: StaffRequest, number: int) -> HttpResponseBase:
    """Take the figures from the ledgers anew."""
    report = found(request, number)
    try:
        report = beginning.take(request.actor, report)
        messages.success(request, "已从台账重新取数；自己填的数和理由没有动。")
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    return redirect("reports:section", report.pk, request.POST.get("section") or "overview")


def _save(
    request: StaffRequest, report: AnnualReport, key: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Keep what was typed; (what is no figure by address, everything that was in the fields)."""
    filled = Filled(report.version)
    if "text" in request.POST:
        fill.write(request.actor, report, {key: request.POST["text"]})
        return {}, {}
    shown = {
        square.spec.address: square.value
        for square in _squares(table_of(key, filled, []))
        if square.typed and square.spec
    }
    sent = {a: request.POST[a] for a in shown if a in request.POST}
    changed = {a: text for a, text in sent.items() if text.strip() != shown[a]}
    wrong = fill.type_in(request.actor, report, changed) if changed else {}
    return wrong, {a: sent[a] for a in wrong}


def _findings(checked: Checked, key: str) -> dict[str, Any]:
    """The findings of this section, and how many there are elsewhere."""
    prose = _is_prose(checked.filled, key)
    here = [one for one in checked.found if one.section == key or (prose and not one.section)]
    shown = [one for one in here if one.open]
    return {
        "shown": shown,
        "aside": [one for one in here if not one.open],
        "errors": len(checked.errors),
        "warnings": len(checked.warnings),
        "elsewhere": sum(1 for one in checked.found if one.open) - len(shown),
        "must": len(checked.must_mend),
    }


def _is_prose(filled: Filled, key: str) -> bool:
    tables = (filled.form.disclosure, filled.form.requests, filled.form.remedies)
    return key not in {table.section for table in tables}


def _prose(report: AnnualReport, filled: Filled, checked: Checked, key: str) -> dict[str, Any]:
    text = report.version.sections.get(key, "")
    last = checked.previous
    return {
        "text": text,
        "facts": facts_of(report.agency, report.year, filled.report),
        "last_year": last.version.sections.get(key, "") if last else "",
        **_measured(text, key, checked),
    }


def _measures(report: AnnualReport, key: str, request: StaffRequest) -> dict[str, Any]:
    """Length and likeness of a text that is being written; nothing is kept."""
    text = request.POST.get("text", "")
    report.version.sections[key] = text
    return _measured(text, key, Checked(Filled(report.version), neighbours=True))


def _measured(text: str, key: str, checked: Checked) -> dict[str, Any]:
    alike: list[Found] = [one for one in checked.found if one.rule == "similarity.other_agency"]
    return {
        "length": length_of(text),
        "limit": 1000 if key == "overview" else 0,
        "with_last_year": similarity_with_last_year(text, checked.previous, key),
        "alike": alike,
    }


def _squares(table: Table | None) -> list[Any]:
    return [s for row in table.body for s in row if s.spec] if table else []


def _columns(filled: Filled, key: str) -> list[dict[str, str]]:
    """The applicants one at a time, for narrow screens."""
    requests = filled.form.requests
    if key != requests.section:
        return []
    return [{"id": column.id, "label": column.label} for column in requests.columns]


def _next(report: AnnualReport, key: str, onward: bool) -> str:
    keys = [section.key for section in Filled(report.version).form.sections]
    if not onward:
        return reverse("reports:section", args=[report.pk, key])
    after = keys[keys.index(key) + 1 :]
    if not after:
        return reverse("reports:check", args=[report.pk])
    return reverse("reports:section", args=[report.pk, after[0]])


def _back(request: StaffRequest, report: AnnualReport, address: str) -> str:
    section = request.POST.get("section", "overview")
    known = {one.key for one in Filled(report.version).form.sections}
    place = reverse(
        "reports:section", args=[report.pk, section if section in known else "overview"]
    )
    return f"{place}?{urlencode({'cell': address})}#cell"
