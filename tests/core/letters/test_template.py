"""Templates that an agency changes: what is wrong with one is told before it is used."""

from __future__ import annotations

import pytest

from gongkai.core.letters import check_template, default_template, letter_kinds

from .told import lacking, written

PLAIN = """# 信息不存在告知书
> {requester_name}：
{received_on}，{channel}，{request_content}，{检索经过}
{救济告知}
"""


def said(kind: str, text: str) -> list[str]:
    return [str(finding) for finding in check_template(kind, text)]


@pytest.mark.parametrize("kind", letter_kinds())
def test_the_texts_that_come_along_are_in_order(kind: str) -> None:
    assert said(kind, default_template(kind)) == []


def test_names_and_labels_mean_the_same() -> None:
    assert said("reply_not_held", PLAIN) == []
    letter = written("reply_not_held", PLAIN)
    assert letter.title == "信息不存在告知书"
    assert letter.salutation == "何文清："
    assert "2026年3月5日，互联网，青听市东岸区" in letter.text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (PLAIN + "{大名}", "第5行：“大名”：没有这个名称。"),
        (PLAIN + "{延长天数}", "第5行：“延长天数”：这种文书没有这一项。"),
        (PLAIN.replace("{检索经过}", ""), "没有写必备的“检索经过”，加上 {检索经过}。"),
        (PLAIN.replace("{received_on}", ""), "没有写必备的“收到日”，加上 {收到日}。"),
        (
            PLAIN.replace("{救济告知}", "如不服，可以起诉。"),
            "没有写行政复议、行政诉讼的权利和期限，加上 {救济告知}。",
        ),
        (PLAIN + "{?补正收到日}甲", "第5行：“补正收到日”这一段没有结尾 {/补正收到日}。"),
        (PLAIN + "甲{/补正收到日}", "第5行：“{/补正收到日}”前面没有对应的开头。"),
        (PLAIN + "{收到 日}", "第5行：花括号不成对，或者里面写得不对，应如 {收到日}。"),
        (PLAIN + "{?收到方式=pigeon}甲{/收到方式}", "第5行：“收到方式”没有“pigeon”这一项。"),
    ],
)
def test_what_is_wrong_is_told(text: str, sentence: str) -> None:
    assert sentence in said("reply_not_held", text)
    found = lacking("reply_not_held", text)
    assert found[""].startswith("模板：")


def test_a_notice_without_remedy_promises_none() -> None:
    text = default_template("extension_notice") + "\n不服本告知的，可以申请行政复议。"
    (finding,) = said("extension_notice", text)
    assert finding.endswith("程序性文书不写“行政复议”。")


def test_sections_stand_where_their_fact_is_given() -> None:
    text = PLAIN + "{?corrected_on}已补正{/corrected_on}{!corrected_on}未补正{/corrected_on}"
    assert "已补正" in written("reply_not_held", text).text
    assert "未补正" in written("reply_not_held", text, corrected_on=None).text
    text = PLAIN + "{?channel=fax|online}经确认{/channel}{?channel=oral}代填{/channel}"
    assert "经确认" in written("reply_not_held", text).text
    assert "代填" in written("reply_not_held", text, channel="oral").text
    inner = PLAIN + "{?corrected_on}甲{?channel=oral}乙{/channel}丙{/corrected_on}"
    assert "甲丙" in written("reply_not_held", inner).text


def test_the_remedy_notice_is_not_weakened_by_a_template() -> None:
    letter = written("reply_state_secret", default_template("reply_state_secret"))
    assert "应当先申请行政复议" in letter.text
