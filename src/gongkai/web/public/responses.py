"""A rendered page as the answer to a browser: the reader's modes, and asking whether it changed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from .rendered import HTML, Rendered

# A reader's modes: the query that sets one, its cookie, and what it may be.
MODES = {"size": ("large", "normal"), "contrast": ("high", "normal")}
_A_YEAR = 365 * 24 * 3600
_ROOT = b'<html lang="zh-CN">'


def respond(request: HttpRequest, page: Rendered) -> HttpResponseBase:
    """``page`` in the reader's modes, or 304 where he has it already."""
    body = in_modes(request, page.body) if page.media_type == HTML else page.body
    # What is withdrawn must be gone at once: a copy may be kept, and is asked about each time.
    response = HttpResponse(body, content_type=page.media_type, status=page.status)
    return conditional(request, response, body, page.modified)


def conditional(
    request: HttpRequest, response: HttpResponse, body: bytes, modified: datetime | None
) -> HttpResponseBase:
    """``response`` with its marks of identity; 304 where the browser's copy is the same."""
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Cookie"
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified.timestamp())
    if response.status_code != 200:
        return response
    # By its bytes only: what is round an item's text changes without the item.
    return get_conditional_response(request, etag=etag, response=response) or response


def set_mode(request: HttpRequest) -> HttpResponse | None:
    """Where the address asks for a mode: keep it and show the page in it."""
    asked = {
        name: value for name, values in MODES.items() if (value := request.GET.get(name)) in values
    }
    if not asked:
        return None
    rest = request.GET.copy()
    for name in asked:
        rest.pop(name)
    query = f"?{rest.urlencode()}" if rest else ""
    response = HttpResponseRedirect(request.path + query)
    for name, value in asked.items():
        kept: dict[str, Any] = {
            "max_age": _A_YEAR,
            "samesite": "Lax",
            "secure": request.is_secure(),
        }
        response.set_cookie(f"gk_{name}", value, **kept)
    return response


def in_modes(request: HttpRequest, body: bytes) -> bytes:
    """The page with the reader's modes written where baked pages have the script write them."""
    marks = [
        f' data-{name}="{values[0]}"'
        for name, values in MODES.items()
        if request.COOKIES.get(f"gk_{name}") == values[0]
    ]
    return body.replace(_ROOT, _ROOT[:-1] + "".join(marks).encode() + b">", 1) if marks else body
