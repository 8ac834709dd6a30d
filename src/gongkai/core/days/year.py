"""One year's arrangement (放假安排): days off, make-up working days, the notice that says so.

The General Office of the State Council announces each year's holidays late in
the year before (国务院办公厅关于某年部分节假日安排的通知).  A year without a
file in ``years/`` is not announced as far as Gongkai knows; the platform adds
newer notices with :func:`parse_year`.

It doesn't say what a working day is; that is :mod:`.working_days`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from ..errors import ArrangementError

# The longest break there has been is ten days (Spring Festival 2020, extended): a much
# longer one is a slip of the pen, and would silently push every due day back.
_LONGEST_BREAK = 15
_SATURDAY = 5


@dataclass(frozen=True)
class Notice:
    """The notice that arranges a year, or changes its arrangement.

    ``verified`` is false where its number was not compared with its text.
    """

    title: str
    number: str
    made_on: date
    verified: bool = True


@dataclass(frozen=True)
class Holiday:
    """One break: its name, its first and last day, and the weekend days worked for it."""

    name: str
    first: date
    last: date
    makeup: tuple[date, ...] = ()

    def days(self) -> Iterator[date]:
        """Every day of the break."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)


@dataclass(frozen=True)
class Year:
    """What the notices of one year arrange.

    The New Year's break may begin, and be worked for, in the December before: a
    year's arrangement then names days of two calendar years.
    """

    year: int
    notices: tuple[Notice, ...]
    holidays: tuple[Holiday, ...]
    checked_against: str = ""

    @cached_property
    def days_off(self) -> Mapping[date, str]:
        """Every day off, with the name of its break."""
        return {day: holiday.name for holiday in self.holidays for day in holiday.days()}

    @cached_property
    def makeup_days(self) -> Mapping[date, str]:
        """Every weekend day that is worked (调休上班日), with the break it is worked for."""
        return {day: holiday.name for holiday in self.holidays for day in holiday.makeup}


def arrangement(year: int) -> Year | None:
    """The arrangement of ``year``; None where none that we hold has been announced."""
    return shipped_years().get(year)


def announced_years() -> tuple[int, ...]:
    """The years that ship with Gongkai, oldest first."""
    return tuple(shipped_years())


@lru_cache(maxsize=1)
def shipped_years() -> Mapping[int, Year]:
    """Every arrangement that ships with Gongkai, by year, oldest first."""
    folder = files("gongkai.core.days") / "years"
    found = [
        parse_year(item.read_text(encoding="utf-8"))
        for item in folder.iterdir()
        if item.name.endswith(".toml")
    ]
    return {year.year: year for year in sorted(found, key=lambda y: y.year)}


def parse_year(toml_text: str) -> Year:
    """``toml_text`` as an arrangement; ArrangementError says in Chinese what is wrong in it."""
    try:
        data = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise ArrangementError(f"放假安排的写法有误：{error}") from error
    _only(data, "放假安排", {"year", "checked_against", "notice", "holiday"})
    number = _taken(data, "year", int, "放假安排")
    if not 1950 <= number <= 9998:
        raise ArrangementError(f"年份 {number} 不对。")
    year = Year(
        year=number,
        notices=tuple(_notice(n) for n in _tables(data, "notice", number)),
        holidays=tuple(_holiday(h) for h in _tables(data, "holiday", number)),
        checked_against=_taken(data, "checked_against", str, "放假安排", ""),
    )
    for problem in _contradictions(year):
        raise ArrangementError(f"{number}年的放假安排：{problem}")
    return year


def _notice(data: Mapping[str, Any]) -> Notice:
    _only(data, "通知", {"title", "number", "made_on", "verified"})
    return Notice(
        title=_taken(data, "title", str, "通知"),
        number=_taken(data, "number", str, "通知"),
        made_on=_taken(data, "made_on", date, "通知"),
        verified=_taken(data, "verified", bool, "通知", False),
    )


def _holiday(data: Mapping[str, Any]) -> Holiday:
    _only(data, "假期", {"name", "from", "until", "makeup"})
    name = _taken(data, "name", str, "假期")
    makeup = _taken(data, "makeup", list, name, [])
    if not all(type(day) is date for day in makeup):
        raise ArrangementError(f"{name}的上班日（makeup）要写成日期，如 2026-01-04。")
    return Holiday(
        name=name,
        first=_taken(data, "from", date, name),
        last=_taken(data, "until", date, name),
        makeup=tuple(makeup),
    )


def _contradictions(year: Year) -> Iterator[str]:
    """What cannot be, each with its place."""
    seen: dict[date, str] = {}
    for holiday in year.holidays:
        length = (holiday.last - holiday.first).days + 1
        if length < 1:
            yield f"{holiday.name}的最后一天 {holiday.last} 早于第一天 {holiday.first}。"
            return
        if length > _LONGEST_BREAK:
            yield f"{holiday.name}有 {length} 天，请核对起止日。"
            return
        for day in (*holiday.days(), *holiday.makeup):
            if day.year != year.year and (day.year, day.month) != (year.year - 1, 12):
                yield f"{holiday.name}的 {day} 不在{year.year}年，也不在上年12月。"
            if day in seen:
                yield f"{day} 写了两次：{seen[day]}、{holiday.name}。"
            seen[day] = holiday.name
        for day in holiday.makeup:
            if day.weekday() < _SATURDAY:
                yield f"{holiday.name}的上班日 {day} 不是周六、周日。"


def _tables(data: Mapping[str, Any], key: str, year: int) -> list[Mapping[str, Any]]:
    found = data.get(key)
    if not isinstance(found, list) or not found or not all(isinstance(f, dict) for f in found):
        what = {"notice": "通知", "holiday": "假期"}[key]
        raise ArrangementError(f"{year}年的放假安排没有写{what}（[[{key}]]）。")
    return found


def _taken(data: Mapping[str, Any], key: str, kind: type, where: str, otherwise: Any = None) -> Any:
    """The value of ``key``, of exactly ``kind``: neither a moment for a day nor True for 1."""
    value = data.get(key, otherwise)
    if value is None:
        raise ArrangementError(f"{where}没有写 {key}。")
    if type(value) is not kind:
        named = {int: "整数", str: "文字", date: "日期，如 2026-01-01", bool: "true 或 false"}
        raise ArrangementError(f"{where}的 {key} 要写成{named.get(kind, '列表')}。")
    if value == "" and otherwise is None:
        raise ArrangementError(f"{where}的 {key} 空着。")
    return value


def _only(data: Mapping[str, Any], where: str, known: set[str]) -> None:
    """Refuse a key that nobody reads: a misspelt ``makeup`` would lose working days."""
    for key in data:
        if key not in known:
            raise ArrangementError(f"{where}里的 {key} 认不出来。")
