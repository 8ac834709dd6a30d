"""The report as a page: what it holds, and that reading it back gives the same report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import html as lxml_html
from lxml.html import HtmlElement

from gongkai.core.forms import edition, layouts
from gongkai.core.readers import read_bytes
from gongkai.core.readers.document import Budget, Grid, Limits
from gongkai.core.readers.html import parse
from gongkai.core.report import AnnualReport, SectionText
from gongkai.core.report.blank import blank_report
from gongkai.core.writers.html import render


def opened(report: AnnualReport, language: str = "zh") -> HtmlElement:
    return lxml_html.document_fromstring(render(report, language))


def plain(report: AnnualReport) -> dict[str, tuple[object, ...]]:
    return {a: (c.value, c.text, c.unit) for a, c in report.cells.items()}


def test_gold_reports_come_back_the_same(gold_report: AnnualReport) -> None:
    back = read_bytes(render(gold_report), "report.html").report
    assert plain(back) == plain(gold_report)
    assert back.unread == gold_report.unread
    assert back.edition == gold_report.edition
    assert [s.key for s in back.sections] == [s.key for s in gold_report.sections]
    assert [t.rows for t in back.local_tables] == [t.rows for t in gold_report.local_tables]


def test_everything_printed_comes_back(report: AnnualReport) -> None:
    back = read_bytes(render(report), "report.html").report
    assert plain(back) == plain(report)
    assert back.unread == report.unread == ("coercive_measures/decisions",)
    for name in ("agency", "year", "title", "titled_on", "lead", "sections", "contact"):
        assert getattr(back, name) == getattr(report, name), name
    assert back.signature is not None
    assert report.signature is not None
    assert back.signature.signed_on == report.signature.signed_on
    assert [t.rows for t in back.local_tables] == [t.rows for t in report.local_tables]


def test_the_blank_form_of_either_edition_comes_back_blank() -> None:
    for year in ("2019", "2021"):
        blank = blank_report(edition(year), 2024, "青听市人民政府")
        back = read_bytes(render(blank), "form.html").report
        assert plain(back) == plain(blank)
        assert (back.edition, back.year, back.agency) == (year, 2024, "青听市人民政府")


def test_the_grids_are_those_of_the_official_form(report: AnnualReport) -> None:
    found = [b for b in parse(render(report), Budget(Limits())).blocks if isinstance(b, Grid)]
    official = [(14, 4), (3, 4), (28, 10), (4, 15)]
    assert [(g.rows, g.columns) for g in found] == official
    for grid, layout in zip((found[0], *found[2:]), layouts(edition("2021")), strict=True):
        spans = {(c.row, c.column, c.row_span, c.column_span) for c in grid.cells}
        assert spans == {(c.row, c.column, c.row_span, c.column_span) for c in layout.cells}


def test_tables_are_named_and_their_headings_reach(report: AnnualReport) -> None:
    page = opened(report)
    captions = page.xpath("//table/caption/text()")
    assert captions == [
        "主动公开政府信息情况", "主动公开政府信息数", "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
    ]  # fmt: skip
    assert not page.xpath("//th[not(@scope)]")
    assert {h.get("scope") for h in page.xpath("//th")} == {"col", "colgroup", "row", "rowgroup"}
    assert page.xpath("//th[@scope='rowgroup'][.='三、本年度办理结果']/@rowspan") == ["22"]
    regions = page.xpath("//div[@role='region']/@aria-label")
    assert len(set(regions)) == 4


def test_blank_dash_and_unread_are_three_things(report: AnnualReport) -> None:
    page = opened(report)
    cells = page.xpath("//tr[th='规章']/td")
    assert [c.text_content() for c in cells][:2] == ["", "—"]
    (unread,) = page.xpath("//td[@data-unread]")
    assert unread.text_content() == "未读"
    assert unread.getparent()[0].text == "行政强制"


def test_nothing_printed_is_taken_for_markup(report: AnnualReport) -> None:
    evil = "<script>alert(1)</script><b>&amp; \x00\x0b"
    text = replace(report, agency=evil, title=evil, sections=(SectionText("overview", evil, evil),))
    page = opened(text)
    assert not page.xpath("//script | //b")
    assert page.xpath("string(//h1)") == "<script>alert(1)</script><b>&amp; "
    assert "<b>&amp; #set page()" in opened(report).xpath("string(//article)")


def test_the_page_stands_alone(report: AnnualReport) -> None:
    page = opened(report)
    assert page.get("lang") == "zh-CN"
    assert ".gk-table" in page.xpath("string(//style)")
    assert not page.xpath("//script | //link | //img | //@style | //@onclick")
    assert page.xpath("//meta[@name='ArticleTitle']/@content") == [report.title]
    assert len(page.xpath("//h1")) == 1
    assert [h.text for h in page.xpath("//h2")] == [s.title for s in report.sections]
    named = set(page.xpath("//@id"))
    assert {t.removeprefix("#") for t in page.xpath("//a/@href")} <= named
    assert set(page.xpath("//@aria-labelledby")) <= named


def test_paragraphs_stay_apart(report: AnnualReport) -> None:
    page = opened(report)
    section = page.xpath("//section[h2[starts-with(., '一、')]]")[0]
    assert [e.tag for e in section.iter("h3", "p")] == ["h3", "p", "h3", "p"]
    assert page.xpath("//p[@class='gk-flat gk-sign']/text()") == ["青听市人民政府", "2024年1月25日"]


def test_the_pages_own_words_in_english(
    consistent: Callable[..., AnnualReport], report: AnnualReport
) -> None:
    page = opened(report, "en")
    assert page.get("lang") == "en"
    assert page.xpath("//article/@lang") == ["zh-CN"]
    assert "2023-01-01 to 2023-12-31" in page.xpath("string(//header)")
    back = read_bytes(render(report, "en"), "report.html").report
    assert plain(back) == plain(report)
    assert back.lead == report.lead


def test_a_report_of_no_edition_keeps_its_prose() -> None:
    text = "2014年，主动公开政府信息38条。" * 20
    free = AnnualReport(
        edition=None,
        year=2014,
        agency="甲县人民政府",
        title="甲县人民政府2014年政府信息公开工作年度报告",
        sections=(SectionText("", "一、概述", text), SectionText("", "二、主动公开", "略。")),
    )
    page = opened(free)
    assert not page.xpath("//table")
    assert [h.text for h in page.xpath("//h2")] == ["一、概述", "二、主动公开"]
    assert "自由格式" in page.xpath("string(//header)")
