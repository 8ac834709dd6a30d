"""Feeds and the sitemap: valid, complete, and without what was taken back."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from lxml import etree

from gongkai.web.agencies.models import Agency
from gongkai.web.public import bake_sources, feeds, sitemap
from gongkai.web.public import links as addresses
from gongkai.web.publication.models import Change, Publication
from tests.web.conftest import Office
from tests.web.public.publishing import at, publish, take_back

_BASE = settings.ORIGIN + settings.MOUNT
_ATOM = {"a": "http://www.w3.org/2005/Atom"}
_MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def fetched(client: Client, path: str, **asked: str) -> etree._Element:
    """The XML at a path below the mount."""
    response = client.get(settings.MOUNT + path, asked)
    assert response.status_code == 200, path
    return etree.fromstring(response.content)


def rss_links(client: Client, path: str = "feed.xml", **asked: str) -> list[str]:
    """The paths of the items of an RSS feed."""
    return [
        link.removeprefix(_BASE)
        for link in fetched(client, path, **asked).xpath("channel/item/link/text()")
    ]


@pytest.fixture
def few(office: Office) -> Office:
    """Four items in different columns, the second one changed later."""
    publish(
        office.street,
        1,
        "办法 <一> & \x07“二”",
        kind="normative_document",
        validity="in_force",
        statutory="20-1",
        theme="civil_affairs_and_relief",
        published_at=at(2025, 3, 1),
        body_html="<p>第一条&lt;总则&gt;</p>",
    )
    publish(office.street, 2, "制度", column="rules", statutory="", summary="概述" * 200)
    publish(office.neighbour, 3, "决算", published_at=at(2026, 8, 1))
    publish(office.street, 2, "制度二", column="rules", statutory="")
    return office


def test_rss(client: Client, few: Office) -> None:
    feed = fetched(client, "feed.xml")
    assert feed.get("version") == "2.0"
    assert feed.xpath("channel/item/title/text()") == ["决算", "制度二", "办法 <一> & “二”"]
    (item,) = feed.xpath("channel/item[3]")
    assert item.findtext("link") == item.findtext("guid") == f"{_BASE}item/2025/1.html"
    assert item.findtext("description") == "第一条<总则>"
    assert item.findtext("pubDate") == "Sat, 01 Mar 2025 09:30:00 +0800"
    assert feed.xpath("channel/*[local-name()='link']/@href") == [f"{_BASE}feed.xml"]


def test_atom(client: Client, few: Office) -> None:
    feed = fetched(client, "atom.xml")
    entries = feed.xpath("a:entry", namespaces=_ATOM)
    assert [e.findtext("a:id", namespaces=_ATOM) for e in entries] == [
        f"{_BASE}item/2026/3.html",
        f"{_BASE}item/2026/2.html",
        f"{_BASE}item/2025/1.html",
    ]
    changed = entries[1]
    assert changed.findtext("a:updated", namespaces=_ATOM) > changed.findtext(
        "a:published", namespaces=_ATOM
    )
    for entry in entries:
        for needed in ("title", "updated", "author"):
            assert entry.find(f"a:{needed}", namespaces=_ATOM) is not None


@pytest.mark.parametrize(
    ("folder", "numbers"),
    [
        ("qh0401/", [2, 1]),
        ("qh0401/rules/", [2]),
        ("qh0401/annual/", []),
        ("qh0401/statutory/20-1/", [1]),
        ("qh0402/", [3]),
        ("rules/", [2]),
        ("statutory/20-7/", [3]),
        ("themes/civil_affairs_and_relief/", [1]),
        ("documents/", [1]),
        ("documents/2025/", [1]),
        ("documents/in_force/", [1]),
        ("documents/repealed/", []),
    ],
)
def test_each_list_has_its_feeds(
    client: Client, few: Office, folder: str, numbers: list[int]
) -> None:
    found = [int(link.rpartition("/")[2][:-5]) for link in rss_links(client, f"{folder}feed.xml")]
    assert found == numbers
    entries = fetched(client, f"{folder}atom.xml").xpath("a:entry", namespaces=_ATOM)
    assert len(entries) == len(numbers)


@pytest.mark.parametrize(
    "path",
    [
        "nowhere/feed.xml", "item/feed.xml", "statutory/20-99/feed.xml", "documents/none/feed.xml",
        "qh0401/none/feed.xml", "themes/x/atom.xml", "sitemap-items-9.xml", "sitemap-x.xml",
        "qh0401/guide/feed.xml", "documents/2024/feed.xml",
        "qh0401/statutory/20-3x/feed.xml",
    ],
)  # fmt: skip
def test_no_feed_of_nothing(client: Client, few: Office, path: str) -> None:
    assert client.get(settings.MOUNT + path).status_code == 404


def test_every_feed_that_is_baked_is_found_and_every_page_names_one_that_is(
    client: Client, few: Office
) -> None:
    baked = set(bake_sources.paths())
    for path in feeds.paths():
        assert path in baked
        made = feeds.render(path)
        assert made is not None
        # The same bytes each time, though nothing is in it: what is baked changes only with news.
        again = feeds.render(path)
        assert again is not None
        assert again.body == made.body
    for path in bake_sources.paths():
        if path.endswith(".html"):
            page = bake_sources.render(path)
            text = getattr(page, "body", b"").decode()
            for target in text.split('type="application/rss+xml"')[1:]:
                href = target.split('href="')[1].split('"')[0]
                folder = path.rpartition("/")[0]
                assert addresses.relative(path, f"{folder}/feed.xml".lstrip("/")) == href
                assert f"{folder}/feed.xml".lstrip("/") in baked


def test_the_feed_of_a_search(client: Client, few: Office) -> None:
    assert rss_links(client, "search/feed.xml", q="制度") == ["item/2026/2.html"]
    assert rss_links(client, "search/feed.xml", agency="qh0402") == ["item/2026/3.html"]
    feed = fetched(client, "search/atom.xml", q="制度", agency="qh0401")
    asked = urlencode({"q": "制度", "agency": "qh0401"})
    (own,) = feed.xpath("a:link[@rel='self']/@href", namespaces=_ATOM)
    assert own == f"{_BASE}search/atom.xml?{asked}"
    refused = client.get(f"{settings.MOUNT}search/feed.xml", {"q": "制"})
    assert refused.status_code == 400
    assert "一个字" in refused.content.decode()


def test_what_changed_touches_its_feeds_and_no_others(few: Office) -> None:
    Change.objects.all().delete()
    before = {path: _bytes(path) for path in _ours()}
    publish(few.street, 9, "新办法", statutory="20-1", theme="civil_affairs_and_relief")
    take_back(2)
    publish(few.neighbour, 3, "决算二", statutory="20-9", kind="normative_document")
    touched: set[str] = set()
    for change in Change.objects.all():
        touched |= feeds.touched(change) | sitemap.touched(change)
    after = {path: _bytes(path) for path in (*_ours(), *before)}
    different = {path for path in before | after if before.get(path) != after.get(path)}
    assert different <= touched
    # Of those touched, what is there no more has no feed.
    assert {path for path in touched if _bytes(path)} <= set(_ours())
    assert "themes/civil_affairs_and_relief/feed.xml" in different
    assert "qh0402/annual/feed.xml" not in touched


def test_an_agency_renamed_touches_all_feeds_and_a_new_number_none(few: Office) -> None:
    def change(**names: str) -> Change:
        return Change(scope=f"agency:{few.street.pk}", before={"name": "听泉镇"}, after=names)

    assert feeds.touched(change(name="听泉街道办事处")) == set(feeds.paths())
    assert feeds.touched(change(name="听泉镇")) == set()
    assert feeds.touched(Change(scope="site")) == set(feeds.paths())
    assert sitemap.touched(change(name="听泉镇")) == {"sitemap-columns.xml"}


def test_withdrawn_it_is_in_no_feed_and_no_sitemap(client: Client, few: Office) -> None:
    take_back(1)
    for path in (*feeds.paths(), *sitemap.paths()):
        assert b"item/2025/1.html" not in _bytes(path)
    assert rss_links(client, "search/feed.xml", q="办法") == []


def test_sitemap(client: Client, few: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "ITEMS_A_PART", 2)
    publish(few.street, 11, "通知")
    parts = fetched(client, "sitemap.xml").xpath("//m:loc/text()", namespaces=_MAP)
    assert [part.removeprefix(_BASE) for part in parts] == [
        f"sitemap-{name}.xml" for name in ("columns", "items-0", "items-1", "items-5")
    ]
    listed: list[str] = []
    for part in parts:
        urls = fetched(client, part.removeprefix(_BASE)).xpath("//m:loc/text()", namespaces=_MAP)
        assert 0 < len(urls) <= 50_000
        listed += urls
    assert len(set(listed)) == len(listed)
    for item in Publication.objects.all():
        assert _BASE + item.path in listed
    for url in listed:
        assert client.get(url.removeprefix(settings.ORIGIN)).status_code == 200
    (when,) = fetched(client, "sitemap-items-0.xml").xpath("//m:lastmod/text()", namespaces=_MAP)
    assert when == "2025-03-01"


def test_a_feed_that_did_not_change_is_not_sent_again(client: Client, few: Office) -> None:
    first = client.get(f"{settings.MOUNT}feed.xml")
    tag = {"if-none-match": first.headers["ETag"]}
    assert client.get(f"{settings.MOUNT}feed.xml", headers=tag).status_code == 304
    Publication.objects.filter(pk=3).update(title="决算（修订）")
    assert client.get(f"{settings.MOUNT}feed.xml", headers=tag).status_code == 200


def test_agencies_without_anything_have_feeds_too(client: Client, office: Office) -> None:
    assert rss_links(client, "qh0402/feed.xml") == []
    assert Agency.objects.count() == 4


def _ours() -> list[str]:
    return [*feeds.paths(), *sitemap.paths()]


def _bytes(path: str) -> bytes:
    made = feeds.render(path) or sitemap.render(path)
    return made.body if made else b""
