"""The page of an item: what it tells, what its meta tags are, what is never on it."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.web.disclosure.acts.draft import start
from gongkai.web.people.models import Role
from gongkai.web.public import pages
from gongkai.web.publication.models import Publication, SiteSettings

from .conftest import Region
from .publishing import at, publish, take_back


def _text(path: str) -> str:
    page = pages.render(path)
    assert page is not None, path
    return page.body.decode()


def _meta(text: str) -> dict[str, str]:
    return {
        name: html.unescape(content)
        for name, content in re.findall(r'<meta name="([^"]+)" content="([^"]*)">', text)
    }


def _facts(text: str) -> dict[str, str]:
    table = re.search(r'<dl class="gk-meta" aria-label="文件信息">(.*?)</dl>', text, re.DOTALL)
    assert table
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", table[1], re.DOTALL)
    return {label: re.sub(r"<[^>]+>", "", value) for label, value in found}


def test_the_metadata_stand_above_the_text_and_empty_ones_are_left_out(region: Region) -> None:
    facts = _facts(_text(region.document.path))
    assert facts["索引号"] == "QH0401-2026-00001"
    assert facts["发文字号"] == "听街规〔2025〕3号"
    assert facts["发文机关"] == "听泉街道办事处"
    assert facts["主题分类"] == "城乡建设、环境保护"
    assert facts["成文日期"] == "2025-04-21"
    assert facts["发布日期"] == "2025-05-06"
    assert facts["施行日期"] == "2025-06-01"
    assert facts["体裁"] == "通知"
    assert facts["公开属性"] == "主动公开"
    assert facts["内容概述"] == "补助的条件、标准、程序"
    assert "来源" not in facts
    plain = _facts(_text("item/2026/100.html"))
    assert set(plain) == {"索引号", "发文机关", "成文日期", "发布日期", "公开属性"}


def test_meta_tags_are_spelled_as_the_guideline_has_them_and_none_is_empty(region: Region) -> None:
    meta = _meta(_text(region.document.path))
    assert meta["SiteName"] == "青禾区人民政府"
    assert meta["SiteDomain"] == "www.qinghe.example"
    assert meta["SiteIDCode"] == "0000000000"
    assert meta["ColumnName"] == "行政法规、规章和规范性文件"
    assert meta["ColumnType"] == "法定主动公开内容"
    assert meta["ArticleTitle"] == "听泉街道加装电梯补助办法"
    assert meta["PubDate"] == "2025-05-06 09:30"
    assert meta["ContentSource"] == "听泉街道办事处"
    assert meta["Keywords"] == "加装电梯,补助"
    assert meta["Description"] == "补助的条件、标准、程序"
    assert meta["Url"] == "http://127.0.0.1:8000/zwgk/zfxxgk/item/2025/1.html"
    assert meta["Image"].endswith("/files/1/%E6%B5%81%E7%A8%8B%20%E5%9B%BE.png")
    column = _meta(_text("qh0401/statutory/20-7/index.html"))
    assert column["ColumnName"] == "财政预算、决算"
    assert column["ColumnDescription"] == "听泉街道办事处主动公开的财政预算、决算信息"
    assert column["ColumnKeywords"] == "财政预算,决算"
    assert column["ColumnType"] == "法定主动公开内容"
    assert "ArticleTitle" not in column
    names = {
        "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription",
        "ColumnKeywords", "ColumnType", "ArticleTitle", "PubDate", "ContentSource", "Keywords",
        "Author", "Description", "Image", "Url", "viewport", "robots",
    }  # fmt: skip
    for path in pages.paths():
        found = _meta(_text(path))
        assert set(found) <= names, path
        assert all(found.values()), path
        assert {"SiteName", "SiteDomain", "SiteIDCode"} <= set(found)


def test_pictures_and_files_of_the_text_have_their_public_addresses(region: Region) -> None:
    text = _text(region.document.path)
    assert '<img src="../../files/1/%E6%B5%81%E7%A8%8B%20%E5%9B%BE.png" alt="流程图"' in text
    assert '<a href="../../files/1/%E7%94%B3%E8%AF%B7%E8%A1%A8.docx">申请表</a>' in text
    assert "attachment:" not in text
    assert "全真版（pdf，10 字节）" in text
    listed = text[text.index('id="h-at"') :]
    assert "申请表.docx" in listed
    assert "流程 图.png" not in listed


def test_an_attachment_that_is_not_public_is_not_linked(region: Region) -> None:
    publish(region.office.street, 900, body_html='<p><a href="attachment:9">原件</a>可查。</p>')
    text = _text("item/2026/900.html")
    assert "原件可查。" in text
    assert "attachment" not in text


def test_document_and_interpretation_lead_to_each_other(region: Region) -> None:
    document, interpretation = (_text(p.path) for p in (region.document, region.interpretation))
    assert '<a href="2.html">一图读懂加装电梯补助</a> <span class="gk-note">图解</span>' in document
    assert '<a href="1.html">听泉街道加装电梯补助办法</a>' in interpretation
    assert _facts(interpretation)["解读形式"] == "图解"
    take_back(2)
    assert "一图读懂" not in _text(region.document.path)


def test_where_else_it_was_released_is_said(region: Region) -> None:
    text = _text(region.document.path)
    assert "信息公告栏（公示栏）：泉苑一村" in text


@pytest.mark.parametrize(
    ("facts", "word", "sentence"),
    [
        (
            {"validity": "in_force", "effective_on": date(2025, 6, 1)},
            "现行有效",
            "2025年6月1日起施行。",
        ),
        (
            {"validity": "in_force", "effective_on": date(2099, 1, 1)},
            "尚未施行",
            "2099年1月1日起施行。",
        ),
        (
            {"validity": "in_force", "expires_on": date(2024, 6, 30)},
            "已失效",
            "2024年7月1日起失效。本页只供查考。",
        ),
        (
            {
                "validity": "repealed",
                "facts": {
                    "life": [{"kind": "repealed", "on": "2025-06-01", "by": "青政规〔2025〕3号"}]
                },
            },
            "已废止",
            "2025年6月1日起废止（青政规〔2025〕3号）。本页只供查考。",
        ),
        (
            {"validity": "repealed", "validity_note": "2019年清理时废止"},
            "已废止",
            "2019年清理时废止。本页只供查考。",
        ),
        (
            {
                "validity": "amended",
                "expires_on": date(2099, 5, 31),
                "facts": {
                    "life": [{"kind": "amended", "on": "2025-11-01", "by": "青政规〔2026〕4号"}]
                },
            },
            "已修改",
            "2025年11月1日起修改（青政规〔2026〕4号），仍然有效。有效期至 2099年5月31日。",
        ),
    ],
)
def test_the_banner_says_whether_a_document_holds_today_and_why(
    region: Region, facts: dict[str, object], word: str, sentence: str
) -> None:
    publish(
        region.office.street,
        901,
        kind="normative_document",
        statutory="20-1",
        made_on=date(2019, 6, 1),
        published_at=at(2019, 6, 3),
        **facts,
    )
    text = _text("item/2019/901.html")
    assert f"<strong>{word}</strong>　{sentence}</p>" in text
    rows = _text("qh0401/statutory/20-1/index.html")
    assert (f"</span>{word}" in rows or f">{word}</span>" in rows) == (word != "现行有效")


def test_life_is_told_in_order_with_what_is_to_come_last(region: Region) -> None:
    text = _text(region.document.path)
    life = text[text.index('class="gk-time"') :]
    happened = re.findall(
        r"<li( class=\"is-next\")?><time[^>]*>([\d-]+)</time><br>(\S+?)</li>", life
    )
    assert [(when, what) for _, when, what in happened][:3] == [
        ("2025-04-21", "制发"),
        ("2025-05-06", "发布"),
        ("2025-06-01", "施行"),
    ]
    assert happened[-1][2] == "有效期满"
    assert happened[-1][0]
    assert not happened[0][0]


def test_a_withdrawn_item_keeps_its_address_and_says_why_and_nothing_else(region: Region) -> None:
    path = region.document.path
    take_back(1, "附件有误。")
    page = pages.render(path)
    assert page is not None
    assert page.status == 410
    text = page.body.decode()
    today = timezone.localdate()
    assert "<strong>已撤回</strong>" in text
    assert f"{today.year}年{today.month}月{today.day}日" in text
    assert "原因：附件有误。" in text
    assert '<meta name="robots" content="noindex">' in text
    assert "加装电梯" not in text
    assert pages.render("item/2024/1.html") is None
    for other in pages.paths():
        if other != path:
            assert "听泉街道加装电梯补助办法" not in _text(other), other


def test_an_item_published_again_is_back_under_its_address(region: Region) -> None:
    take_back(100)
    publish(region.office.street, 100, "更正后的信息")
    page = pages.render("item/2026/100.html")
    assert page is not None
    assert page.status == 200
    assert "更正后的信息" in page.body.decode()


def test_nothing_of_a_draft_is_on_any_page(region: Region) -> None:
    author = region.office.actor(Role.AUTHOR)
    item = start(
        author,
        region.office.street,
        title="未公开的草稿标题",
        body_html="<p>未公开的草稿正文</p>",
        statutory="20-7",
    )
    assert pages.render(f"item/{timezone.localdate().year}/{item.pk + 10_000}.html") is None
    for path in pages.paths():
        assert "未公开的草稿" not in _text(path), path
    # A catalogue entry may be tied to an item that is not public: it counts for nothing.
    standards = _text("qh0401/standards.html")
    assert "999999" not in standards
    assert "还没有公开" in standards


@pytest.mark.parametrize(
    "path",
    [
        "item/2026/999.html",
        "item/2025/100.html",
        "item/2026/100",
        "item/2026/0100.html",
        "item/2026/99999999999999999999.html",
        "nobody/index.html",
        "qh0401",
        "qh0401/",
        "qh0401/statutory/20-99/index.html",
        "qh0401/statutory/21-B/index.html",
        "qh0401/statutory/20-7/list-0.html",
        "qh0401/statutory/20-7/list-2.html",
        "qh0401/statutory/20-7/list-01.html",
        "qh0411/guide.html",
        "qh0411/rules/index.html",
        "qh0402/standards.html",
        "documents/2011/index.html",
        "documents/nothing/index.html",
        "themes/nothing/index.html",
        "assets/public.css",
        "../index.html",
    ],
)
def test_what_is_no_page_is_none(region: Region, path: str) -> None:
    assert pages.render(path) is None


def test_a_change_after_release_is_dated_and_the_first_day_stays(region: Region) -> None:
    publish(region.office.street, 100, "更正后的信息")
    text = _text("item/2026/100.html")
    assert _facts(text)["发布日期"] == "2026-02-01"
    assert _facts(text)["更新日期"] == timezone.localdate().isoformat()
    assert "现在是第 2 版" in text


def test_markup_in_titles_and_names_is_only_text(region: Region) -> None:
    publish(
        region.office.street,
        902,
        '<script>alert(1)</script>"标题"',
        summary='"><img src=x>',
        issuer="<b>机关</b>",
        keywords=['<i>"词'],
        published_at=timezone.now() + timedelta(days=1),
    )
    item = Publication.objects.get(pk=902)
    for path in (item.path, "index.html", "qh0401/statutory/20-7/index.html"):
        text = _text(path)
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>机关" not in text
        assert "<i>" not in text


def test_without_settings_the_site_still_has_its_pages(region: Region) -> None:
    SiteSettings.objects.all().delete()
    text = _text("index.html")
    assert "示范数据" not in text
    assert "SiteName" not in text
    assert "<title>政府信息公开平台首页_政府信息公开</title>" in text
