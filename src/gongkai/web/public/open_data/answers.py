"""What the interface answers with: JSON that keeps money exact, open to pages of any site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from gongkai.core.report.exact_json import dumps

from ..responses import conditional

_JSON = "application/json; charset=utf-8"


def json_answer(request: HttpRequest, value: Any, status: int = 200) -> HttpResponseBase:
    """``value`` as JSON."""
    return opened(request, HttpResponse(dumps(value).encode(), content_type=_JSON, status=status))


def problems(request: HttpRequest, status: int, said: Iterable[str]) -> HttpResponseBase:
    """Why there is no other answer."""
    return json_answer(request, {"problems": list(said)}, status)


def opened(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Open to pages of any site; kept by nobody without asking whether it still holds."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return conditional(request, response, response.content, None)
