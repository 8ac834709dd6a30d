"""Before any staff page: a one-time password opens only the page that sets a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from gongkai.web.people.sessions import why_ended
from gongkai.web.policies import ACT, PUBLIC

# What somebody with a one-time password may open.
MAY_CHANGE = "open_before_the_password_is_changed"
# How the session was begun; who comes from the identity provider uses no password of ours.
BY = "signed_in_by"
BY_PROVIDER = "provider"


class Door:
    """Middleware: sends to the change page, and tells why a session has ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: Any,
        kwargs: Any,
    ) -> HttpResponseBase | None:
        """Only staff pages are looked at: public ones read no session."""
        if getattr(view, ACT, PUBLIC) == PUBLIC:
            return None
        if not request.user.is_authenticated:
            key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
            told = why_ended(key) if key else ""
            if told:
                messages.warning(request, told)
            return None
        must = request.user.must_change_password and request.session.get(BY) != BY_PROVIDER
        if not must or getattr(view, MAY_CHANGE, False):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=403, headers={"HX-Refresh": "true"})
        return redirect("people:change_password")


def before_the_change(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view that is open while a one-time password waits to be changed."""
    setattr(view, MAY_CHANGE, True)
    return view
