"""Screens of the ledger: take it away, hand an old one in, look it through, take it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.core.handling.ledger import columns
from gongkai.web import sheets
from gongkai.web.file_names import clean_name
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ...models import LedgerUpload
from ..acts import import_ledger as importing
from ..acts.export_ledger import export_ledger
from ..forms import LedgerForm, UploadForm
from .finding import HERE

# As many refused and remarked lines as a page shows; the xlsx has them all.
_SHOWN = 200


@staff("request.export")
def ledger(request: StaffRequest) -> HttpResponseBase:
    """The ledger out and in, on one page."""
    return _page(request)


@staff("request.export")
def export(request: StaffRequest) -> HttpResponseBase:
    """The ledger as xlsx."""
    agencies = request.actor.agencies("request.export")
    form = LedgerForm(agencies, request.GET)
    if not form.is_valid():
        return _page(request, out=form)
    code = form.cleaned_data["agency"]
    chosen = [one for one in agencies if not code or one.code == code]
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    data = export_ledger(request.actor, chosen, first, last)
    response = HttpResponse(data, content_type=sheets.XLSX)
    name = f"ledger-{code or 'all'}-{timezone.localdate()}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@staff("request.import")
def upload(request: StaffRequest) -> HttpResponseBase:
    """Hand an old ledger in."""
    form = UploadForm(request.actor.agencies("request.import"), request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            done = importing.hand_in(
                request.actor,
                form.cleaned_data["agency"],
                clean_name(file.name),
                file.read(),
                form.cleaned_data["channel"],
            )
            return redirect("requests:ledger_check", done.pk)
        except (sheets.Unreadable, Forbidden) as refusal:
            form.add_error("file", str(refusal))
    return _page(request, into=form)


@staff("request.import")
def check(request: StaffRequest, upload: int) -> HttpResponseBase:
    """What the file comes to, before anything is taken in."""
    one = _found(request, upload)
    if one.imported_at is not None:
        messages.warning(request, f"“{one.name}”已经转入 {one.imported} 件。")
        return redirect("requests:ledger")
    try:
        judged = importing.look_through(request.actor, one)
    except (sheets.Unreadable, Forbidden) as refusal:
        messages.warning(request, str(refusal))
        return redirect("requests:ledger")
    context = {
        "here": HERE,
        "upload": one,
        "judged": judged,
        "refused": judged.refused[:_SHOWN],
        "noted": judged.noted[:_SHOWN],
        "shown": _SHOWN,
    }
    return render(request, "requests/around/ledger_check.html", context)


@staff("request.import")
def refused(request: StaffRequest, upload: int) -> HttpResponseBase:
    """Every refused and remarked line as xlsx, to mend the old ledger by."""
    judged = importing.look_through(request.actor, _found(request, upload))
    lines = [
        *((one.row, one.number, "不能转入", "；".join(one.why)) for one in judged.refused),
        *((one.row, one.entry.number, "能转入", "；".join(one.notes)) for one in judged.noted),
    ]
    heads = ("第几行", "编号", "能不能转入", "原因")
    return sheets.answer("refused.xlsx", "台账核对", heads, sorted(lines))


@require_POST
@staff("request.import")
def take_in(request: StaffRequest, upload: int) -> HttpResponseBase:
    """Take it in: all that can be, or nothing."""
    one = _found(request, upload)
    expected = request.POST.get("expected", "")
    try:
        made = importing.take_in(request.actor, one, int(expected) if expected.isdecimal() else -1)
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
        return redirect("requests:ledger_check", one.pk)
    messages.success(request, f"已转入 {len(made)} 件，编号照旧。")
    return redirect("requests:board")


@require_POST
@staff("request.import")
def drop(request: StaffRequest, upload: int) -> HttpResponseBase:
    """Not after all."""
    one = _found(request, upload)
    importing.drop(request.actor, one)
    messages.success(request, f"没有转入，“{one.name}”已删除。")
    return redirect("requests:ledger")


def _found(request: StaffRequest, number: int) -> LedgerUpload:
    one = LedgerUpload.objects.select_related("agency", "person").filter(pk=number).first()
    if one is None or not request.actor.may("request.import", one.agency):
        raise Http404
    return one


def _page(
    request: StaffRequest, *, out: LedgerForm | None = None, into: UploadForm | None = None
) -> HttpResponseBase:
    exported = request.actor.agencies("request.export")
    imported = request.actor.agencies("request.import")
    context: dict[str, Any] = {
        "here": HERE,
        "out": out or LedgerForm(exported, initial={"agency": exported[0].code}),
        "into": (into or UploadForm(imported)) if imported else None,
        "columns": columns(),
        "uploads": LedgerUpload.objects.filter(agency__in=imported).select_related(
            "agency", "person"
        )[:20],
    }
    wrong = bool(out and out.errors) or bool(into and into.errors)
    return render(request, "requests/around/ledger.html", context, status=422 if wrong else 200)
