"""看数据 in a browser: the pages and charts with figures in them, and two reports compared."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.web.people.models import Role
from tests.web.conftest import Office
from tests.web.publication.made import CONCLUDED, RECEIVED, with_data

from .conftest import Opening
from .looking import faults

# A page looks the same whichever database it is made from.
pytestmark = pytest.mark.once
DISCLOSED = "requests.disclosed/total"


@pytest.fixture
def told(live_server: LiveServer, office: Office) -> Office:
    """Reports of both editions, of three agencies, one with a cell that was not read."""
    for number, year in enumerate((2019, 2020, 2021, 2023, 2024, 2025), start=1):
        figures = {RECEIVED: str(10 + number), CONCLUDED: "9", DISCLOSED: str(number)}
        with_data(office.street, number, year, **figures)
    with_data(office.neighbour, 21, 2025, **{RECEIVED: "20", DISCLOSED: "约4"})
    with_data(office.district, 22, 2025, **{RECEIVED: "99"})
    return office


def wrong_with(page: Page, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
        found += faults(page, address)
    return found


def test_public_pages_and_a_number_followed_to_its_place(
    told: Office, live_server: LiveServer, opening: Opening
) -> None:
    page = opening(base_url=live_server.url + settings.MOUNT)
    choice = "left_agency=qh0401&left_year=2020&right_agency=qh0402&right_year=2025"
    views = ("disclosure", "requests", "grounds", "remedies", "rates")
    assert not wrong_with(
        page,
        [
            "qh0401/annual/2025.html",
            "annual/figures/index.html",
            "annual/figures/rates.html",
            *(f"annual/figures/2025/{view}.html" for view in views),
            f"search/compare?{choice}&show=all",
            "qh0401/annual/figures.html",
        ],
    )
    expect(page.get_by_role("img", name="本年新收申请（件）")).to_be_visible()
    line = page.get_by_role("row", name="本年新收申请 11")
    line.get_by_role("link", name="16", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}{settings.MOUNT}item/2026/6.html#s-3")
    expect(page.locator("#s-3")).to_be_in_viewport()
    page.get_by_role("link", name="看这份报告的数据").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2025年度数据")
    page.get_by_role("link", name="和另一份报告对照").click()
    page.get_by_role("group", name="后一份").get_by_label("年度").select_option("2024")
    page.get_by_role("button", name="对照").click()
    expect(page.get_by_role("row", name="一、本年新收政府信息公开申请数量·总计")).to_contain_text(
        "-1"
    )


def test_staff_pages(told: Office, desk: Opening) -> None:
    page = desk(Role.COMPETENT_DEPARTMENT)
    street = reverse("reports:figures_of", args=[told.street.pk])
    choice = "left_agency=qh0401&left_year=2020&right_agency=qh0402&right_year=2025"
    assert not wrong_with(
        page,
        [
            f"{reverse('reports:figures')}?year=2025",
            f"{reverse('reports:figures')}?year=2025&view=rates",
            f"{street}?year=2025",
            street,
            f"{reverse('reports:compare')}?{choice}",
        ],
    )
