"""The body on the public page."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from pasted import pasted

from gongkai.core.bodies.display import render_body
from gongkai.core.bodies.sanitise import clean
from gongkai.core.bodies.text import headings


def address(attachment: str) -> str | None:
    return {"7": "/zwgk/files/7/form.docx", "8": "/zwgk/files/8.png"}.get(attachment)


def test_tables_can_be_scrolled_and_are_named() -> None:
    html = clean(
        "<h2>一、标准</h2><table><tr><th>序号<th>楼层<th>补助<tr><td>1<td>四层<td>12.00<tr><td>2<td>五层<td>—</table>"
        "<table><caption>汇总</caption><tr><td>甲<td>乙</table>"
    ).html
    shown = render_body(html, address)
    assert shown.split("\n") == [
        '<h2 id="s-1">一、标准</h2>',
        '<div class="gk-scroll" role="region" tabindex="0" aria-label="表 1　一、标准">'
        '<table class="gk-table"><thead><tr><th scope="col">序号</th><th scope="col">楼层</th>'
        '<th class="gk-num" scope="col">补助</th></tr></thead><tbody><tr><td>1</td><td>四层</td>'
        '<td class="gk-num">12.00</td></tr><tr><td>2</td><td>五层</td><td>—</td></tr></tbody></table></div>',
        '<div class="gk-scroll" role="region" tabindex="0" aria-label="表 2　汇总">'
        '<table class="gk-table"><caption>汇总</caption><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table></div>',
    ]  # fmt: skip


def test_attachments_have_their_public_address_or_none() -> None:
    html = (
        '<p><a href="attachment:7">申请表</a>、<a href="attachment:9">未公开的表</a></p>'
        '<figure><img src="attachment:8" alt="流程图"></figure>'
        '<figure><img src="attachment:9" alt="未公开的图"></figure>'
    )
    assert render_body(html, address).split("\n") == [
        '<p><a href="/zwgk/files/7/form.docx">申请表</a>、未公开的表</p>',
        '<figure><img src="/zwgk/files/8.png" alt="流程图" loading="lazy"></figure>',
        '<figure><span class="gk-note">（图：未公开的图）</span></figure>',
    ]


def test_links_that_leave_the_site_say_so() -> None:
    html = (
        '<p><a href="https://www.example.gov.cn/a">外</a><a href="https://qinghe.example/b">内</a>'
        '<a href="/c">内</a><a href="mailto:a@example.gov.cn">信</a></p>'
    )
    assert render_body(html, address, own_hosts=("qinghe.example",)) == (
        '<p><a href="https://www.example.gov.cn/a" class="gk-out" rel="external noopener noreferrer">'
        '外<span class="gk-sr">（外部链接）</span></a><a href="https://qinghe.example/b">内</a>'
        '<a href="/c">内</a><a href="mailto:a@example.gov.cn">信</a></p>'
    )
    # A host within the user part or the path is not ours.
    for outside in ("https://qinghe.example@evil.example/", "https://evil.example/qinghe.example"):
        shown = render_body(f'<a href="{outside}">x</a>', address, own_hosts=("qinghe.example",))
        assert "gk-out" in shown


def test_headings_have_the_ids_that_the_table_of_contents_names() -> None:
    html = "<h3>甲</h3><p>x</p><h2>乙</h2>"
    shown = render_body(html, address, prefix="d", top=3)
    assert re.findall(r'<h(\d) id="([^"]+)">', shown) == [
        (str(h.rank), h.anchor) for h in headings(html, prefix="d", top=3)
    ]
    assert "<h1" not in shown


def test_even_a_body_that_was_never_cleaned_does_no_harm() -> None:
    shown = render_body(
        "<p onclick=x()>甲<script>alert(1)</script><a href='javascript:x'>乙</a><img src=x onerror=x></p>",
        address,
    )
    assert shown == "<p>甲乙</p>"


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(pasted())
def test_showing_loses_no_word_and_adds_no_tag_of_its_own(given_html: tuple[str, str]) -> None:
    shown = render_body(clean(given_html[0]).html, address)
    for word in re.findall(r"［\d+］", given_html[1]):
        assert word in shown
    labels = re.findall(r'aria-label="表 (\d+)', shown)
    assert labels == [str(at) for at in range(1, len(labels) + 1)]
