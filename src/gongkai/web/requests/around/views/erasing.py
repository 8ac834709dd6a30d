"""The screen on which who asked is erased before the period is over."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts.erase import erase_now
from ..forms import Named
from .finding import HERE, found


class EraseForm(Named):
    """Why now."""

    reason = forms.CharField(
        label="原因", max_length=200, help_text="例如：本人要求删除。不写姓名。"
    )


@staff("request.erase")
def erase(request: StaffRequest, number: int) -> HttpResponseBase:
    """Erase after a confirmation that asks for the reason: it cannot be undone."""
    case = found(request, number)
    request.actor.require("request.erase", case.agency)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_now(request.actor, case, form.cleaned_data["reason"])
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已删除身份信息：{case.number}。")
            return redirect("requests:case", case.pk)
    context = {
        "here": HERE,
        "case": case,
        "form": form,
        "title": "删除身份信息",
        "back": reverse("requests:case", args=[case.pk]),
    }
    status = 422 if form.errors else 200
    return render(request, "requests/around/erase.html", context, status=status)
