"""How the screens ask: a form, the act behind it, and what it refuses shown at the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from gongkai.web.agencies.models import Agency
from gongkai.web.policies import Forbidden, StaffRequest

# The place of the desk under which these screens stand.
HERE = "requests:board"
CAREFUL = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}


def taken(request: StaffRequest, form: forms.Form, act: Callable[[], Any]) -> bool:
    """Whether the form was sent and the act did it; what was refused stands at the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Forbidden as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def page(
    request: StaffRequest, template: str, form: forms.Form, **context: Any
) -> HttpResponseBase:
    """A page with a form; 422 where something in it is wrong."""
    told = {"here": HERE, "form": form, **context}
    return render(request, template, told, status=422 if form.errors else 200)


def ask(
    request: StaffRequest,
    form: forms.Form,
    *,
    title: str,
    button: str,
    back: str,
    above: Any = None,
    **context: Any,
) -> HttpResponseBase:
    """The page of one question below a record (``above``)."""
    told = {"title": title, "button": button, "back": back, "above": above, **context}
    return page(request, "remedies/ask.html", form, **told)


def require_readable(request: StaffRequest, act: str, agency: Agency) -> None:
    """404 for whoever may not read the agency's records: that there is one tells already."""
    if not request.actor.may(act, agency):
        raise Http404


def sent(data: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to take away."""
    response = HttpResponse(data, content_type=media_type, headers=CAREFUL)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
