"""A line of the standard catalogue, and which published items cover it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongkai.web.policies import StaffRequest, staff
from gongkai.web.publication.models import Publication

from . import acts
from .models import StandardCoverage, StandardEntry

MOST_OFFERED = 20


@staff("register.read")
def entry(request: StaffRequest, entry: int) -> HttpResponseBase:
    """The line, what covers it, and items of the agency to choose from."""
    line = _entry(request, entry)
    covered = StandardCoverage.objects.filter(entry=line)
    items = Publication.objects.in_bulk(list(covered.values_list("item_number", flat=True)))
    query = request.GET.get("q", line.second_matter or line.first_matter).strip()
    offered = Publication.objects.filter(agency=line.agency, title__icontains=query).exclude(
        pk__in=items
    )
    context = {
        "here": "registers:home",
        "line": line,
        "covered": [{"coverage": one, "item": items.get(one.item_number)} for one in covered],
        "q": query,
        "offered": offered[:MOST_OFFERED],
        "may_edit": request.actor.may("register.edit", line.agency),
    }
    return render(request, "registers/standard.html", context)


@require_POST
@staff("register.edit")
def cover(request: StaffRequest, entry: int) -> HttpResponseBase:
    """Choose an item that covers the line."""
    line = _entry(request, entry)
    number = request.POST.get("item", "")
    item = Publication.objects.filter(
        pk=int(number) if number.isdecimal() else 0, agency=line.agency
    ).first()
    if item is None:
        raise Http404
    acts.cover(request.actor, line, item.number)
    messages.success(request, f"“{item.title}”已对应到这一项。")
    return redirect("registers:standard", line.pk)


@require_POST
@staff("register.edit")
def uncover(request: StaffRequest, coverage: int) -> HttpResponseBase:
    """Take it back."""
    one = StandardCoverage.objects.select_related("entry__agency").filter(pk=coverage).first()
    if one is None or not request.actor.may("register.read", one.entry.agency):
        raise Http404
    acts.uncover(request.actor, one)
    messages.success(request, "已去掉对应。")
    return redirect("registers:standard", one.entry_id)


def _entry(request: StaffRequest, number: int) -> StandardEntry:
    line = StandardEntry.objects.select_related("agency").filter(pk=number).first()
    if line is None or not request.actor.may("register.read", line.agency):
        raise Http404
    return line
