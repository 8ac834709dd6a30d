"""Steps two and three: what is asked for, and who asks.

Each step is kept as it is sent, right or wrong, before anything else happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.agencies.models import Agency

from ...kept_files import IDENTITY_KINDS, discard
from .. import drafts
from ..drafts import Draft
from ..forms import OrganisationForm, WhatForm
from ..pages import for_everybody, private, show
from ..suggestions import may_be_public
from ..uploads import bounded, take
from .choose import agency_of
from .step import (
    ORGANISATION,
    PERSON,
    STEPS,
    address_of,
    form_class,
    path_of,
    step,
    steps_at,
    to,
    who_form,
)

_FILES = ("identity", "authorisation")


@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
@step
def what(request: HttpRequest, agency: Agency, draft: Draft) -> HttpResponseBase:
    """要什么信息: what is asked for, and whether it may be public already."""
    if request.method != "POST":
        return _shown(request, agency, draft, "what", WhatForm(initial=draft.what), suggested=[])
    draft.what = _typed(request, WhatForm.base_fields)
    return drafts.keep(request, _after_what(request, agency, draft), agency, draft)


def _after_what(request: HttpRequest, agency: Agency, draft: Draft) -> HttpResponseBase:
    if "save" in request.POST:
        return _saved(agency, draft, "what")
    form = WhatForm(draft.what)
    if not form.is_valid():
        return _shown(request, agency, draft, "what", form, suggested=[])
    suggested = may_be_public(form.cleaned_data["description"], agency)
    # Shown once for these words, then the requester goes on as he wishes.
    if suggested and request.POST.get("seen") != _seen(suggested):
        return _shown(request, agency, draft, "what", form, suggested=suggested)
    return to("who", agency)


@for_everybody
@require_POST
def suggest(request: HttpRequest, slug: str) -> HttpResponseBase:
    """可能已经公开, while it is typed; sent as a form, so that no address holds the words."""
    agency = agency_of(slug)
    suggested = may_be_public(request.POST.get("description", "")[:1000], agency)
    return show(
        request,
        "suggested.html",
        title="",
        agency=agency,
        suggested=suggested,
        seen=_seen(suggested),
    )


@for_everybody
@bounded
@require_http_methods(["GET", "HEAD", "POST"])
@step
def who(request: HttpRequest, agency: Agency, draft: Draft) -> HttpResponseBase:
    """您是谁: a person or an organisation, with proof and contact."""
    if request.method != "POST":
        return _shown(request, agency, draft, "who", who_form(draft))
    before = draft.files
    kept, refused = take(request, _FILES, IDENTITY_KINDS, sealed=True)
    draft.files = {**before, **dict(kept)}
    draft.files.pop(request.POST.get("remove", ""), None)
    draft.who |= _typed(request, form_class(draft).base_fields)
    response = drafts.keep(request, _after_who(request, agency, draft, refused), agency, draft)
    # Only now: a draft never names a file that is gone.
    for file in {*before.values(), *(file for _, file in kept)} - {*draft.files.values()}:
        discard(file)
    return response


def _after_who(
    request: HttpRequest, agency: Agency, draft: Draft, refused: Mapping[str, str]
) -> HttpResponseBase:
    if "remove" in request.POST:
        return to("who", agency)
    if request.POST.get("as") in (PERSON, ORGANISATION):
        _change_kind(draft, request.POST["as"])
        return to("who", agency)
    if "save" in request.POST and not refused:
        return _saved(agency, draft, "who")
    form = who_form(draft, draft.who, refused)
    return to("check", agency) if form.is_valid() else _shown(request, agency, draft, "who", form)


def _shown(
    request: HttpRequest, agency: Agency, draft: Draft, name: str, form: forms.Form, **more: Any
) -> HttpResponseBase:
    headings = {"what": "您要什么信息？", "who": "您是谁？"}
    if "suggested" in more:
        more["seen"] = _seen(more["suggested"])
    return show(
        request,
        f"{name}.html",
        title=f"申请公开：{dict(STEPS)[name]}",
        agency=agency,
        crumbs=[(agency.short_name, path_of("agency", agency)), (dict(STEPS)[name], None)],
        errors=len(form.errors),
        status=422 if form.errors else 200,
        heading=headings[name],
        steps=steps_at(name, agency),
        form=form,
        draft=draft,
        organisation=isinstance(form, OrganisationForm),
        just_saved="saved" in request.GET,
        **more,
    )


def _saved(agency: Agency, draft: Draft, name: str) -> HttpResponseBase:
    draft.saved = True
    return private(HttpResponseRedirect(f"{address_of(name, agency)}?saved=1"))


def _typed(request: HttpRequest, fields: dict[str, forms.Field]) -> dict[str, str]:
    """What was typed, as it was; a cap against what no field could mean."""
    names = [name for name, field in fields.items() if not isinstance(field, forms.FileField)]
    return {name: request.POST.get(name, "").replace("\x00", "")[:20_000] for name in names}


def _change_kind(draft: Draft, wanted: str) -> None:
    """As a person or as an organisation: each with a name of its own, the rest stays."""
    was = draft.who.get("as", PERSON)
    draft.who[f"{was}_name"] = draft.who.get("name", "")
    draft.who |= {"as": wanted, "name": draft.who.get(f"{wanted}_name", "")}


def _seen(suggested: list[Any]) -> str:
    return ",".join(str(publication.pk) for publication in suggested)
