"""Title, lead, sections and the lines at the end, however they are printed."""

from __future__ import annotations

import pytest

from gongkai.core.readers.document import Paragraph
from gongkai.core.readers.understanding.lines import Flow, TableMark
from gongkai.core.readers.understanding.prose import heading_key, read_prose


def flow(*lines: str) -> list[Flow]:
    marks = {"[表二]": "disclosure", "[表三]": "requests", "[表四]": "remedies"}
    return [TableMark(marks[t]) if t in marks else Paragraph(t) for t in lines]


BODY = (
    "一、总体情况", "正文一。", "二、主动公开政府信息情况", "[表二]", "三、收到和处理政府信息公开申请情况", "[表三]",
    "四、政府信息公开行政复议、行政诉讼情况", "[表四]", "五、存在的主要问题及改进情况", "正文五。", "六、其他需要报告的事项", "没有收取信息处理费。",
)  # fmt: skip


def test_title_over_two_lines_date_and_lead() -> None:
    told = read_prose(
        flow("青听区民政局", "2019年政府信息公开工作年度报告", "2020年1月17日", "引言。", *BODY),
        [],
        False,
    )
    assert told.title == "青听区民政局2019年政府信息公开工作年度报告"
    assert told.titled_on is not None
    assert told.titled_on.isoformat() == "2020-01-17"
    assert told.lead == "引言。"
    assert len(told.sections) == 6


def test_a_table_of_contents_is_not_the_report() -> None:
    contents = [line for line in BODY if "、" in line and not line.startswith("[")]
    told = read_prose(flow("目录", *contents, *BODY), [], False)
    assert [s.key for s in told.sections] == [
        "overview", "proactive_disclosure", "disclosure_on_request",
        "remedies", "problems_and_improvements", "other_matters",
    ]  # fmt: skip
    assert told.sections[0].text == "正文一。"


def test_a_sub_heading_with_a_sections_number_stays_where_it_is() -> None:
    lines = list(BODY)
    lines[2:2] = ["（一）主动公开情况", "甲。", "二、推进决策和执行公开", "乙。"]
    told = read_prose(flow(*lines), [], False)
    assert (
        told.sections[0].text == "正文一。\n（一）主动公开情况\n甲。\n二、推进决策和执行公开\n乙。"
    )


def test_a_misnumbered_heading_in_other_words_gives_way_to_the_one_with_the_table() -> None:
    lines = list(BODY)
    lines[2:2] = ["二、主动公开情况", "甲。"]
    told = read_prose(flow(*lines), [], False)
    assert "二、主动公开情况" in told.sections[0].text
    assert told.sections[1].title == "二、主动公开政府信息情况"


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("一、总体情况", "overview"),
        ("一、 总体情况：", "overview"),
        ("总体情况", "overview"),
        ("第一部分 总体情况", "overview"),
        ("（一）总体情况", ""),
        ("四、因政府信息公开工作被申请行政复议，提起行政诉讼的情况", "remedies"),
        ("四、政府信息公开行政法复议、行政诉讼情况", "remedies"),
        ("⼆、主动公开政府信息情况", "proactive_disclosure"),
        ("本年报由总体情况、主动公开政府信息情况等六部分组成。", ""),
        ("主动公开情况", ""),
    ],
)
def test_a_heading_is_known_by_its_words(line: str, section: str) -> None:
    assert heading_key(line)[0] == section


def test_signature_and_the_pages_foot_leave_section_six() -> None:
    told = read_prose(
        flow(*BODY, "青听区民政局", "2022年1月20日", "附件下载", "主办：青听区人民政府"), [], False
    )
    assert told.sections[-1].text == "没有收取信息处理费。"


def test_signature_at_the_very_end() -> None:
    told = read_prose(flow(*BODY, "青听区民政局（盖章）", "2022年1月20号"), [], False)
    assert told.signature is not None
    assert told.signature.text == "青听区民政局（盖章）\n2022年1月20号"
    assert told.signature.signed_on is not None
    assert told.signature.signed_on.isoformat() == "2022-01-20"
    assert told.sections[-1].text == "没有收取信息处理费。"


def test_the_sentence_that_says_where_to_ask() -> None:
    told = read_prose(
        flow("如有疑问，请联系办公室（电话：010-00000000，邮编：100000）。", *BODY), [], False
    )
    assert told.contact == "如有疑问，请联系办公室（电话：010-00000000，邮编：100000）。"


def test_a_whole_report_in_one_line() -> None:
    told = read_prose(flow("标题 " * 30 + " ".join(t for t in BODY if t[0] != "[")), [], False)
    assert next(s.key for s in told.sections) == "overview"
    assert told.sections[0].text == "正文一。"
    assert told.sections[-1].text == "没有收取信息处理费。"


def test_arabic_numbers_head_sections_where_nothing_else_does() -> None:
    numbers = dict(zip("一二三四五六", "123456", strict=True))
    lines = [numbers[t[0]] + "." + t[2:] if t[1:2] == "、" else t for t in BODY]
    told = read_prose(flow(*lines), [], False)
    assert [s.key for s in told.sections][-1] == "other_matters"
    assert len(told.sections) == 6
