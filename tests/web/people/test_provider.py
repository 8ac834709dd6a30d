"""Sign-in by an identity provider: a small one runs here, on this machine, for real."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from pytest_django import Settings

from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Person, Role
from tests.web.conftest import Office

CLIENT, SECRET = "gongkai", "between-us"


@dataclass
class Provider:
    """What the little provider knows and was asked; a test may make it lie."""

    issuer: str = ""
    subject: str = "sub-limin"
    username: str = "author"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    signing: RSAKey | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    exchanged: list[dict[str, str]] = field(default_factory=list)

    def authorise(self, address: str) -> str:
        """What the browser does at the provider: it comes back with a code."""
        self.asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        return f"?code=the-code&state={self.asked['state']}"

    def token(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 60,
            "nonce": self.asked["nonce"], "preferred_username": self.username, **self.claims,
        }  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signing or self.key)
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}


def handler_of(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/.well-known/openid-configuration":
                self.answer({
                    "issuer": provider.issuer,
                    "authorization_endpoint": provider.issuer + "/authorize",
                    "token_endpoint": provider.issuer + "/token",
                    "jwks_uri": provider.issuer + "/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                })  # fmt: skip
            elif self.path == "/keys":
                self.answer(KeySet([provider.key]).as_dict(private=False))
            else:
                self.answer({}, 404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = {k: v[0] for k, v in parse_qs(body).items()}
            basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            provider.exchanged.append(given)
            challenge = base64.urlsafe_b64encode(
                hashlib.sha256(given.get("code_verifier", "").encode()).digest()
            ).rstrip(b"=")
            good = (
                given["code"] == "the-code"
                and self.headers["Authorization"] == f"Basic {basic}"
                and challenge.decode() == provider.asked["code_challenge"]
                and given["redirect_uri"] == provider.asked["redirect_uri"]
            )
            self.answer(
                provider.token() if good else {"error": "invalid_grant"}, 200 if good else 400
            )

        def answer(self, what: Any, status: int = 200) -> None:
            data = json.dumps(what).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    made = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(made))
    made.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET = made.issuer, CLIENT, SECRET
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def linked(office: Office) -> Person:
    person = office.people[Role.AUTHOR]
    person.oidc_subject = "sub-limin"
    person.save()
    return person


def walk(client: Client, provider: Provider, wanted: str = "") -> Any:
    """To the provider and back."""
    away = client.get(reverse("people:provider"), {"next": wanted} if wanted else {})
    assert away.status_code == 302
    return client.get(reverse("people:provider_return") + provider.authorise(away.url))


def test_a_linked_person_signs_in(client: Client, provider: Provider, linked: Person) -> None:
    answer = walk(client, provider, "/desk/people/me/")
    assert answer.url == "/desk/people/me/"
    assert client.get(reverse("people:me")).status_code == 200
    assert provider.asked["code_challenge_method"] == "S256"
    assert provider.asked["response_type"] == "code"
    entry = AuditEntry.objects.get(act="session.begin")
    assert (entry.person, entry.after["by"]) == ("author", "provider")


def test_next_leads_only_to_ourselves(client: Client, provider: Provider, linked: Person) -> None:
    assert walk(client, provider, "https://evil.example/").url == "/desk/"


def test_an_unlinked_person_is_told_his_number(
    client: Client, provider: Provider, office: Office
) -> None:
    before = Person.objects.count()
    answer = walk(client, provider)
    assert answer.status_code == 403
    assert "sub-limin" in answer.content.decode()
    assert Person.objects.count() == before
    assert client.get(reverse("people:me")).status_code == 302


def test_an_equal_username_links_only_where_the_setting_says_so(
    client: Client, provider: Provider, office: Office, settings: Settings
) -> None:
    settings.OIDC_BY_USERNAME = True
    assert walk(client, provider).status_code == 302
    person = Person.objects.get(username="author")
    assert person.oidc_subject == "sub-limin"
    assert AuditEntry.objects.filter(act="person.link", reason="用户名相同").exists()
    # Another subject of the same name does not take the account over.
    provider.subject = "sub-other"
    assert walk(Client(), provider).status_code == 403


def test_a_disabled_account_stays_out(client: Client, provider: Provider, linked: Person) -> None:
    Person.objects.filter(pk=linked.pk).update(is_active=False)
    answer = walk(client, provider)
    assert answer.status_code == 403
    assert "停用" in answer.content.decode()


def test_a_one_time_password_does_not_bar_who_uses_none(
    client: Client, provider: Provider, linked: Person
) -> None:
    Person.objects.filter(pk=linked.pk).update(must_change_password=True)
    walk(client, provider)
    assert client.get(reverse("people:me")).status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "somebody-else"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": int(time.time()) - 3600},
        {"nonce": "another"},
        {"sub": None},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_a_token_that_does_not_hold_opens_nothing(
    client: Client, provider: Provider, linked: Person, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    assert walk(client, provider).status_code == 403
    assert client.get(reverse("people:me")).status_code == 302


def test_a_strange_signature_opens_nothing(
    client: Client, provider: Provider, linked: Person
) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": "1"})
    assert walk(client, provider).status_code == 403


def test_an_answer_nobody_asked_for_opens_nothing(
    client: Client, provider: Provider, linked: Person
) -> None:
    answer = client.get(reverse("people:provider_return"), {"code": "x", "state": "y"})
    assert answer.status_code == 403
    # Another browser's state is not ours either.
    away = Client().get(reverse("people:provider"))
    stolen = client.get(reverse("people:provider_return") + provider.authorise(away.url))
    assert stolen.status_code == 403
    refused = client.get(reverse("people:provider_return"), {"error": "access_denied"})
    assert refused.status_code == 403


def test_a_provider_that_does_not_answer_is_told(
    client: Client, office: Office, settings: Settings
) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    answer = client.get(reverse("people:provider"))
    assert answer.status_code == 502
    assert "连不上" in answer.content.decode()


def test_without_a_setting_there_is_no_provider(client: Client, office: Office) -> None:
    assert client.get(reverse("people:provider")).status_code == 404
    assert client.get(reverse("people:provider_return")).status_code == 404
    assert "统一身份认证" not in client.get(reverse("people:sign_in")).content.decode()
