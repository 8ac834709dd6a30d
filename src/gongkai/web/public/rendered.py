"""A page of the public site as bytes: the same whether sent by the application or baked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of a page, what they are, and the status with which they are sent.

    ``modified``: when what the page tells of last changed, where that is known.
    """

    body: bytes
    media_type: str = HTML
    status: int = 200
    modified: datetime | None = None
