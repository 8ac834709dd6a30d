"""The screen on which the whole file of a case is taken away."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from gongkai.web.policies import Forbidden, StaffRequest, staff

from ...models import DisclosureRequest
from ..acts.export_file import export_file
from ..forms import TakeFileForm
from .finding import HERE, found

CAREFUL = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}


@staff("request.export_file")
def case_file(request: StaffRequest, number: int) -> HttpResponseBase:
    """One PDF with contents, or a zip with hashes."""
    case = found(request, number)
    request.actor.require("request.export_file", case.agency)
    form = TakeFileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, case, form)
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
    context = {"here": HERE, "case": case, "form": form, "title": "整卷导出"}
    status = 422 if form.errors else 200
    return render(request, "requests/around/case_file.html", context, status=status)


def _taken(request: StaffRequest, case: DisclosureRequest, form: TakeFileForm) -> HttpResponse:
    given = form.cleaned_data
    file = export_file(
        request.actor,
        case,
        given["form"],
        given["reason"],
        with_identity=given["identity"] == "with",
    )
    response = HttpResponse(file.data, content_type=file.media_type, headers=CAREFUL)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    return response
