"""The review page: every finding there, linked to its cells and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from gongkai.core.checks import check
from gongkai.core.finding import Finding, Severity
from gongkai.core.report import AnnualReport, Cell, SectionText, Where
from gongkai.core.rules import basis, rule, say
from gongkai.core.writers.placement import place
from gongkai.core.writers.review import render

SOURCE = {"file": "报告<1>.docx", "format": "docx", "sha256": "ab" * 32}
TOTAL = "requests.disclosed/total"


@pytest.fixture
def doubtful(report: AnnualReport) -> AnnualReport:
    """A report with a total that does not come out and a claim in the prose."""
    cells = dict(report.cells)
    cells[TOTAL] = Cell(99, "99", where=Where(page=2, table=2, row=6, column=10))
    said = tuple(
        replace(s, text=s.text + "\n本年新收政府信息公开申请 7654 件。联系人电话13912345678。")
        if s.key == "overview"
        else s
        for s in report.sections
    )
    return replace(report, cells=cells, sections=said)


@pytest.fixture
def findings(doubtful: AnnualReport) -> tuple[Finding, ...]:
    found = check(doubtful)
    assert {f.severity for f in found} >= {Severity.ERROR, Severity.WARNING}
    return found


def opened(
    report: AnnualReport, findings: tuple[Finding, ...], language: str = "zh"
) -> HtmlElement:
    return lxml_html.document_fromstring(render(report, findings, SOURCE, language))


def words(element: HtmlElement) -> str:
    return str(element.text_content())


def test_every_finding_is_told_once(doubtful: AnnualReport, findings: tuple[Finding, ...]) -> None:
    page = opened(doubtful, findings)
    cards = page.xpath("//li[starts-with(@id, 'f')]")
    numbers = [c.get("id") for c in cards]
    assert numbers == [f"f{n}" for n in range(1, len(findings) + 1)]
    told = [words(c) for c in cards]
    for finding in findings:
        holding = [t for t in told if say(finding) in t]
        assert holding, finding
        assert rule(finding.rule).title.zh in holding[0]
        assert basis(finding, "2021") in holding[0]


def test_cells_and_findings_lead_to_each_other(
    doubtful: AnnualReport, findings: tuple[Finding, ...]
) -> None:
    page = opened(doubtful, findings)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {t.removeprefix("#") for t in page.xpath("//a/@href")} <= set(ids)
    for one in place(doubtful, findings).findings:
        for cell in one.finding.cells:
            if cell in doubtful.cells or cell in doubtful.unread:
                marks = page.xpath(f"//td[@id='c-{cell}']//a[@href='#f{one.number}']")
                assert len(marks) == 1
                assert page.xpath(f"//li[@id='f{one.number}']//a[@href='#c-{cell}']")


def test_a_doubtful_cell_is_marked_and_says_where_it_stood(
    doubtful: AnnualReport, findings: tuple[Finding, ...]
) -> None:
    page = opened(doubtful, findings)
    cell = page.get_element_by_id(f"c-{TOTAL}")
    assert "gk-cell--bad" in cell.get("class").split()
    assert words(cell).endswith("99")
    assert cell.get("title") == "原件：第 2 页 第 2 个表 第 6 行 第 10 列"
    clean = page.get_element_by_id("c-penalties/decisions")
    assert clean.get("class").split()[0] == "gk-cell"
    assert not clean.xpath(".//a")


def test_blank_and_unread_are_said(doubtful: AnnualReport) -> None:
    page = opened(doubtful, ())
    assert words(page.get_element_by_id("c-government_rules/issued")) == "空白"
    assert words(page.get_element_by_id("c-government_rules/repealed")) == "—"
    unread = page.get_element_by_id("c-coercive_measures/decisions")
    assert words(unread) == "未读"
    assert "gk-cell--warn" in unread.get("class").split()


def test_the_head_counts_and_names(doubtful: AnnualReport, findings: tuple[Finding, ...]) -> None:
    page = opened(doubtful, findings)
    tiles = page.xpath("//dl[@class='gk-tiles']")[0]
    told = dict(zip(tiles.xpath(".//dt/text()"), tiles.xpath(".//dd/text()"), strict=True))
    counted = [f.severity for f in findings]
    assert told == {
        "差错": str(counted.count(Severity.ERROR)),
        "提示": str(counted.count(Severity.WARNING)),
        "说明": str(counted.count(Severity.NOTE)),
    }
    head = words(page.xpath("//header")[0])
    for fact in ("青听市人民政府", "2023", "2021 年版格式", "报告<1>.docx", "ab" * 32, "未读 1 格"):
        assert fact in head
    assert len(page.xpath("//table[@id='list']/tbody/tr")) == len(findings)


def test_findings_stand_beside_what_they_concern(
    doubtful: AnnualReport, findings: tuple[Finding, ...]
) -> None:
    for one in place(doubtful, findings).findings:
        if one.finding.rule.startswith(("narrative.", "privacy.", "overview.")):
            assert one.heading == "一、总体情况", one.finding
        if one.finding.rule == "requests.total_is_sum":
            assert one.heading == "三、收到和处理政府信息公开申请情况"
    page = opened(doubtful, findings)
    asides = page.xpath("//section[.//h2[starts-with(., '三、')]]/aside")
    assert len(asides) == 1
    assert "总计列不等于各类申请人之和" in words(asides[0])


def test_a_finding_on_nothing_shown_stands_at_the_head(report: AnnualReport) -> None:
    other = Finding("dates.period", Severity.ERROR, (), {"start": 1, "end": 2, "year": 3})
    gone = replace(
        report, sections=(SectionText("", "附", "略"),), edition=None, cells={}, unread=()
    )
    placed = place(gone, [other, Finding("overview.too_long", Severity.WARNING)])
    assert [n.heading for n in placed.findings] == ["", ""]
    page = opened(report, (other,))
    assert words(page.xpath("//table[@id='list']//td")[-1]) == "整份报告"
    assert page.get_element_by_id("f1") is not None


def test_a_report_without_findings_says_so(report: AnnualReport) -> None:
    page = opened(report, ())
    assert "没有差错，也没有提示。" in words(page)
    assert not page.xpath("//table[@id='list']")
    assert not page.xpath("//aside")


def test_nothing_of_the_document_is_taken_for_markup(report: AnnualReport) -> None:
    evil = "<img src=x onerror=alert(1)>"
    cells = {**report.cells, "penalties/decisions": Cell(None, evil)}
    page = opened(replace(report, cells=cells, title=evil, agency=evil), ())
    assert not page.xpath("//img | //script")
    assert words(page.get_element_by_id("c-penalties/decisions")) == evil


def test_english_words_around_a_chinese_report(
    doubtful: AnnualReport, findings: tuple[Finding, ...]
) -> None:
    page = opened(doubtful, findings, "en")
    assert page.get("lang") == "en"
    assert page.xpath("//h1/@lang") == ["zh-CN"]
    assert "Error" in words(page.xpath("//dl[@class='gk-tiles']")[0])
    assert "In the document: page 2, table 2, row 6, column 10" in page.xpath("//td/@title")
    assert "二、上年结转政府信息公开申请数量" in words(page)


def test_the_page_stands_alone(doubtful: AnnualReport, findings: tuple[Finding, ...]) -> None:
    page = opened(doubtful, findings)
    assert not page.xpath("//script | //link | //@style")
    assert not page.xpath("//th[not(@scope)]")
    assert not page.xpath("//table[not(caption)]")
    assert len(page.xpath("//h1")) == 1
