"""Beside the platform, in the same gunicorn: the least that Django can do for the same answer.

``application`` is the platform, but for addresses under ``/bench/``: those go to views
without any middleware.  ``GONGKAI_BENCH_PAGES`` names the folder of the pages sent again.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings
from django.urls import path

from gongkai.web.wsgi import application as platform

FLOOR = "/bench/"
_PAGES = Path(os.environ["GONGKAI_BENCH_PAGES"])
_bodies = {
    f"/{file.relative_to(_PAGES)}": file.read_bytes() for file in sorted(_PAGES.rglob("*.html"))
}


def same_bytes(request: HttpRequest, address: str) -> HttpResponse:
    """A page that the platform has made before, sent as it is."""
    return HttpResponse(_bodies[f"/{address}"])


def substring_scan(request: HttpRequest) -> HttpResponse:
    """The newest twenty that hold all words, found by reading; nothing is counted or marked."""
    from gongkai.web.publication.models import Publication
    from gongkai.web.publication.search import PAGE, words_of

    found = Publication.objects.order_by("-order_key")
    for word in words_of(request.GET["q"]):
        found = found.filter(text__contains=word)
    rows = found.values_list("year", "number", "title")[:PAGE]
    return HttpResponse(
        "".join(
            f'<p><a href="item/{year}/{number}.html">{title}</a>' for year, number, title in rows
        )
    )


urlpatterns = [
    path("bench/search", substring_scan),
    path("bench/<path:address>", same_bytes),
]


class _Request(WSGIRequest):
    urlconf = __name__


class _Bare(WSGIHandler):
    request_class = _Request


with override_settings(MIDDLEWARE=[]):
    _bare = _Bare()


def application(environ, start_response):
    """The platform, or what it is measured against."""
    handler = _bare if environ["PATH_INFO"].startswith(FLOOR) else platform
    return handler(environ, start_response)
