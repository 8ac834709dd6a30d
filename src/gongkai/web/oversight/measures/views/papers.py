"""Screens of papers: file one with a line, take it away, open it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.remedies.views.asking import sent

from ..acts import papers as acting
from ..models import MeasurePaper
from .found import READ, line_of, register_of


@require_POST
@staff(READ)
def file_paper(request: StaffRequest, register: str, line: int) -> HttpResponseBase:
    """Keep a file with a line."""
    one = register_of(register)
    if not one.papers:
        raise Http404
    held = line_of(request, one, line)
    request.actor.require(one.policy, held.agency)
    file = request.FILES.get("file")
    if file is None:
        messages.warning(request, "选一个文件。")
    else:
        try:
            kind = request.POST.get("kind", "")
            done = acting.file_paper(request.actor, one, held, kind, file.name or "", file.read())
            messages.success(request, f"已加材料：{done.name}。")
        except Forbidden as refusal:
            messages.warning(request, str(refusal))
    return redirect("measures:edit", one.slug, held.pk)


@require_safe
@staff(READ)
def paper(request: StaffRequest, register: str, line: int, paper: int) -> HttpResponseBase:
    """Open a paper."""
    found = _paper(request, register, line, paper)
    return sent(acting.open_paper(request.actor, found), found.name, found.media_type)


@require_POST
@staff(READ)
def remove_paper(request: StaffRequest, register: str, line: int, paper: int) -> HttpResponseBase:
    """Take a paper away."""
    found = _paper(request, register, line, paper)
    name = found.name
    acting.remove_paper(request.actor, register_of(register), found)
    messages.success(request, f"已去掉材料：{name}。")
    return redirect("measures:edit", register, line)


def _paper(request: StaffRequest, register: str, line: int, number: int) -> MeasurePaper:
    one = register_of(register)
    if not one.papers:
        raise Http404
    held = line_of(request, one, line)
    # Who is only told of an inspection sees its line, not its papers.
    if not request.actor.may(READ, held.agency):
        raise Http404
    found = held.papers.filter(pk=number).first()
    if not isinstance(found, MeasurePaper):
        raise Http404
    return found
