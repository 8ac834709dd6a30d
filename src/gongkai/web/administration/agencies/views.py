"""Screens about agencies: the tree, one agency, and what is changed there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.core.catalogue import columns_for
from gongkai.web.administration.agencies.acts import change, keep
from gongkai.web.administration.agencies.forms import (
    ContactForm,
    EndForm,
    Filters,
    MakeForm,
    Officers,
    PlaceForm,
    RenameForm,
    StepsForm,
    columns_note,
)
from gongkai.web.administration.people.staffing import shortages
from gongkai.web.agencies.models import Agency
from gongkai.web.people.models import Appointment
from gongkai.web.policies import Forbidden, StaffRequest, staff

HERE = "agencies:list"


@staff("agency.read")
def agencies(request: StaffRequest) -> HttpResponseBase:
    """The tree, as far as the person reaches, narrowed by filters in the address."""
    filters = Filters(request.GET)
    reached = request.actor.agencies("agency.read")
    asked = {a.pk for a in reached if filters.keeps(a)}
    context = {
        "here": HERE,
        "filters": filters,
        "rows": _tree(reached, asked),
        "count": len(asked),
        "query": request.GET.urlencode(),
        "may_make": request.actor.may_somewhere("agency.edit"),
    }
    return render(request, "agencies/list.html", context)


@staff("agency.read")
def agency(request: StaffRequest, number: int) -> HttpResponseBase:
    """One agency: what it is, how it is reached, its people, its past."""
    one = found(request, number)
    today = timezone.localdate()
    columns = columns_for(one.kind)
    context = {
        "here": HERE,
        "agency": one,
        "ancestors": [a for a in one.ancestors() if request.actor.may("agency.read", a)],
        "children": one.children.active(),
        "predecessors": one.predecessors.all(),
        "officers": one.officers.all(),
        "past_names": one.past_names.all(),
        "columns": columns,
        "statutory": next((c.items for c in columns if c.id == "statutory"), ()),
        "columns_note": columns_note(one.kind),
        "held": Appointment.objects.on(today).filter(agency=one).select_related("person"),
        "shortages": [] if one.ended_on or not columns else shortages(one, today),
        "reads_people": request.actor.may_somewhere("person.read"),
        "may": {
            act: request.actor.may(f"agency.{act}", one)
            for act in ("edit_contact", "edit", "steps")
        },
    }
    return render(request, "agencies/agency.html", context)


@staff("agency.edit")
def make(request: StaffRequest) -> HttpResponseBase:
    """A new agency."""
    above = request.GET.get("parent", "")
    first = {"parent": above} if above.isdecimal() else {}
    form = MakeForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            made = keep.make(request.actor, **form.cleaned_data)
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已新建：{made.name}。")
            return redirect("agencies:agency", made.pk)
    return _form(request, None, form, "新建机关", "新建", key="agency-new")


@staff("agency.edit_contact")
def edit_contact(request: StaffRequest, number: int) -> HttpResponseBase:
    """The contact block and the functions."""
    one = found(request, number, "agency.edit_contact")
    form = ContactForm(_posted(request), instance=one)
    return _edit(request, one, form, keep.edit_contact, "联系信息和职能", "contact")


@staff("agency.edit")
def edit(request: StaffRequest, number: int) -> HttpResponseBase:
    """Kind, place in the tree, index number."""
    one = found(request, number, "agency.edit")
    form = PlaceForm(_posted(request), instance=one)
    return _edit(request, one, form, keep.edit, "类别、上级和索引号", "place")


@staff("agency.steps")
def steps(request: StaffRequest, number: int) -> HttpResponseBase:
    """Which steps of review there are."""
    one = found(request, number, "agency.steps")
    form = StepsForm(_posted(request), instance=one)
    return _edit(
        request, one, form, keep.set_steps, "审查步骤", "steps", "保密审查不能省（第十七条）。"
    )


@staff("agency.edit_contact")
def officers(request: StaffRequest, number: int) -> HttpResponseBase:
    """The leaders, one a line."""
    one = found(request, number, "agency.edit_contact")
    kept = [{"name": o.name, "post": o.post, "duty": o.duty} for o in one.officers.all()]
    lines = Officers(_posted(request), initial=kept)
    if lines.is_bound and lines.is_valid():
        keep.set_officers(request.actor, one, [d for d in lines.cleaned_data if d.get("name")])
        messages.success(request, f"已保存：{one.short_name}的负责人。")
        return redirect("agencies:agency", one.pk)
    context = {"here": HERE, "agency": one, "lines": lines}
    status = 422 if lines.is_bound else 200
    return render(request, "agencies/officers.html", context, status=status)


@staff("agency.edit")
def rename(request: StaffRequest, number: int) -> HttpResponseBase:
    """A new name; the old one stays with what was published under it."""
    one = found(request, number, "agency.edit")
    form = RenameForm(_posted(request), initial={"last_day": timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            renamed = change.rename(request.actor, one, **form.cleaned_data)
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = reverse("agencies:take_back_name", args=[one.pk])
            text = f"已改名：{one.name} → {renamed.name}。"
            messages.success(request, text, extra_tags=f"undo:{undo}")
            return redirect("agencies:agency", one.pk)
    note = "以前发布的信息仍署原名，网址不变，机关页面上列出曾用名。"
    return _form(request, one, form, "改名", "改名", note=note, key=f"agency-name-{one.pk}")


@require_POST
@staff("agency.edit")
def take_back_name(request: StaffRequest, number: int) -> HttpResponseBase:
    """The undo of a new name."""
    one = found(request, number, "agency.edit")
    back = change.take_back_name(request.actor, one)
    messages.success(request, f"已恢复原名：{back.name}。")
    return redirect("agencies:agency", one.pk)


@staff("agency.edit")
def end(request: StaffRequest, number: int) -> HttpResponseBase:
    """Merge into another, or end; asked on a page of its own."""
    one = found(request, number, "agency.edit")
    form = EndForm(one, _posted(request))
    if form.is_bound and form.is_valid():
        into, day, reason = (form.cleaned_data[name] for name in ("into", "day", "reason"))
        try:
            if into is not None:
                change.merge(request.actor, one, into, day, reason)
            else:
                change.end(request.actor, one, day, reason)
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = reverse("agencies:revive", args=[one.pk])
            text = f"{one.short_name}已{f'并入{into.short_name}' if into else '撤销'}。"
            messages.success(request, text, extra_tags=f"undo:{undo}")
            return redirect("agencies:agency", one.pk)
    context = {"here": HERE, "agency": one, "form": form, "published": one.publications.count()}
    return render(request, "agencies/end.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff("agency.edit")
def revive(request: StaffRequest, number: int) -> HttpResponseBase:
    """The undo of an end."""
    one = found(request, number, "agency.edit")
    change.revive(request.actor, one)
    messages.success(request, f"已恢复：{one.name}。")
    return redirect("agencies:agency", one.pk)


@require_POST
@staff("agency.read")
def undo(request: StaffRequest, number: int, entry: int) -> HttpResponseBase:
    """Put back what one just changed."""
    one = found(request, number)
    keep.undo(request.actor, one, entry)
    messages.success(request, f"已撤销刚才对{one.short_name}的修改。")
    return redirect("agencies:agency", one.pk)


def found(request: StaffRequest, number: int, act: str = "agency.read") -> Agency:
    """The agency; not found for those who may not read it, Forbidden for the act."""
    one = (
        Agency.objects.select_related("parent", "competent_for", "succeeded_by")
        .filter(pk=number)
        .first()
    )
    if one is None or not request.actor.may("agency.read", one):
        raise Http404
    request.actor.require(act, one)
    return one


def _posted(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _edit(
    request: StaffRequest,
    one: Agency,
    form: Any,
    act: Callable[..., Agency],
    what: str,
    key: str,
    note: str = "",
) -> HttpResponseBase:
    if form.is_bound and form.is_valid():
        before = keep.last_entry(one, request.actor)
        try:
            act(request.actor, one, **form.cleaned_data)
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
        else:
            after = keep.last_entry(one, request.actor)
            undo_at = reverse("agencies:undo", args=[one.pk, after])
            if after == before:
                messages.success(request, "没有改动。")
            else:
                text = f"已保存：{one.short_name}的{what}。"
                messages.success(request, text, extra_tags=f"undo:{undo_at}")
            return redirect("agencies:agency", one.pk)
    return _form(request, one, form, what, "保存", note=note, key=f"agency-{key}-{one.pk}")


def _form(
    request: StaffRequest,
    one: Agency | None,
    form: BaseForm,
    heading: str,
    button: str,
    *,
    note: str = "",
    key: str = "",
) -> HttpResponse:
    shown = Agency.objects.get(pk=one.pk) if one is not None else None
    context = {
        "here": HERE, "agency": shown, "form": form, "heading": heading, "button": button,
        "note": note, "key": key,
    }  # fmt: skip
    return render(request, "agencies/form.html", context, status=422 if form.is_bound else 200)


def _tree(reached: list[Agency], asked: set[int]) -> list[dict[str, Any]]:
    """Every agency asked for and, above each, those that lead to it; the tree from its top."""
    shown = {
        int(number) for a in reached if a.pk in asked for number in a.path.split("/") if number
    }
    below: dict[int | None, list[Agency]] = {}
    there = {a.pk for a in reached}
    for one in reached:
        if one.pk in shown:
            parent = one.parent_id if one.parent_id in there else None
            below.setdefault(parent, []).append(one)
    rows: list[dict[str, Any]] = []

    def walk(parent: int | None, level: int) -> None:
        for one in below.get(parent, ()):
            rows.append({"agency": one, "level": level, "asked": one.pk in asked})
            walk(one.pk, level + 1)

    walk(None, 0)
    return rows
