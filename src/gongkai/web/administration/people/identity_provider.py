"""Speaking with the identity provider (OpenID Connect) by Authlib.

Authorisation code with PKCE; the identity token is checked for issuer, audience, time,
nonce and signature.  Loaded only where the settings name a provider.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from joserfc.errors import JoseError

log = logging.getLogger(__name__)
_SECONDS = 10
# What may go wrong between us and the provider: no answer, a bad answer, a refusal.
_TROUBLES = (
    AuthlibBaseError, JoseError, requests.RequestException, KeyError, RuntimeError, ValueError,
)  # fmt: skip


class ProviderFailed(Exception):
    """The provider did not answer, or answered what cannot be trusted."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is to the provider."""

    subject: str
    username: str


def ask(request: HttpRequest, return_to: str) -> HttpResponseBase:
    """Send the browser to the provider; ProviderFailed where it cannot be reached."""
    try:
        response: HttpResponseBase = _client().authorize_redirect(request, return_to)
    except _TROUBLES as error:
        raise _failed(error) from error
    return response


def answer(request: HttpRequest) -> Identity:
    """Exchange the code the browser brought; ProviderFailed where anything does not hold."""
    options = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT},
        "sub": {"essential": True},
    }
    try:
        token = _client().authorize_access_token(request, claims_options=options)
        claims: dict[str, Any] = token["userinfo"]
        return Identity(str(claims["sub"]), str(claims.get("preferred_username", "")))
    except _TROUBLES as error:
        raise _failed(error) from error


def _client() -> Any:
    return OAuth().register(
        "provider",
        client_id=settings.OIDC_CLIENT,
        client_secret=settings.OIDC_SECRET,
        server_metadata_url=(
            f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration"
        ),
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
        },
    )


def _failed(error: Exception) -> ProviderFailed:
    log.warning("identity provider: %s: %s", type(error).__name__, error)
    return ProviderFailed(str(error))
