"""A page of asking: within the public site's frame, kept by no browser and no proxy.

The code of a request is never part of an address, and the referrer never leaves this site
(``same-origin``, as on every page: with ``no-referrer`` browsers hide where a form comes from,
which the protection against forged forms needs to see).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.template import loader

from gongkai.web.agencies.models import Agency
from gongkai.web.policies import public
from gongkai.web.public import links
from gongkai.web.public.responses import in_modes, set_mode
from gongkai.web.public.shell import About, Crumb, column_name, surroundings

COLUMN = "request"


def show(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    agency: Agency | None = None,
    crumbs: Sequence[Crumb] = (),
    errors: int = 0,
    status: int = 200,
    **content: Any,
) -> HttpResponseBase:
    """``requests/asking/<template>`` in the reader's modes; ``errors``: how many are on it."""
    if request.method == "GET" and (chosen := set_mode(request)) is not None:
        return chosen
    name = column_name(COLUMN)
    place = links.request_of(agency.slug) if agency else links.REQUEST
    context = {
        **content,
        **surroundings(
            request.path.removeprefix(settings.MOUNT),
            title=f"有 {errors} 处需要改：{title}" if errors else title,
            crumbs=[(name, place), *crumbs],
            agency=agency,
            column=COLUMN,
            about=About(column=name, column_type=name),
        ),
        "csrf_token": get_token(request),
        "most_bytes": settings.ASKING_FILE_BYTES,
    }
    body = loader.get_template(f"requests/asking/{template}").render(context)
    return private(HttpResponse(in_modes(request, body.encode()), status=status))


def for_everybody(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view for the public; an address that leads to nothing is told in the public's own frame."""

    @wraps(view)
    def told(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            crumbs: list[Crumb] = [("没有这一页", None)]
            return show(request, "missing.html", title="没有这一页", crumbs=crumbs, status=404)

    return public(told)


def private(response: HttpResponse) -> HttpResponse:
    """``response`` kept nowhere on its way, and in no index."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
