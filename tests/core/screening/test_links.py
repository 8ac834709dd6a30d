"""Addresses judged by their form; answers of the network only where there are any."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.screening import Visit, links_of, text_with_places
from gongkai.core.screening.links import broken_links, fault, links

DAY = date(2026, 10, 20)


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("", "link_nowhere"),
        ("#", "link_nowhere"),
        ("about:blank", "link_nowhere"),
        ("javascript:void(0)", "link_script"),
        ("JavaScript:;", "link_script"),
        ("vbscript:x", "link_script"),
        ("data:text/html,<p>", "link_script"),
        ("file:///C:/a.doc", "link_local"),
        ("C:\\a\\b.doc", "link_local"),
        ("d:/a.doc", "link_local"),
        ("\\\\server\\share\\a.doc", "link_local"),
        ("/Users/x/AppData/Local/Temp/msohtmlclip1/01/clip_image001.png", "link_local"),
        ("file:///tmp/wps/wpsimages/x.png", "link_local"),
        ("http://x.cn/ksohtml/wps1.jpg", "link_local"),
        ("cid:image001.png@01D", "link_local"),
        ("blob:https://x.cn/1", "link_local"),
        ("http://192.168.1.20/oa", "link_private"),
        ("http://10.1.2.3:8080/", "link_private"),
        ("https://172.20.0.1", "link_private"),
        ("http://127.0.0.1/", "link_private"),
        ("http://[::1]/", "link_private"),
        ("http://[fd00::1]:80/", "link_private"),
        ("http://localhost/a", "link_private"),
        ("http://oa/login", "link_private"),
        ("http://oa.qingting.lan/", "link_private"),
        ("//intranet/x", "link_private"),
        ("http：//www.gov.cn", "link_malformed"),
        ("http//www.gov.cn", "link_malformed"),
        ("http:/www.gov.cn", "link_malformed"),
        ("http:www.gov.cn", "link_malformed"),
        ("http://", "link_malformed"),
        ("http://http://www.gov.cn", "link_malformed"),
        ("http://https://www.gov.cn", "link_malformed"),
        ("www.gov.cn", "link_malformed"),
        ("www.gov.cn:8080/a", "link_malformed"),
        ("http://www.gov.cn，请查看", "link_malformed"),
        ("http://www.gov.cn/a.html。", "link_malformed"),
        ("http://www.gov.cn/a b.html", "link_malformed"),
        ("http://www gov cn/", "link_malformed"),
        ("http://www..cn/", "link_malformed"),
        ("http://300.1.2.3/", "link_malformed"),
        ("http://x.cn\\a", "link_malformed"),
        ("http://www.gov.cn/", ""),
        ("HTTPS://www.gov.cn", ""),
        ("http://用户@政府.中国:80/目录?a=b#c", ""),
        ("//www.gov.cn/a", ""),
        ("ftp://ftp.gov.cn/a", ""),
        ("/zwgk/a.html", ""),
        ("a/b.html?x=1", ""),
        ("?page=2", ""),
        ("mailto:a@x.cn", ""),
        ("tel:0432-62784558", ""),
        ("attachment:3", ""),
        ("weixin://dl/business", ""),
        ("http://8.8.8.8/", ""),
    ],
)
def test_a_link_by_its_form(address: str, rule: str) -> None:
    assert fault(address, embedded=False) == rule


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("data:image/png;base64,AAAA", ""),
        ("attachment:3", ""),
        ("", "link_nowhere"),
        ("file:///C:/a.png", "link_local"),
        ("www.gov.cn/a.png", "link_malformed"),
        ("http://10.0.0.1/a.png", "link_private"),
    ],
)
def test_a_picture_by_its_form(address: str, rule: str) -> None:
    assert fault(address, embedded=True) == rule


def test_every_address_of_a_body() -> None:
    body = (
        '<p><a href=" https://a.cn/ ">甲</a><img src="https://b.cn/x.png"><video src="v.mp4" poster="p.png">'
        '</video><object data="https://c.cn/o"></object><iframe src="https://d.cn"></iframe>'
        '<a href="https://a.cn/">甲</a><a name="x">乙</a><a href="http://10.0.0.1/">丙</a></p>'
    )
    assert [link.address for link in links(text_with_places(body))] == [
        "https://a.cn/", "https://b.cn/x.png", "v.mp4", "p.png", "https://c.cn/o", "https://d.cn",
        "https://a.cn/", "http://10.0.0.1/",
    ]  # fmt: skip
    assert links_of(body) == (
        "https://a.cn/",
        "https://b.cn/x.png",
        "https://c.cn/o",
        "https://d.cn",
    )


@pytest.mark.parametrize(
    ("status", "rule"),
    [
        (200, None), (301, None), (404, "link_dead"), (410, "link_dead"), (400, "link_dead"),
        (401, "link_refused"), (403, "link_refused"), (405, "link_refused"), (429, "link_refused"),
        (500, "link_refused"), (503, "link_refused"), (None, "link_unreachable"),
    ],
)  # fmt: skip
def test_what_the_network_said(status: int | None, rule: str | None) -> None:
    placed = text_with_places('<a href="https://a.cn/">甲</a>')
    seen = list(broken_links(placed, {"https://a.cn/": Visit(status, DAY)}))
    assert [s.rule for s in seen] == ([f"screening.{rule}"] if rule else [])
    assert list(broken_links(placed, {})) == []


@given(st.text(alphabet="htps:/\\.@[]#?a1%，。 \t王-", max_size=30), st.booleans())
def test_any_address_at_all(address: str, embedded: bool) -> None:
    assert fault(address, embedded).startswith(("link_", "")) is True
