"""Links: relative everywhere, and none leads nowhere."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from gongkai.web.public import assets, links, pages
from gongkai.web.public.open_data import page as open_data
from gongkai.web.public.open_data.reports import pages as report_data
from gongkai.web.publication.models import PublishedFile

from .conftest import Region
from .publishing import take_back

_LINK = re.compile(r'<(a|link|script|img|form)\b[^>]*?\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]+)"')
# What is rendered outside the pages: searches, feeds, the map for machines, open data, asking.
_ELSEWHERE = re.compile(
    r"ask/.*|appraisal/|search(?:/compare)?|(?:.*/)?(?:feed|atom|sitemap)\.xml|api/v1/[a-z]+\.(?:json|csv)"
)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("index.html", "item/2026/1.html", "item/2026/1.html"),
        ("index.html", "index.html", "index.html"),
        ("item/2026/1.html", "index.html", "../../index.html"),
        ("item/2026/1.html", "item/2026/2.html", "2.html"),
        ("item/2026/1.html", "item/2025/2.html", "../2025/2.html"),
        ("a/statutory/20-7/index.html", "a/guide.html", "../../guide.html"),
        ("a/index.html", "ab/index.html", "../ab/index.html"),
        ("a/b/c.html", "files/7/说明 书.pdf", "../../files/7/%E8%AF%B4%E6%98%8E%20%E4%B9%A6.pdf"),
        ("a/b.html", "a/b.html#h-at", "b.html#h-at"),
        ("a/b.html", "a/", "./"),
        ("a/b/c.html", "a/", "../"),
        ("/a.html", "index.html", "../index.html"),
    ],
)
def test_a_relative_link_leads_from_one_page_to_the_other(
    source: str, target: str, expected: str
) -> None:
    assert links.relative(source, target) == expected


def test_every_page_of_the_site_is_reached_and_no_link_leads_nowhere(region: Region) -> None:
    take_back(150 - 1)
    files = {file.path for file in PublishedFile.objects.all()}
    styles = set(assets.asset_paths())
    found: dict[str, str] = {}
    waiting = [links.HOME]
    wanted: dict[str, set[str]] = {}
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        page = pages.render(path) or open_data.render(path) or report_data.written(path)
        assert page is not None, f"{path}, linked from {wanted[path]}, is no page"
        found[path] = page.body.decode()
        for tag, href in _LINK.findall(found[path]):
            target, fragment = _target(path, href)
            if target is None or target in files | styles or _ELSEWHERE.fullmatch(target):
                continue
            assert tag != "img", href
            wanted.setdefault(target, set()).add(path)
            if fragment and target == path:
                assert fragment in _ID.findall(found[path]), (path, fragment)
            waiting.append(target)
    withdrawn = {"item/2026/149.html"}
    assert set(found) | withdrawn == {*pages.paths(), *open_data.paths(), *report_data.paths()}
    assert len(found) > 150


def test_no_page_holds_a_link_that_begins_at_the_root_or_an_inline_script(region: Region) -> None:
    for path in pages.paths():
        page = pages.render(path)
        assert page is not None
        text = page.body.decode()
        for _, href in _LINK.findall(text):
            assert not href.startswith("/"), (path, href)
        assert " style=" not in text
        assert not re.search(r"<script(?![^>]*\ssrc=)", text)
        assert not re.search(r"\son\w+=", text)


def test_every_page_has_one_heading_a_title_of_its_own_and_says_that_it_is_a_demonstration(
    region: Region,
) -> None:
    titles: dict[str, str] = {}
    for path in pages.paths():
        page = pages.render(path)
        assert page is not None
        text = page.body.decode()
        assert len(re.findall(r"<h1[ >]", text)) == 1, path
        title = re.findall(r"<title>(.*?)</title>", text)[0]
        assert "（示范数据）" in title
        assert "示范数据：机关、人物、文件、数字均为虚构" in text
        assert title not in titles, (path, titles.get(title))
        titles[title] = path
        ids = _ID.findall(text)
        assert len(ids) == len(set(ids)), path


def _target(path: str, href: str) -> tuple[str | None, str]:
    """The path below the mount that ``href`` means on the page at ``path``; None elsewhere."""
    base = "http://host/mount/"
    whole = urlsplit(urljoin(base + path, href.replace("&amp;", "&")))
    if whole.scheme not in ("http",) or whole.netloc != "host":
        return None, ""
    assert whole.path.startswith("/mount/"), (path, href)
    return unquote(whole.path.removeprefix("/mount/")), whole.fragment
