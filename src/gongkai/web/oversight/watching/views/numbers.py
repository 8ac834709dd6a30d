"""The numbers that the watch judges by, for an agency and what is below it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.core.watching.limits import watch_limits
from gongkai.web.policies import StaffRequest, staff

from ..acts.numbers import set_number
from ..forms import NumbersForm
from ..models import WatchSetting
from ..terms import Terms
from .lists import HERE, TAB


@staff("oversight.settings")
def numbers(request: StaffRequest) -> HttpResponseBase:
    """All of them on one page; an empty one is that of above."""
    agencies = request.actor.agencies("oversight.settings")
    asked = request.GET.get("agency", "")
    agency = next((a for a in agencies if a.code == asked), None) or min(
        agencies, key=lambda a: (a.path.count("/"), a.position)
    )
    whose = agency if agency.parent_id else None
    own = dict(WatchSetting.objects.filter(agency=whose).values_list("name", "value"))
    above = (
        dict(Terms(timezone.localdate()).limits(agency.parent_id))
        if agency.parent_id
        else {name: limit.default for name, limit in watch_limits().items()}
    )
    form = NumbersForm(request.POST or None, above=above, initial=own)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for name, value in form.cleaned_data.items():
                set_number(request.actor, agency, name, value)
        messages.success(request, "已保存，下次检查按它看。")
        return redirect(f"{request.path}?agency={agency.code}")
    context = {
        "here": HERE,
        "tab": TAB,
        "form": form,
        "agency": agency,
        "agencies": agencies,
        "whole": whose is None,
    }
    return render(request, "watching/numbers.html", context, status=422 if form.errors else 200)
