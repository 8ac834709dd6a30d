"""Whether the links of a text lead somewhere: asked politely, and never within our own network.

A text can be made to name any address, so names are resolved first and only public
addresses are asked.  What was not asked (no network, switched off) has no answer here,
and the check calls it neither good nor bad.
"""

from __future__ import annotations

import ipaddress
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings

from gongkai.core.screening import Visit, links_of

MOST_LINKS = 50
_SECONDS = 5
_AT_ONCE = 4
# Servers that answer so to HEAD may well have the page.
_KNOW_NO_HEAD = frozenset({400, 403, 404, 405, 500, 501})


def visits(body_html: str, today: date) -> Mapping[str, Visit]:
    """What came of asking for each web address of the text that may be asked."""
    if not settings.TRY_LINKS:
        return {}
    asked = links_of(body_html)[:MOST_LINKS]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = pool.map(lambda address: visit(address, today), asked)
        return {
            address: visit
            for address, visit in zip(asked, answers, strict=True)
            if visit is not None
        }


def visit(address: str, today: date) -> Visit | None:
    """The status of the answer, None within where no such host is; None where it cannot be asked."""
    host = urlsplit(address).hostname or ""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except (socket.gaierror, UnicodeError):
        # Without a network no name resolves: then nothing can be said of this one.
        return Visit(None, today) if _network() else None
    if not all(_may_ask(ip) for ip in found):
        return None
    status = _asked(address, "HEAD")
    if status in _KNOW_NO_HEAD:
        status = _asked(address, "GET")
    return Visit(status, today)


def _asked(address: str, method: str) -> int | None:
    """The status of the answer; None where none came."""
    request = urllib.request.Request(address, method=method, headers={"User-Agent": "gongkai"})
    try:
        with _OPENER.open(request, timeout=_SECONDS) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, ValueError):
        return None


def _may_ask(ip: str) -> bool:
    return ipaddress.ip_address(ip).is_global or ip in settings.TRY_LINKS_ALSO


def _network() -> bool:
    """Whether any name resolves, by those every network must know."""
    try:
        socket.getaddrinfo("www.gov.cn", None)
    except socket.gaierror:
        return False
    return True


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirection is an answer; following it could lead within our network."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)
