"""A real browser before the platform: windows of any size, signed in as anybody or as nobody.

What a page's script throws, and what the browser refuses to load or run (the pages' own
content security policy among it), fails the test that opened the page.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from gongkai.web.people.models import Person, Role
from tests.web.conftest import Office, signed_in_as
from tests.web.public.conftest import region

__all__ = ["region"]

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# What waits longer than this does not come.
_MILLISECONDS = 10_000
# Answers that a test asks for on purpose; the browser reports each in its console.
_REFUSED = re.compile(
    r"Failed to load resource: .*(status of (4\d\d|502)|ERR_INTERNET_DISCONNECTED)"
)

# While it edits a text the browser sets styles for a moment, is refused, and does without.
_EDITING = re.compile(r"/(edit|new)/$")

Opening = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of this machine; for one module, since it holds an event loop while it runs."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The loop is Playwright's own: these tests call the database as any others do.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]) as launched:
            yield launched


@pytest.fixture(autouse=True)
def _no_links_tried(settings: Settings) -> None:
    """Links of texts lead nowhere here."""
    settings.TRY_LINKS = False


@pytest.fixture
def opening(browser: Browser) -> Iterator[Opening]:
    """Open a window at an address; options as of ``Browser.new_context``."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def told(message: ConsoleMessage) -> None:
        where = message.page.url if message.page else ""
        styled = "inline style" in message.text and _EDITING.search(where)
        if message.type == "error" and not styled and not _REFUSED.search(message.text):
            wrong.append(f"{where}: {message.text} ({message.location})")

    def opened(address: str = "", **options: object) -> Page:
        usual = {
            "viewport": DESKTOP,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**{**usual, **options})
        contexts.append(context)
        context.set_default_timeout(_MILLISECONDS)
        context.on("weberror", lambda error: wrong.append(f"{error.page}: {error.error}"))
        context.on("console", told)
        page = context.new_page()
        if address:
            page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def desk(live_server: LiveServer, office: Office, opening: Opening) -> Opening:
    """Open a window in which somebody has signed in; ``path`` is below the server's address."""

    def opened(who: Role | Person, path: str = "/desk/", **options: object) -> Page:
        person = who if isinstance(who, Person) else office.people[who]
        page = opening(base_url=live_server.url, **options)
        sign_in_quietly(page, person, live_server.url)
        page.goto(path)
        return page

    return opened


def sign_in_quietly(page: Page, person: Person, address: str) -> None:
    """Give the window the session of ``person``, without the sign-in page."""
    session = signed_in_as(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
