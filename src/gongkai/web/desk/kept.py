"""Tell the browser that the server has what it kept of a form.

A form with ``data-keep`` is kept in the browser (``static/desk.js``) until what was typed has
been taken: not when it was sent, since a session may have ended meanwhile, or the line gone.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

# The field by which a form says under which name it is kept, and the cookie that answers.
FIELD, COOKIE = "kept_as", "gk_taken"
_SECONDS = 60 * 60


class Kept:
    """Middleware: after a form was taken, and its sender sent on, names it in a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        name = request.POST.get(FIELD, "") if request.method == "POST" else ""
        # Who is not signed in was sent to do that first; nothing was taken.
        if name and response.status_code == 302 and request.user.is_authenticated:
            response.set_cookie(COOKIE, name, max_age=_SECONDS, samesite="Lax")
        return response
