"""Whose report, of which year: told from the text, or left open."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.readers.understanding.identity import agency_of, period_of, year_of
from gongkai.core.readers.understanding.prose import Prose
from gongkai.core.report import SectionText


def prose(title: str | None = None, lead: str = "", overview: str = "") -> Prose:
    return Prose(
        title=title, lead=lead, sections=[SectionText("overview", "一、总体情况", overview)]
    )


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("青听区民政局2023年政府信息公开工作年度报告", "青听区民政局"),
        ("2023年青听区民政局政府信息公开工作年度报告", "青听区民政局"),
        ("青听市人民政府2022年度政府信息公开工作年度报告", "青听市人民政府"),
        ("青听市人民政府政府信息公开工作年度报告", "青听市人民政府"),
        ("关于青听县教育局2020年政府信息公开工作情况的报告", "青听县教育局"),
        ("2019年度政府信息公开工作报告", None),
        ("政府信息公开工作年度报告", None),
        ("我局2020年政府信息公开年报", None),
    ],
)
def test_the_agency_in_the_title(title: str, agency: str | None) -> None:
    assert agency_of(prose(title)) == agency


@pytest.mark.parametrize(
    ("lead", "overview", "agency"),
    [
        ("", "2025年，青听综合实验区坚持以人民为中心。", "青听综合实验区"),
        ("", "2019年，我局认真贯彻执行条例。", None),
        ("本报告由青听市财政局根据条例编制。", "2023年，全市各部门扎实推进。", "青听市财政局"),
        ("2020年，听泉街道政务公开工作稳步推进，街道办事处专人负责。", "", "听泉街道办事处"),
        ("2020年，听泉街道政务公开工作稳步推进，街道党工委、办事处重视。", "", "听泉街道"),
    ],
)
def test_the_agency_in_the_text(lead: str, overview: str, agency: str | None) -> None:
    assert agency_of(prose(None, lead, overview)) == agency


def test_the_region_that_the_lead_puts_before_the_name() -> None:
    told = prose(
        "听泉区人民政府2023年政府信息公开工作年度报告", "本报告由青听市听泉区人民政府办公室编制。"
    )
    assert agency_of(told) == "青听市听泉区人民政府"


@pytest.mark.parametrize(
    ("title", "overview", "year"),
    [
        ("青听区民政局2023年政府信息公开工作年度报告", "2024年1月起……", 2023),
        ("青听区民政局二〇二二年政府信息公开工作年度报告", "", 2022),
        (None, "2021年，我局……", 2021),
        (None, "我局……", None),
    ],
)
def test_the_year(title: str | None, overview: str, year: int | None) -> None:
    told = prose(title, "", overview)
    assert year_of(told, period_of(told)) == year


@pytest.mark.parametrize(
    "said",
    [
        "数据统计期限自2023年1月1日起至2023年12月31日止。",
        "统计期限为 2023 年 1 月 1 日至 2023 年 12 月 31 日。",
        "所列数据期限：2023年1月1日—12月31日。",
        "统计期限自2023年1月1日起，至2023年12月31日止。",
        "统计时限为2023.1.1-2023.12.31。",
        "二〇二三年一月一日至二〇二三年十二月三十一日。",
        "本报告于2024年1月20日编制，数据自2023年1月1日至12月31号。",
    ],
)
def test_the_period(said: str) -> None:
    period = period_of(prose(None, said))
    assert period is not None
    assert (period.start, period.end) == (date(2023, 1, 1), date(2023, 12, 31))
