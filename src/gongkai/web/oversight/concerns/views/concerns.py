"""Screens of one matter of concern: register, see its limits, say what was released, close."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import MomentField, name_what_is_missing
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.publication.models import Publication

from ..acts import concerns as acting
from ..models import Concern, ConcernRelease, ConcernResult
from ..standing import standing_of
from .lists import HERE, READ

_FIELDS = ("agency", "section", "title", "matter", "kind", "source", "link", "began_at")
_RELEASE_FIELDS = ("kind", "at", "title", "place", "index_number", "link")
_HINTS = {
    "began_at": "国办发〔2016〕61号没有写明从什么时候起算。一般写发现的时间；突发事件写发生的时间。",
    "source": "在哪里看到的：网民留言、媒体、热线、上级转来。不写留言人的姓名。",
    "index_number": "在公开平台发布的，写它的索引号。",
}


@staff(acting.POLICY)
def new(request: StaffRequest) -> HttpResponseBase:
    """Register a matter."""
    return _form(request, None)


@staff(acting.POLICY)
def edit(request: StaffRequest, number: int) -> HttpResponseBase:
    """Change one that is open."""
    found = _found(request, number)
    request.actor.require(acting.POLICY, found.agency)
    return _form(request, found)


@staff(READ)
def concern(request: StaffRequest, number: int) -> HttpResponseBase:
    """One matter with its limits and releases; what was released is added here."""
    found = _found(request, number)
    may_edit = request.actor.may(acting.POLICY, found.agency) and found.is_open
    form = _release_form()(request.POST or None, initial={"at": timezone.localtime()})
    name_what_is_missing(form)
    if request.method == "POST":
        request.actor.require(acting.POLICY, found.agency)
        if form.is_valid():
            try:
                done = acting.release(request.actor, found, form.cleaned_data)
            except (ValidationError, Forbidden) as error:
                form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            else:
                messages.success(request, f"已登记发布：{done}。")
                return redirect("concerns:concern", found.pk)
    return _page(request, found, form, may_edit, 422 if form.errors else 200)


@require_POST
@staff(acting.POLICY)
def remove_release(request: StaffRequest, number: int, release: int) -> HttpResponseBase:
    """Take a release back that was registered by mistake."""
    found = _found(request, number)
    one = found.releases.filter(pk=release).first()
    if one is None:
        raise Http404
    acting.remove_release(request.actor, one)
    messages.success(request, f"已去掉：{one.title}。")
    return redirect("concerns:concern", found.pk)


@require_POST
@staff(acting.POLICY)
def close(request: StaffRequest, number: int) -> HttpResponseBase:
    """Close a matter with its result."""
    found = _found(request, number)
    result, said = request.POST.get("result", ""), request.POST.get("said", "")
    try:
        acting.close(request.actor, found, result, said)
    except Forbidden as refusal:
        if not request.actor.may(acting.POLICY, found.agency):
            raise
        form = _release_form()(initial={"at": timezone.localtime()})
        closing = {"problem": str(refusal), "result": result, "said": said}
        return _page(request, found, form, found.is_open, 422, **closing)
    undo = reverse("concerns:reopen", args=[found.pk])
    messages.success(request, "已办结。", extra_tags=f"undo:{undo}")
    return redirect("concerns:concern", found.pk)


@require_POST
@staff(acting.POLICY)
def reopen(request: StaffRequest, number: int) -> HttpResponseBase:
    """Open a closed one again."""
    found = _found(request, number)
    acting.reopen(request.actor, found)
    messages.success(request, "已改回未办结。")
    return redirect("concerns:concern", found.pk)


def _page(
    request: StaffRequest,
    found: Concern,
    form: forms.BaseForm,
    may_edit: bool,
    status: int,
    **closing: Any,
) -> HttpResponseBase:
    (stands,) = standing_of([found], timezone.now())
    releases = list(found.releases.all())
    numbers = [one.index_number for one in releases if one.index_number]
    public = Publication.objects.filter(index_number__in=numbers).only("index_number", "year")
    pages = {one.index_number: settings.MOUNT + one.path for one in public}
    context = {
        "here": HERE,
        "concern": found,
        "stands": stands,
        "limits": [
            {"of": one, "late": one.late(stands.now), "near": one.near(stands.now)}
            for one in stands.limits
        ],
        "releases": [{"of": one, "page": pages.get(one.index_number)} for one in releases],
        "form": form,
        "may_edit": may_edit,
        "may_reopen": request.actor.may(acting.POLICY, found.agency) and not found.is_open,
        "results": ConcernResult.choices,
        "closing": closing,
    }
    return render(request, "concerns/concern.html", context, status=status)


def _form(request: StaffRequest, found: Concern | None) -> HttpResponseBase:
    agencies = request.actor.agencies(acting.POLICY)
    held = found or Concern()
    initial = {} if found else {"agency": agencies[0], "began_at": timezone.localtime()}
    form = _form_of(Concern, _FIELDS, agencies)(
        request.POST or None, instance=held, initial=initial
    )
    name_what_is_missing(form)
    if request.method == "POST" and form.is_valid():
        fresh = _found(request, found.pk) if found else Concern()
        try:
            done = acting.put(request.actor, fresh, form.cleaned_data)
        except (ValidationError, Forbidden) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, f"已保存：{done}。")
            return redirect("concerns:concern", done.pk)
    context = {"here": HERE, "form": form, "concern": found}
    return render(request, "concerns/form.html", context, status=422 if form.errors else 200)


def _release_form() -> type[forms.Form]:
    fields = _form_of(ConcernRelease, _RELEASE_FIELDS, []).base_fields
    return type("ReleaseForm", (forms.Form,), dict(fields))


def _form_of(
    model: type[models.Model], names: tuple[str, ...], agencies: list[Agency]
) -> type[forms.ModelForm[Any]]:
    def field(db_field: models.Field[Any, Any], **kwargs: Any) -> Any:
        if db_field.name == "agency":
            among = Agency.objects.filter(pk__in=[a.pk for a in agencies])
            return forms.ModelChoiceField(among, label=db_field.verbose_name)
        if db_field.choices:
            choices = [("", "——"), *db_field.choices]
            made: Any = forms.ChoiceField(label=db_field.verbose_name, choices=choices)
        elif isinstance(db_field, models.DateTimeField):
            made = MomentField(label=db_field.verbose_name)
        elif isinstance(db_field, models.URLField):
            made = forms.URLField(
                label=db_field.verbose_name, required=False, assume_scheme="https", max_length=500
            )
        else:
            if isinstance(db_field, models.TextField):
                kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
            made = db_field.formfield(**kwargs)
        made.help_text = _HINTS.get(db_field.name, "")
        return made

    return forms.modelform_factory(model, fields=names, formfield_callback=field)


def _found(request: StaffRequest, number: int) -> Concern:
    found = Concern.objects.select_related("agency").filter(pk=number).first()
    if found is None or not request.actor.may(READ, found.agency):
        raise Http404
    return found
