"""Titles and agencies as offices print them."""

from __future__ import annotations

import pytest

from gongkai.core.readers.document import Paragraph
from gongkai.core.readers.understanding.identity import agency_of
from gongkai.core.readers.understanding.prose import Prose
from gongkai.core.readers.understanding.title import find_title


def title_of(*lines: str) -> str | None:
    found = find_title([Paragraph(line) for line in lines])
    return found.text if found else None


WHOLE = "云溪市水务局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "lines",
    [
        (WHOLE,),
        ("云溪市水务局", "2023年政府信息公开工作年度报告"),
        ("云溪市水务局2023年", "政府信息公开工作年度报告"),
        ("云溪市水务局", "2023年", "政府信息公开工作年度报告"),
        ("云溪市水务局2023年政府信息公开工", "作年度报告"),
        ("云溪市水务局2023年政", "府信息公开工作年度报告"),
        ("云溪市水务局2", "023年政府信息公开工作年度报告"),
        ("云溪市水务局 2023 年 政府信息公开 工作年度报告",),
        ("云水〔2024〕12号", WHOLE, "（2024年1月20日）"),
        ("附件1", WHOLE),
        ("首页 > 政务公开 > 政府信息公开年报", WHOLE, "本报告根据《条例》编制。"),
        ("标题: 云溪市水务局2023年政府信息公开工作年度报告",),
    ],
)
def test_the_title_over_the_lines_it_takes(lines: tuple[str, ...]) -> None:
    assert title_of(*lines) == WHOLE


def test_the_region_above_the_agency() -> None:
    lines = ("云溪市青石区", "卫生健康委员会", "2023年政府信息公开工作年度报告")
    assert title_of(*lines) == "".join(lines)


def test_a_sentence_about_the_report_is_no_title() -> None:
    assert title_of("本报告按照政府信息公开工作年度报告格式编制，共六个部分。") is None
    assert title_of("一、总体情况", "正文。") is None


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("国家税务总局云溪市税务局2023年政府信息公开工作年度报告", "国家税务总局云溪市税务局"),
        ("云溪市公安局青石分局2023年政府信息公开工作年度报告", "云溪市公安局青石分局"),
        ("中华人民共和国云溪海关2023年政府信息公开工作年度报告", "中华人民共和国云溪海关"),
        ("前郭尔罗斯蒙古族自治县2023年政府信息公开工作年度报告", "前郭尔罗斯蒙古族自治县"),
        ("云溪市烟草专卖局（公司）2023年政府信息公开工作年度报告", "云溪市烟草专卖局（公司）"),
        ("云溪市水务局政府信息公开工作年度报告（2023年度）", "云溪市水务局"),
        ("云溪市水务局关于2023年政府信息公开工作年度报告", "云溪市水务局"),
        ("云溪市水务局关于印发《2023年政府信息公开工作年度报告》的通知", "云溪市水务局"),
        ("2023年政府信息公开工作年度报告——云溪市水务局", "云溪市水务局"),
        ("关于云溪市水务局2023年政府信息公开工作年度报告的公示", "云溪市水务局"),
        ("中共云溪市委党校2023年政府信息公开工作年度报告", "中共云溪市委党校"),
        ("2022年上海市政府信息公开工作年度报告", "上海市"),
    ],
)
def test_the_agency_in_it(title: str, agency: str) -> None:
    assert agency_of(Prose(title=title)) == agency


def test_the_agency_in_the_lead() -> None:
    lead = "根据《条例》规定，现公开钢花村街道办事处2022年政府信息公开工作年度报告。"
    assert agency_of(Prose(lead=lead)) == "钢花村街道办事处"
