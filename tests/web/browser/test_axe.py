"""Every kind of page, for the public and for staff, before axe-core: WCAG 2.2 AA, no violation.

At the width of a desk and of a telephone, where no page may scroll sideways.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from gongkai.web.first_run import token
from gongkai.web.people.models import Person, Role
from gongkai.web.public.pages import paths
from gongkai.web.publication.models import Publication
from tests.web.conftest import PASSWORD, Office
from tests.web.oversight.measures.made import make_measures
from tests.web.public.conftest import Region
from tests.web.public.publishing import take_back
from tests.web.test_routes import routes

from .around_pages import NO_PAGE as NO_PAGE_AROUND
from .around_pages import PAGES as PAGES_AROUND
from .around_pages import Around
from .assessment_pages import NO_PAGE as NO_PAGE_OF_ASSESSMENT
from .assessment_pages import PAGES as PAGES_OF_ASSESSMENT
from .assessment_pages import Assessed
from .conftest import Opening
from .items import Items
from .looking import faults
from .measures_pages import NO_PAGE as NO_PAGE_OF_MEASURES
from .measures_pages import PAGES as PAGES_OF_MEASURES
from .measures_pages import PUBLIC as PUBLIC_OF_MEASURES
from .rectification_pages import NO_PAGE as NO_PAGE_OF_RECTIFICATION
from .rectification_pages import PAGES as PAGES_OF_RECTIFICATION
from .rectification_pages import Rectified
from .request_pages import PAGES as REQUEST_PAGES
from .staff_pages import PAGES, StaffPage
from .watching_pages import NO_PAGE as NO_PAGE_OF_WATCHING
from .watching_pages import PAGES as PAGES_OF_WATCHING
from .watching_pages import Watched
from .world import World

# A page looks the same whichever database it is made from.
pytestmark = pytest.mark.once

# A page in each of its states (empty, refused, found …), not only in the first that is listed:
# make test-looks.
EVERY_STATE = "GONGKAI_EVERY_STATE" in os.environ

# One after the other, the second on top of the first.
MODES = ({"gk_contrast": "high"}, {"gk_size": "large"})


# Looked at below, signed in as nobody.
ELSEWHERE = {
    "people:sign_in", "people:provider", "first_run", "public:home", "public:open_data", "public:open_reports",
    "public:page", "public:search", "public:compare",
    # In test_asking.py.
    "asking:choose", "asking:agency", "asking:what", "asking:who", "asking:check",
    "asking:receipt", "asking:progress", "asking:case", "asking:hand_in", "asking:contact",
}  # fmt: skip
# Acts, files, feeds, redirections: what they answer is no page of their own.
NO_PAGE = {
    "root", "healthz", "people:provider_return", "public:asset", "public:feed", "public:file",
    "public:open_item", "public:open_list", "public:open_nothing", "public:open_of_agency",
    "public:openapi",
    "public:search_feed", "public:sitemap", "agencies:export", "agencies:import",
    "agencies:revive", "agencies:take_back_name", "agencies:undo", "audit:export",
    "asking:blank_form", "asking:leave", "asking:letter", "asking:paper",
    "asking:progress_leave", "asking:suggest", "desk:year_export", "disclosure:answer", "disclosure:attach", "disclosure:check_again",
    "disclosure:describe", "disclosure:detach", "disclosure:discard", "disclosure:download",
    "disclosure:export", "disclosure:keep", "disclosure:paste", "disclosure:public_copy",
    "disclosure:publish_now", "disclosure:recall", "disclosure:redact",
    "disclosure:remove_release", "disclosure:remove_validity", "disclosure:restore",
    "disclosure:submit", "disclosure:together", "people:appoint", "people:disable",
    "people:enable", "people:end_appointment", "people:end_session", "people:export",
    "people:link", "people:look", "people:sign_out", "people:unlock", "registers:cover",
    "requests:download", "requests:export", "requests:recall", "requests:remark", "requests:review",
    "requests:submit", "requests:together", "reports:cell", "reports:dismiss", "reports:original", "reports:paper", "reports:restore",
    "reports:take", "reports:take_up", "reports:chase", "reports:drop", "reports:export", "reports:lift_limit",
    "reports:reopen", "reports:take_in",
    "registers:export", "registers:remove", "registers:restore", "registers:uncover",
}  # fmt: skip


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words, exact=True).click()


@pytest.fixture
def world(live_server: LiveServer, office: Office) -> World:
    return World(office)


def faults_of(page: Page, world: World, pages: tuple[StaffPage, ...]) -> list[str]:
    wrong = []
    seen: set[str] = set()
    for one in pages:
        if one.route in seen and not EVERY_STATE:
            continue
        seen.add(one.route)
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


@pytest.mark.parametrize("role", REQUEST_PAGES)
def test_pages_of_requests(world: World, desk: Opening, role: Role) -> None:
    assert not faults_of(desk(role), world, REQUEST_PAGES[role])


def test_pages_around_requests(world: World, desk: Opening) -> None:
    world.around = Around(world)
    assert not [
        one for role, all_ in PAGES_AROUND.items() for one in faults_of(desk(role), world, all_)
    ]


def test_pages_of_measures_and_concerns(
    live_server: LiveServer, world: World, desk: Opening, opening: Opening
) -> None:
    world.measures = make_measures(world.office)
    wrong = [
        one
        for role, pages in PAGES_OF_MEASURES.items()
        for one in faults_of(desk(role), world, pages)
    ]
    citizen = opening(base_url=live_server.url)
    assert not [*wrong, *faults_of(citizen, world, PUBLIC_OF_MEASURES)]


def test_pages_of_assessment_and_overview(world: World, desk: Opening) -> None:
    world.assessed = Assessed(world.office)
    assert not [
        one
        for role, pages in PAGES_OF_ASSESSMENT.items()
        for one in faults_of(desk(role), world, pages)
    ]


def test_pages_of_rectification(world: World, desk: Opening) -> None:
    world.rectified = Rectified(world)
    assert not [
        one
        for role, pages in PAGES_OF_RECTIFICATION.items()
        for one in faults_of(desk(role), world, pages)
    ]


def test_pages_of_the_watch(world: World, desk: Opening) -> None:
    world.watched = Watched(world)
    assert not [
        one
        for role, pages in PAGES_OF_WATCHING.items()
        for one in faults_of(desk(role), world, pages)
    ]


def test_pages_before_one_is_signed_in(
    live_server: LiveServer, office: Office, settings: Settings, opening: Opening
) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    page = opening(base_url=live_server.url)
    page.goto(reverse("people:provider"))
    wrong = faults(page, "an identity provider that does not answer")
    page.goto(reverse("people:sign_in"))
    wrong += faults(page, "sign-in")
    press(page, "登录")
    wrong += faults(page, "sign-in with nothing filled in")
    page.get_by_label("用户名").fill("author")
    page.get_by_label("密码").fill("wrong")
    press(page, "登录")
    wrong += faults(page, "sign-in refused")
    Person.objects.filter(username="author").update(must_change_password=True)
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "登录")
    wrong += faults(page, "a password that must be changed")
    assert not wrong


def test_the_first_run(
    live_server: LiveServer,
    transactional_db: None,
    settings: Settings,
    opening: Opening,
    tmp_path: Path,
) -> None:
    settings.DATA = tmp_path
    word = token.make()
    page = opening(base_url=live_server.url)
    page.goto(reverse("first_run"))
    wrong = faults(page, "first run: the door")
    press(page, "继续")
    wrong += faults(page, "first run: no word")
    page.goto(f"{reverse('first_run')}?token={word}")
    wrong += faults(page, "first run: the first agency")
    press(page, "建好，继续")
    wrong += faults(page, "first run: nothing filled in")
    filled = {
        "机关全称": "青禾区人民政府", "简称": "区政府", "机关代码": "QH0000", "姓名": "钱进",
        "用户名": "qianjin", "密码": PASSWORD, "再填一次密码": PASSWORD,
    }  # fmt: skip
    for label, value in filled.items():
        page.get_by_label(label, exact=True).fill(value)
    press(page, "建好，继续")
    wrong += faults(page, "first run: the others")
    press(page, "建好，看密码")
    wrong += faults(page, "first run: nobody named")
    for name, value in {"security": "安全", "audit": "审计"}.items():
        page.locator(f"[name={name}_name]").fill(value)
        page.locator(f"[name={name}_username]").fill(name)
    press(page, "建好，看密码")
    expect(page.get_by_role("heading", level=1)).to_have_text("可以用了")
    wrong += faults(page, "first run: done")
    assert not wrong


def kind_of(path: str) -> str:
    """What a path is of: the same for two items, two agencies, two themes, two pages of a list."""
    named = re.sub(r"(themes|documents)/\w+/", r"\1/x/", re.sub(r"qh\d+", "qh", path))
    return re.sub(r"\d+(-[AB\d])?", "0", named)


def test_public_pages(live_server: LiveServer, region: Region, opening: Opening) -> None:
    take_back(7)
    kinds: dict[str, list[str]] = {}
    for path in paths():
        kinds.setdefault(kind_of(path), []).append(path)
    # The last of a kind may be the one that was taken back, or an empty one.
    chosen = {path for found in kinds.values() for path in (found[0], found[-1])}
    page = opening(base_url=live_server.url + configured.MOUNT)
    wrong = []
    for path in [*sorted(chosen), *BESIDE, "no/such/page.html"]:
        page.goto(path)
        wrong += faults(page, path)
    assert not wrong


BESIDE = (
    "open-data.html",
    "open-data/annual-reports/index.html",
    "search",
    "search?q=电梯",
    "search?q=信息&page=2",
    "search?q=电",
    "search?q=无此一事",
    "search/compare",
    "search/compare?left_agency=qh0401&left_year=2019&right_agency=&right_year=2025",
    "search?q=补助&agency=qh0401&validity=in_force&sort=newest",
)


def test_large_text_and_high_contrast(
    live_server: LiveServer, office: Office, desk: Opening
) -> None:
    items = Items(office)
    page = desk(Role.SECRECY_REVIEWER)
    review = reverse("disclosure:review", args=[items.with_findings.pk])
    item = configured.MOUNT + Publication.objects.get(pk=items.document.pk).path
    wrong = []
    for mode in MODES:
        page.context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in mode.items()]
        )
        for address in ("/desk/", review, reverse("disclosure:list"), configured.MOUNT, item):
            page.goto(address)
            wrong += faults(page, f"{address} with {mode}")
    assert not wrong


def test_every_route_that_has_a_page_is_looked_at() -> None:
    looked_at = {
        page.route
        for pages in (
            *PAGES.values(),
            *REQUEST_PAGES.values(),
            *PAGES_AROUND.values(),
            *PAGES_OF_MEASURES.values(),
            *PAGES_OF_ASSESSMENT.values(),
            *PAGES_OF_WATCHING.values(),
            *PAGES_OF_RECTIFICATION.values(),
            PUBLIC_OF_MEASURES,
        )
        for page in pages
    }
    there = {route.name for route in routes()}
    no_page = NO_PAGE | NO_PAGE_AROUND | NO_PAGE_OF_MEASURES | NO_PAGE_OF_ASSESSMENT
    no_page |= NO_PAGE_OF_WATCHING | NO_PAGE_OF_RECTIFICATION
    assert there - looked_at == ELSEWHERE | no_page
