"""The search page: what it shows, and that the address is the filter."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from tests.web.conftest import Office
from tests.web.public.publishing import at, publish, take_back

SEARCH = f"{settings.MOUNT}search"


def page(client: Client, status: int = 200, **asked: object) -> html.HtmlElement:
    """The page for a question."""
    response = client.get(SEARCH, asked)
    assert response.status_code == status
    return html.fromstring(response.content.decode())


def titles(found: html.HtmlElement) -> list[str]:
    """The titles shown."""
    return [str(h.text_content()) for h in found.xpath("//ol/li/h2")]


def hrefs(found: html.HtmlElement, words: str) -> list[str]:
    """Where the links with these words lead."""
    return [str(a.get("href")) for a in found.xpath(f"//a[contains(., '{words}')]")]


@pytest.fixture
def shelf(office: Office) -> Office:
    """Thirty items: lift subsidies by the street, flood drill by the neighbour."""
    for number in range(1, 26):
        publish(
            office.street,
            number,
            f"第{number}批加装 电梯补助名单",
            statutory="20-1" if number % 2 else "20-7",
            published_at=at(2020 + number % 5, 3, number),
            body_html=f"<p>经<strong>审核</strong>，第{number}批&lt;补助&gt;共三户。</p>",
        )
    for number in range(26, 31):
        publish(
            office.neighbour,
            number,
            f"防汛演练{number}",
            kind="normative_document",
            validity="in_force",
            document_number=f"青政规〔2025〕{number}号",
            facts={"life": []},
            body_html="<p>演练期间加装电梯的施工暂停。</p>",
        )
    return office


def test_hits_with_the_words_marked_as_they_stand(client: Client, shelf: Office) -> None:
    found = page(client, q="加装电梯 第7批")
    assert titles(found) == ["第7批加装 电梯补助名单"]
    assert [m.text for m in found.xpath("//ol/li/h2//mark")] == ["第7批加装 电梯"]
    assert "<补助>" in found.xpath("//ol/li/p")[0].text_content()
    assert "找到 1 条" in found.xpath("//p[@role='status']")[0].text_content()


def test_what_is_typed_stays_text(client: Client, shelf: Office) -> None:
    evil = '"><script>alert(1)</script> <mark>'
    response = client.get(SEARCH, {"q": evil, "agency": evil, "from": evil})
    assert b"<script>alert" not in response.content
    found = html.fromstring(response.content.decode())
    assert found.xpath("//input[@id='q']/@value") == [evil]


def test_document_numbers_in_any_brackets(client: Client, shelf: Office) -> None:
    found = page(client, q="青政规[2025]27号")
    assert titles(found) == ["防汛演练27"]
    assert [m.text for m in found.xpath("//ol/li/p/mark")] == ["青政规〔2025〕27号"]


def test_choices_have_counts_and_narrow(client: Client, shelf: Office) -> None:
    found = page(client, q="电梯")
    labels = {
        str(box.get("id")): " ".join(str(box.getparent().text_content()).split())
        for box in found.xpath("//input[@type='checkbox']")
    }
    assert labels["agency-qh0401"] == "听泉街道 25"
    assert labels["agency-qh0402"] == "枕流街道 5"
    assert labels["column-20-1"].endswith("13")
    assert labels["kind-normative_document"] == "行政规范性文件 5"
    assert labels["validity-in_force"] == "现行有效 5"
    assert labels["year-2023"] == "2023 年 5"
    narrowed = page(client, q="电梯", agency="qh0402")
    assert len(titles(narrowed)) == 5
    assert narrowed.xpath("//input[@id='agency-qh0402'][@checked]")
    # The other agency may still be chosen, and says how many it would bring.
    assert "25" in narrowed.xpath("//label[@for='agency-qh0401']")[0].text_content()


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"column": "20-7"}, 12 + 5),
        ({"column": "statutory"}, 30),
        ({"column": ["20-1", "20-7"]}, 30),
        ({"kind": "plain"}, 25),
        ({"validity": "in_force"}, 5),
        ({"year": ["2021", "2022"]}, 10),
        ({"from": "2023-03-01", "to": "2023-03-31"}, 5),
        ({"agency": "qh0000"}, 0),
        ({"agency": "qh0000", "below": "1"}, 30),
    ],
)
def test_filters(client: Client, shelf: Office, asked: dict[str, object], count: int) -> None:
    for query in ("", "电梯"):
        said = page(client, q=query, **asked).xpath("//p[@role='status']")[0].text_content()
        assert (f" {count} 条" in said) if count else ("没有找到" in said)


def test_the_address_keeps_the_question_through_pages_and_order(
    client: Client, shelf: Office
) -> None:
    found = page(client, q="电梯", kind="plain")
    assert len(titles(found)) == 20
    (following,) = hrefs(found, "下一页")
    assert parse_qs(urlsplit(following).query) == {"q": ["电梯"], "kind": ["plain"], "page": ["2"]}
    second = html.fromstring(client.get(SEARCH + following).content.decode())
    assert len(titles(second)) == 5
    assert second.xpath("//ol/@start") == ["21"]
    (newest,) = hrefs(second, "最新")
    assert parse_qs(urlsplit(newest).query)["order"] == ["newest"]
    assert "page" not in parse_qs(urlsplit(newest).query)
    (feed,) = hrefs(second, "订阅这次查找")
    assert feed == "search/feed.xml?" + urlencode({"q": "电梯", "kind": "plain"})


def test_newest_or_title_hits_first(client: Client, shelf: Office) -> None:
    assert titles(page(client, q="电梯"))[0].startswith("第")
    assert titles(page(client, q="电梯", order="newest"))[0].startswith("防汛演练")


def test_nothing_found_says_what_to_do(client: Client, shelf: Office) -> None:
    found = page(client, q="海洋牧场", kind="plain")
    assert "没有找到“海洋牧场”" in found.xpath("//p[@role='status']")[0].text_content()
    assert "换个说法" in found.xpath("//div[contains(@class, 'gk-empty')]")[0].text_content()
    assert hrefs(found, "去掉条件") == ["?" + urlencode({"q": "海洋牧场"})]
    assert set(hrefs(found, "申请公开")) == {"request.html"}


def test_one_character_is_refused_at_the_field(client: Client, shelf: Office) -> None:
    found = page(client, q="电")
    (field,) = found.xpath("//input[@id='q']")
    assert field.get("aria-invalid") == "true"
    assert "一个字" in found.get_element_by_id(field.get("aria-describedby")).text_content()
    assert titles(found) == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"agency": "nowhere"}, "机关“nowhere”没有"),
        ({"column": "20-99"}, "栏目“20-99”没有"),
        ({"year": "20二五"}, "年份“20二五”没有"),
        ({"from": "昨天"}, "起始日期应写成 2026-01-31 这样"),
        ({"order": "random"}, "排序只有"),
        ({"page": "-1"}, "没有第“-1”页"),
    ],
)
def test_what_the_address_says_wrongly_is_told(
    client: Client, shelf: Office, asked: dict[str, str], said: str
) -> None:
    found = page(client, q="电梯", **asked)
    assert said in found.xpath("//p[contains(@class, 'gk-banner--warn')]")[0].text_content()
    assert titles(found)


def test_six_questions_at_most(client: Client, shelf: Office) -> None:
    for asked in (
        {"q": "电梯"},
        {"q": "电梯 补助", "kind": "plain", "agency": ["qh0401", "qh0402"], "page": "2"},
        {"year": "2023"},
        {},
    ):
        with CaptureQueriesContext(connection) as questions:
            assert client.get(SEARCH, asked).status_code == 200
        asked_for = [q["sql"] for q in questions if q["sql"].startswith(("SELECT", "WITH"))]
        # Not counting how PostgreSQL is told to go by its index.
        assert len([s for s in asked_for if "publication" in s or "agencies" in s]) <= 6


def test_what_is_withdrawn_is_not_found(client: Client, shelf: Office) -> None:
    assert titles(page(client, q="防汛演练27"))
    take_back(27)
    assert titles(page(client, q="防汛演练27")) == []


def test_modes_and_unchanged_pages(client: Client, shelf: Office) -> None:
    answer = client.get(SEARCH, {"q": "电梯", "size": "large"})
    assert answer.status_code == 302
    assert unescape(answer.headers["Location"]) == f"{SEARCH}?{urlencode({'q': '电梯'})}"
    first = client.get(SEARCH, {"q": "电梯"})
    again = client.get(SEARCH, {"q": "电梯"}, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


def test_modes_keep_the_question(client: Client, shelf: Office) -> None:
    found = page(client, q="电梯", kind="plain")
    for mode in ("大字", "高对比"):
        (target,) = hrefs(found, mode)
        asked = parse_qs(urlsplit(target).query)
        assert (asked["q"], asked["kind"]) == (["电梯"], ["plain"])


def test_every_link_of_the_page_is_relative(client: Client, shelf: Office) -> None:
    found = page(client, q="电梯")
    for target in found.xpath("//main//@href"):
        assert not re.match(r"/|https?:", target)
