"""Every letter with all its facts, and with each of them missing in turn."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gongkai.core.letters import (
    FactType,
    LetterDocument,
    LetterKind,
    PageBreak,
    Paragraph,
    Place,
    Table,
    letter_kind,
    letter_kinds,
)

from .told import FACTS, lacking, written

KINDS = list(letter_kinds().values())


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_with_all_its_facts_a_letter_is_whole(kind: LetterKind) -> None:
    letter = written(kind.id)
    assert letter.title == kind.title
    assert not re.search(
        r"[{}]|None|。。|，，|：。|“”|（）|、。|Decimal|\d{4}-\d\d-\d\d(?!\d)", letter.text
    )
    if "document_number" in kind.required:
        assert letter.number == "青自然资公开〔2026〕12号"
    if kind.addressee != "internal":
        assert letter.signature
        assert re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", letter.signature.day)
        assert FACTS["requester_identity"] not in letter.text


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind.id, name) for kind in KINDS for name in (*kind.required, *kind.held)],
)
def test_a_missing_fact_is_told_and_nothing_is_written(kind: str, name: str) -> None:
    fact = next(fact for fact in letter_kind(kind).facts if fact.id == name)
    for blank in (None, "", "  ", []):
        found = lacking(kind, **{name: blank})
        assert f"没有填“{fact.label}”" in found[name]
        assert found[name].endswith(fact.ask) or "条例" in found[name]


@pytest.mark.parametrize(
    ("kind", "name"), [(k.id, n) for k in KINDS for n in k.optional if n != "served_online"]
)
def test_what_is_optional_may_be_missing(kind: str, name: str) -> None:
    found = lacking(kind, **{name: None, "served_online": "否"})
    conditional = {need.fact for need in letter_kind(kind).needs}
    assert set(found) <= conditional


@pytest.mark.parametrize(
    ("kind", "changed", "name"),
    [
        (
            "registration_form",
            {"elements": "lacking", "elements_lacking": None},
            "elements_lacking",
        ),
        ("registration_form", {"channel": "fax", "confirmed_on": None}, "confirmed_on"),
        ("third_party_opinion", {"opinion": "disagree", "opinion_reasons": ""}, "opinion_reasons"),
        ("fee_notice", {"fee_method": "by_item", "fee_period": None}, "fee_period"),
        ("reply_disclosed", {"attachments": None, "access_ways": None}, "attachments"),
        ("reply_disclosed", {"access_on": None}, "access_on"),
        ("reply_not_this_agency", {"responsible_contact": None}, "responsible_contact"),
        ("reply_third_party_interest", {"third_party_reasons": None}, "third_party_reasons"),
        ("service_receipt", {"service_way": "post", "posted_on": None}, "posted_on"),
        ("service_receipt", {"service_way": "post", "postal_number": None}, "postal_number"),
        ("service_receipt", {"service_way": "direct", "signed_for_on": None}, "signed_for_on"),
        ("record_correction_notice", {"record_agency": None}, "record_agency"),
        ("reply_state_secret", {"reconsideration_channel": None}, "reconsideration_channel"),
    ],
)
def test_a_fact_that_another_calls_for(kind: str, changed: dict[str, Any], name: str) -> None:
    assert set(lacking(kind, **changed)) == {name}


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("registration_form", {"channel": "counter", "confirmed_on": None, "confirmed_by": None}),
        ("third_party_opinion", {"opinion": "agree", "opinion_reasons": None}),
        ("fee_notice", {"fee_method": "by_page", "fee_period": None}),
        ("reply_disclosed", {"attachments": None}),
        ("reply_disclosed", {"access_ways": None, "access_on": None}),
        ("reply_not_this_agency", {"responsible_agency": None, "responsible_contact": None}),
        ("reply_state_secret", {"served_online": False, "reconsideration_channel": None}),
        # The law of 2023 was not yet in force.
        ("reply_state_secret", {"made_on": "2023-12-31", "reconsideration_channel": None}),
    ],
)
def test_a_fact_that_nothing_calls_for(kind: str, changed: dict[str, Any]) -> None:
    assert lacking(kind, **changed) == {}


@pytest.mark.parametrize(
    ("kind", "changed", "sentence"),
    [
        (
            "extension_notice",
            {"extension_days": 21},
            "“延长天数”不能多于20：延长的期限最长不得超过",
        ),
        ("extension_notice", {"extension_days": "0"}, "“延长天数”不能少于1"),
        ("extension_notice", {"extension_days": "二十"}, "“延长天数”的“二十”不是整数"),
        ("correction_notice", {"made_on": "2026-02-30"}, "“成文日期”的“2026-02-30”不是日期"),
        ("correction_notice", {"document_number": "12号"}, "“文号”：“12号”的年份没有加括号"),
        ("correction_notice", {"channel": "飞鸽"}, "“收到方式”没有“飞鸽”这一项，可填：当面提交、"),
        ("fee_notice", {"fee_yuan": "五百"}, "“收费金额”的“五百”不是金额"),
        ("fee_notice", {"fee_yuan": "-1"}, "“收费金额”的“-1”不是金额"),
        ("fee_notice", {"fee_yuan": "NaN"}, "“收费金额”的“NaN”不是金额"),
        ("fee_notice", {"fee_lines": [["1", "2"]]}, "“计算明细”第1行应有4格：档次、数量"),
        ("fee_notice", {"fee_lines": [["1", "", "3", "4"]]}, "“计算明细”第1行没有填“数量”"),
        ("reply_not_held", {"served_online": "也许"}, "“网上送达”应填“是”或者“否”"),
    ],
)
def test_a_wrong_value_is_told(kind: str, changed: dict[str, Any], sentence: str) -> None:
    assert any(said.startswith(sentence) for said in lacking(kind, **changed).values())


def test_everything_missing_is_told_at_once() -> None:
    drawn = lacking("correction_notice", **dict.fromkeys(FACTS))
    wanted = letter_kind("correction_notice")
    assert set(drawn) == {*wanted.required, *wanted.held}


def test_values_are_read_as_they_are_stored() -> None:
    letter = written(
        "correction_notice",
        made_on="2026-03-18",
        channel="互联网",
        correction_points="第一处\n\n 第二处 \n",
        document_number="青自然资公开[2026]第012号",
    )
    assert letter.number == "青自然资公开〔2026〕12号"
    assert letter.signature
    assert letter.signature.day == "2026年3月18日"
    assert "1．第一处\n2．第二处" in letter.text
    one = written("correction_notice", correction_points=["只有一处"])
    assert "\n只有一处\n" in one.text


def test_how_the_request_came_in() -> None:
    online = written("reply_not_held", corrected_on=None, extended_to=None).text
    assert (
        "你以互联网方式向本机关提出政府信息公开申请（登记编号：2026-0037）。"
        "经确认，本机关收到申请之日为2026年3月5日。" in online
    )
    counter = written("reply_not_held", channel="counter", request_number=None).text
    assert "2026年3月5日，本机关收到你以当面提交方式提出的政府信息公开申请。" in counter
    assert "2026年3月13日，本机关收到你补正的申请。" in counter
    assert "答复期限延长至2026年4月30日，并已告知你。" in counter


def test_an_organisation_is_addressed_as_one() -> None:
    text = written("reply_not_held", requester_kind="business", requester_name="某有限公司").text
    assert "你单位申请公开" in text
    assert not re.search(r"你(?!单位)", text)


def test_identity_numbers_are_masked_in_what_leaves_the_house() -> None:
    number = FACTS["requester_identity"]
    content = f"身份证号{number}的房屋征收补偿协议"
    assert number in written("registration_form", request_content=content).text
    text = written("reply_not_held", request_content=content).text
    assert number not in text
    assert "身份证号110*************2X的" in text
    parts = [[f"{number}的姓名", "隐私", "第十五条"]]
    assert number not in written("reply_partly_disclosed", withheld_parts=parts).text
    assert number not in written("reply_disclosed", attachments=[f"{number}的协议"]).text
    template = "# 答复书\n> {申请人}：\n{证件号码}{收到经过}{申请内容}{检索经过}\n{救济告知}"
    assert "110*************2X" in written("reply_not_held", template).text


@pytest.mark.parametrize(
    "kind",
    ["third_party_consultation", "disclosure_notice_to_third_party", "agency_consultation"],
)
def test_a_third_party_is_not_told_who_asks(kind: str) -> None:
    assert FACTS["requester_name"] not in written(kind).text
    found = lacking(kind, matter_summary=f"{FACTS['requester_name']}申请公开评估报告")
    assert "文书里写出了“申请人”" in found["requester_name"]


def test_nothing_in_a_fact_is_a_template() -> None:
    nasty = "# 标题\n| 甲 | 乙 |\n---\n> {文号}{?成文日期}甲{/成文日期}"
    letter = written("reply_not_held", request_content=nasty)
    assert "# 标题" in letter.text
    assert "> {文号}{?成文日期}甲{/成文日期}" in letter.text
    assert not any(isinstance(block, Table | PageBreak) for block in letter.blocks)
    sheet = written("review_sheet", request_content="甲|乙|丙")
    table = next(block for block in sheet.blocks if isinstance(block, Table))
    assert any(cell.text == "甲|乙|丙" for row in table.rows for cell in row)


def test_the_shape_of_a_reply() -> None:
    letter = written("reply_partly_disclosed", access_ways=None)
    assert letter.salutation == "何文清："
    assert letter.attachments == tuple(FACTS["attachments"])
    (table,) = (block for block in letter.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.rows[0]] == ["不予公开的内容", "理由", "法律依据"]
    assert table.head_rows == 1
    assert len(table.rows) == 1 + len(FACTS["withheld_parts"])
    remedies = [b for b in letter.blocks if isinstance(b, Paragraph) and "60日内" in b.text]
    assert len(remedies) == 2


def test_the_slip_for_the_third_party_is_a_page_of_its_own() -> None:
    letter = written("third_party_consultation")
    first, heading, *_, table = letter.enclosure
    assert first == PageBreak()
    assert heading == Paragraph("征求第三方意见回执", Place.HEADING)
    assert isinstance(table, Table)
    assert [row[1].text for row in table.rows][1] == ""


def test_forms_are_tables_and_nobody_signs_below() -> None:
    for ref in ("L01", "L03", "L15", "L16", "D01", "F01"):
        letter = written(ref)
        assert letter.signature is None
        assert any(isinstance(block, Table) for block in letter.blocks)
        for block in letter.blocks:
            if isinstance(block, Table):
                spans = {sum(cell.span for cell in row) for row in block.rows}
                assert spans == {len(block.widths)}


def test_who_signs() -> None:
    by_requester = written("withdrawal_confirmation").signature
    assert by_requester
    assert (by_requester.name, by_requester.sealed) == ("何文清（签名或者盖章）", False)
    by_agency = written("receipt").signature
    assert by_agency
    assert (by_agency.name, by_agency.sealed) == (FACTS["agency"], True)


def test_what_is_only_held_is_not_printed() -> None:
    assert FACTS["secrecy_mark"] not in written("reply_state_secret").text
    assert FACTS["risk_assessment"] not in written("reply_security_and_stability").text
    assert FACTS["approved_by"] not in written("extension_notice").text


def test_the_unverified_is_noted_for_the_staff_and_not_printed() -> None:
    for kind in ("fee_notice", "litigation_answer", "reply_reissue", "fee_lapsed_notice"):
        letter = written(kind)
        assert any("未核实" in note or "没有专条" in note for note in letter.notes)
        assert "未核实" not in letter.text


def test_every_type_of_fact_is_used() -> None:
    assert {fact.type for kind in KINDS for fact in kind.facts} == set(FactType)


def test_a_letter_without_a_slip_has_no_enclosure() -> None:
    letter = written("reply_not_held")
    assert isinstance(letter, LetterDocument)
    assert letter.enclosure == ()
