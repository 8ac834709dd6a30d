"""Disclosure on request in the region: the requests, and what followed them, loaded as one.

First the days of signing are read, so that letters are numbered in their order; then the cases
are gone through, each on its own days; last everything signed is printed at once.
"""

from __future__ import annotations

from django.utils import timezone

from gongkai.web.registers.days import working_days

from .days_told import Days
from .region import Region
from .remedies import keep_remedies, signings_of_remedies
from .request_course import World
from .request_letters import Press
from .request_numbers import letter_numbers, replies, signings_of
from .requests import keep_requests, keep_settings
from .staff import Staff
from .telling import Telling


def keep_requested(region: Region, staff: Staff, telling: Telling) -> None:
    """Settings, requests, remedies; then the letters as files."""
    told, followed = region.requests, region.remedies
    days, press = Days(timezone.localdate(), working_days()), Press()
    keep_settings(told["settings"], staff)
    signed = [one for case in told["case"] for one in signings_of(case, days)]
    signed += signings_of_remedies(followed, days)
    numbers = letter_numbers(signed, staff.agencies)
    world = World(
        days=days,
        press=press,
        agencies=staff.agencies,
        files={one["key"]: one for one in told["file"]},
        numbers={**numbers, **replies(told["case"], numbers)},
    )
    cases = keep_requests(told["case"], told["who"], staff, world, telling)
    telling.one("复议诉讼、更正、投诉举报")
    keep_remedies(followed, cases, staff, world)
    telling.one("制作文书")
    press.run()
