"""Screens of the registers: one set for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Min
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.web import sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import name_what_is_missing
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.publication.models import Publication
from gongkai.web.registers.acts import Refused
from gongkai.web.registers.filters import asked, years_to

from ..acts import lines as acting
from ..kinds import WORK_RULES
from ..models import RegisterLine
from ..register import MeasureRegister
from ..systems_kept import systems_kept
from .found import READ, context_of, kept_lines, line_of, register_of

PAGE = 50


@require_safe
@staff(READ)
def lines(request: StaffRequest, register: str) -> HttpResponseBase:
    """The lines of one register."""
    one, filters = register_of(register), asked(request, READ)
    kept = kept_lines(one, filters)
    if one.papers:
        kept = kept.prefetch_related("papers")
    page = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    own = {agency.pk for agency in request.actor.agencies(one.policy)}
    read = {agency.pk for agency in filters.agencies}
    published = _published(line for line in page) if one is WORK_RULES else {}
    rows = [
        {
            "line": line,
            "cells": [{"head": head, "value": value(line)} for head, value in one.listed],
            "may_edit": line.agency_id in own,
            # Who is only told of an inspection sees its line, not its papers.
            "papers": line.papers.all() if one.papers and line.agency_id in read else [],
            "published": published.get(getattr(line, "index_number", "")),
        }
        for line in page
    ]
    first = one.readable(filters.agencies).order_by().aggregate(first=Min(one.day))["first"]
    about = filters.chosen or (filters.agencies[0] if len(filters.agencies) == 1 else None)
    context = {
        **context_of(request, one),
        "page": page,
        "rows": rows,
        "listed": [head for head, _ in one.listed],
        "filters": filters,
        "years": years_to(first.year if first else None),
        "query": query.urlencode(),
        "systems": systems_kept(about, timezone.localdate())
        if one is WORK_RULES and about
        else None,
        "systems_of": about,
    }
    return render(request, "measures/lines.html", context)


@require_safe
@staff(READ)
def export(request: StaffRequest, register: str, form: str) -> HttpResponseBase:
    """What the filters leave, as xlsx or csv; it can be imported again as it is."""
    one = register_of(register)
    if form not in ("xlsx", "csv"):
        raise Http404
    heads = ["机关代码", "机关", *(head for head, _ in one.shown)]
    kept = kept_lines(one, asked(request, READ)).iterator(chunk_size=500)
    rows = (
        [line.agency.code, line.agency.short_name, *(value(line) for _, value in one.shown)]
        for line in kept
    )
    return sheets.answer(f"{one.slug}.{form}", one.title, heads, rows)


@staff(READ)
def edit(request: StaffRequest, register: str, line: int | None = None) -> HttpResponseBase:
    """One line: entered or changed."""
    one = register_of(register)
    request.actor.require_somewhere(one.policy)
    held: Any = one.model() if line is None else line_of(request, one, line)
    if line is not None:
        request.actor.require(one.policy, held.agency)
    own = request.actor.agencies(one.policy)
    form_class = one.form_of(own, request.actor.agencies(READ))
    initial = {"agency": own[0]} if own and line is None else {}
    form = form_class(request.POST or None, instance=held, initial=initial)
    name_what_is_missing(form)
    if request.method == "POST" and form.is_valid():
        fresh: Any = one.model() if line is None else line_of(request, one, line)
        try:
            done = acting.put(request.actor, one, fresh, form.cleaned_data)
        except (ValidationError, Forbidden) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, f"已保存：{done}。")
            return redirect("measures:lines", one.slug)
    context = {
        **context_of(request, one),
        "form": form,
        "line": held if line else None,
        "paper_kinds": [(kind.value, kind.label) for kind in one.papers],
        "papers": held.papers.all() if line and one.papers else [],
    }
    return render(request, "measures/edit.html", context, status=422 if form.errors else 200)


@require_POST
@staff(READ)
def remove(request: StaffRequest, register: str, line: int) -> HttpResponseBase:
    """Take a line out; the message offers to put it back."""
    one = register_of(register)
    held = line_of(request, one, line)
    acting.take_out(request.actor, one, held)
    undo = reverse("measures:restore", args=[one.slug, held.pk])
    messages.success(request, f"已删去：{held}。", extra_tags=f"undo:{undo}")
    return redirect("measures:lines", one.slug)


@require_POST
@staff(READ)
def restore(request: StaffRequest, register: str, line: int) -> HttpResponseBase:
    """Put a line back."""
    one = register_of(register)
    held = line_of(request, one, line, removed=True)
    acting.put_back(request.actor, one, held)
    messages.success(request, f"已恢复：{held}。")
    return redirect("measures:lines", one.slug)


@staff(READ)
def import_lines(request: StaffRequest, register: str) -> HttpResponseBase:
    """Many lines from a table; each refused row says why."""
    one = register_of(register)
    request.actor.require_somewhere(one.policy)
    agencies = request.actor.agencies(one.policy)
    context: dict[str, Any] = {**context_of(request, one), "agencies": agencies}
    if request.method != "POST":
        return render(request, "measures/import.html", context)
    file = request.FILES.get("file")
    unread: list[Refused] = []
    try:
        if file is None:
            raise sheets.Unreadable("选一个文件。")
        rows = sheets.read_rows(file.read(), one.heads)
        read = _imported(one, agencies, rows, request.POST.get("agency", ""), unread)
        done, refused = acting.put_many(request.actor, one, read)
    except (sheets.Unreadable, Forbidden) as error:
        context["error"] = str(error)
        return render(request, "measures/import.html", context, status=422)
    context |= {"done": done, "refused": [*unread, *refused]}
    return render(request, "measures/import.html", context)


def _imported(
    one: MeasureRegister,
    agencies: list[Agency],
    rows: list[dict[str, str]],
    chosen: str,
    unread: list[Refused],
) -> Iterator[tuple[str, RegisterLine, dict[str, Any]]]:
    by_code = {agency.code: agency for agency in agencies}
    only = agencies[0] if len(agencies) == 1 else None
    for row in rows:
        code = row.get("机关代码", "").strip()
        agency = by_code.get(code) if code else by_code.get(chosen, only)
        try:
            if agency is None:
                raise ValidationError(f"机关代码“{code}”不是你管的机关。")
            facts = {**one.read(row), "agency": agency}
            same = {name: facts[name] for name in ("agency", *one.same)}
            known = one.model._default_manager.filter(**same, removed_at=None).first()
        except ValidationError as error:
            unread.append(Refused(row["_row"], "；".join(error.messages)))
            continue
        line = known or one.model()
        assert isinstance(line, RegisterLine)
        yield row["_row"], line, facts


def _published(lines: Iterator[Any]) -> dict[str, str]:
    """By index number, the public page: it may be another agency's."""
    numbers = [line.index_number for line in lines if line.index_number]
    found = Publication.objects.filter(index_number__in=numbers).only("index_number", "year")
    return {one.index_number: settings.MOUNT + one.path for one in found}
