"""A folder to bake into, and a region whose pages are baked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.public import bake, bake_sources
from gongkai.web.public.bake_sources import Source
from gongkai.web.publication.models import Change
from tests.web.public.conftest import region
from tests.web.public.publishing import publish

__all__ = ["region"]


@pytest.fixture(autouse=True)
def site(settings: Settings, tmp_path: Path) -> Path:
    """The folder of baked files of an installation of its own."""
    settings.DATA = tmp_path
    settings.FILES, settings.SITE = tmp_path / "files", tmp_path / "site"
    bake._postponed.clear()
    return tmp_path / "site"


@pytest.fixture
def street(db: None) -> Agency:
    """One body with few pages of its own: quicker to bake than the whole region."""
    return Agency.objects.create(
        slug="qh0411", code="QH0411", name="泉苑社区居民委员会", short_name="泉苑社区",
        kind=Kind.COMMUNITY,
    )  # fmt: skip


@pytest.fixture
def few(street: Agency) -> Agency:
    """The same with a few things published."""
    for number in (1, 2, 5):
        publish(street, number)
    return street


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """``faulty(path)``: from now on the page at ``path`` cannot be rendered."""
    bad: set[str] = set()
    render = bake_sources.SOURCES[0].render

    def rendered(path: str) -> object:
        if path in bad:
            raise ZeroDivisionError(path)
        return render(path)

    pages = Source(bake_sources.SOURCES[0].paths, rendered, bake_sources.SOURCES[0].touched)
    monkeypatch.setattr(bake_sources, "SOURCES", (pages, *bake_sources.SOURCES[1:]))
    return bad.add


def nothing_waits() -> bool:
    """Whether every change has been struck out."""
    return not Change.objects.exists()
