"""Screens of the registers: one set for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.web import sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.policies import Forbidden, StaffRequest, staff

from . import acts
from .coverage import standings
from .kinds import REGISTERS, Register
from .models import StandardEntry

PAGE = 50


@staff("register.read")
def home(request: StaffRequest) -> HttpResponseBase:
    """The registers there are, with how much each holds."""
    held = [
        {"register": register, "count": _lines(request, register).count()}
        for register in REGISTERS.values()
    ]
    return render(request, "registers/home.html", {"here": "registers:home", "held": held})


@staff("register.read")
def lines(request: StaffRequest, register: str) -> HttpResponseBase:
    """The lines of one register."""
    one = _register(register)
    query = request.GET.get("q", "").strip()
    kept = _lines(request, one)
    agency = request.GET.get("agency", "")
    if agency and one.by_agency:
        kept = kept.filter(agency__code=agency)
    if query:
        texts = [
            f.name
            for f in one.model._meta.fields
            if isinstance(f, models.CharField | models.TextField)
        ]
        found = Q()
        for name in texts:
            found |= Q(**{f"{name}__icontains": query})
        kept = kept.filter(found)
    page = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    kept_query = request.GET.copy()
    kept_query.pop("page", None)
    entries = [line for line in page if isinstance(line, StandardEntry)]
    stands = standings(entries, timezone.localdate()) if entries else {}
    rows = [
        {
            "line": line,
            "cells": [{"head": head, "value": value(line)} for head, value in one.listed],
            "standing": stands.get(line.pk),
        }
        for line in page
    ]
    context = {
        **_context(request, one),
        "page": page,
        "rows": rows,
        "listed": [head for head, _ in one.listed],
        "standing": bool(stands),
        "q": query,
        "agency": agency,
        "agencies": request.actor.agencies("register.read") if one.by_agency else [],
        "query": kept_query.urlencode(),
    }
    return render(request, "registers/lines.html", context)


@staff("register.read")
def export(request: StaffRequest, register: str, form: str) -> HttpResponseBase:
    """The whole register as xlsx or csv; it can be imported again as it is."""
    one = _register(register)
    if form not in ("xlsx", "csv"):
        raise Http404
    heads = [*(["机关代码", "机关"] if one.by_agency else []), *(head for head, _ in one.shown)]
    return sheets.answer(f"{one.slug}.{form}", one.title, heads, _exported(request, one))


@staff("register.read")
def edit(request: StaffRequest, register: str, line: int | None = None) -> HttpResponseBase:
    """One line: entered or changed."""
    one = _register(register)
    if not request.actor.may_somewhere(one.policy):
        request.actor.require_somewhere(one.policy)
    held = one.model() if line is None else _line(request, one, line)
    agencies = request.actor.agencies(one.policy) if one.by_agency else []
    initial = {"agency": agencies[0]} if agencies and line is None else {}
    form = one.form(agencies)(request.POST or None, instance=held, initial=initial)
    if request.method == "POST" and form.is_valid():
        fresh = one.model() if line is None else _line(request, one, line)
        try:
            done = acts.put(request.actor, one.policy, fresh, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"已保存：{done}。")
            return redirect("registers:lines", one.slug)
    context = {**_context(request, one), "form": form, "line": held if line else None}
    return render(request, "registers/edit.html", context, status=422 if form.errors else 200)


@require_POST
@staff("register.read")
def remove(request: StaffRequest, register: str, line: int) -> HttpResponseBase:
    """Take a line out; the message offers to put it back."""
    one = _register(register)
    held = _line(request, one, line)
    name = str(held)
    request.session["taken_out"] = acts.take_out(request.actor, one.policy, held)
    undo = reverse("registers:restore", args=[one.slug])
    messages.success(request, f"已删去：{name}。", extra_tags=f"undo:{undo}")
    return redirect("registers:lines", one.slug)


@require_POST
@staff("register.read")
def restore(request: StaffRequest, register: str) -> HttpResponseBase:
    """Put the line taken out last back."""
    one = _register(register)
    facts = request.session.pop("taken_out", None)
    if facts is None:
        messages.warning(request, "没有可以恢复的。")
        return redirect("registers:lines", one.slug)
    agency = facts.pop("agency_id", None)
    facts.pop("recorded_by_id", None)
    line = one.model()
    for field in one.model._meta.concrete_fields:
        if facts.get(field.name) is not None:
            facts[field.name] = field.to_python(facts[field.name])
    if agency:
        facts["agency"] = Agency.objects.get(pk=agency)
    acts.put(request.actor, one.policy, line, facts)
    messages.success(request, f"已恢复：{line}。")
    return redirect("registers:lines", one.slug)


@staff("register.read")
def import_lines(request: StaffRequest, register: str) -> HttpResponseBase:
    """Many lines from a table; each refused row says why."""
    one = _register(register)
    request.actor.require_somewhere(one.policy)
    agencies = request.actor.agencies(one.policy) if one.by_agency else []
    context: dict[str, Any] = {**_context(request, one), "agencies": agencies}
    file = request.FILES.get("file")
    if request.method != "POST":
        return render(request, "registers/import.html", context)
    try:
        if file is None:
            raise sheets.Unreadable("选一个文件。")
        rows = sheets.read_rows(file.read(), one.heads)
        done, refused = acts.put_many(
            request.actor, one.policy, _imported(request, one, agencies, rows, context)
        )
    except (sheets.Unreadable, Forbidden) as error:
        context["error"] = str(error)
        return render(request, "registers/import.html", context, status=422)
    context |= {"done": done, "refused": [*context.get("unread", []), *refused]}
    return render(request, "registers/import.html", context)


def _imported(
    request: StaffRequest,
    one: Register,
    agencies: list[Agency],
    rows: list[dict[str, str]],
    context: dict[str, Any],
) -> Iterator[tuple[str, models.Model, dict[str, Any]]]:
    by_code = {agency.code: agency for agency in agencies}
    only = agencies[0] if len(agencies) == 1 else None
    chosen = by_code.get(request.POST.get("agency", ""), only)
    unread = context.setdefault("unread", [])
    for row in rows:
        number = row["_row"]
        try:
            facts = one.read(row)
        except ValidationError as error:
            unread.append(acts.Refused(number, "；".join(error.messages)))
            continue
        if one.by_agency:
            code = row.get("机关代码", "").strip()
            agency = by_code.get(code) if code else chosen
            if agency is None:
                unread.append(acts.Refused(number, f"机关代码“{code}”不是你管的机关。"))
                continue
            facts["agency"] = agency
        same = {name: facts[name] for name in one.same}
        if one.by_agency:
            same["agency"] = facts["agency"]
        line = one.model._default_manager.filter(**same).first() or one.model()
        yield number, line, facts


def _exported(request: StaffRequest, one: Register) -> Iterator[list[Any]]:
    for line in _lines(request, one).iterator(chunk_size=500):
        cells = [value(line) for _, value in one.shown]
        agency = getattr(line, "agency", None)
        yield [agency.code, agency.short_name, *cells] if agency else cells


def _lines(request: StaffRequest, one: Register) -> QuerySet[models.Model]:
    every = one.model._default_manager.all()
    if one.by_agency:
        every = every.filter(agency__in=request.actor.agencies("register.read"))
        every = every.select_related("agency")
    return every


def _line(request: StaffRequest, one: Register, number: int) -> models.Model:
    line = _lines(request, one).filter(pk=number).first()
    if line is None:
        raise Http404
    return line


def _register(slug: str) -> Register:
    try:
        return REGISTERS[slug]
    except KeyError:
        raise Http404 from None


def _context(request: StaffRequest, one: Register) -> dict[str, Any]:
    return {
        "here": "registers:home",
        "register": one,
        "heads": [head for head, _ in one.shown],
        "may_edit": request.actor.may_somewhere(one.policy),
    }
