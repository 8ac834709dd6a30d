"""The arrangements that ship, against an independent calendar; and what is refused in one."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from gongkai.core.days import WorkingDays, announced_years, arrangement, parse_year
from gongkai.core.document_number import parse_document_number
from gongkai.core.errors import ArrangementError

SOUND = """
year = 2031
[[notice]]
title = "国务院办公厅关于2031年部分节假日安排的通知"
number = "国办发明电〔2030〕9号"
made_on = 2030-11-05
[[holiday]]
name = "元旦"
from = 2030-12-31
until = 2031-01-02
makeup = [2031-01-04]
"""


def test_the_years_that_ship() -> None:
    assert announced_years() == tuple(range(2019, 2027))
    assert arrangement(2027) is None


@pytest.mark.parametrize("year", announced_years())
def test_agrees_with_chinesecalendar_on_every_day(year: int) -> None:
    reckoned = WorkingDays()
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    differing = [d for d in days if reckoned.is_working_day(d) != chinese_calendar.is_workday(d)]
    assert differing == []


@pytest.mark.parametrize("year", announced_years())
def test_every_year_names_its_notice(year: int) -> None:
    held = arrangement(year)
    assert held
    assert held.checked_against == "chinesecalendar 1.11.0"
    first, *changes = held.notices
    assert f"关于{year}年部分节假日安排的通知" in first.title
    assert first.made_on.year == year - 1
    for notice in held.notices:
        number = parse_document_number(notice.number)
        assert number
        assert str(number) == notice.number
        assert number.year == notice.made_on.year
        assert notice.verified
    assert len(changes) == (year in (2019, 2020))


def test_spring_festival_2020_was_extended() -> None:
    held = arrangement(2020)
    assert held
    assert [d for d in held.days_off if d.month == 2] == [date(2020, 2, 1), date(2020, 2, 2)]
    assert date(2020, 2, 1) not in held.makeup_days


def test_a_notice_of_the_platform() -> None:
    year = parse_year(SOUND)
    assert year.year == 2031
    assert year.days_off == {
        date(2030, 12, 31): "元旦",
        date(2031, 1, 1): "元旦",
        date(2031, 1, 2): "元旦",
    }
    assert year.makeup_days == {date(2031, 1, 4): "元旦"}
    assert not year.notices[0].verified  # nobody said that it was


@pytest.mark.parametrize(
    ("said", "instead", "complaint"),
    [
        ("year = 2031", "year =", "写法有误"),
        ("year = 2031", "", "放假安排没有写 year"),
        ("year = 2031", 'year = "2031"', "放假安排的 year 要写成整数"),
        ("year = 2031", "year = true", "放假安排的 year 要写成整数"),
        ("year = 2031", "year = 31", "年份 31 不对"),
        ("year = 2031", "year = 2031\nholidays = 3", "放假安排里的 holidays 认不出来"),
        ("makeup =", "make_up =", "假期里的 make_up 认不出来"),
        ("until = 2031-01-02", "", "元旦没有写 until"),
        ("until = 2031-01-02", "until = 2031-01-02T00:00:00", "元旦的 until 要写成日期"),
        ("until = 2031-01-02", "until = 2030-12-30", "元旦的最后一天 2030-12-30 早于第一天"),
        ("until = 2031-01-02", "until = 2031-02-02", "元旦有 34 天"),
        ("from = 2030-12-31", "from = 2030-11-30", "元旦有 34 天"),
        ("[2031-01-04]", "[2031-01-06]", "元旦的上班日 2031-01-06 不是周六、周日"),
        ("[2031-01-04]", "[2031-01-01]", "2031-01-01 写了两次"),
        ("[2031-01-04]", "[2032-01-04]", "元旦的 2032-01-04 不在2031年"),
        ("[2031-01-04]", '["1月4日"]', "元旦的上班日（makeup）要写成日期"),
        ("[2031-01-04]", "2031-01-04", "元旦的 makeup 要写成列表"),
        ('name = "元旦"', 'name = ""', "假期的 name 空着"),
        ("[[holiday]]", "[holiday]", "2031年的放假安排没有写假期"),
        ("[[notice]]", "[[holiday]]\n[[notice]]", "假期没有写 name"),
        ("made_on = 2030-11-05", "made_on = 2030", "通知的 made_on 要写成日期"),
    ],
)
def test_what_is_wrong_is_said(said: str, instead: str, complaint: str) -> None:
    assert said in SOUND
    with pytest.raises(ArrangementError, match=complaint.replace("（", ".").replace("）", ".")):
        parse_year(SOUND.replace(said, instead))


def test_a_year_without_notice_or_holidays_is_refused() -> None:
    with pytest.raises(ArrangementError, match="没有写通知"):
        parse_year("year = 2031")
