"""Files as they come in from the public: bounded while they stream, never on disk in the clear.

A file beyond the limit is let run past and not kept, neither in memory nor on disk; the other
fields of its form arrive all the same, so that nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from ..kept_files import KeptFile, Refused, keep
from . import tries

_MEGABYTE = 2**20


class Bounded(FileUploadHandler):
    """Keeps files in memory up to the limits; ``refused`` tells, by field, what was let past."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.refused: dict[str, str] = {}
        self._all = 0
        self._bytes = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Another file begins."""
        super().new_file(*args, **kwargs)
        self._bytes = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a piece, or let the rest of the file run past."""
        size = start + len(raw_data)
        self._all += len(raw_data)
        if size > settings.ASKING_FILE_BYTES or self._all > settings.ASKING_FILES_BYTES:
            self._bytes = BytesIO()
            self._all -= size
            one = settings.ASKING_FILE_BYTES // _MEGABYTE
            every = settings.ASKING_FILES_BYTES // _MEGABYTE
            self.refused[self.field_name or ""] = (
                f"“{self.file_name}”没有收：一个文件最多 {one} MB，一次最多 {every} MB。"
                "照片可以缩小一些，扫描件可以调低清晰度；也可以寄信或者当面交。"
            )
            raise SkipFile
        self._bytes.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The file as forms know it."""
        self._bytes.seek(0)
        return InMemoryUploadedFile(
            self._bytes,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
            self.content_type_extra,
        )


def bounded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose files come in bounded; protected against forged forms as any other."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def outer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Before anything reads the form: the usual protection would.
        request.upload_handlers = [Bounded(request)]
        return protected(request, *args, **kwargs)

    return outer


def take(
    request: HttpRequest, fields: tuple[str, ...], kinds: frozenset[str], *, sealed: bool
) -> tuple[list[tuple[str, KeptFile]], dict[str, str]]:
    """Keep the files sent in ``fields``: what was kept, and by field why one was not."""
    kept: list[tuple[str, KeptFile]] = []
    # The form is read here at the latest, and the handler knows then what it let past.
    sent = [(field, file) for field in fields for file in request.FILES.getlist(field)]
    handler = request.upload_handlers[0]
    refused = dict(handler.refused) if isinstance(handler, Bounded) else {}
    for field, file in sent:
        if field in refused:
            continue
        if tries.too_many(tries.UPLOAD, request):
            refused[field] = f"这个网络地址交的文件太多，{tries.minutes_left()} 分钟以后再交。"
            continue
        tries.count(tries.UPLOAD, request)
        try:
            kept.append((field, keep(file.name or "", file.read(), kinds, sealed=sealed)))
        except Refused as reason:
            refused[field] = str(reason)
    return kept, {field: why for field, why in refused.items() if field in fields}
