"""A requester at the public door: the fields of a good request, a browser, and short cuts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.requests.models import DisclosureRequest
from tests.web.conftest import Office
from tests.web.samples import PIXEL

# Nobody's: an invented number whose check digit is right.
IDENTITY_NUMBER = "110101199003070118"
UNIFIED_CODE = "91350100M000100Y43"
NAME, PHONE = "欧阳试之", "13800000123"
MAILBOX, ADDRESS = "ouyang.shizhi@example.cn", "青禾区泉苑一村9号501室"
DESCRIPTION = "2024、2025年度老旧住宅加装电梯补助发放明细，以及电梯采购合同"

WHAT = {
    "description": DESCRIPTION,
    "form_of_supply": "electronic",
    "way_of_delivery": "online",
    "help_needed": "",
}
WHO = {
    "name": NAME,
    "document_kind": "identity_card",
    "document_number": IDENTITY_NUMBER,
    "phone": PHONE,
    "mailbox": MAILBOX,
    "address": ADDRESS,
    "postcode": "",
    "agent": "",
}
PERSONAL = (NAME, IDENTITY_NUMBER, PHONE, MAILBOX, ADDRESS)


def picture(name: str = "身份证.png") -> SimpleUploadedFile:
    """A picture of one pixel."""
    return SimpleUploadedFile(name, PIXEL, "image/png")


@dataclass
class Citizen:
    """A browser without script, and the agency it asks."""

    agency: Agency
    browser: Client = field(default_factory=lambda: Client(enforce_csrf_checks=False))

    def address(self, name: str) -> str:
        return reverse(f"asking:{name}", args=[self.agency.slug])

    def get(self, name: str) -> Any:
        return self.browser.get(self.address(name))

    def what(self, **changed: str) -> Any:
        return self.browser.post(self.address("what"), {**WHAT, **changed})

    def who(self, *, proof: bool = True, **changed: Any) -> Any:
        sent: Mapping[str, Any] = {**WHO, **({"identity": picture()} if proof else {}), **changed}
        return self.browser.post(self.address("who"), sent)

    def check(self, **changed: str) -> Any:
        page = self.get("check")
        checked = page.context["draft"].digest if page.context else ""
        return self.browser.post(self.address("check"), {"checked": checked, **changed})

    def ask(self) -> DisclosureRequest:
        """A whole request; what became of it."""
        self.browser.post(self.address("leave"))
        assert self.what().status_code == 302
        assert self.who().status_code == 302
        assert self.check().status_code == 302
        return DisclosureRequest.objects.latest("pk")

    def code(self) -> str:
        """The query code on the receipt."""
        return str(self.get("receipt").context["code"])

    def open(self, code: str, number: str = "") -> Any:
        return self.browser.post(reverse("asking:progress"), {"code": code, "number": number})


@pytest.fixture
def citizen(office: Office) -> Citizen:
    return Citizen(office.street)


@pytest.fixture
def another(office: Office) -> Callable[[], Citizen]:
    """Another browser, as often as asked for."""
    return lambda: Citizen(office.street)
