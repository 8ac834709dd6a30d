"""Whether the links of a text lead somewhere: tried politely, and never within our own network.

A text can be made to name any address, so names are resolved first and only public
addresses are asked; what cannot be asked (no network) is said to be untried, not dead.
"""

from __future__ import annotations

import ipaddress
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.conf import settings

from gongkai.core.screening import links_of

MOST_LINKS = 50
_SECONDS = 5
_AT_ONCE = 4
# What a server answers to an address that is gone; others may be moods of a moment or a
# refusal of machines.
_GONE = (404, 410)


def tried(body_html: str) -> Mapping[str, str]:
    """For each web address of the text: ``ok``, ``gone 404``, ``no such host`` or ``untried``."""
    addresses = sorted({a for a in links_of(body_html) if a.startswith(("http://", "https://"))})
    if not settings.TRY_LINKS:
        return dict.fromkeys(addresses, "untried")
    asked, left = addresses[:MOST_LINKS], addresses[MOST_LINKS:]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = dict(zip(asked, pool.map(_try, asked), strict=True))
    return {**answers, **dict.fromkeys(left, "untried")}


def _try(address: str) -> str:
    host = urlsplit(address).hostname or ""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except (socket.gaierror, UnicodeError):
        # Without a network no name resolves: then nothing can be said of this one.
        return "no such host" if _network() else "untried"
    if not all(_may_ask(str(ip)) for ip in found):
        return "untried"
    request = urllib.request.Request(address, method="HEAD", headers={"User-Agent": "gongkai"})
    try:
        with _OPENER.open(request, timeout=_SECONDS):
            return "ok"
    except urllib.error.HTTPError as error:
        return f"gone {error.code}" if error.code in _GONE else "ok"
    except (OSError, ValueError):
        return "untried"


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
