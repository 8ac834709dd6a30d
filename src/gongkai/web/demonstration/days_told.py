"""Days as the data of requests tell them: fixed in the past, or so many working days from today.

What is still open when the region is loaded must stand before limits that have not all
passed: its days are counted from the day of loading.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongkai.core.days import WorkingDays

from .history import moment

_BEGINS = time(9, 5)
_A_STEP = timedelta(minutes=17)
# So many steps fit between the beginning and the end of a day of work.
_STEPS_A_DAY = 26


class Days:
    """Reads days as they are told, seen from ``today``."""

    def __init__(self, today: date, working: WorkingDays) -> None:
        self.today, self.working = today, working
        self._last = today
        while not working.is_working_day(self._last):
            self._last -= timedelta(days=1)

    def day(self, told: date | int) -> date:
        """A date as it is; ``n``: the n-th working day before today, ``-n``: after it.

        0 is today, or the last working day where today is none.
        """
        if isinstance(told, date):
            return told
        if told < 0:
            return self.after(self._last, -told)
        day = self._last
        for _ in range(told):
            day -= timedelta(days=1)
            while not self.working.is_working_day(day):
                day -= timedelta(days=1)
        return day

    def after(self, day: date, n: int) -> date:
        """The n-th working day after ``day``."""
        return self.working.nth_after(day, n).day

    def moment(self, day: date, step: int) -> datetime:
        """The time of day at which the ``step``-th thing was done; never one to come."""
        hour = datetime.combine(day, _BEGINS) + _A_STEP * (step % _STEPS_A_DAY)
        return min(moment(day, hour.time()), timezone.now())
