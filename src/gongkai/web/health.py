"""``/healthz``: whether web, database, worker and disk are well."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from .policies import public
from .vital_signs import LEAST_FREE_BYTES, LONGEST_SILENCE_SECONDS, PULSE


def troubles(now: float) -> dict[str, str]:
    """What is not well, by part; empty when all is."""
    found: dict[str, str] = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        found["database"] = f"数据库打不开：{error}"
    try:
        silent = now - (Path(settings.DATA) / PULSE).stat().st_mtime
    except FileNotFoundError:
        found["worker"] = "后台任务没有启动"
    else:
        if silent > LONGEST_SILENCE_SECONDS:
            found["worker"] = f"后台任务 {int(silent)} 秒没有动静"
    if shutil.disk_usage(settings.DATA).free < LEAST_FREE_BYTES:
        found["disk"] = "磁盘空间不足 200 MB"
    return found


@public
def healthz(request: HttpRequest) -> JsonResponse:
    """200 and ``{"status": "ok"}``, or 503 with what is wrong."""
    found = troubles(time.time())
    if found:
        return JsonResponse({"status": "error", "troubles": found}, status=503)
    return JsonResponse({"status": "ok"})
