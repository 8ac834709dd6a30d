"""A data folder of its own, items on their way, and a clock to turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.web.disclosure.conftest import drafted, handed_in, published

__all__ = ["drafted", "handed_in", "published"]


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    """The data folder of this test."""
    settings.DATA = tmp_path
    settings.FILES, settings.SITE = tmp_path / "files", tmp_path / "site"
    return tmp_path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., datetime]:
    """``later(days=3)``: from now on it is three days later than it is."""
    now = timezone.now

    def turn(**by: float) -> datetime:
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(**by))
        return timezone.now()

    return turn
