"""Where somebody comes from: a header is believed only from a proxy of ours."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from pytest_django import Settings

from gongkai.web.client_address import ClientAddress, plain_address


@pytest.mark.parametrize(
    ("peer", "header", "found"),
    [
        ("10.0.0.9", "", "10.0.0.9"),
        # Nobody else's header counts.
        ("10.0.0.9", "1.2.3.4", "10.0.0.9"),
        ("127.0.0.1", "1.2.3.4", "1.2.3.4"),
        # What the client itself wrote stands left of what our proxies added.
        ("127.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("", "1.2.3.4", "1.2.3.4"),
        ("127.0.0.1", "nonsense", ""),
        ("127.0.0.1", "::ffff:1.2.3.4", "1.2.3.4"),
    ],
)
def test_the_last_address_that_is_no_proxy(
    settings: Settings, peer: str, header: str, found: str
) -> None:
    settings.PROXIES = frozenset({"127.0.0.1", "10.0.0.2", "unix"})
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": peer}
    if header:
        request.META["HTTP_X_FORWARDED_FOR"] = header
    ClientAddress(lambda request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == found


def test_without_proxies_no_header_counts(settings: Settings) -> None:
    settings.PROXIES = frozenset()
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4"}
    ClientAddress(lambda request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == "127.0.0.1"


@pytest.mark.parametrize("text", ["", None, "unix", "1.2.3", "localhost"])
def test_what_is_no_address_is_none(text: str | None) -> None:
    assert plain_address(text) is None
