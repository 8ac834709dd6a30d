"""The one gate for files that people bring: told by their bytes, within the size, and scanned.

Items, requests and remedies let in the same; what each keeps of it is its own affair.
"""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings

from gongkai.core.finding import Finding
from gongkai.core.rules import say
from gongkai.core.screening.hidden_data import attachment_kind
from gongkai.web import virus_scan
from gongkai.web.apart import NoAnswer, apart
from gongkai.web.policies import Forbidden


class Admitted(NamedTuple):
    """What the file is, and what the virus scanner said of it."""

    media_type: str
    scanned: str


def admit(name: str, data: bytes, most_bytes: int | None = None) -> Admitted:
    """Look at ``data``; Forbidden with what is wrong, for the screen.

    ``most_bytes``: where less is taken than of other files.
    """
    most = min(most_bytes or settings.ATTACHMENT_MAX_BYTES, settings.ATTACHMENT_MAX_BYTES)
    if len(data) > most:
        raise Forbidden(f"“{name}”有 {len(data) / 2**20:.1f} MB，最多 {most // 2**20} MB。")
    if not data:
        raise Forbidden(f"“{name}”是空的，没有内容。")
    try:
        kind = apart(attachment_kind, data, name)
    except NoAnswer as reason:
        raise Forbidden(f"“{name}”不能收：{reason}。") from reason
    if isinstance(kind, Finding):
        raise Forbidden(f"“{name}”不能收：{say(kind)}")
    try:
        scanned = virus_scan.scan(data)
    except virus_scan.Infected as error:
        raise Forbidden(f"“{name}”不能收：{error}。") from error
    return Admitted(str(kind.media_type), scanned)
