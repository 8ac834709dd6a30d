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
        "收到申请81件，已办结81件，未办结0件。",
        "未按期办结2件，申请人撤回后未办结3件。",
        "截至2023年底，累计收到政府信息公开申请1203件，累计办结1190件。",
        "1—6月，收到依申请公开12件。上半年，收到申请12件。第一季度收到50件、第二季度收到60件申请。",
        "2023年1月1日至12月31日，共收到政府信息公开申请81件。",
        "上半年收到申请50件，下半年收到申请31件，全年共收到申请81件。",
        "转载上级行政规范性文件25件，新增公开行政规范性文件5件，其中重新公布2件。",
        "按期答复率100%，其中提前5日办结60件，当年办结70件。",
        "协助上级部门答复申请6件。",
        "收到区长信箱来信300件，办结298件，办结率99.33%。",
        "受理信访事项50件，答复48件。收到网民留言92件，均已办结。",
        "本机关作为复议机关受理政府信息公开行政复议申请15件，办结行政复议案件15件。",
        "涉及行政复议2件，行政诉讼一审5件、复议后起诉2件。",
        "行政复议2件，其中维持2件。行政复议2件，撤销0件。",
        "行政复议2件、行政诉讼7件，其中维持3件。",
        "每一件申请都有回音，受理两起涉诉案件，审核十余件申请，三件大事抓到底。",
        "收到申请八十一件，其中个人80件，涉及公民个人12件。",
        "依申请公开0件差错。2022年申请量为零。没有不予公开的重大决策事项。",
        "收到申请81件，已答复的均予以公开。属于公开范围的申请均予以公开。",
        "收到申请81件，全部办结，办结率100%。",
        "予以公开22件，占办结总数的27.2%；部分公开20件，占申请总数的24.7%。",
        "制发行政规范性文件77件，废止132件，现行有效470件。",
        "公开行政许可决定1203条，作出不予行政许可决定1件，区市场监管局作出行政处罚决定12件。",
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
        ("已办结81件，未办结2件。", 2),
        ("行政复议2件，其中维持1件。", 1),
        ("行政复议2件，其中撤销1件。", 1),
        ("行政诉讼7件，其中结果维持6件。", 6),
        ("共收到申请二十九件。", 29),
        ("收到申请一百零二件。", 102),
        ("其中个人申请79件。", 79),
        ("依申请公开0件。", 0),
        ("制发行政规范性文件77件，现行有效9件。", 9),
        ("全年作出行政许可决定54件。", 54),
        ("行政复议、行政诉讼均为0件。", 0),
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
        "没有收到公民、法人和其他组织的政府信息公开申请。",
        "全年申请量为零。",
        "没有不予公开的情形。",
    ],
)
def test_false_claims_of_none(build: Build, text: str) -> None:
    (found,) = _told(build, text)
    assert found.rule == "narrative.absence_contradicted"


def test_claims_of_none_on_what_is_carried_over(build: Build) -> None:
    cells = {**_CELLS, "requests.carried_to_next_year/total": 4}
    for text, rule in (
        ("无结转下年度继续办理的申请。", "narrative.absence_contradicted"),
        ("收到申请81件，办结率100%。", "narrative.all_contradicted"),
        ("收到申请81件，均已办结。", "narrative.all_contradicted"),
    ):
        report = build(cells=cells, sections={"disclosure_on_request": text})
        found = [f for f in check(report) if f.rule.startswith("narrative.")]
        assert [f.rule for f in found] == [rule]
        assert found[0].cells == ("requests.carried_to_next_year/total",)
    for text in (
        "按期办结率100%。建议提案办结率100%。上年结转申请均已办结。",
        "收到申请81件，其中60件已办结。网民留言全部办结。",
    ):
        report = build(cells=cells, sections={"disclosure_on_request": text})
        assert not [f for f in check(report) if f.rule.startswith("narrative.")]


def test_all_disclosed_where_some_were_refused(build: Build) -> None:
    (found,) = _told(build, "收到申请81件，均予以公开。")
    assert found.rule == "narrative.all_contradicted"
    assert "无法提供" in str(found.values["table"])


def test_share_of_a_named_total(build: Build) -> None:
    (found,) = _told(build, "予以公开22件，占办结总数的37.2%。")
    assert found.rule == "narrative.share_wrong"
    assert (found.values["whole"], found.values["expected"]) == (81, "27.16")
    (part,) = _told(build, "区教育局予以公开3件，占办结总数的30%。")
    assert part.rule == "narrative.other_scope"


def test_suits_told_under_supervision(build: Build) -> None:
    told = "（五）监督保障。全年发生行政诉讼8件，办理行政应诉案件40件。"
    (found,) = _told(build, told, "overview")
    assert found.values["number"] == 8


def test_totals_of_the_year_in_lead_and_section_five(build: Build) -> None:
    wrong = "2023年，我局共收到政府信息公开申请83件。"
    true = (
        "2023年，全年共收到政府信息公开申请81件，2022年收到政府信息公开申请90件。"
        "本年度教育领域收到政府信息公开申请30件，对5件政府信息公开申请答复不规范。"
    )
    for text, count in ((wrong, 1), (true, 0)):
        for told in (
            {"lead": text},
            {"sections": {"problems_and_improvements": text + "政策解读形式单一，人员变动较大。"}},
        ):
            report = build(cells=_CELLS, **told)
            assert [f.rule for f in check(report)] == ["narrative.count_differs"] * count


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
