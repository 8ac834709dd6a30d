"""Screens of what is sealed: who asks, and papers that show it; each look with its reason."""

from __future__ import annotations

from urllib.parse import quote

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from gongkai.web.policies import StaffRequest, staff

from ..acts import add_paper as filing
from ..acts import identity as looking
from ..forms.identity import ContactForm, LookForm
from ..forms.steps import AddPaperForm
from ..models import DisclosureRequest, Paper, Requester
from ..wishes import DocumentKind
from .found import found, head_of
from .pages import ask, attempt, to_case

# What a browser may show by itself; everything else is handed over as a file.
_SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png"})


@staff("request.view_identity")
def identity(request: StaffRequest, number: int) -> HttpResponseBase:
    """Who asks; the look is recorded with its reason before anything is shown."""
    case = found(request, number)
    looking.require_need(request.actor, case)
    form = LookForm(request.POST or None)
    seen = None
    if request.method == "POST" and form.is_valid():
        seen = attempt(
            form,
            lambda: looking.view_identity(request.actor, case, form.cleaned_data["reason"]),
        )
    context = {
        **head_of(case),
        "form": form,
        "rows": _rows(seen) if seen else [],
        "seen": seen is not None,
        "views": case.identity_views.select_related("person"),
    }
    response = render(
        request, "requests/identity.html", context, status=422 if form.errors else 200
    )
    response["Cache-Control"] = "no-store"
    return response


@staff("request.view_identity")
def contact(request: StaffRequest, number: int) -> HttpResponseBase:
    """New telephone, mailbox or address; only what is filled in is changed."""
    case = found(request, number)
    looking.require_need(request.actor, case)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        reason = given.pop("reason")
        changed = {name: text for name, text in given.items() if text}
        done = attempt(form, lambda: looking.change_contact(request.actor, case, changed, reason))
        if done is not None:
            return to_case(request, case, "联系方式已改，原来的不再用。")
    return ask(request, case, form, "contact")


@staff("request.view_identity")
def code(request: StaffRequest, number: int) -> HttpResponseBase:
    """A new query code for who lost the old one."""
    case = found(request, number)
    looking.require_need(request.actor, case)
    form = LookForm(request.POST or None)
    form.fields["reason"].label = "怎样核实了是申请人本人"
    new = None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        new = attempt(form, lambda: looking.renew_code(request.actor, case, reason))
    return ask(request, case, form, "code", code=new)


@staff("request.read")
def paper(request: StaffRequest, number: int, paper: int) -> HttpResponseBase:
    """A paper of the file; a sealed one only with a reason, which is recorded."""
    case = found(request, number)
    one = Paper.objects.filter(pk=paper, request=case).first()
    if one is None:
        raise Http404
    if not one.sealed:
        return _file(one, looking.open_paper(request.actor, one))
    looking.require_need(request.actor, case)
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        data = attempt(form, lambda: looking.open_paper(request.actor, one, reason))
        if data is not None:
            return _file(one, data)
    return ask(request, case, form, "sealed_paper", paper=one)


@staff("request.handle")
def add_paper(request: StaffRequest, number: int) -> HttpResponseBase:
    """Put papers into the file."""
    case = found(request, number)
    request.actor.require("request.handle", case.agency)
    form = AddPaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _added(request, case, form))
        if done is not None:
            return to_case(request, case, f"加了 {done} 份材料。")
    return ask(request, case, form, "add_paper")


def _added(request: StaffRequest, case: DisclosureRequest, form: forms.Form) -> int | None:
    """How many were kept: those before one that is refused stay, and are named."""
    given, kept = form.cleaned_data, 0
    for file in given["uploads"]:
        filing.add_paper(
            request.actor,
            case,
            given["kind"],
            str(file.name),
            file.read(),
            from_requester=given["from_requester"],
        )
        kept += 1
    return kept


def _file(paper: Paper, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=paper.media_type)
    how = "inline" if paper.media_type in _SHOWN else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(paper.name)}"
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _label(name: str) -> str:
    """What the record calls it."""
    return next(str(f.verbose_name) for f in Requester._meta.fields if f.name == name)


def _rows(seen: looking.Identity) -> list[tuple[str, str]]:
    """Every fact that is there, with the label that the record has."""
    rows = []
    for name in looking.Identity.__dataclass_fields__:
        value: str = getattr(seen, name)
        if name == "document_kind" and value in DocumentKind.values:
            value = str(DocumentKind(value).label)
        if value:
            rows.append((_label(name), value))
    return rows
