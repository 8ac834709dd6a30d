"""The light text: each line a block, each block in the form in which bodies are stored."""

from __future__ import annotations

import pytest

from gongkai.core.bodies import clean
from gongkai.web.demonstration.light_text import NotSuchText, html_of, rows_of

# What the region holds is the same in either database.
pytestmark = pytest.mark.once

WHOLE = """
## 一、依据
### （一）条例
第一条　为了公开，制定本办法。

- 甲
- 乙
|= 情况（单位：元）
| 姓名 | 金额 |
| 周某某 | 3,000.00 |
| 合计 |  |
>> 听泉街道办事处
见[办法](item:rule)、[草稿](item:draft)、[网站](https://www.qinghe.example/a)和[表](attachment:表.xlsx)。
![先申请](attachment:图.png)
"""
FILES = {"表.xlsx": "1", "图.png": "2"}
PAGES = {"rule": "/zwgk/zfxxgk/item/2025/3.html", "draft": ""}


def test_every_line_becomes_its_block() -> None:
    assert html_of(WHOLE, FILES, PAGES) == "\n".join(
        [
            "<h2>一、依据</h2>",
            "<h3>（一）条例</h3>",
            "<p>第一条　为了公开，制定本办法。</p>",
            "<ul><li>甲</li><li>乙</li></ul>",
            "<table><caption>情况（单位：元）</caption>"
            '<thead><tr><th scope="col">姓名</th><th scope="col">金额</th></tr></thead>'
            "<tbody><tr><td>周某某</td><td>3,000.00</td></tr>"
            "<tr><td>合计</td><td></td></tr></tbody></table>",
            '<p class="gk-sign">听泉街道办事处</p>',
            '<p>见<a href="/zwgk/zfxxgk/item/2025/3.html">办法</a>、草稿、'
            '<a href="https://www.qinghe.example/a">网站</a>和<a href="attachment:1">表</a>。</p>',
            '<figure><img src="attachment:2" alt="先申请"></figure>',
        ]
    )


def test_it_is_the_stored_form() -> None:
    html = html_of(WHOLE, FILES, PAGES)
    assert clean(html).html == html


def test_two_tables_stay_two() -> None:
    html = html_of("|= 甲\n| 一 |\n| 1 |\n|= 乙\n| 二 |\n| 2 |")
    assert html.count("<table>") == 2
    assert html_of("| 一 |\n| 1 |\n中间\n| 二 |\n| 2 |").count("<thead>") == 2


def test_words_are_words() -> None:
    assert (
        html_of("a < b & c\n>> <b>") == '<p>a &lt; b &amp; c</p>\n<p class="gk-sign">&lt;b&gt;</p>'
    )


@pytest.mark.parametrize("text", ["[甲](item:no)", "[甲](attachment:no.pdf)"])
def test_what_is_named_must_be_there(text: str) -> None:
    with pytest.raises(NotSuchText):
        html_of(text)


def test_empty_cells_stay() -> None:
    assert rows_of("|= 表\n| 甲 | 乙 | 丙 |\n| 1 |  |  |") == [["甲", "乙", "丙"], ["1", "", ""]]
