"""Screens of papers: file one, open one; the same for cases, corrections and complaints."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import papers as acting
from ..audited import Record
from ..forms.plain import PaperForm
from ..models import FiledPaper, RecordCorrection, RemedyCase
from . import cases, complaints, corrections
from .asking import sent


@require_POST
@staff("remedy.record")
def file_case(request: StaffRequest, number: int) -> HttpResponseBase:
    """A paper of a case."""
    return _file(request, cases.found(request, number))


@require_POST
@staff("record_correction.handle")
def file_correction(request: StaffRequest, number: int) -> HttpResponseBase:
    """A paper of a correction."""
    return _file(request, corrections.found(request, number))


@require_POST
@staff("complaint.handle")
def file_complaint(request: StaffRequest, number: int) -> HttpResponseBase:
    """A paper of a complaint."""
    return _file(request, complaints.found(request, number))


@staff("complaint.handle")
def paper(request: StaffRequest, paper: int) -> HttpResponseBase:
    """Open a paper."""
    one = FiledPaper.objects.filter(pk=paper).first()
    if one is None:
        raise Http404
    of = acting.record_of(one)
    if not request.actor.may(acting.policy_of(of), of.agency):
        raise Http404
    return sent(acting.open_paper(request.actor, one), one.name, one.media_type)


def address_of(of: Record) -> str:
    """The page of a record."""
    if isinstance(of, RemedyCase):
        return reverse("remedies:case", args=[of.pk])
    name = "correction" if isinstance(of, RecordCorrection) else "complaint"
    return reverse(f"remedies:{name}", args=[of.pk])


def _file(request: StaffRequest, to: Record) -> HttpResponseBase:
    request.actor.require(acting.policy_of(to), to.agency)
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            done = acting.file_paper(
                request.actor, to, form.cleaned_data["kind"], file.name, file.read()
            )
            messages.success(request, f"已加材料：{done.name}。")
        except Forbidden as refusal:
            messages.warning(request, str(refusal))
    else:
        messages.warning(request, "选一个文件和种类。")
    return redirect(address_of(to) + "#papers")
