"""Lists, columns, the matrix of reports, the library, the guide: what they show."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.core.catalogue import Validity
from gongkai.web.agencies.models import Agency
from gongkai.web.public import pages
from gongkai.web.public.listing import PAGE, archives_of
from gongkai.web.public.tree import statutory_listing
from gongkai.web.public.validity import holding, stand_of
from gongkai.web.publication.models import Publication
from gongkai.web.registers.models import StandardEntry

from .conftest import Region
from .publishing import at, publish, take_back

_ITEM = re.compile(r'href="(?:\.\./)*(item/\d+/\d+\.html)"')


def _text(path: str) -> str:
    page = pages.render(path)
    assert page is not None, path
    return page.body.decode()


@pytest.mark.parametrize("total", [0, 1, 19, 20, 39, 40, 41, 59, 60, 79, 80, 1000])
def test_older_pages_are_full_and_the_first_holds_one_to_two_pages(total: int) -> None:
    first = total - archives_of(total) * PAGE
    assert first < 2 * PAGE
    assert first >= PAGE or archives_of(total) == 0


def test_every_item_of_a_list_is_on_one_page_and_the_newest_first(region: Region) -> None:
    listing = statutory_listing(region.office.street, "20-7")
    seen: list[str] = []
    numbers = [*range(1, listing.archives + 1)]
    for path in [*(f"{listing.folder}list-{n}.html" for n in numbers), listing.index]:
        found = _ITEM.findall(_text(path))
        # Within a page the newest comes first; over the pages the oldest.
        seen += found[::-1]
    assert seen == [item.path for item in listing.items[::-1]]
    assert len(seen) == 50


def test_a_full_page_goes_on_showing_the_same_items(region: Region) -> None:
    path = "qh0401/statutory/20-7/list-1.html"
    before = _text(path)
    assert "第 1—20 条" in before
    for number in range(300, 309):
        publish(region.office.street, number, published_at=timezone.now())
    assert _text(path) == before


def test_the_first_page_leads_to_the_older_ones_and_back(region: Region) -> None:
    assert 'href="list-1.html">较早的一页' in _text("qh0401/statutory/20-7/index.html")
    assert 'href="index.html">较新的一页' in _text("qh0401/statutory/20-7/list-1.html")


def test_an_empty_column_says_none_and_what_would_be_there(region: Region) -> None:
    text = _text("qh0401/statutory/20-4/index.html")
    assert "<strong>无</strong>" in text
    assert "国民经济和社会发展统计信息会在这里公开。" in text
    tree = _text("qh0401/index.html")
    assert re.search(r"（四）统计信息 <span>无</span>", tree)
    assert re.search(r"（七）财政预算、决算 <span>50</span>", tree)


def test_an_agency_has_the_columns_of_its_kind_in_the_fixed_order(region: Region) -> None:
    street = _text("qh0401/index.html")
    names = [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
        "依申请公开",
    ]
    tabs = re.search(r'<ul class="gk-tabs">(.*?)</ul>', street, re.DOTALL)
    assert tabs
    assert re.findall(r">([^<]+)</a>", tabs[1]) == names
    assert "21-A" not in street
    assert "statutory/21-B/" in _text("qh0501/index.html")
    assert "statutory/21-A/" in _text("qh0001/index.html")


def test_a_community_says_who_publishes_for_it(region: Region) -> None:
    text = _text("qh0411/index.html")
    assert '泉苑社区的政府信息由<a href="../qh0401/index.html">听泉街道办事处</a>公开' in text
    assert "泉苑社区惠民资金公示" in text
    assert 'href="statutory/20-11/index.html"' in text
    assert "guide.html" not in text.replace("../guide/index.html", "")


def test_an_ended_agency_says_so_and_keeps_what_it_published(region: Region) -> None:
    text = _text("qh0403/index.html")
    assert "<strong>已并入</strong>" in text
    assert "麦坪街道2023年决算" in text
    assert "麦坪街道" not in _text("index.html")
    assert "麦坪街道办事处" in _text("links.html")
    assert "怎样提出" not in _text("qh0403/request.html")


def test_the_matrix_shows_what_is_missing_and_what_was_late(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    competent = region.office.competent
    report = {"kind": "annual_report", "column": "annual_report", "statutory": ""}
    bureau = Agency.objects.create(
        slug="qh0103", code="QH0103", name="青禾区民政局", short_name="民政局",
        kind="department", parent=region.office.district, position=9,
    )  # fmt: skip
    publish(bureau, 801, "民政局2024年报告", published_at=at(2025, 2, 3), **report)
    publish(bureau, 802, "民政局2025年报告", published_at=at(2026, 1, 31), **report)
    # No text names the day of the government's own office in as many words.
    publish(competent, 804, "办公室2024年报告", published_at=at(2025, 2, 3), **report)
    Agency.objects.filter(pk=region.town.pk).update(began_on=date(2025, 3, 1))
    assert _matrix(region, monkeypatch, date(2026, 2, 10)) == {
        "区政府": ["未到期", "缺报"],
        "区政府办公室": ["未到期", "2025-02-03"],
        "民政局": ["2026-01-31", "2025-02-03 逾期公布"],
        "听泉街道": ["2026-01-23", "缺报"],
        "枕流街道": ["未到期", "缺报"],
        "稻香镇": ["未到期", "未设立"],
    }
    later = _matrix(region, monkeypatch, date(2026, 4, 1))
    assert later["区政府"] == ["缺报", "缺报"]
    assert later["枕流街道"] == ["缺报", "缺报"]


def test_a_report_that_names_no_year_is_not_guessed_into_one(region: Region) -> None:
    report = {"kind": "annual_report", "column": "annual_report", "statutory": ""}
    publish(region.town, 803, "稻香镇年度报告", published_at=at(2026, 1, 20), **report)
    text = _text("qh0501/annual/index.html")
    assert "没有写明年度" in text
    assert "稻香镇年度报告" not in _text("annual/index.html")


def test_the_library_parts_documents_as_their_pages_say(region: Region) -> None:
    today = timezone.localdate()
    day = timedelta(days=1)
    cases: list[dict[str, object]] = [
        {"validity": validity, "effective_on": begins, "expires_on": ends, "facts": {"life": life}}
        for validity, life in (
            ("", []),
            ("pending", []),
            ("in_force", []),
            ("amended", [{"kind": "amended", "on": "2020-01-01"}]),
            ("repealed", [{"kind": "repealed", "on": "2020-01-01"}]),
            ("repealed", []),
            ("lapsed", [{"kind": "lapsed", "on": "2020-01-01"}]),
            ("lapsed", []),
        )
        for begins in (None, date(2019, 7, 1), today, today + day)
        for ends in (None, today - day, today, today + 2 * day)
    ]
    for number, facts in enumerate(cases, 2000):
        publish(
            region.town,
            number,
            kind="normative_document",
            statutory="20-1",
            made_on=date(2019, 6, 1),
            published_at=at(2019, 6, 2),
            **facts,
        )
    for item in Publication.objects.filter(kind="normative_document"):
        stand = stand_of(item, today)
        assert stand is not None
        held = [
            v
            for v in Validity
            if Publication.objects.filter(holding(v, today), pk=item.pk).exists()
        ]
        assert held == [stand.validity], (item.validity, item.effective_on, item.expires_on)


def test_the_guide_holds_what_article_12_asks_and_nothing_outdated(region: Region) -> None:
    text = _text("qh0401/guide.html")
    for wanted in (
        "国务院令第711号", "更新日期 <time datetime=\"2026-03-01\">", "党政综合办公室", "青禾区听泉路1号203室",
        "工作日 9:00—12:00，14:00—17:30", "000-0000 0401", "〔机关代码〕-〔年份〕-〔流水号〕",
        "20 个工作日", "第二十六条", "信息公告栏（公示栏）",
    ):  # fmt: skip
        assert wanted in text, wanted
    assert "还没有公布的：传真、互联网联系方式。" in text
    for outdated in ("15 个工作日", "生产、生活、科研", "检索费", "复制费", "邮寄费", "492号"):
        assert outdated not in text
    assert 'href="../qh0001/index.html">青禾区人民政府办公室' in text


def test_how_to_ask_names_the_ways_there_are_and_fakes_no_form(region: Region) -> None:
    text = _text("qh0401/request.html")
    assert "信封注明“政府信息公开申请”" in text
    assert "传真：" not in text
    assert "电子邮件：" not in text
    assert 'href="../ask/to/qh0401/"' in text
    assert text.count("<form") == 1
    assert "不需要说明用途" in text


def test_the_standard_catalogue_says_what_is_covered_and_fresh(region: Region) -> None:
    text = _text("qh0401/standards.html")
    assert 'href="../item/2026/100.html"' in text
    assert "超过更新周期" in text
    assert "还没有公开" in text
    StandardEntry.objects.update(fresh_days=None)
    assert "超过更新周期" not in _text("qh0401/standards.html")
    take_back(100)
    assert _text("qh0401/standards.html").count("还没有公开</span>") == 2


def test_the_home_counts_agencies_and_statutory_items(region: Region) -> None:
    text = _text("index.html")
    assert re.search(r'qh0401/index\.html">听泉街道</a> <span class="gk-note">54</span>', text)
    assert re.search(
        r'statutory/20-7/index\.html">（七）财政预算、决算</a> <span class="gk-note">51<', text
    )
    assert re.search(r'qh0402/index\.html">枕流街道</a> <span class="gk-note">无</span>', text)
    assert len(_ITEM.findall(text)) == 10


def _matrix(region: Region, monkeypatch: pytest.MonkeyPatch, today: date) -> dict[str, list[str]]:
    real = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda value=None: real(value) if value else today)
    text = _text("annual/index.html")
    monkeypatch.setattr(timezone, "localdate", real)
    found = {}
    for line in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", text, re.DOTALL):
        name, *cells = re.split(r"<td>", line)
        found[_words(name)] = [
            _words(re.sub(r'<span class="gk-sr">.*?</span>', "", cell)) for cell in cells
        ]
    return found


def _words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", markup).split())
