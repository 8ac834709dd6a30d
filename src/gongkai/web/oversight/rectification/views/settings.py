"""The screen of what a competent department settles."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect

from gongkai.web.agencies.models import Agency
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.remedies.views.asking import page, taken

from ..acts.change_settings import change_settings
from ..forms.settings import SettingsForm
from ..models import RectificationSettings
from .found import HERE

_ACT = "oversight.settings"


@staff(_ACT)
def settings(request: StaffRequest) -> HttpResponseBase:
    """Days and names for the tree of one's department."""
    agency = _department(request)
    kept = RectificationSettings.objects.filter(agency=agency).first()
    form = SettingsForm(kept or RectificationSettings(agency=agency), request.POST or None)
    if taken(request, form, lambda: change_settings(request.actor, agency, form.cleaned_data)):
        messages.success(request, "设置已保存。")
        return redirect("rectification:settings")
    return page(
        request, "rectification/settings.html", form, here=HERE, tab="rectification",
        agency=agency,
    )  # fmt: skip


def _department(request: StaffRequest) -> Agency:
    for appointment in request.actor.appointments:
        if request.actor.may(_ACT, appointment.agency):
            return appointment.agency
    raise Http404
