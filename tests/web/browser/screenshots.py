"""Take the pictures in ``docs/screenshots`` of a platform started anew with its demonstration.

``python -m tests.web.browser.screenshots [FOLDER]``; each picture is of one screen, or of one
telephone, in few colours.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.running.test_up import up

ROOT = Path(__file__).parents[3]
MOST_BYTES = 200_000
_COLOURS = 128
_SCREEN = {"width": 1280, "height": 900}
_PHONE = {"width": 390, "height": 844}
_SECONDS_TO_LOAD = 600.0

Reveal = Callable[[Page], object]


@dataclass(frozen=True)
class Picture:
    """One picture: its name, the page by its path or by the title of its item, and who looks."""

    name: str
    path: str
    who: str = ""
    title: str = ""
    phone: bool = False
    reveal: Reveal | None = None


PUBLIC = "/zwgk/zfxxgk/"
RELIEF = "2026年8月临时救助发放情况公示"
ELEVATORS = "青禾区既有住宅加装电梯资金补助办法"
DRAFT = "听泉街道2026年冬季防火和用电安全提示"
PICTURES = (
    Picture("home", PUBLIC),
    Picture("agency", PUBLIC + "qh0401/"),
    Picture("item", PUBLIC + "item/{year}/{number}.html", title=ELEVATORS),
    Picture("search", PUBLIC + "search?q=电梯"),
    Picture("standards", PUBLIC + "qh0401/standards.html"),
    Picture("home-on-a-phone", PUBLIC, phone=True),
    Picture("sign-in", "/desk/people/sign-in/"),
    Picture("desk", "/desk/", "qh0401-secrecy"),
    Picture("items", "/desk/information/", "qh0401-author"),
    Picture("editor", "/desk/information/{number}/edit/", "qh0401-author2", title=DRAFT),
    Picture("review", "/desk/information/{number}/review/", "qh0401-secrecy", title=RELIEF),
    Picture(
        "review-on-a-phone", "/desk/information/{number}/review/", "qh0401-secrecy", title=RELIEF,
        phone=True, reveal=lambda page: page.locator("#findings").evaluate("part => part.scrollIntoView()"),
    ),
    Picture("registers", "/desk/registers/standards/", "qh0401-office"),
    Picture("trail", "/desk/audit/", "region-audit"),
)  # fmt: skip


def main(folder: Path) -> None:
    """Start the platform in a folder of its own, take every picture, end it."""
    data = tempfile.mkdtemp(prefix="gongkai-screenshots-")
    os.environ |= {
        "GONGKAI_DATA": data,
        "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
        # Playwright's event loop runs in this thread; the database is asked between its turns.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    try:
        with up(dict(os.environ), empty=False) as run:
            run.until(lambda: run.get(PUBLIC + "sitemap.xml")[0] == 200, _SECONDS_TO_LOAD)
            django.setup()
            take_all(f"http://127.0.0.1:{run.port}", folder)
    finally:
        shutil.rmtree(data)


def take_all(address: str, folder: Path) -> None:
    """Every picture of the platform at ``address``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = shutil.which("chromium")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=["--no-sandbox"]) as browser,
    ):
        for picture in PICTURES:
            data = in_few_colours(take(browser, address, picture))
            if len(data) > MOST_BYTES:
                raise ValueError(f"{picture.name}: {len(data)} bytes")
            (folder / f"{picture.name}.png").write_bytes(data)


def take(browser: Browser, address: str, picture: Picture) -> bytes:
    """One picture."""
    from gongkai.web.disclosure.models import InformationItem
    from gongkai.web.people.models import Person

    from .conftest import sign_in_quietly

    page = browser.new_page(
        base_url=address,
        viewport=_PHONE if picture.phone else _SCREEN,
        locale="zh-CN",
        reduced_motion="reduce",
    )
    if picture.who:
        # The password of the first start is changed before anything else; here it is not needed.
        Person.objects.filter(username=picture.who).update(must_change_password=False)
        sign_in_quietly(page, Person.objects.get(username=picture.who), address)
    where = picture.path
    if picture.title:
        item = InformationItem.objects.get(current__title=picture.title)
        year = item.first_published_at.year if item.first_published_at else 0
        where = where.format(number=item.pk, year=year)
    answer = page.goto(where)
    if answer is None or not answer.ok:
        raise ValueError(f"{picture.name}: {where} cannot be had")
    if picture.reveal is not None:
        picture.reveal(page)
    data = page.screenshot()
    page.context.close()
    return data


def in_few_colours(data: bytes) -> bytes:
    """The picture as a small file."""
    buffer = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGB").quantize(_COLOURS).save(
        buffer, "PNG", optimize=True
    )
    return buffer.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots")
