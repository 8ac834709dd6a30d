"""Is this a working day?  The nth working day after?  How many between?

A working day is a weekday that no notice gives off, or a weekend day that a
notice has worked (调休上班日).  Counting begins on the day after the first
(收到当日不计, Civil Code art. 201: the day on which it begins is not counted).

Where a year's arrangement is not announced, Monday to Friday is reckoned and
the result is marked provisional, with the reason: a due day is never settled
on a guess in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from .year import Year, shipped_years

_SATURDAY = 5
# The New Year's break of the next year has reached back as far as 29 December (2018): the
# last days of a year are settled only when the next year is announced too.
_TAIL = (12, 28)


@dataclass(frozen=True)
class DueDay:
    """The day on which a limit ends; ``why`` says why it is provisional, "" where it isn't."""

    day: date
    provisional: bool = False
    why: str = ""


@dataclass(frozen=True)
class Count:
    """A number of working days; ``why`` says why it is provisional, "" where it isn't."""

    days: int
    provisional: bool = False
    why: str = ""


class WorkingDays:
    """Working days by the arrangements that ship with Gongkai, and by ``years``.

    ``years`` are laid over the shipped ones, year by year: they add what was
    announced later, and may replace a year whose notice was changed.
    """

    def __init__(self, years: Mapping[int, Year] | None = None) -> None:
        own = (years or {}).values()
        self.years: Mapping[int, Year] = {**shipped_years(), **{year.year: year for year in own}}

    def is_working_day(self, day: date) -> bool:
        """Whether ``day`` is worked, Monday to Friday where nothing is announced."""
        if isinstance(day, datetime):
            # A moment is never among the days that a notice names, and would count wrongly.
            raise TypeError("a moment was given for a day")
        if day in self._makeup_days:
            return True
        return day.weekday() < _SATURDAY and day not in self._days_off

    def name_of(self, day: date) -> str:
        """The break that ``day`` belongs to, off or worked for it; "" for a plain day."""
        return self._days_off.get(day) or self._makeup_days.get(day) or ""

    def nth_after(self, day: date, n: int) -> DueDay:
        """The ``n``\\ th working day after ``day``, which itself is not counted."""
        if n < 1:
            raise ValueError(f"n must be at least 1, not {n}")
        left = n
        last = day
        while left:
            last += timedelta(days=1)
            left -= self.is_working_day(last)
        why = self.doubt(day, last)
        return DueDay(last, bool(why), why)

    def count_between(self, start_exclusive: date, end_inclusive: date) -> Count:
        """The working days after ``start_exclusive``, up to and with ``end_inclusive``.

        0 where the end is not after the start.
        """
        span = _days_after(start_exclusive, end_inclusive)
        why = self.doubt(start_exclusive, end_inclusive)
        return Count(sum(self.is_working_day(day) for day in span), bool(why), why)

    def doubt(self, start_exclusive: date, end_inclusive: date) -> str:
        """Why the days after the one, up to the other, are not all settled; "" where they are."""
        missing: dict[int, bool] = {}  # the year not held: is a day of that very year meant?
        for day in _days_after(start_exclusive, end_inclusive):
            if day in self._days_off or day in self._makeup_days:
                continue  # a notice names it
            if day.year not in self.years:
                missing[day.year] = True
            elif (day.month, day.day) >= _TAIL and day.year + 1 not in self.years:
                missing.setdefault(day.year + 1, False)
        if not missing:
            return ""
        named = "、".join(f"{year}年" for year in missing)
        lacking = "还没有公布" if min(missing) > max(self.years) else "没有收录"
        if any(missing.values()):
            return f"{named}的放假安排{lacking}，按周一至周五暂算"
        return f"{named}的放假安排{lacking}，元旦可能调休，年底按周一至周五暂算"

    @cached_property
    def _days_off(self) -> Mapping[date, str]:
        return {d: name for year in self.years.values() for d, name in year.days_off.items()}

    @cached_property
    def _makeup_days(self) -> Mapping[date, str]:
        return {d: name for year in self.years.values() for d, name in year.makeup_days.items()}


def _days_after(start: date, end: date) -> Iterator[date]:
    for offset in range(1, (end - start).days + 1):
        yield start + timedelta(days=offset)
