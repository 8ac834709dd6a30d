"""Screens of how an agency handles requests, and of its templates of letters."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.core.letters import Unready, check_template, default_template, letter_kinds
from gongkai.web.agencies.models import Agency
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.typesetting import typeset

from ...venue import reconsideration_bodies, settings_of
from ..acts.change_settings import change_settings, change_template
from ..forms import Named
from ..sample_letters import sample_letter
from ..settings_form import SettingsForm, other_questions
from .finding import HERE

_ACT = "request.settings"


class TemplateForm(Named):
    """The text of a template."""

    text = forms.CharField(
        label="模板", required=False, widget=forms.Textarea(attrs={"rows": 22}),
        help_text="清空后保存，用回系统自带的。",
    )  # fmt: skip


@staff(_ACT)
def agencies(request: StaffRequest) -> HttpResponseBase:
    """Whose settings may be changed; with one agency straight to it."""
    found = request.actor.agencies(_ACT)
    if len(found) == 1:
        return redirect("requests:settings_of", found[0].pk)
    return render(
        request, "requests/around/settings_agencies.html", {"here": HERE, "agencies": found}
    )


@staff(_ACT)
def settings(request: StaffRequest, agency: int) -> HttpResponseBase:
    """The settings of one agency."""
    one = _found(request, agency)
    form = SettingsForm(settings_of(one), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = change_settings(request.actor, one, form.facts())
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
        else:
            more = f"{moved} 件在办申请的到期日因此改变。" if moved else ""
            messages.success(request, f"设置已保存。{more}")
            return redirect("requests:settings_of", one.pk)
    context = {
        "here": HERE,
        "agency": one,
        "form": form,
        "others": other_questions(),
        "bodies": reconsideration_bodies(one),
    }
    status = 422 if form.errors else 200
    return render(request, "requests/around/settings.html", context, status=status)


@staff(_ACT)
def letters(request: StaffRequest, agency: int) -> HttpResponseBase:
    """Every kind of letter, and whether the agency changed it."""
    one = _found(request, agency)
    changed = settings_of(one).templates
    rows = [{"kind": kind, "changed": name in changed} for name, kind in letter_kinds().items()]
    context = {"here": HERE, "agency": one, "rows": rows}
    return render(request, "requests/around/settings_letters.html", context)


@staff(_ACT)
def template(request: StaffRequest, agency: int, kind: str) -> HttpResponseBase:
    """One template: changed, tried with invented facts, or taken back; ``try`` saves nothing."""
    one = _found(request, agency)
    known = letter_kinds().get(kind)
    if known is None:
        raise Http404
    kept = settings_of(one).templates.get(kind)
    form = TemplateForm(request.POST or None, initial={"text": kept or default_template(kind)})
    tried = None
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if "try" in request.POST:
            tried = text
        else:
            try:
                change_template(request.actor, one, kind, text)
            except Forbidden as refusal:
                form.add_error("text", str(refusal))
            else:
                messages.success(request, f"{known.label}的模板已保存。")
                return redirect("requests:settings_letters", one.pk)
    shown = tried if tried is not None else (kept or default_template(kind))
    made = sample_letter(one, kind, shown, timezone.localdate())
    if not isinstance(made, Unready) and request.GET.get("form") == "pdf":
        data = typeset(replace(made, agency=one.name))
        return HttpResponse(data, content_type="application/pdf")
    context = {
        "here": HERE,
        "agency": one,
        "kind": known,
        "form": form,
        "own": kept is not None,
        "tried": tried is not None,
        "wrong": [str(finding) for finding in check_template(kind, shown)],
        "lines": [] if isinstance(made, Unready) else made.text.splitlines(),
        "lacks": made.sentences if isinstance(made, Unready) else (),
    }
    status = 422 if form.errors else 200
    return render(request, "requests/around/settings_letter.html", context, status=status)


def _found(request: StaffRequest, number: int) -> Agency:
    one = Agency.objects.filter(pk=number).first()
    if one is None or not request.actor.may(_ACT, one):
        raise Http404
    return one
