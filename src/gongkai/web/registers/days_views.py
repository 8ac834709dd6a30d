"""Working days by year: what is known, and entering a notice that is newer than ours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from gongkai.core.days import announced_years, arrangement, parse_year
from gongkai.web.form_fields import DateField
from gongkai.web.policies import Forbidden, StaffRequest, staff

from . import acts
from .models import YearArrangement

BREAKS = 8


class NoticeForm(forms.Form):
    """The notice of the State Council's General Office."""

    year = forms.IntegerField(label="年份", min_value=2019, max_value=2100)
    title = forms.CharField(label="通知名称", max_length=120)
    number = forms.CharField(label="发文字号", max_length=60)
    made_on = DateField(label="成文日期")


class BreakForm(forms.Form):
    """One break."""

    name = forms.CharField(label="假日", max_length=20, required=False)
    first = DateField(label="第一天", required=False)
    last = DateField(label="最后一天", required=False)
    makeup = forms.CharField(
        label="上班的周末", required=False, help_text="如 2027-01-04，几天之间空一格。"
    )

    def clean(self) -> dict[str, Any]:
        """A break has a name and both its days, or is left empty."""
        given = super().clean() or self.cleaned_data
        filled = [bool(given.get(name)) for name in ("name", "first", "last")]
        if any(filled) and not all(filled):
            raise forms.ValidationError("假日、第一天、最后一天都要填。")
        return given


Breaks = forms.formset_factory(BreakForm, extra=BREAKS, max_num=BREAKS)


@staff("register.read")
def days(request: StaffRequest) -> HttpResponseBase:
    """Every year that is announced; the competent department enters new ones."""
    may_edit = request.actor.may_somewhere("days.edit")
    notice = NoticeForm(request.POST or None)
    breaks = Breaks(request.POST or None)
    if request.method == "POST":
        request.actor.require_somewhere("days.edit")
        if notice.is_valid() and breaks.is_valid():
            given = notice.cleaned_data
            try:
                acts.announce_year(
                    request.actor,
                    f"{given['title']}（{given['number']}）",
                    toml_of(given, [b.cleaned_data for b in breaks if b.cleaned_data.get("name")]),
                )
            except Forbidden as refusal:
                notice.add_error(None, str(refusal))
            else:
                messages.success(request, f"{given['year']}年放假安排已记下，到期日按它重新计算。")
                return redirect("registers:days")
    entered = {one.year: one for one in YearArrangement.objects.all()}
    years = [
        {
            "year": parse_year(entered[y].toml) if y in entered else arrangement(y),
            "entered": entered.get(y),
        }
        for y in sorted({*announced_years(), *entered}, reverse=True)
    ]
    context = {
        "here": "registers:home",
        "years": years,
        "notice": notice,
        "breaks": breaks,
        "may_edit": may_edit,
    }
    failed = request.method == "POST"
    return render(request, "registers/days.html", context, status=422 if failed else 200)


def toml_of(notice: dict[str, Any], breaks: list[dict[str, Any]]) -> str:
    """The arrangement in the form of ``core/days/years``."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    lines = [
        f"year = {notice['year']}",
        "",
        "[[notice]]",
        f"title = {quoted(notice['title'])}",
        f"number = {quoted(notice['number'])}",
        f"made_on = {notice['made_on']:%Y-%m-%d}",
        "verified = true",
    ]
    for one in breaks:
        makeup = ", ".join(one["makeup"].replace("，", " ").replace("、", " ").split())
        lines += [
            "",
            "[[holiday]]",
            f"name = {quoted(one['name'])}",
            f"from = {one['first']:%Y-%m-%d}",
            f"until = {one['last']:%Y-%m-%d}",
            *([f"makeup = [{makeup}]"] if makeup else []),
        ]
    return "\n".join(lines) + "\n"
