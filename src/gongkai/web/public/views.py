"""What the application sends itself: pages, the files of publications, stylesheets.

A web server that has the baked files sends most of this without asking us.
"""

from __future__ import annotations

from django.conf import settings
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.views.decorators.http import require_safe

from gongkai.web import filestore
from gongkai.web.policies import public
from gongkai.web.publication.models import PublishedFile

from . import assets, pages
from .links import relative
from .responses import conditional, respond, set_mode

# Opened within the browser; everything else is handed over to be kept.
_OPENED = frozenset(
    {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"}
)


@public
@require_safe
def page(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Any page of the public site."""
    chosen = set_mode(request)
    if chosen is not None:
        return chosen
    found = pages.render(f"{path}index.html" if not path or path.endswith("/") else path)
    if found is None and path and not path.endswith(("/", ".html")):
        folder = f"{path}/"
        if pages.render(f"{folder}index.html") is not None:
            return HttpResponsePermanentRedirect(settings.MOUNT + relative("", folder))
    return respond(request, found or pages.missing(path or "index.html"))


@public
@require_safe
def published_file(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """A file that goes with a publication; anything else does not exist here."""
    file = PublishedFile.objects.filter(publication=number, name=name).first()
    if file is None:
        return respond(request, pages.missing(f"files/{number}/{name}"))
    etag = f'"{file.digest}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        # Not the policy of pages: with it the PDF viewers of browsers show nothing.
        "Content-Security-Policy": "frame-ancestors 'none'",
    }
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    response = FileResponse(
        filestore.path_of(file.digest).open("rb"),
        as_attachment=file.media_type not in _OPENED,
        filename=file.name,
        content_type=file.media_type,
    )
    for header, value in headers.items():
        response.headers[header] = value
    return response


@public
@require_safe
def asset(request: HttpRequest, name: str) -> HttpResponseBase:
    """A stylesheet or the script of the public pages."""
    path = assets.FOLDER + name
    source = assets.source_of(path)
    if source is None:
        return respond(request, pages.missing(path))
    body = source.read_bytes()
    response = HttpResponse(body, content_type=assets.media_type_of(path))
    return conditional(request, response, body, None)
