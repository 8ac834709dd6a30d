"""The region loaded on other days than today: what is open stands around that day."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from gongkai.web.demonstration.days_told import Days
from gongkai.web.registers.days import working_days
from gongkai.web.requests.models import DisclosureRequest, Event, Letter

from .requested_region import load_requests

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NATIONAL_DAY = date(2026, 10, 1)


def test_days_are_counted_in_working_days_from_the_last_one() -> None:
    days = Days(NATIONAL_DAY, working_days())
    assert days.day(0) == date(2026, 9, 30)
    assert days.day(1) == date(2026, 9, 29)
    assert days.day(-1) == date(2026, 10, 8)
    assert days.day(date(2025, 1, 8)) == date(2025, 1, 8)
    assert Days(date(2026, 11, 20), working_days()).day(0) == date(2026, 11, 20)


def test_loaded_on_a_day_off_of_a_year_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    a_saturday = timezone.make_aware(datetime.fromisoformat("2027-02-20T10:30"))
    monkeypatch.setattr(timezone, "now", lambda: a_saturday)
    load_requests()
    today = timezone.localdate()
    assert today == date(2027, 2, 20)
    open_ = DisclosureRequest.objects.filter(concluded_on=None)
    assert open_.filter(due_on__lt=today).count() == 2
    assert open_.filter(due_on=date(2027, 2, 23)).count() == 1
    assert not Event.objects.filter(on__gt=today).exists()
    assert not Event.objects.filter(recorded_at__gt=a_saturday).exists()
    assert not Letter.objects.filter(signed_at__gt=a_saturday).exists()
