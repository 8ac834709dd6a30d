"""Days as offices write them."""

from __future__ import annotations

import pytest

from gongkai.core.readers.understanding.dates import chinese_year, find_date, is_only_date


@pytest.mark.parametrize(
    "written",
    ["2024年1月22日", "2024年01月22号", "2024-01-22", "2024.1.22", "2024/1/22", "二〇二四年一月二十二日", "二○二四年一月二十二日"],
)  # fmt: skip
def test_a_day(written: str) -> None:
    found = find_date(f"某局{written}印发")
    assert found is not None
    assert found.day is not None
    assert found.day.isoformat() == "2024-01-22"
    assert is_only_date(written)
    assert is_only_date(f"({written})")
    assert not is_only_date(f"某局{written}")


def test_a_day_no_calendar_has_is_seen_and_not_made_up() -> None:
    found = find_date("2023年11月31日")
    assert found is not None
    assert found.day is None


def test_no_day() -> None:
    assert find_date("2024年1月") is None
    assert find_date("0432-62784558-615") is None
    assert chinese_year("二〇二三年") == 2023
    assert chinese_year("二十三年") is None
