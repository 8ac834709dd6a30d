"""The page that a web server sends for an address that leads to nothing (``404.html``).

It stands at any address, so its links are whole paths, unlike those of every other page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings

from . import pages
from .rendered import Rendered

PATH = "404.html"
# A link that begins at the page itself; pages are written by our own templates.
_RELATIVE = re.compile(rb'(\s(?:href|src|action)=")(?![#/"]|[a-z][a-z0-9+.-]*:)')


def paths() -> Iterator[str]:
    """The one page."""
    yield PATH


def render(path: str) -> Rendered | None:
    """The page; its status is the web server's to give."""
    if path != PATH:
        return None
    page = pages.missing(PATH)
    return replace(
        page, body=_RELATIVE.sub(rb"\1" + settings.MOUNT.encode(), page.body), status=200
    )
