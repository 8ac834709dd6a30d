"""The figures sent by the application: kept files, and all that one agency reported."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.views.decorators.http import require_safe

from gongkai.web.agencies.models import Agency
from gongkai.web.policies import public
from gongkai.web.publication.models import PublishedReport

from ... import pages as site
from ...responses import respond, set_mode
from ..answers import opened, problems
from . import kept, pages, rows, writing
from .description import PLACE

_SECONDS = 60


@public
@require_safe
def file(request: HttpRequest, rest: str) -> HttpResponseBase:
    """The page, a description or a file of a year or of all years."""
    chosen = set_mode(request)
    if chosen is not None:
        return chosen
    path = PLACE + (rest or "index.html")
    kept_file = pages.file_at(path)
    if kept_file is not None:
        return _stored(request, kept_file)
    if pages.is_coming(path):
        said = "这份文件正在生成，过几分钟再取。"
        response = problems(request, 503, [said])
        response.headers["Retry-After"] = str(_SECONDS)
        return response
    return respond(request, pages.written(path) or site.missing(path))


@public
@require_safe
def of_agency(request: HttpRequest, slug: str, table: str, form: str) -> HttpResponseBase:
    """All reports of one agency, or their figures, as one file made on the spot."""
    agency = Agency.objects.filter(slug=slug).first()
    if agency is None:
        return problems(request, 404, [f"没有网址名是“{slug[:40]}”的机关"])
    if form not in writing.forms():
        return problems(request, 404, [f"没有这种格式，有：{'、'.join(writing.forms())}"])
    response = HttpResponse(_written(agency, table, form), content_type=writing.MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{table}.{form}"'
    return opened(request, response)


def _written(agency: Agency, table: str, form: str) -> bytes:
    """At most some years of one agency: small."""
    numbers = PublishedReport.objects.filter(agency=agency).order_by("year", "pk")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{table}.{form}")
        with writing.forms()[form](path, table, kept.TABLES[table]()) as written:
            for read in rows.in_pieces(list(numbers.values_list("pk", flat=True))):
                for whose, values in kept.rows_of(read):
                    if whose == table:
                        written.add(values, str(read.row.year or kept.NO_YEAR))
        return path.read_bytes()


def _stored(request: HttpRequest, found: kept.KeptFile) -> HttpResponseBase:
    """A kept file, compressed for who takes it so; nothing where he has it already."""
    packed = found.twin is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{found.sha256[:32]}{"-gzip" if packed else ""}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers=headers)
    name = found.path.replace("/", "-")
    source = found.twin if packed and found.twin is not None else found.file
    response = FileResponse(
        source.open("rb"),
        as_attachment=True,
        filename=name,
        content_type=writing.MEDIA_TYPES[found.form],
    )
    for header, value in headers.items():
        response.headers[header] = value
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response
