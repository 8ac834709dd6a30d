"""Every kind of page, for the public and for staff, before axe-core: WCAG 2.2 AA, no violation.

At the width of a desk and of a telephone, where no page may scroll sideways.
"""

from __future__ import annotations

import re

import pytest
from django.conf import settings as configured
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.web.conftest import Office
from tests.web.public.conftest import Region
from tests.web.public.publishing import take_back

from gongkai.web.people.models import Role
from gongkai.web.public.pages import paths

from .conftest import Opening
from .looking import faults
from .staff_pages import PAGES, StaffPage
from .world import World

MODES = [{"gk_contrast": "high"}, {"gk_size": "large"}, {"gk_contrast": "high", "gk_size": "large"}]


@pytest.fixture
def world(live_server: LiveServer, office: Office) -> World:
    return World(office)


def faults_of(page: Page, world: World, pages: tuple[StaffPage, ...]) -> list[str]:
    wrong = []
    for one in pages:
        address = one.address(world)
        answer = page.goto(address)
        assert answer is not None
        if answer.status != one.status:
            wrong.append(f"{address} answered {answer.status}")
            continue
        if one.act is not None:
            one.act(page)
        wrong += faults(page, address)
    return wrong


@pytest.mark.parametrize(
    "roles",
    [
        (Role.AUTHOR,),
        (Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER, Role.DISCLOSURE_OFFICE),
        (Role.COMPETENT_DEPARTMENT, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN),
    ],
)
def test_staff_pages(world: World, desk: Opening, roles: tuple[Role, ...]) -> None:
    assert not [one for role in roles for one in faults_of(desk(role), world, PAGES[role])]


def kind_of(path: str) -> str:
    """What a path is of: the same for the pages of two items, two agencies, two lists."""
    return re.sub(r"\d+", "0", re.sub(r"qh0\d+", "qh", path))


def test_public_pages(live_server: LiveServer, region: Region, opening: Opening) -> None:
    take_back(7)
    kinds: dict[str, list[str]] = {}
    for path in paths():
        kinds.setdefault(kind_of(path), []).append(path)
    page = opening(base_url=live_server.url + configured.MOUNT)
    wrong = []
    print(len(kinds), sorted(kinds))
    for found in kinds.values():
        # The last of a kind may be the one that was taken back, or the emptiest.
        for path in {found[0], found[-1]}:
            page.goto(path)
            wrong += faults(page, path)
    assert not wrong
