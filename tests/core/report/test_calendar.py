"""The year's calendar: who owes what by which day, on what basis, and what stays open."""

from __future__ import annotations

from datetime import date

from gongkai.core.law import cite
from gongkai.core.report.calendar import Level, Who, gathering_day, own_day, yearly_days


def test_the_days_are_those_of_the_regulation_and_of_the_form() -> None:
    days = {one.id: one.on(2025) for one in yearly_days(2025)}
    assert days == {
        "figures_close": date(2025, 12, 31),
        "department_report": date(2026, 1, 31),
        "office_report": date(2026, 1, 31),
        "lower_report": date(2026, 1, 31),
        "county_gathered": date(2026, 2, 20),
        "city_gathered": date(2026, 3, 10),
        "province_gathered": date(2026, 3, 31),
        "government_report": date(2026, 3, 31),
    }
    assert [one.on(2025) for one in yearly_days(2025)] == sorted(days.values())
    assert all(cite(one.basis) for one in yearly_days(2025))
    county = gathering_day(Level.COUNTY, 2025)
    assert county is not None
    assert county.on(2025) == date(2026, 2, 20)


def test_what_no_text_says_is_marked_and_makes_nobody_late() -> None:
    unsettled = {one.id for one in yearly_days(2025) if not one.settled}
    assert unsettled == {"office_report", "lower_report"}
    assert all(one.note for one in yearly_days(2025) if not one.settled)
    street = own_day(Who.LOWER, 2025)
    assert (street.on(2025), street.lapsed_after(2025)) == (date(2026, 1, 31), date(2026, 3, 31))


def test_what_is_not_known_is_not_told() -> None:
    # The days of the form of 2019 were not read: only the Regulation's hold for its years.
    assert {one.basis for one in yearly_days(2020)} == {"ogi-regulation-2019#49"}
    assert gathering_day(Level.COUNTY, 2020) is None
    assert gathering_day(None, 2025) is None
    assert own_day(Who.DEPARTMENT, 2016).on(2016) == date(2017, 1, 31)
