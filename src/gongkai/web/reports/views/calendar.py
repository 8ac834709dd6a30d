"""The screens of the year's calendar, and of the days and reminders a department settles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gongkai.core.law import cite
from gongkai.core.report.calendar import Who, own_day, yearly_days
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.form_fields import DateField, name_what_is_missing
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.public.shell import has_columns

from ..acts import limits as acting
from ..calendar import gathering_days, level_of, of_agency, of_region
from ..due_days import DEFAULT_DAYS
from ..models import Collecting, Level, ReportLimit
from ..standing import reporting_to
from ..superior import governments
from .found import HERE

_FIRST_YEAR = 2019


class LimitForm(forms.Form):
    """A day by which reports are handed in."""

    agency = forms.ChoiceField(label="哪个机关", required=False)
    submit_by = DateField(label="最迟哪天报送")
    note = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_what_is_missing(self)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)
        agency.choices = [("", "全部机关"), *((str(one.pk), one.short_name) for one in agencies)]


class CollectingForm(forms.Form):
    """How a department collects."""

    level = forms.ChoiceField(
        label="本级政府是哪一级", required=False,
        choices=[("", "没有设"), *Level.choices],
    )  # fmt: skip
    reminder_days = forms.CharField(
        label="到期前几个工作日提醒",
        help_text=f"用逗号隔开，0 是到期当天。默认 {'、'.join(map(str, DEFAULT_DAYS))}。",
    )

    def __init__(self, year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = "，".join(f"{level}{on.month}月{on.day}日" for level, on in gathering_days(year))
        self.fields["level"].help_text = f"汇总报上一级的日子按级别定：{days}。" if days else ""

    def clean_reminder_days(self) -> list[int]:
        """Whole numbers, as typed with any comma."""
        text = self.cleaned_data["reminder_days"].replace("，", ",").replace("、", ",")
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not parts or not all(part.isdecimal() for part in parts):
            raise forms.ValidationError("写整数，用逗号隔开。")
        return [int(part) for part in parts]


@staff("report.read")
def calendar(request: StaffRequest) -> HttpResponseBase:
    """What is due when in a year, for one agency or for a region."""
    tops = governments(request.actor)
    choices = [*tops, *(a for a in request.actor.agencies("report.read") if _reports(a))]
    if not choices:
        raise Http404
    code = request.GET.get("agency", "")
    chosen = next((one for one in choices if one.code == code), choices[0])
    year, today = _year(request.GET.get("year", "")), timezone.localdate()
    region = chosen in tops
    lines = of_region(chosen, year, today) if region else of_agency(chosen, year, today)
    context = {
        "here": HERE,
        "choices": choices,
        "chosen": chosen,
        "region": region,
        "year": year,
        "years": range(today.year, _FIRST_YEAR - 1, -1),
        "today": today,
        "lines": lines,
        "levels": gathering_days(year) if region and level_of(chosen) is None else [],
        "may_settle": region,
    }
    return render(request, "reports/calendar.html", context)


@staff("report.collect")
def limits(request: StaffRequest) -> HttpResponseBase:
    """The days that the department set for a year; set another, or how it collects."""
    tops = governments(request.actor)
    to = _government(request, tops)
    year = _year(request.POST.get("year") or request.GET.get("year", ""))
    below = reporting_to(to, year)
    kept = Collecting.objects.filter(government=to).first()
    days = (kept.reminder_days if kept else []) or DEFAULT_DAYS
    settling = "settle" in request.POST
    form = LimitForm(below, request.POST if request.method == "POST" and not settling else None)
    collecting = CollectingForm(
        year,
        request.POST if settling else None,
        initial={
            "level": kept.level if kept else "",
            "reminder_days": "，".join(map(str, days)),
        },
    )
    if request.method == "POST":
        done = _settle(request, to, collecting) if settling else _limit(request, to, year, form)
        if done:
            messages.success(request, done)
            return redirect(_address(to, year))
    wrong = form.errors or collecting.errors
    context = {
        "here": HERE,
        "tops": tops,
        "to": to,
        "year": year,
        "years": range(timezone.localdate().year, _FIRST_YEAR - 1, -1),
        "limits": ReportLimit.objects.filter(to=to, year=year).select_related("agency", "set_by"),
        "form": form,
        "collecting": collecting,
        "wrong": collecting if collecting.errors else form,
        "legal": own_day(Who.DEPARTMENT, year).on(year),
        "basis": cite(own_day(Who.DEPARTMENT, year).basis),
    }
    return render(request, "reports/limits.html", context, status=422 if wrong else 200)


@require_POST
@staff("report.collect")
def lift(request: StaffRequest, number: int) -> HttpResponseBase:
    """The law's own day holds again."""
    limit = ReportLimit.objects.select_related("to", "agency").filter(pk=number).first()
    if limit is None or not request.actor.may("report.collect", limit.to):
        raise Http404
    acting.lift_limit(request.actor, limit)
    messages.success(request, f"已取消：{limit}。")
    return redirect(_address(limit.to, limit.year))


def _limit(request: StaffRequest, to: Agency, year: int, form: LimitForm) -> str:
    """What was done, in words; empty where it was refused, which the form says."""
    if not form.is_valid():
        return ""
    given = form.cleaned_data
    agency = Agency.objects.filter(pk=given["agency"]).first() if given["agency"] else None
    try:
        limit = acting.set_limit(request.actor, to, year, given["submit_by"], agency, given["note"])
    except Forbidden as refusal:
        form.add_error("submit_by", str(refusal))
        return ""
    return f"已定：{limit}。"


def _settle(request: StaffRequest, to: Agency, form: CollectingForm) -> str:
    if not form.is_valid():
        return ""
    given = form.cleaned_data
    try:
        acting.change_collecting(request.actor, to, given["level"], given["reminder_days"])
    except Forbidden as refusal:
        form.add_error("reminder_days", str(refusal))
        return ""
    return "收报的设置已保存。"


def _reports(agency: Agency) -> bool:
    return has_columns(agency) and agency.kind != Kind.GOVERNMENT


def _year(told: str) -> int:
    """The year that was asked for; else last year's until its last day is past."""
    today = timezone.localdate()
    if told.isdecimal() and _FIRST_YEAR <= int(told) <= today.year:
        return int(told)
    last = max(one.on(today.year - 1) for one in yearly_days(today.year - 1))
    return today.year - 1 if today <= last else today.year


def _government(request: StaffRequest, tops: list[Agency]) -> Agency:
    wanted = request.POST.get("to") or request.GET.get("to")
    return next((top for top in tops if top.code == wanted), tops[0])


def _address(to: Agency, year: int) -> str:
    return reverse("reports:limits") + "?" + urlencode({"to": to.code, "year": str(year)})
