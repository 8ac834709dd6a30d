"""The first page of 监督保障."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.web.people.models import Role
from tests.web.conftest import Office, signed_in

pytestmark = pytest.mark.django_db


def test_an_office_is_shown_itself(office: Office) -> None:
    page = signed_in(office, Role.DISCLOSURE_OFFICE).get(reverse("overview:home"))
    assert page.status_code == 200
    text = page.content.decode()
    assert office.street.short_name in text
    assert office.neighbour.short_name not in text
    assert signed_in(office, Role.SYSTEM_ADMIN).get(reverse("overview:home")).status_code == 403
