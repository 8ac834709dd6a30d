"""Wordings of real reports and what they must and must not be taken for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.core.checks import check
from gongkai.core.finding import Finding
from gongkai.core.report import AnnualReport

Build = Callable[..., AnnualReport]

# 平潭综合实验区 2023: 81 received and concluded, two reconsiderations, seven suits.
_CELLS = {
    "requests.received_this_year/natural_person": 80,
    "requests.received_this_year/business": 1,
    "requests.received_this_year/total": 81,
    "requests.disclosed/natural_person": 22,
    "requests.disclosed/total": 22,
    "requests.partly_disclosed/natural_person": 19,
    "requests.partly_disclosed/business": 1,
    "requests.partly_disclosed/total": 20,
    "requests.withheld.third_party_interest/natural_person": 5,
    "requests.withheld.third_party_interest/total": 5,
    "requests.unable_to_provide.not_held/natural_person": 34,
    "requests.unable_to_provide.not_held/total": 34,
    "requests.concluded_total/natural_person": 80,
    "requests.concluded_total/business": 1,
    "requests.concluded_total/total": 81,
    "reconsideration/upheld": 2,
    "reconsideration/total": 2,
    "direct_suit/upheld": 5,
    "direct_suit/total": 5,
    "suit_after_reconsideration/upheld": 2,
    "suit_after_reconsideration/total": 2,
    "normative_documents/issued": 77,
    "normative_documents/repealed": 132,
    "normative_documents/in_force": 470,
}


def _told(build: Build, text: str, section: str = "disclosure_on_request") -> list[Finding]:
    report = build(agency="青听区人民政府", cells=_CELLS, sections={section: text})
    return [f for f in check(report) if f.rule.startswith("narrative.")]


@pytest.mark.parametrize(
    "text",
    [
        "2023年全区接收通过邮寄、网络提交的各类政府信息公开申请共计81件，涉及自然人80件、商业企业1件。",
        "办结依申请公开81件，其中：予以公开及部分公开42件，占51.85%；不予公开5件，占6.17%。",
        "全年共办理政府信息公开申请８１件。",
        "收到申请 81 件，其中\n网上申请 60 件、信函申请 21 件。",
        "截至2023年12月31日，共受理81件，结转0件。",
        "共受理81件，结转至2024年0件。",
        "近年来申请增多，2022年受理政府信息公开申请50件。一季度受理政府信息公开申请9件。",
        "对3件政府信息公开申请收取了信息处理费。",
        "因属于国家秘密不予公开0件，补正后仍不明确2件，作其他处理（含申请人主动撤回申请）0件。",
        "因政府信息公开引起的行政复议案件2件、行政诉讼案件7件，败诉1件，复议维持2件。",
        "被提起行政诉讼7件（未经复议直接起诉5件、复议后起诉2件）。",
        "没有现成信息需要另行制作0件。申请人无正当理由逾期不补正0件。",
        "未收到重复申请，未出现行政诉讼败诉案件，无延期答复的申请。",
        "没有因政府信息公开申请被纠正的行政复议。",
        "受理申请80余件，公开信息1.8万条。",
        "通过门户网站共办理并答复信息公开申请3件、纸质申请78件，顺延至下一年答复0件。",
        "我区共收到81件信息公开申请，其中60件已答复，余下21件转下一环节。",
        "收到申请政府信息公开事项81件，收到针对信息公开事务的行政复议2件。",
        "没有发生因政府信息公开申请被纠正的行政复议和行政诉讼败诉的情况。",
        "网站公开政府信息50条，其中主动公开规范性文件3个。",
    ],
)
def test_true_or_not_of_the_tables(build: Build, text: str) -> None:
    assert _told(build, text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("共收到政府信息公开申请82件。", 82),
        ("共受理各类申请\n80 件。", 80),
        ("共收到政府信息公开申请1,081件。", 1081),
        ("涉及自然人79件、商业企业1件。", 79),
        ("自然人80件、商业企业2件。", 2),
        ("法人或其他组织申请3件。", 3),
        ("予以公开及部分公开43件。", 43),
        ("不予公开 6 件。", 6),
        ("按时答复80件，答复率100%。", 80),
        ("转下年度办理1件。", 1),
        ("顺延至下一年答复2件。", 2),
        ("我区共收到82件信息公开申请。", 82),
        ("青听区共收到政府信息公开申请83件。", 83),
        ("上年结转4件。", 4),
        ("全年发生行政复议案件3件。", 3),
        ("行政复议、行政诉讼共10件。", 10),
        ("复议后起诉3件。", 3),
    ],
)
def test_false_counts(build: Build, text: str, number: int) -> None:
    (found,) = _told(build, text)
    assert found.rule == "narrative.count_differs"
    assert found.values["number"] == number


@pytest.mark.parametrize(
    "text",
    [
        "本年度未收到政府信息公开申请。",
        "本年度没有收到依申请公开件。",
        "全年无政府信息公开申请。",
        "未发生因政府信息公开引起的行政复议。",
        "无行政诉讼。",
        "全年没有发生因政府信息公开申请行政复议的情况。",
    ],
)
def test_false_claims_of_none(build: Build, text: str) -> None:
    (found,) = _told(build, text)
    assert found.rule == "narrative.absence_contradicted"


def test_other_matters_in_the_overview_are_left_alone(build: Build) -> None:
    text = (
        "（一）主动公开。主动公开政府信息13561条，政策解读117篇，解读规范性文件9件。"
        "（二）政务服务。受理申请121510件，办结留言348件，收到公众意见382条。"
        "（三）依法行政。办理行政复议案件120件、行政诉讼案件40件。"
    )
    report = build(cells=_CELLS, sections={"overview": text})
    assert not [f for f in check(report) if f.rule.startswith("narrative.")]


def test_section_five_speaks_of_other_years(build: Build) -> None:
    text = "上年共收到政府信息公开申请300件，今后将着力减少行政复议、行政诉讼案件10件以上。"
    assert _told(build, text, "problems_and_improvements") == []


def test_part_of_the_agency_is_a_note(build: Build) -> None:
    for text in (
        "全区共收到政府信息公开申请81件，区政府办17件。",
        "区政府办公室受理政府信息公开申请17件。",
        "各有关部门共收到政府信息公开申请64件。",
        "区教育局共收到政府信息公开申请4件。",
        "区政府办公室全年共收到政府信息公开申请共计17件。",
        "区政府办公室未收到政府信息公开申请。",
    ):
        (found,) = _told(build, text)
        assert found.rule == "narrative.other_scope"


def test_an_office_that_reports_for_itself_is_no_part(build: Build) -> None:
    report = build(
        agency="青听区人民政府办公室",
        cells=_CELLS,
        sections={"disclosure_on_request": "区政府办公室受理政府信息公开申请17件。"},
    )
    assert "narrative.count_differs" in [f.rule for f in check(report)]


def test_a_number_said_twice_is_one_finding(build: Build) -> None:
    assert len(_told(build, "收到政府信息公开申请82件。本年度收到政府信息公开申请82件。")) == 1


def test_true_growth_passes_and_needs_last_year(build: Build) -> None:
    told = {"disclosure_on_request": "收到政府信息公开申请81件，比上年增长8%。"}
    report = build(cells=_CELLS, sections=told)
    before = {
        "requests.received_this_year/other": 75,
        "requests.received_this_year/total": 75,
    }
    assert check(report) == ()
    found = check(report, build(year=2022, cells=before))
    assert not [f for f in found if f.rule.startswith("narrative.")]
