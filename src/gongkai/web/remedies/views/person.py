"""The screen on which a person is handed everything that is held of him."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.requests.around.forms import PersonForm

from ..acts.export_person import export_person
from .asking import ask, sent


@staff("request.export_file")
def person(request: StaffRequest) -> HttpResponseBase:
    """Ask for the number, hand over a zip; the number stands in no address and no record."""
    form = PersonForm(request.actor.agencies("request.export_file"), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            data = export_person(request.actor, given["agency"], given["number"], given["reason"])
            return sent(data, f"本人信息{timezone.localdate()}.zip", "application/zip")
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
    note = (
        "个人有权查阅、复制自己的个人信息（个人信息保护法第四十五条）。先核实是本人，再导出交给他："
        "登记的身份信息、他交来的材料、给他的文书、谁看过他的身份信息。"
    )
    return ask(
        request, form, title="导出本人的信息", button="导出", back=reverse("requests:board"),
        note=note,
    )  # fmt: skip
