"""The address somebody comes from, also when a proxy of ours stands in front.

Locks and audit lines need it.  A header is believed only from the proxies that
GONGKAI_PROXIES names (``unix`` for a local socket); everybody else could invent it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class ClientAddress:
    """Middleware: REMOTE_ADDR becomes the last address that is not a proxy of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        peer = request.META.get("REMOTE_ADDR") or "unix"
        if peer in settings.PROXIES:
            named = request.headers.get("X-Forwarded-For", "").split(",")
            told = [address.strip() for address in named if address.strip()]
            peer = next((a for a in reversed(told) if a not in settings.PROXIES), peer)
        request.META["REMOTE_ADDR"] = plain_address(peer) or ""
        return self.get_response(request)


def plain_address(text: str | None) -> str | None:
    """An address as every database writes it, or None where it is none."""
    try:
        address = ipaddress.ip_address(text or "")
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def client_address(request: HttpRequest) -> str | None:
    """For django-axes: what the middleware found, and no header read anew."""
    return plain_address(request.META.get("REMOTE_ADDR"))
