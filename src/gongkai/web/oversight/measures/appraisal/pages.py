"""A page of appraisal within the public site's frame, kept by no browser and no proxy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.template import loader

from gongkai.web.policies import public
from gongkai.web.public.responses import in_modes, set_mode
from gongkai.web.public.shell import About, Crumb, surroundings
from gongkai.web.requests.asking.pages import private

FOLDER = "appraisal/"
NAME = "社会评议"


def show(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    crumbs: Sequence[Crumb] = (),
    errors: int = 0,
    status: int = 200,
    **content: Any,
) -> HttpResponse:
    """``appraisal/<template>`` in the reader's modes; ``errors``: how many are on it."""
    if request.method == "GET" and (chosen := set_mode(request)) is not None:
        return chosen
    context = {
        **content,
        **surroundings(
            request.path.removeprefix(settings.MOUNT),
            title=f"有 {errors} 处需要改：{title}" if errors else title,
            crumbs=[(NAME, FOLDER), *crumbs] if crumbs else [(NAME, None)],
            about=About(column=NAME, column_type=NAME),
        ),
        "csrf_token": get_token(request),
    }
    body = loader.get_template(f"appraisal/{template}").render(context)
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
