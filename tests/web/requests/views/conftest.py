"""The desk of the acts' tests, and browsers in which its people have signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from gongkai.web.people.models import Role
from tests.web.conftest import Office, signed_in
from tests.web.requests.acts.conftest import Desk, desk

__all__ = ["Desk", "desk"]

Opening = Callable[[Role], Client]


@pytest.fixture
def as_(office: Office) -> Opening:
    """A browser of whoever holds a role."""
    return lambda role: signed_in(office, role)
